import { useMemo, type ReactNode } from 'react';
import type { PortfolioView } from '../../../shared/contract/methods.ts';
import type { ExitPlan } from '../../../shared/domain/exit.ts';
import { SHARE_UNIT } from '../../../shared/domain/figure.ts';
import { unitOfExit } from '../../../shared/format/exit.ts';
import { formatExact } from '../../../shared/format/numbers.ts';
import type { Translate } from '../../../shared/text/text.ts';
import { useFormatAmount, type FormatAmount } from '../../state/amounts.ts';
import { useText } from '../../state/text.ts';
import { Amount } from '../../ui/Amount.tsx';
import { Banner } from '../../ui/Banner.tsx';
import { DataTable } from '../../ui/DataTable.tsx';
import { Panel } from '../../ui/Panel.tsx';
import type { TableColumn } from '../../ui/tableModel.ts';
import type { PositionLines, PositionNames } from '../simulate/positionNames.ts';
import styles from './Cell.module.css';
import { explainSelling, explainWaiting, type MissingReason } from './choiceRows.ts';
import { listSellable } from './listSellable.ts';
import panelStyles from './ChoicePanel.module.css';
import { PositionCell } from './PositionCell.tsx';
import type { ExitPlans } from './useExitPlans.ts';

interface ChoiceRow {
  readonly id: string;
  readonly name: PositionLines;
  readonly plan: ExitPlan;
  readonly noWaiting: MissingReason | null;
  readonly noSelling: MissingReason | null;
}

interface ChoicePanelProps {
  readonly view: PortfolioView;
  readonly plans: ExitPlans;
  readonly names: PositionNames;
}

/** What waiting costs against what selling at once costs, and the cheaper of the two. */
export function ChoicePanel({ view, plans, names }: ChoicePanelProps) {
  const { t } = useText();
  const format = useFormatAmount();
  const { overview, question } = plans;
  const columns = useMemo(() => createColumns(t, format), [t, format]);
  const rows = useMemo(() => {
    const { assumptions } = question;
    const sellable = new Set(listSellable(view.positions).map(({ instrumentId }) => instrumentId));
    const held = new Map(view.positions.map((position) => [position.id, position]));
    return overview.plans.map((plan): ChoiceRow => {
      const position = held.get(plan.positionId);
      const instrumentId = position?.instrument.id ?? '';
      const isSellable = position?.state === 'held' && sellable.has(instrumentId);
      return {
        id: plan.positionId,
        name: names.inLines(plan.positionId),
        plan,
        noWaiting: explainWaiting(plan),
        noSelling: explainSelling(plan, instrumentId, isSellable, assumptions),
      };
    });
  }, [view.positions, overview, question, names]);
  const unit = unitOfExit(overview);
  const { sold, proceeds } = overview;
  return (
    <Panel title={t('exit.choice.title')} hint={t('exit.choice.hint')} isFlush>
      {question.assumptions.annualLossRate === null && (
        <div className={panelStyles.notice}>
          <Banner tone="information">{t('exit.choice.noRate')}</Banner>
        </div>
      )}
      <DataTable label={t('exit.choice.label')} rows={rows} columns={columns} rowId={(row) => row.id} />
      {sold > 0n && (
        <p className={panelStyles.total}>
          {t('exit.choice.total', { sold: format(sold, unit), received: format(proceeds, unit) })}
        </p>
      )}
    </Panel>
  );
}

function createColumns(t: Translate, format: FormatAmount): readonly TableColumn<ChoiceRow>[] {
  const unknown = (reason: MissingReason | null) => (
    <span className={styles.unknown}>
      {t('exit.choice.unknown')}
      {reason !== null && <span className={styles.note}>{t(`exit.choice.reason.${reason}`)}</span>}
    </span>
  );
  return [
    {
      id: 'position',
      header: t('exit.choice.position'),
      cell: ({ name }) => <PositionCell {...name} />,
      sortValue: ({ name }) => `${name.token} ${name.place}`.trim(),
    },
    {
      id: 'waiting',
      header: t('exit.choice.waiting'),
      hint: t('exit.choice.waitingHint'),
      align: 'end',
      cell: ({ plan, noWaiting }) => <Waiting plan={plan} missing={unknown(noWaiting)} />,
      sortValue: ({ plan }) => plan.waiting?.cost.typical,
      copyValue: ({ plan }) => writeAmount(plan, plan.waiting?.cost.typical ?? null),
    },
    {
      id: 'selling',
      header: t('exit.choice.selling'),
      hint: t('exit.choice.sellingHint'),
      align: 'end',
      cell: ({ plan, noSelling }) =>
        plan.sale === null ? (
          noSelling === 'not-sold' ? (
            <span className={styles.note}>{t('exit.choice.reason.not-sold')}</span>
          ) : (
            unknown(noSelling)
          )
        ) : (
          <>
            <Amount value={plan.sale.cost} unit={unitOfExit(plan)} isBare />
            <span className={styles.note}>{format(plan.sale.costShare, SHARE_UNIT)}</span>
          </>
        ),
      sortValue: ({ plan }) => plan.sale?.cost,
      copyValue: ({ plan }) => writeAmount(plan, plan.sale?.cost ?? null),
    },
    {
      id: 'cheaper',
      header: t('exit.choice.cheaper'),
      hint: t('exit.choice.cheaperHint'),
      cell: ({ plan }) => <span className={styles.line}>{nameCheaper(plan, t)}</span>,
      sortValue: ({ plan }) => nameCheaper(plan, t),
    },
    {
      id: 'breakEven',
      header: t('exit.choice.breakEven'),
      hint: t('exit.choice.breakEvenHint'),
      align: 'end',
      cell: ({ plan }) => {
        const { breakEven, split } = plan.choice.typical;
        if (breakEven !== null) return <Amount value={breakEven} unit={unitOfExit(plan)} isBare />;
        return plan.sale !== null && split !== null ? t('exit.choice.unlimited') : null;
      },
      sortValue: ({ plan }) => plan.choice.typical.breakEven,
      copyValue: ({ plan }) => writeAmount(plan, plan.choice.typical.breakEven),
    },
    {
      id: 'split',
      header: t('exit.choice.split'),
      hint: t('exit.choice.splitHint'),
      cell: ({ plan }) => {
        const [first, second] = describeSplit(plan, t, format);
        return (
          <span className={styles.line}>
            {first}
            {second !== '' && <span className={styles.note}>{second}</span>}
          </span>
        );
      },
      copyValue: ({ plan }) =>
        describeSplit(plan, t, format)
          .filter((part) => part !== '')
          .join(', '),
    },
  ];
}

function Waiting({ plan, missing }: { readonly plan: ExitPlan; readonly missing: ReactNode }) {
  const { t } = useText();
  const format = useFormatAmount();
  const { waiting } = plan;
  const cost = waiting?.cost.typical ?? null;
  if (waiting === null || cost === null) return missing;
  const write = (share: bigint | null): string =>
    share === null ? t('exit.choice.unknown') : format(share, SHARE_UNIT);
  const { low, high } = waiting.share;
  return (
    <>
      <Amount value={cost} unit={unitOfExit(plan)} isBare isEstimate={cost > 0n} />
      {cost > 0n && (
        <span className={styles.note}>
          {t('exit.choice.waitingRange', { low: write(low), high: write(high) })}
        </span>
      )}
    </>
  );
}

function writeAmount(plan: ExitPlan, amount: bigint | null): string {
  return amount === null ? '' : formatExact(amount, unitOfExit(plan));
}

/** What to sell, and what to let wait beside it. */
function describeSplit(plan: ExitPlan, t: Translate, format: FormatAmount): readonly [string, string] {
  const { split } = plan.choice.typical;
  // Without a market there is nothing to divide.
  if (split === null || (plan.sale === null && split.sold === 0n)) return ['', ''];
  if (split.waiting === 0n) return [t('exit.choice.splitAll'), ''];
  if (split.sold === 0n) return [t('exit.choice.splitNone'), ''];
  const unit = unitOfExit(plan);
  return [
    t('exit.choice.splitSold', { sold: format(split.sold, unit) }),
    t('exit.choice.splitRest', { waiting: format(split.waiting, unit) }),
  ];
}

function nameCheaper({ pathId, choice }: ExitPlan, t: Translate): string {
  return t(pathId === 'none' ? 'exit.choice.isMoney' : `exit.choice.${choice.typical.cheaper}`);
}

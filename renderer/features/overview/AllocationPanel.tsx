import { ChevronRight } from 'lucide-react';
import { useCallback, useMemo } from 'react';
import type { Exposure } from '../../../shared/domain/exposure.ts';
import { ETH_UNIT, SHARE_UNIT } from '../../../shared/domain/figure.ts';
import { fractionOf, sumOf } from '../../../shared/domain/units.ts';
import { formatValue } from '../../../shared/format/numbers.ts';
import { Chart } from '../../charts/Chart.tsx';
import { buildAllocationBar } from '../../charts/options/buildAllocationBar.ts';
import { listAllocation, type AllocationPart } from '../../charts/options/listAllocation.ts';
import type { ChartPalette } from '../../charts/options/palette.ts';
import { useFormatAmount } from '../../state/amounts.ts';
import { navigate } from '../../state/route.ts';
import { useHideAmounts } from '../../state/settings.ts';
import { useText } from '../../state/text.ts';
import type { QueryState } from '../../state/useQuery.ts';
import { Amount } from '../../ui/Amount.tsx';
import { Button } from '../../ui/Button.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { QueryView } from '../../ui/QueryView.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { Truncated } from '../../ui/Truncated.tsx';
import styles from './AllocationPanel.module.css';
import { swatchOfPart } from './swatchOfPart.ts';

const MAX_OPERATORS = 6;
const BAR_HEIGHT = 72;
const TEXT_SIZE = 12;

/** The known book value, divided by whom it stands with: a bar, and the same numbers as a list. */
export function AllocationPanel({ exposure }: { readonly exposure: QueryState<Exposure> }) {
  const { t } = useText();
  return (
    <Panel
      title={t('overview.allocation.title')}
      hint={t('overview.allocation.hint')}
      actions={
        <Button size="sm" onClick={() => navigate('exposure')}>
          {t('overview.allocation.open')}
        </Button>
      }
    >
      <QueryView query={exposure} skeleton={<Skeleton lines={6} height={20} />}>
        {(data) => <Allocation exposure={data} />}
      </QueryView>
    </Panel>
  );
}

function Allocation({ exposure }: { readonly exposure: Exposure }) {
  const { t, tKey, locale } = useText();
  const formatAmount = useFormatAmount();
  const areAmountsHidden = useHideAmounts();
  const parts = useMemo(() => listAllocation(exposure, MAX_OPERATORS), [exposure]);
  const totalWei = sumOf(parts.map(({ valueWei }) => valueWei));
  const nameOf = useCallback(
    (part: AllocationPart): string => {
      if (part.kind === 'operator') return part.name;
      return part.kind === 'rest'
        ? t('overview.allocation.rest', { count: part.count })
        : tKey(`figure.node.${part.kind}`);
    },
    [t, tKey],
  );
  const shareOf = useCallback(
    (part: AllocationPart): string =>
      formatValue(fractionOf(part.valueWei, totalWei) ?? 0n, SHARE_UNIT, { locale, digits: 1 }),
    [totalWei, locale],
  );
  const description = t('overview.allocation.description', {
    parts: parts.map((part) => `${nameOf(part)} ${shareOf(part)}`).join(', '),
  });
  const buildOption = useCallback(
    (palette: ChartPalette) => {
      const texts = {
        description,
        nameOf,
        amount: (wei: bigint) => formatAmount(wei, ETH_UNIT),
        axis: t('overview.allocation.axis'),
      };
      const option = buildAllocationBar(parts, palette, texts, TEXT_SIZE);
      // The axis would tell what is covered everywhere else.
      if (areAmountsHidden) Object.assign(option.xAxis ?? {}, { show: false });
      return option;
    },
    [parts, description, nameOf, formatAmount, areAmountsHidden, t],
  );
  if (parts.length === 0) return <p className={styles.none}>{t('overview.allocation.none')}</p>;
  return (
    <>
      <Chart label={description} option={buildOption} height={BAR_HEIGHT} />
      <ul className={styles.parts}>
        {parts.map((part, index) => (
          <li key={part.id} className={styles.part}>
            <span className={styles.swatch} style={swatchOfPart(part, index)} aria-hidden />
            <span className={styles.name}>
              <PartName part={part} name={nameOf(part)} />
            </span>
            <Amount value={part.valueWei} unit={ETH_UNIT} />
            <span className={styles.share}>
              <Amount value={fractionOf(part.valueWei, totalWei) ?? 0n} unit={SHARE_UNIT} />
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

/** An operator's name leads to what it does. */
function PartName({ part, name }: { readonly part: AllocationPart; readonly name: string }) {
  if (part.kind !== 'operator') return <Truncated text={name} />;
  return (
    <button
      type="button"
      className={styles.link}
      onClick={() => navigate('exposure', { row: `operator:${part.id}` })}
    >
      <Truncated text={name} />
      <ChevronRight size={14} strokeWidth={1.75} aria-hidden className={styles.arrow} />
    </button>
  );
}

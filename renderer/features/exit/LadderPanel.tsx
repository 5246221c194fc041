import { useMemo } from 'react';
import type { ExitOverview, LadderRow } from '../../../shared/domain/exit.ts';
import { SHARE_UNIT, type Unit } from '../../../shared/domain/figure.ts';
import { fractionOf } from '../../../shared/domain/units.ts';
import { unitOfExit } from '../../../shared/format/exit.ts';
import { formatExact } from '../../../shared/format/numbers.ts';
import type { Translate } from '../../../shared/text/text.ts';
import { useText } from '../../state/text.ts';
import { Amount } from '../../ui/Amount.tsx';
import { DataTable } from '../../ui/DataTable.tsx';
import { Panel } from '../../ui/Panel.tsx';
import type { TableColumn } from '../../ui/tableModel.ts';
import type { PositionNames } from '../simulate/positionNames.ts';
import styles from './LadderPanel.module.css';

interface LadderPanelProps {
  readonly overview: ExitOverview;
  readonly names: PositionNames;
}

/** How much could be out by when, in three readings. */
export function LadderPanel({ overview, names }: LadderPanelProps) {
  const { t, locale } = useText();
  const { unit, total, sold, untimedIds, unvaluedIds } = overview;
  const columns = useMemo(
    () => createColumns(t, unitOfExit({ unit }), total, sold > 0n),
    [t, unit, total, sold],
  );
  const listNames = (ids: readonly string[]): string =>
    new Intl.ListFormat(locale).format(ids.map(names.inSentence));
  return (
    <Panel title={t('exit.ladder.title')} hint={t('exit.ladder.hint')} isFlush>
      <DataTable
        label={t('exit.ladder.label')}
        rows={overview.ladder}
        columns={columns}
        rowId={({ day }) => String(day)}
        isPlain
      />
      {untimedIds.length + unvaluedIds.length > 0 && (
        <div className={styles.notes}>
          {untimedIds.length > 0 && (
            <p>{t('exit.ladder.untimed', { count: untimedIds.length, names: listNames(untimedIds) })}</p>
          )}
          {unvaluedIds.length > 0 && (
            <p>{t('exit.ladder.unvalued', { count: unvaluedIds.length, names: listNames(unvaluedIds) })}</p>
          )}
        </div>
      )}
    </Panel>
  );
}

function createColumns(
  t: Translate,
  unit: Unit,
  total: bigint,
  hasSales: boolean,
): readonly TableColumn<LadderRow>[] {
  const amount = (
    id: 'least' | 'typical' | 'most' | 'salesTypical',
    amountOf: (row: LadderRow) => bigint,
    hint?: string,
  ): TableColumn<LadderRow> => ({
    id,
    header: t(`exit.ladder.${id}`),
    hint,
    align: 'end',
    cell: (row) => <Amount value={amountOf(row)} unit={unit} isBare isStrong={id === 'typical'} />,
    copyValue: (row) => formatExact(amountOf(row), unit),
  });
  const shareOf = ({ waited }: LadderRow): bigint | null => fractionOf(waited.typical, total);
  return [
    {
      id: 'day',
      header: t('exit.ladder.day'),
      cell: ({ day }) => t('exit.ladder.dayOf', { day }),
      copyValue: ({ day }) => String(day),
    },
    amount('least', ({ waited }) => waited.least),
    amount('typical', ({ waited }) => waited.typical),
    amount('most', ({ waited }) => waited.most),
    {
      id: 'share',
      header: t('exit.ladder.share'),
      align: 'end',
      cell: (row) => {
        const share = shareOf(row);
        return share !== null && <Amount value={share} unit={SHARE_UNIT} digits={1} isBare />;
      },
      copyValue: (row) => formatExact(shareOf(row) ?? 0n, SHARE_UNIT),
    },
    ...(hasSales
      ? [amount('salesTypical', ({ withSales }) => withSales.typical, t('exit.ladder.salesTypicalHint'))]
      : []),
  ];
}

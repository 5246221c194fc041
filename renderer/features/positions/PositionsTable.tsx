import { useMemo, type ReactNode } from 'react';
import type { Figure } from '../../../shared/domain/figure.ts';
import type { KnownBlock } from '../../../shared/domain/block-time.ts';
import { useText } from '../../state/text.ts';
import { DataTable } from '../../ui/DataTable.tsx';
import { FigureValue } from '../../ui/FigureValue.tsx';
import { createPositionColumns } from './positionColumns.tsx';
import { PositionDetail } from './PositionDetail.tsx';
import { groupKeyOf, type Grouping, type PositionRow } from './positionRows.ts';
import styles from './PositionsTable.module.css';
import { sumRows } from './sumRows.ts';
import { Truncated } from '../../ui/Truncated.tsx';

interface PositionsTableProps {
  /** Those the filter leaves. */
  readonly rows: readonly PositionRow[];
  readonly allCount: number;
  readonly grouping: Grouping;
  /** Book value of the whole portfolio. */
  readonly total: Figure;
  /** In which the positions were read. */
  readonly readIn: KnownBlock;
  /** Opened from the start: the position a link led to. */
  readonly openId: string | null;
  readonly empty: ReactNode;
}

const idOf = ({ position }: PositionRow): string => position.id;

export function PositionsTable(props: PositionsTableProps) {
  const { rows, allCount, grouping, total, readIn, openId, empty } = props;
  const { t } = useText();
  const hasRun = rows.some(({ scenario }) => scenario !== null);
  const { unvaluedCount } = sumRows(rows, total);
  const isPartial = unvaluedCount > 0;
  const columns = useMemo(() => createPositionColumns(t, hasRun, isPartial), [t, hasRun, isPartial]);
  const group = useMemo(
    () =>
      grouping === 'none'
        ? undefined
        : {
            keyOf: (row: PositionRow) => groupKeyOf(row, grouping),
            label: (_: string, grouped: readonly PositionRow[]) => (
              <GroupLabel grouping={grouping} rows={grouped} />
            ),
            cells: (_: string, grouped: readonly PositionRow[]) => createSumCells(grouped, total),
          },
    [grouping, total],
  );
  const isFiltered = rows.length < allCount;
  const footer = {
    token: isFiltered
      ? t('positions.table.totalShown', { shown: rows.length, all: allCount })
      : t('positions.table.total'),
    account: unvaluedCount > 0 && (
      <span className={styles.unvalued}>{t('positions.table.unvalued', { count: unvaluedCount })}</span>
    ),
    ...createSumCells(rows, total),
  };
  return (
    <DataTable
      label={t('positions.table.label')}
      rows={rows}
      columns={columns}
      rowId={idOf}
      initialSort={{ id: 'bookEth', isDescending: true }}
      initialExpandedIds={openId === null ? undefined : [openId]}
      renderDetail={(row) => <PositionDetail row={row} readIn={readIn} />}
      group={group}
      footer={footer}
      empty={empty}
      maxHeight="none"
    />
  );
}

function createSumCells(rows: readonly PositionRow[], total: Figure): Readonly<Record<string, ReactNode>> {
  const { bookEth, bookUsd, share, after } = sumRows(rows, total);
  return {
    bookEth: <FigureValue figure={bookEth} isBare reason="hover" />,
    bookUsd: <FigureValue figure={bookUsd} isBare reason="hover" />,
    share: <FigureValue figure={share} reason="hover" />,
    after: after && <FigureValue figure={after} isBare reason="hover" />,
  };
}

interface GroupLabelProps {
  readonly grouping: Exclude<Grouping, 'none'>;
  readonly rows: readonly PositionRow[];
}

function GroupLabel({ grouping, rows }: GroupLabelProps) {
  const { t } = useText();
  const [first] = rows;
  if (!first) return null;
  const { position, operator } = first;
  const nameGroup = (): string => {
    switch (grouping) {
      case 'account':
        return position.accountLabel;
      case 'token':
        return position.instrument.symbol;
      case 'state':
        return t(`figure.state.${position.state}`);
      case 'operator':
        if (operator.kind === 'one') return operator.name;
        if (operator.kind === 'several') return t('positions.group.several');
        return t(operator.kind === 'none' ? 'positions.group.noOperator' : 'positions.group.hidden');
    }
  };
  return (
    <span className={styles.group}>
      <Truncated text={nameGroup()} />
      <span className={styles.count}>{t('positions.table.positions', { count: rows.length })}</span>
    </span>
  );
}

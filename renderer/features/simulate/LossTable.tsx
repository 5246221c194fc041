import { useMemo } from 'react';
import { ETH_UNIT, SHARE_UNIT } from '../../../shared/domain/figure.ts';
import type { PositionResult, ScenarioResult } from '../../../shared/domain/scenario.ts';
import { fractionOf } from '../../../shared/domain/units.ts';
import { formatExact } from '../../../shared/format/numbers.ts';
import type { Translate } from '../../../shared/text/text.ts';
import { useText } from '../../state/text.ts';
import { DataTable } from '../../ui/DataTable.tsx';
import { Panel } from '../../ui/Panel.tsx';
import type { TableColumn } from '../../ui/tableModel.ts';
import { Truncated } from '../../ui/Truncated.tsx';
import styles from './LossTable.module.css';
import type { PositionLines, PositionNames } from './positionNames.ts';
import { ResultValue } from './ResultHead.tsx';
import type { LossFigures, RunFigures } from './runFigures.ts';

interface LossLine {
  readonly id: string;
  readonly name: PositionLines;
  readonly beforeWei: bigint;
  readonly afterWei: bigint;
  readonly lossWei: bigint;
  readonly marketLossWei: bigint;
  readonly lockedWei: bigint;
  readonly recoveredWei: bigint;
  readonly lock: PositionResult['lock'];
  /** Null for a position worth nothing. */
  readonly share: bigint | null;
  readonly figures: LossFigures | undefined;
}

interface LossTableProps {
  readonly result: ScenarioResult;
  readonly figures: RunFigures | null;
  readonly names: PositionNames;
}

/** Every position before and after; the figures can be turned over where the run is of today's values. */
export function LossTable({ result, figures, names }: LossTableProps) {
  const { t } = useText();
  const columns = useMemo(() => createColumns(t, result), [t, result]);
  const rows = useMemo(
    () =>
      result.positions.map((position): LossLine => ({
        ...position,
        id: position.positionId,
        name: names.inLines(position.positionId),
        share: fractionOf(position.lossWei, position.beforeWei),
        figures: figures?.positions.get(position.positionId),
      })),
    [result, figures, names],
  );
  const { totalBeforeWei, totalAfterWei, totalLossWei } = result;
  const total: LossLine = {
    id: 'total',
    name: { token: t('simulate.result.total'), place: '' },
    beforeWei: totalBeforeWei,
    afterWei: totalAfterWei,
    lossWei: totalLossWei,
    marketLossWei: result.totalMarketLossWei,
    lockedWei: result.totalLockedWei,
    recoveredWei: result.totalRecoveredWei,
    lock: null,
    share: fractionOf(totalLossWei, totalBeforeWei),
    figures: figures?.total,
  };
  return (
    <Panel title={t('simulate.result.tableTitle')} isFlush>
      <DataTable
        label={t('simulate.result.tableLabel')}
        rows={rows}
        columns={columns}
        rowId={(row) => row.id}
        initialSort={{ id: 'loss', isDescending: true }}
        footer={Object.fromEntries(columns.map(({ id, cell }) => [id, cell(total)]))}
      />
    </Panel>
  );
}

/**
 * The loss comes first: in a narrow window the rest is scrolled to. What stands beside a loss has a column where any
 * position has some.
 */
function createColumns(t: Translate, result: ScenarioResult): readonly TableColumn<LossLine>[] {
  const asides = ASIDES.filter(({ total }) => result[total] > 0n);
  return [
    {
      id: 'position',
      header: t('simulate.result.position'),
      cell: ({ name }) => (
        <span className={styles.name}>
          <Truncated text={name.token} />
          {name.place !== '' && (
            <span className={styles.place}>
              <Truncated text={name.place} />
            </span>
          )}
        </span>
      ),
      sortValue: ({ name }) => `${name.token} ${name.place}`.trim(),
    },
    createEthColumn('loss', t('simulate.result.lossEth'), 'lossWei'),
    {
      id: 'share',
      header: t('simulate.result.lossShare'),
      align: 'end',
      cell: ({ share, figures }) =>
        share === null ? null : (
          <ResultValue figure={figures?.share} value={share} unit={SHARE_UNIT} isBare />
        ),
      sortValue: ({ share }) => share,
      copyValue: ({ share }) => (share === null ? '' : formatExact(share, SHARE_UNIT)),
    },
    ...asides.map(({ id, field }) => createAsideColumn(id, t(`simulate.result.${id}Eth`), field, t)),
    createEthColumn('before', t('simulate.result.beforeEth'), 'beforeWei'),
    createEthColumn('after', t('simulate.result.afterEth'), 'afterWei'),
  ];
}

const ASIDES = [
  { id: 'marketLoss', field: 'marketLossWei', total: 'totalMarketLossWei' },
  { id: 'locked', field: 'lockedWei', total: 'totalLockedWei' },
  { id: 'recovered', field: 'recoveredWei', total: 'totalRecoveredWei' },
] as const;

function createAsideColumn(
  id: (typeof ASIDES)[number]['id'],
  header: string,
  field: (typeof ASIDES)[number]['field'],
  t: Translate,
): TableColumn<LossLine> {
  return {
    id,
    header,
    align: 'end',
    cell: (row) => (
      <>
        <ResultValue figure={row.figures?.asides[id] ?? undefined} value={row[field]} isBare />
        {id === 'locked' && row.lock !== null && (
          <span className={styles.term}>
            {row.lock.days === null
              ? t('simulate.result.lockOpen')
              : t('simulate.result.lockDays', { count: row.lock.days })}
          </span>
        )}
      </>
    ),
    sortValue: (row) => row[field],
    copyValue: (row) => formatExact(row[field], ETH_UNIT),
  };
}

function createEthColumn(
  id: 'before' | 'after' | 'loss',
  header: string,
  field: 'beforeWei' | 'afterWei' | 'lossWei',
): TableColumn<LossLine> {
  return {
    id,
    header,
    align: 'end',
    cell: (row) => <ResultValue figure={row.figures?.[id]} value={row[field]} isBare />,
    sortValue: (row) => row[field],
    copyValue: (row) => formatExact(row[field], ETH_UNIT),
  };
}

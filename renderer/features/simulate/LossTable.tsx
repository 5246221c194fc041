import { useMemo } from 'react';
import { ETH_UNIT, SHARE_UNIT } from '../../../shared/domain/figure.ts';
import type { ScenarioResult } from '../../../shared/domain/scenario.ts';
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
  const columns = useMemo(() => createColumns(t), [t]);
  const rows = useMemo(
    () =>
      result.positions.map(({ positionId, beforeWei, afterWei, lossWei }): LossLine => ({
        id: positionId,
        name: names.inLines(positionId),
        beforeWei,
        afterWei,
        lossWei,
        share: fractionOf(lossWei, beforeWei),
        figures: figures?.positions.get(positionId),
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

/** The loss comes first: in a narrow window the rest is scrolled to. */
function createColumns(t: Translate): readonly TableColumn<LossLine>[] {
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
    createEthColumn('before', t('simulate.result.beforeEth'), 'beforeWei'),
    createEthColumn('after', t('simulate.result.afterEth'), 'afterWei'),
  ];
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

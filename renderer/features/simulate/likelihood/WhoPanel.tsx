import { useCallback, useMemo } from 'react';
import type { Exposure } from '../../../../shared/domain/exposure.ts';
import {
  ATTRIBUTION_DIMENSIONS,
  type AttributionDimension,
} from '../../../../shared/domain/loss-distribution.ts';
import type { LossStudy, StudiedSet } from '../../../../shared/domain/loss-study.ts';
import { findSet } from '../../../../shared/domain/study-figures.ts';
import { countCases, formatChance, markEstimate, nameCharged } from '../../../../shared/format/likelihood.ts';
import type { Translate } from '../../../../shared/text/text.ts';
import { Chart } from '../../../charts/Chart.tsx';
import { buildChargeBars, rankCharges, type Charge } from '../../../charts/options/buildChargeBars.ts';
import type { ChartPalette } from '../../../charts/options/palette.ts';
import { usePageState } from '../../../state/pageState.ts';
import { useText } from '../../../state/text.ts';
import { DataTable } from '../../../ui/DataTable.tsx';
import { Panel } from '../../../ui/Panel.tsx';
import { Segmented } from '../../../ui/Segmented.tsx';
import type { TableColumn } from '../../../ui/tableModel.ts';
import { Truncated } from '../../../ui/Truncated.tsx';
import { useElementWidth } from '../../exposure/useElementWidth.ts';
import { SetToggle, useShownSet } from './SetToggle.tsx';
import { useFormatBare } from './useFormatEstimate.ts';
import styles from './WhoPanel.module.css';

/** A position in a sentence; null where it is not there any more. */
export type NameHeld = (id: string) => string | null;

interface WhoPanelProps {
  readonly study: LossStudy;
  readonly exposure: Exposure;
  readonly nameHeld: NameHeld;
}

interface ChargeLine extends Charge {
  readonly name: string;
}

const MOST_BARS = 8;
const TEXT_SIZE = 12;
const ROW_HEIGHT = 34;
/** Legend above. */
const FRAME_HEIGHT = 36;

/** Who the losses are charged to, by each of the five ways of looking at them. */
export function WhoPanel({ study, exposure, nameHeld }: WhoPanelProps) {
  const { t, locale } = useText();
  const format = useFormatBare();
  const [set] = useShownSet();
  const [dimension, choose] = usePageState<AttributionDimension>('simulate.study.dimension', 'dependency');
  const lines = useMemo(() => {
    const studied = findSet(study, set);
    return listCharges(studied, dimension, (id) =>
      nameCharged(dimension, id, studied, exposure, nameHeld, t),
    );
  }, [study, set, dimension, exposure, nameHeld, t]);
  const columns = useMemo(() => createColumns(t, locale, format), [t, locale, format]);
  const sum = (key: 'expectedLoss' | 'expectedShortfall'): number =>
    lines.reduce((total, line) => total + line[key], 0);
  const total: ChargeLine = {
    id: 'total',
    name: t('likelihood.who.total'),
    expectedLoss: sum('expectedLoss'),
    expectedShortfall: sum('expectedShortfall'),
    expectedShare: 1,
    tailShare: 1,
  };
  return (
    <Panel
      title={t('likelihood.who.title')}
      hint={t('likelihood.who.hint', {
        cases: countCases(findSet(study, set).distribution.attributionLevel),
      })}
      actions={<SetToggle />}
      isFlush
    >
      <div className={styles.choice}>
        <Segmented
          label={t('likelihood.who.dimensionLabel')}
          value={dimension}
          onChange={choose}
          options={ATTRIBUTION_DIMENSIONS.map((value) => ({
            value,
            label: t(`likelihood.who.dimension.${value}`),
          }))}
        />
      </div>
      {lines.length === 0 ? (
        <p className={styles.none}>{t('likelihood.who.none')}</p>
      ) : (
        <>
          <Bars lines={lines} />
          <DataTable
            label={t('likelihood.who.tableLabel', {
              dimension: t(`likelihood.who.dimension.${dimension}`),
            })}
            rows={lines}
            columns={columns}
            rowId={({ id }) => id ?? ''}
            initialSort={{ id: 'tail', isDescending: true }}
            footer={Object.fromEntries(columns.map(({ id, cell }) => [id, cell(total)]))}
          />
        </>
      )}
    </Panel>
  );
}

function listCharges(
  { distribution }: StudiedSet,
  dimension: AttributionDimension,
  nameOf: (id: string | null) => string,
): readonly ChargeLine[] {
  const attribution = distribution.attributions.find((entry) => entry.dimension === dimension);
  if (attribution === undefined) return [];
  return rankCharges(attribution, Infinity).rows.map((charge) => ({ ...charge, name: nameOf(charge.id) }));
}

function Bars({ lines }: { readonly lines: readonly ChargeLine[] }) {
  const { t, locale } = useText();
  const [measure, width] = useElementWidth();
  const bars = useMemo(() => {
    const { rows, rest } = rankCharges({ dimension: 'position', rows: [...lines] }, MOST_BARS);
    const names = new Map(lines.map(({ id, name }) => [id, name]));
    const named = rows.map((row) => ({ ...row, name: names.get(row.id) ?? '' }));
    return rest === null
      ? named
      : [...named, { ...rest, name: t('likelihood.name.rest', { count: rest.count }) }];
  }, [lines, t]);
  const option = useCallback(
    (palette: ChartPalette) =>
      buildChargeBars(
        bars,
        palette,
        {
          description: t('likelihood.who.chartLabel'),
          expected: t('likelihood.who.expected'),
          tail: t('likelihood.who.tail'),
          share: (share) => formatChance(share, { locale }),
        },
        { labelWidth: Math.round(Math.min(240, width * 0.36)), textSize: TEXT_SIZE },
      ),
    [bars, t, locale, width],
  );
  return (
    <div ref={measure} className={styles.bars}>
      {width > 0 && (
        <Chart
          label={t('likelihood.who.chartLabel')}
          option={option}
          height={FRAME_HEIGHT + bars.length * ROW_HEIGHT}
        />
      )}
    </div>
  );
}

function createColumns(
  t: Translate,
  locale: string,
  format: (eth: number) => string,
): readonly TableColumn<ChargeLine>[] {
  const column = (
    id: string,
    header: string,
    amountKey: 'expectedLoss' | 'expectedShortfall',
    shareKey: 'expectedShare' | 'tailShare',
  ) =>
    ({
      id,
      header,
      align: 'end',
      cell: (line) => (
        <span className={styles.number}>
          {markEstimate(format(line[amountKey]))}
          <span className={styles.share}>{formatChance(line[shareKey], { locale })}</span>
        </span>
      ),
      sortValue: (line) => line[amountKey],
      copyValue: (line) => line[amountKey].toPrecision(4),
    }) satisfies TableColumn<ChargeLine>;
  return [
    {
      id: 'name',
      header: t('likelihood.who.dimensionLabel'),
      cell: ({ name }) => (
        <span className={styles.name}>
          <Truncated text={name} />
        </span>
      ),
      sortValue: ({ name }) => name,
    },
    column('expected', t('likelihood.who.expectedEth'), 'expectedLoss', 'expectedShare'),
    column('tail', t('likelihood.who.tailEth'), 'expectedShortfall', 'tailShare'),
  ];
}

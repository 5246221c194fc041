import { useCallback, useMemo } from 'react';
import { ETH_UNIT } from '../../../shared/domain/figure.ts';
import type { ScenarioResult } from '../../../shared/domain/scenario.ts';
import { Chart } from '../../charts/Chart.tsx';
import { buildLossBars, rankLosses, type LossRow } from '../../charts/options/buildLossBars.ts';
import type { ChartPalette } from '../../charts/options/palette.ts';
import { useFormatAmount } from '../../state/amounts.ts';
import { useHideAmounts } from '../../state/settings.ts';
import { useText } from '../../state/text.ts';
import { Panel } from '../../ui/Panel.tsx';
import { useElementWidth } from '../exposure/useElementWidth.ts';
import styles from './LossChart.module.css';
import type { NamePosition } from './positionNames.ts';

interface LossChartProps {
  readonly result: ScenarioResult;
  readonly nameOf: NamePosition;
}

const MOST_BARS = 16;
const TEXT_SIZE = 12;
const ROW_HEIGHT = 26;
/** Legend above, axis below. */
const FRAME_HEIGHT = 64;

/** Before and after by position, largest loss first. */
export function LossChart({ result, nameOf }: LossChartProps) {
  const { t } = useText();
  const format = useFormatAmount();
  const isHidden = useHideAmounts();
  const [measure, width] = useElementWidth();
  // What is left over is said in words: as one bar it would dwarf the others.
  const { rows, rest } = useMemo(() => rankLosses(result, MOST_BARS), [result]);
  const option = useCallback(
    (palette: ChartPalette) => {
      const bars = buildLossBars(
        rows,
        palette,
        {
          description: t('simulate.result.chartLabel'),
          nameOf: ({ positionId }: LossRow) => nameOf(positionId),
          amount: (wei) => format(wei, ETH_UNIT),
          after: t('simulate.result.left'),
          lost: t('simulate.result.lost'),
          axis: ETH_UNIT.symbol,
        },
        { labelWidth: Math.round(Math.min(230, width * 0.34)), amountWidth: 96, textSize: TEXT_SIZE },
      );
      // Where amounts are covered the axis must not give them away either.
      return isHidden ? { ...bars, xAxis: { type: 'value', show: false } } : bars;
    },
    [rows, nameOf, format, isHidden, width, t],
  );
  return (
    <Panel title={t('simulate.result.chartTitle')} hint={t('simulate.result.chartHint')}>
      <div ref={measure}>
        {width > 0 && (
          <Chart
            label={t('simulate.result.chartLabel')}
            option={option}
            height={FRAME_HEIGHT + rows.length * ROW_HEIGHT}
          />
        )}
      </div>
      {rest !== null && <p className={styles.rest}>{t('simulate.result.rest', { count: rest.count })}</p>}
    </Panel>
  );
}

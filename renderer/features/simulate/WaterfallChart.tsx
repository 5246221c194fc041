import { useCallback, useMemo } from 'react';
import type { Exposure } from '../../../shared/domain/exposure.ts';
import { ETH_UNIT } from '../../../shared/domain/figure.ts';
import type { ScenarioResult } from '../../../shared/domain/scenario.ts';
import { Chart } from '../../charts/Chart.tsx';
import { describeStep } from '../../charts/describeStep.ts';
import { buildWaterfall, listWaterfall } from '../../charts/options/buildWaterfall.ts';
import type { ChartPalette } from '../../charts/options/palette.ts';
import { useFormatAmount } from '../../state/amounts.ts';
import { useHideAmounts } from '../../state/settings.ts';
import { useText } from '../../state/text.ts';
import { Panel } from '../../ui/Panel.tsx';
import { useElementWidth } from '../exposure/useElementWidth.ts';

interface WaterfallChartProps {
  readonly result: ScenarioResult;
  readonly exposure: Exposure;
}

const MOST_EVENTS = 12;
const TEXT_SIZE = 12;
const ROW_HEIGHT = 26;
/** The axis below. */
const FRAME_HEIGHT = 38;

/** What each event took off the value before, down to what is left. */
export function WaterfallChart({ result, exposure }: WaterfallChartProps) {
  const { t } = useText();
  const format = useFormatAmount();
  const isHidden = useHideAmounts();
  const [measure, width] = useElementWidth();
  const steps = useMemo(() => listWaterfall(result, MOST_EVENTS), [result]);
  const option = useCallback(
    (palette: ChartPalette) => {
      const bars = buildWaterfall(
        steps,
        palette,
        {
          description: t('simulate.result.waterfallLabel'),
          nameOf: (step) => describeStep(step, result, exposure, t),
          amount: (wei) => format(wei, ETH_UNIT),
          axis: ETH_UNIT.symbol,
        },
        { labelWidth: Math.round(Math.min(250, width * 0.36)), amountWidth: 96, textSize: TEXT_SIZE },
      );
      // Where amounts are covered the axis must not give them away either.
      return isHidden ? { ...bars, xAxis: { type: 'value', show: false } } : bars;
    },
    [steps, result, exposure, format, isHidden, width, t],
  );
  return (
    <Panel title={t('simulate.result.waterfallTitle')} hint={t('simulate.result.waterfallHint')}>
      <div ref={measure}>
        {width > 0 && (
          <Chart
            label={t('simulate.result.waterfallLabel')}
            option={option}
            height={FRAME_HEIGHT + steps.length * ROW_HEIGHT}
          />
        )}
      </div>
    </Panel>
  );
}

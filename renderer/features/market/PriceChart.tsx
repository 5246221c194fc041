import { useCallback, useMemo } from 'react';
import type { HistoryPoint } from '../../../shared/contract/market-view.ts';
import { toDecimalText } from '../../../shared/format/numbers.ts';
import { formatDate, formatInstant } from '../../../shared/format/time.ts';
import { Chart } from '../../charts/Chart.tsx';
import { buildPriceLine, type PriceEvent } from '../../charts/options/buildPriceLine.ts';
import type { ChartPalette } from '../../charts/options/palette.ts';
import { useText } from '../../state/text.ts';

const TEXT_SIZE = 12;
const HEIGHT = 260;
const DAY = 86_400_000;

interface PriceChartProps {
  readonly label: string;
  readonly axis: string;
  readonly points: readonly HistoryPoint[];
  readonly decimals: number;
  readonly events: readonly PriceEvent[];
  readonly par: bigint | null;
  readonly category: number;
  readonly format: (value: bigint) => string;
  readonly formatAxis: (value: number) => string;
}

export function PriceChart(props: PriceChartProps) {
  const { label, axis, points, decimals, events, par, category, format, formatAxis } = props;
  const { t, locale } = useText();
  const drawn = useMemo(
    () =>
      points.map(({ at, value, isAfterGap }) => ({
        at,
        isAfterGap,
        value: Number(toDecimalText(value, decimals)),
      })),
    [points, decimals],
  );
  const option = useCallback(
    (palette: ChartPalette) =>
      buildPriceLine(
        { points: drawn, events, par: par === null ? null : Number(toDecimalText(par, decimals)) },
        palette,
        {
          description: label,
          axis,
          axisValue: formatAxis,
          // A price of midnight is one of a day.
          date: (at) => (at % DAY === 0 ? formatDate(at, locale) : formatInstant(at, locale)),
          point(index) {
            const point = points[index];
            if (point === undefined) return '';
            const source = t(`market.source.${point.source}`);
            return t('market.detail.point', { value: format(point.value), source });
          },
        },
        { textSize: TEXT_SIZE, category },
      ),
    [drawn, points, events, par, decimals, label, axis, category, format, formatAxis, t, locale],
  );
  return <Chart label={label} option={option} height={HEIGHT} />;
}

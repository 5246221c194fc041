/** Who a loss is charged to: two bars a row, its part of the expected loss and its part of the worst cases. */
import type { BarSeriesOption } from 'echarts/charts';
import type {
  AriaComponentOption,
  GridComponentOption,
  LegendComponentOption,
  TooltipComponentOption,
} from 'echarts/components';
import type { ComposeOption } from 'echarts/core';
import type { Attribution } from '../../../shared/domain/loss-distribution.ts';
import { categoryColor, createHatch, type ChartPalette } from './palette.ts';

export type ChargeBarsOption = ComposeOption<
  BarSeriesOption | AriaComponentOption | GridComponentOption | LegendComponentOption | TooltipComponentOption
>;

export interface Charge {
  /** Null: nobody of this dimension. */
  readonly id: string | null;
  readonly expectedLoss: number;
  readonly expectedShortfall: number;
  /** Of all, 0 to 1. */
  readonly expectedShare: number;
  readonly tailShare: number;
}

/** The charges beyond the limit, together; null where all are rows. */
export interface ChargeRest extends Omit<Charge, 'id'> {
  readonly count: number;
}

/**
 * Largest part of the worst cases first, then of the expected loss; what goes beyond `maxRows` is summed up, so that rows
 * and rest are all of it.
 */
export function rankCharges(
  { rows }: Attribution,
  maxRows: number,
): { readonly rows: readonly Charge[]; readonly rest: ChargeRest | null } {
  const expected = sumOf(rows, 'expectedLoss');
  const tail = sumOf(rows, 'expectedShortfall');
  const share = (part: number, whole: number): number => (whole > 0 ? part / whole : 0);
  const charges = rows
    .map((row): Charge => ({
      ...row,
      expectedShare: share(row.expectedLoss, expected),
      tailShare: share(row.expectedShortfall, tail),
    }))
    .sort((a, b) => b.expectedShortfall - a.expectedShortfall || b.expectedLoss - a.expectedLoss);
  // One that is left over is drawn as it is.
  if (charges.length <= maxRows + 1) return { rows: charges, rest: null };
  const others = charges.slice(maxRows);
  return {
    rows: charges.slice(0, maxRows),
    rest: {
      count: others.length,
      expectedLoss: sumOf(others, 'expectedLoss'),
      expectedShortfall: sumOf(others, 'expectedShortfall'),
      expectedShare: sumOf(others, 'expectedShare'),
      tailShare: sumOf(others, 'tailShare'),
    },
  };
}

function sumOf<Key extends string>(rows: readonly Readonly<Record<Key, number>>[], key: Key): number {
  return rows.reduce((sum, row) => sum + row[key], 0);
}

export interface ChargeBar {
  readonly name: string;
  readonly expectedShare: number;
  readonly tailShare: number;
}

export interface ChargeBarsTexts {
  readonly description: string;
  readonly expected: string;
  readonly tail: string;
  readonly share: (share: number) => string;
}

export interface ChargeBarsLayout {
  /** CSS pixels the names may take on the left. */
  readonly labelWidth: number;
  readonly textSize: number;
}

export function buildChargeBars(
  bars: readonly ChargeBar[],
  palette: ChartPalette,
  texts: ChargeBarsTexts,
  { labelWidth, textSize: fontSize }: ChargeBarsLayout,
): ChargeBarsOption {
  const describe = (bar: ChargeBar): string =>
    `${bar.name}\n${texts.expected} ${texts.share(bar.expectedShare)}\n${texts.tail} ${texts.share(bar.tailShare)}`;
  const series = { type: 'bar', barWidth: Math.round(fontSize * 0.75), barGap: '15%' } as const;
  const label = (color: string) =>
    ({ show: true, position: 'right', color, fontSize: fontSize - 1, distance: 4 }) as const;
  return {
    animation: false,
    aria: { enabled: true, label: { enabled: true, description: texts.description } },
    textStyle: { fontFamily: palette.fontFamily, fontSize, color: palette.text },
    tooltip: { renderMode: 'richText' },
    legend: {
      top: 0,
      left: labelWidth + 8,
      itemWidth: 14,
      itemHeight: 9,
      selectedMode: false,
      textStyle: { color: palette.textMuted, fontSize },
    },
    grid: {
      left: labelWidth + 12,
      right: fontSize * 4.5,
      top: fontSize * 2.4,
      bottom: 4,
      outerBoundsMode: 'none',
    },
    xAxis: {
      type: 'value',
      min: 0,
      // All bars are parts of one whole: the longest decides the scale.
      max: (extent: { max: number }) => Math.max(extent.max, 0.05),
      axisLabel: { show: false },
      axisLine: { show: false },
      axisTick: { show: false },
      splitLine: { show: false },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: bars.map(({ name }) => name),
      axisLabel: { color: palette.text, fontSize, width: labelWidth, overflow: 'truncate', interval: 0 },
      axisLine: { show: true, lineStyle: { color: palette.textMuted } },
      axisTick: { show: false },
    },
    series: [
      {
        ...series,
        name: texts.expected,
        itemStyle: { color: categoryColor(palette, 0) },
        data: bars.map((bar) => ({
          value: bar.expectedShare,
          label: { ...label(palette.textMuted), formatter: () => texts.share(bar.expectedShare) },
          tooltip: { formatter: () => describe(bar) },
        })),
      },
      {
        ...series,
        name: texts.tail,
        itemStyle: {
          color: palette.surface,
          borderColor: palette.loss,
          borderWidth: 1,
          decal: createHatch(palette.loss),
        },
        data: bars.map((bar) => ({
          value: bar.tailShare,
          ...(bar.tailShare === 0 ? { itemStyle: { borderWidth: 0 } } : {}),
          label: { ...label(palette.loss), formatter: () => texts.share(bar.tailShare) },
          tooltip: { formatter: () => describe(bar) },
        })),
      },
    ],
  };
}

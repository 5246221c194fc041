/** Products compared by simulation: a bar each in two scales side by side, with whiskers from calm to stressed. */
import type { BarSeriesOption, CustomSeriesOption } from 'echarts/charts';
import type { AriaComponentOption, GridComponentOption, TooltipComponentOption } from 'echarts/components';
import type { ComposeOption } from 'echarts/core';
import { categoryColor, createHatch, type ChartPalette } from './palette.ts';

export type ComparedBarsOption = ComposeOption<
  AriaComponentOption | BarSeriesOption | CustomSeriesOption | GridComponentOption | TooltipComponentOption
>;

export interface ComparedValue {
  /** Shares of what is held; base within low to high. */
  readonly low: number;
  readonly base: number;
  readonly high: number;
}

export interface ComparedBar {
  readonly name: string;
  readonly expectedLoss: ComparedValue;
  readonly expectedShortfall: ComparedValue;
}

export interface ComparedBarsTexts {
  readonly description: string;
  readonly expectedLoss: string;
  readonly expectedShortfall: string;
  readonly share: (share: number) => string;
  readonly describe: (value: ComparedValue) => string;
}

export interface ComparedBarsLayout {
  /** CSS pixels the names may take on the left. */
  readonly labelWidth: number;
  readonly textSize: number;
}

/** Expected losses are small beside the worst cases: each has a scale of its own, both from zero. */
export function buildComparedBars(
  bars: readonly ComparedBar[],
  palette: ChartPalette,
  texts: ComparedBarsTexts,
  { labelWidth, textSize: fontSize }: ComparedBarsLayout,
): ComparedBarsOption {
  const measures = [
    { key: 'expectedLoss', name: texts.expectedLoss, isTail: false },
    { key: 'expectedShortfall', name: texts.expectedShortfall, isTail: true },
  ] as const;
  const grid = { top: 4, bottom: fontSize * 4, outerBoundsMode: 'none' } as const;
  return {
    animation: false,
    aria: { enabled: true, label: { enabled: true, description: texts.description } },
    textStyle: { fontFamily: palette.fontFamily, fontSize, color: palette.text },
    tooltip: { renderMode: 'richText' },
    grid: [
      { ...grid, left: labelWidth + 12, right: '54%' },
      { ...grid, left: '52%', right: fontSize * 2 },
    ],
    xAxis: measures.map(({ name }, index) => ({
      type: 'value',
      gridIndex: index,
      min: 0,
      name,
      nameLocation: 'middle',
      nameGap: fontSize * 2.2,
      nameTextStyle: { color: palette.textMuted, fontSize },
      // Nothing loses more than all of it.
      max: (extent: { max: number }) => (extent.max > 0.75 ? 1 : niceAbove(extent.max)),
      splitNumber: 3,
      axisLabel: {
        color: palette.textMuted,
        fontSize: fontSize - 1,
        formatter: texts.share,
        hideOverlap: true,
      },
      axisLine: { show: false },
      splitLine: { lineStyle: { color: palette.line } },
    })),
    yAxis: measures.map((_, index) => ({
      type: 'category',
      gridIndex: index,
      inverse: true,
      data: bars.map(({ name }) => name),
      axisLabel: {
        show: index === 0,
        color: palette.text,
        fontSize,
        width: labelWidth,
        overflow: 'truncate',
        interval: 0,
      },
      axisLine: { show: true, lineStyle: { color: palette.textMuted } },
      axisTick: { show: false },
    })),
    series: measures.flatMap((measure, index) => [
      buildBars(bars, measure, index, palette, texts, fontSize),
      buildWhiskers(bars, measure, index, palette, fontSize),
    ]),
  };
}

interface Measure {
  readonly key: 'expectedLoss' | 'expectedShortfall';
  readonly name: string;
  readonly isTail: boolean;
}

function buildBars(
  bars: readonly ComparedBar[],
  { key, name, isTail }: Measure,
  index: number,
  palette: ChartPalette,
  texts: ComparedBarsTexts,
  fontSize: number,
): BarSeriesOption {
  const color = isTail ? palette.loss : categoryColor(palette, 0);
  return {
    type: 'bar',
    name,
    xAxisIndex: index,
    yAxisIndex: index,
    barWidth: Math.round(fontSize * 0.95),
    itemStyle: isTail
      ? { color: palette.surface, borderColor: color, borderWidth: 1, decal: createHatch(color) }
      : { color },
    data: bars.map((bar) => ({
      value: bar[key].base,
      tooltip: { formatter: () => `${bar.name}\n${name} ${texts.describe(bar[key])}` },
    })),
  };
}

function buildWhiskers(
  bars: readonly ComparedBar[],
  { key, name }: Measure,
  index: number,
  palette: ChartPalette,
  fontSize: number,
): CustomSeriesOption {
  return {
    type: 'custom',
    name,
    xAxisIndex: index,
    yAxisIndex: index,
    silent: true,
    z: 3,
    encode: { x: [0, 1], y: 2 },
    data: bars.map((bar, at) => [bar[key].low, bar[key].high, at]),
    renderItem: renderWhisker(palette.text, fontSize),
  };
}

/** The next of 1, 2, 3, 5 and 8 times a power of ten, so that the scale ends at a line. */
function niceAbove(value: number): number {
  if (value <= 0) return 0.01;
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 2, 3, 5, 8, 10].find((factor) => factor * power >= value) ?? 10;
  return step * power;
}

type RenderItem = NonNullable<CustomSeriesOption['renderItem']>;

/** From the lowest to the highest, with a stroke at each end. */
function renderWhisker(color: string, fontSize: number): RenderItem {
  const cap = fontSize * 0.4;
  const line = (x1: number, y1: number, x2: number, y2: number) => ({
    type: 'line' as const,
    shape: { x1, y1, x2, y2 },
    style: { stroke: color, lineWidth: 1.2 },
  });
  return (_, api) => {
    const row = Number(api.value(2));
    const [from = 0, y = 0] = api.coord([Number(api.value(0)), row]);
    const [to = 0] = api.coord([Number(api.value(1)), row]);
    return {
      type: 'group',
      children: [line(from, y, to, y), line(from, y - cap, from, y + cap), line(to, y - cap, to, y + cap)],
    };
  };
}

/**
 * A price or a peg over time: one line, broken where nothing is known, with events as labelled marks. A point alone
 * between two gaps is a dot, because a line needs two.
 */
import type { LineSeriesOption } from 'echarts/charts';
import type { AriaComponentOption, GridComponentOption, TooltipComponentOption } from 'echarts/components';
import type { ComposeOption } from 'echarts/core';
import { categoryColor, type ChartPalette } from './palette.ts';

export type PriceLineOption = ComposeOption<
  LineSeriesOption | AriaComponentOption | GridComponentOption | TooltipComponentOption
>;

export interface PricePointDrawn {
  /** Unix milliseconds. */
  readonly at: number;
  readonly value: number;
  readonly isAfterGap: boolean;
}

export interface PriceEvent {
  readonly from: number;
  readonly to: number;
  readonly label: string;
  /** Found in the points, or recorded elsewhere: a triangle or a diamond. */
  readonly isRecorded: boolean;
}

export interface PriceLine {
  readonly points: readonly PricePointDrawn[];
  readonly events: readonly PriceEvent[];
  /** Where the asset is worth what it stands for; null for a price. */
  readonly par: number | null;
}

export interface PriceLineTexts {
  readonly description: string;
  readonly axis: string;
  readonly axisValue: (value: number) => string;
  readonly date: (at: number) => string;
  /** Of the point under the pointer, by its place in the list. */
  readonly point: (index: number) => string;
}

interface PriceLineLayout {
  readonly textSize: number;
  readonly category: number;
}

/** Between the lowest mark and the axis, as a share of the height. */
const ROOM = 0.12;

export function buildPriceLine(
  { points, events, par }: PriceLine,
  palette: ChartPalette,
  texts: PriceLineTexts,
  { textSize: fontSize, category }: PriceLineLayout,
): PriceLineOption {
  const muted = { color: palette.textMuted, fontSize };
  const color = categoryColor(palette, category);
  const { low, high } = findBounds(points, par);
  const data = listData(points);
  const times = points.map(({ at }) => at);
  const first = Math.min(...ends(times), ...events.map(({ from }) => from));
  const last = Math.max(...ends(times), ...events.map(({ to }) => to));
  return {
    animation: false,
    useUTC: true,
    aria: { enabled: true, label: { enabled: true, description: texts.description } },
    textStyle: { fontFamily: palette.fontFamily, fontSize, color: palette.text },
    tooltip: {
      renderMode: 'richText',
      trigger: 'axis',
      axisPointer: {
        type: 'line',
        lineStyle: { color: palette.lineStrong, width: 1 },
        label: { show: false },
      },
      formatter: (params) => describeHovered(Array.isArray(params) ? params : [params], points, texts),
    },
    grid: {
      left: fontSize * 5.5,
      right: fontSize * 2,
      top: fontSize * 2.6,
      bottom: fontSize * 2.4,
      outerBoundsMode: 'none',
    },
    xAxis: {
      type: 'time',
      min: first,
      max: last,
      axisLabel: { ...muted, hideOverlap: true },
      axisLine: { show: true, lineStyle: { color: palette.lineStrong } },
      axisTick: { show: false },
      splitLine: { show: false },
    },
    yAxis: {
      type: 'value',
      min: low,
      max: high,
      name: texts.axis,
      nameLocation: 'end',
      nameGap: fontSize,
      nameTextStyle: { ...muted, align: 'left', padding: [0, 0, 0, -fontSize * 5] },
      axisLabel: { ...muted, showMinLabel: false, showMaxLabel: false, formatter: texts.axisValue },
      axisLine: { show: false },
      axisTick: { show: false },
      splitLine: { lineStyle: { color: palette.line, width: 0.5 } },
    },
    series: [
      {
        type: 'line',
        name: MAIN,
        symbol: 'none',
        showAllSymbol: true,
        connectNulls: false,
        lineStyle: { color, width: 1.5 },
        itemStyle: { color },
        data,
      },
      ...(par === null ? [] : [drawPar(par, first, last, palette)]),
      ...events.map((event) => {
        // Near the right edge there is room on the left only.
        const side = event.from - first > (last - first) * 0.75 ? 'left' : 'right';
        return drawEvent(event, { low, high, side }, palette, fontSize);
      }),
    ],
  };
}

const MAIN = 'main';

function ends(times: readonly number[]): number[] {
  return [times[0], times.at(-1)].filter((time) => time !== undefined);
}

type Datum = NonNullable<LineSeriesOption['data']>[number];

/** An empty item breaks the line before a point that follows a gap. */
function listData(points: readonly PricePointDrawn[]): Datum[] {
  return points.flatMap(({ at, value, isAfterGap }, index): Datum[] => {
    const isFirst = index === 0 || isAfterGap;
    const next = points[index + 1];
    const isAlone = isFirst && (next === undefined || next.isAfterGap);
    const item: Datum = isAlone ? { value: [at, value], symbol: 'circle', symbolSize: 4 } : [at, value];
    return isAfterGap ? [[at - 1, null], item] : [item];
  });
}

/** The axis need not begin at zero: what is read off is change, not size. */
function findBounds(
  points: readonly PricePointDrawn[],
  par: number | null,
): { readonly low: number; readonly high: number } {
  let low = par ?? Number.POSITIVE_INFINITY;
  let high = par ?? Number.NEGATIVE_INFINITY;
  for (const { value } of points) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (!Number.isFinite(low)) return { low: 0, high: 1 };
  const span = high - low || Math.abs(high) * 0.02 || 1;
  return { low: low - span * ROOM, high: high + span * ROOM };
}

function drawPar(par: number, first: number, last: number, palette: ChartPalette): LineSeriesOption {
  return {
    type: 'line',
    name: 'par',
    silent: true,
    symbol: 'none',
    lineStyle: { color: palette.lineStrong, width: 1, type: 'dashed' },
    tooltip: { show: false },
    data: [
      [first, par],
      [last, par],
    ],
  };
}

/** A thin line over the whole height, with its name beside the mark at the foot; a span has its two ends marked. */
function drawEvent(
  { from, to, label, isRecorded }: PriceEvent,
  { low, high, side }: { readonly low: number; readonly high: number; readonly side: 'left' | 'right' },
  palette: ChartPalette,
  fontSize: number,
): LineSeriesOption {
  const foot = low + (high - low) * 0.04;
  return {
    type: 'line',
    name: label,
    silent: true,
    symbol: 'none',
    z: 4,
    lineStyle: { color: palette.loss, width: 1, type: [2, 3] },
    itemStyle: { color: palette.loss, borderColor: palette.surface, borderWidth: 1 },
    tooltip: { show: false },
    data: [
      [from, high],
      {
        value: [from, foot],
        symbol: isRecorded ? 'diamond' : 'triangle',
        symbolSize: 9,
        label: {
          show: true,
          formatter: label,
          position: side,
          color: palette.text,
          fontSize,
          textBorderColor: palette.surface,
          textBorderWidth: 3,
        },
      },
      ...(to > from ? [[to, foot]] : []),
    ],
    labelLayout: { hideOverlap: true, moveOverlap: 'shiftY' },
  };
}

interface Hovered {
  readonly seriesName?: string | undefined;
  readonly value?: unknown;
}

function describeHovered(
  hovered: readonly Hovered[],
  points: readonly PricePointDrawn[],
  texts: PriceLineTexts,
): string {
  for (const { seriesName, value } of hovered) {
    if (seriesName !== MAIN || !Array.isArray(value)) continue;
    const at: unknown = value[0];
    const index = points.findIndex((point) => point.at === at);
    if (index !== -1 && typeof at === 'number') return `${texts.date(at)}\n${texts.point(index)}`;
  }
  return '';
}

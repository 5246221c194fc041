/**
 * Value over time: a line for each holding or protocol, stacked to their sum or side by side. A line breaks where a value
 * is not known and where readings lie too far apart; nothing is drawn across. Stacked, one unknown part breaks all of
 * them, because the height of the stack would be a sum that is not known.
 */
import type { LineSeriesOption } from 'echarts/charts';
import type {
  AriaComponentOption,
  GridComponentOption,
  LegendComponentOption,
  TooltipComponentOption,
} from 'echarts/components';
import type { ComposeOption } from 'echarts/core';
import type { HistorySeries, HistoryView } from '../../../shared/domain/history/history-view.ts';
import type { GapReason } from '../../../shared/domain/history/snapshot.ts';
import { categoryColor, type ChartPalette } from './palette.ts';

export type HistoryLinesOption = ComposeOption<
  | LineSeriesOption
  | AriaComponentOption
  | GridComponentOption
  | LegendComponentOption
  | TooltipComponentOption
>;

export interface HistoryLine {
  readonly id: string;
  readonly name: string;
  /** One for each time; null is a gap. */
  readonly values: readonly (bigint | null)[];
  readonly whyAt: (index: number) => GapReason | null;
  /** What is left after the largest, in grey. */
  readonly isRest: boolean;
}

export interface HistoryDrawing {
  readonly times: HistoryView['times'];
  readonly lines: readonly HistoryLine[];
  readonly total: HistoryLine;
  readonly decimals: number;
}

/** One hue each; the eighth is the grey of all others. */
const MOST_LINES = 7;

function findWhy({ unknown }: HistorySeries): (index: number) => GapReason | null {
  return (index) => unknown.find(({ from, to }) => from <= index && index <= to)?.why ?? null;
}

/** The largest lines, and the rest as one; `nameRest` is told how many that are. */
export function readHistoryLines(
  view: HistoryView,
  nameOf: (series: HistorySeries) => string,
  nameRest: (count: number) => string,
  decimals: number,
): HistoryDrawing {
  const toLine = (series: HistorySeries): HistoryLine => ({
    id: series.id,
    name: nameOf(series),
    values: series.values,
    whyAt: findWhy(series),
    isRest: false,
  });
  const isAllShown = view.series.length <= MOST_LINES + 1;
  const shown = isAllShown ? view.series : view.series.slice(0, MOST_LINES);
  const rest = view.series.slice(shown.length);
  const lines = shown.map(toLine);
  if (rest.length > 0) lines.push(joinRest(rest, nameRest(rest.length), view.times.length));
  return { times: view.times, lines, total: toLine(view.total), decimals };
}

function joinRest(rest: readonly HistorySeries[], name: string, count: number): HistoryLine {
  const whys = rest.map(findWhy);
  const values = Array.from({ length: count }, (_, index) => {
    let sum: bigint | null = null;
    for (const [at, { values: own }] of rest.entries()) {
      const value = own[index] ?? null;
      // What was not watched is no part of it; what is not known makes all of it unknown.
      if (value === null && whys[at]?.(index) !== 'not-watched') return null;
      if (value !== null) sum = (sum ?? 0n) + value;
    }
    return sum;
  });
  const whyAt = (index: number): GapReason | null =>
    whys.map((why) => why(index)).find((why) => why !== null && why !== 'not-watched') ?? 'not-watched';
  return { id: 'rest', name, values, whyAt, isRest: true };
}

export interface HistoryTexts {
  readonly description: string;
  readonly axis: string;
  readonly date: (at: number) => string;
  readonly axisValue: (value: number) => string;
  readonly amount: (value: bigint) => string;
  readonly unknown: (why: GapReason) => string;
}

export interface HistoryLayout {
  readonly textSize: number;
  readonly isStacked: boolean;
  /** Without legend and axis names, for a small panel. */
  readonly isCompact: boolean;
  /** Amounts on the axis are covered. */
  readonly isHidden: boolean;
}

type Point = NonNullable<LineSeriesOption['data']>[number];

export function buildHistoryLines(
  drawing: HistoryDrawing,
  palette: ChartPalette,
  texts: HistoryTexts,
  { textSize: fontSize, isStacked, isCompact, isHidden }: HistoryLayout,
): HistoryLinesOption {
  const muted = { color: palette.textMuted, fontSize };
  const { times, lines, total } = drawing;
  return {
    animation: false,
    aria: { enabled: true, label: { enabled: true, description: texts.description } },
    textStyle: { fontFamily: palette.fontFamily, fontSize, color: palette.text },
    tooltip: {
      renderMode: 'richText',
      trigger: 'axis',
      confine: true,
      backgroundColor: palette.surface,
      borderColor: palette.lineStrong,
      borderWidth: 1,
      textStyle: { color: palette.text, fontSize },
      axisPointer: { type: 'line', lineStyle: { color: palette.lineStrong, width: 1 } },
      formatter: (params) => describeHovered(Array.isArray(params) ? params[0] : params, drawing, texts),
    },
    ...(isCompact || lines.length < 2
      ? {}
      : {
          legend: {
            top: 0,
            left: 0,
            type: 'plain',
            itemWidth: 14,
            itemHeight: 9,
            itemGap: fontSize,
            icon: 'roundRect',
            selectedMode: false,
            data: lines.map(({ name }) => name),
            textStyle: muted,
          },
        }),
    grid: {
      left: fontSize * 6.5,
      right: fontSize * 1.5,
      top: isCompact ? fontSize : fontSize * (lines.length < 2 ? 2.4 : lines.length > 4 ? 6.4 : 4.6),
      bottom: fontSize * 2.4,
      outerBoundsMode: 'none',
    },
    xAxis: {
      type: 'time',
      // The first and the last reading stand on the edges.
      min: 'dataMin',
      max: 'dataMax',
      axisLabel: { ...muted, hideOverlap: true },
      axisLine: { show: true, lineStyle: { color: palette.lineStrong } },
      axisTick: { show: false },
      splitLine: { show: false },
    },
    yAxis: {
      type: 'value',
      min: 0,
      splitNumber: isCompact ? 3 : 5,
      ...(isCompact
        ? {}
        : {
            name: texts.axis,
            nameLocation: 'end',
            nameGap: fontSize,
            nameTextStyle: { ...muted, align: 'left', padding: [0, 0, 0, -fontSize * 5.9] },
          }),
      axisLabel: { ...muted, show: !isHidden, formatter: (value: number) => texts.axisValue(value) },
      axisLine: { show: false },
      axisTick: { show: false },
      splitLine: { lineStyle: { color: palette.line, width: 0.5 } },
    },
    series: lines.map((line, index): LineSeriesOption => {
      const color = line.isRest ? categoryColor(palette, MOST_LINES) : categoryColor(palette, index);
      const isWhole = isStacked && lines.length > 1;
      return {
        type: 'line',
        name: line.name,
        symbol: 'none',
        connectNulls: false,
        ...(isWhole ? { stack: 'value', stackStrategy: 'all' } : {}),
        lineStyle: { color, width: isWhole ? 1 : 2 },
        itemStyle: { color },
        ...(isWhole || isCompact ? { areaStyle: { color, opacity: isWhole ? 0.55 : 0.12 } } : {}),
        emphasis: { disabled: true },
        data: drawPoints(line, times, isWhole ? total : null, drawing.decimals),
      };
    }),
  };
}

/** For drawing only. */
function toNumber(value: bigint, decimals: number): number {
  return Number(value) / 10 ** decimals;
}

/**
 * Points with a hole before each time after a gap. In a stack (`whole` is its sum) a point is a hole where the sum is one,
 * and nothing where its own part was not watched. A point between two holes is a dot: a line of one would not be seen.
 */
function drawPoints(
  line: HistoryLine,
  times: HistoryView['times'],
  whole: HistoryLine | null,
  decimals: number,
): Point[] {
  const valueAt = (index: number): number | null => {
    const own = line.values[index] ?? null;
    if (whole === null) return own === null ? null : toNumber(own, decimals);
    return (whole.values[index] ?? null) === null ? null : toNumber(own ?? 0n, decimals);
  };
  const isHole = (index: number): boolean => {
    const isEnd = index < 0 || index >= times.length;
    return isEnd || valueAt(index) === null;
  };
  return times.flatMap(({ at, isAfterGap }, index): Point[] => {
    const value = valueAt(index);
    const isAlone =
      value !== null &&
      (isAfterGap || isHole(index - 1)) &&
      (times[index + 1]?.isAfterGap === true || isHole(index + 1));
    const point: Point = isAlone
      ? { value: [at, value], symbol: 'circle', symbolSize: 5 }
      : [at, value ?? Number.NaN];
    // One millisecond before, so that the pointer finds the reading and not the hole.
    return isAfterGap ? [[at - 1, Number.NaN], point] : [point];
  });
}

interface Hovered {
  readonly value?: unknown;
}

/** Largest first, as they are drawn; with the sum where there is more than one. */
function describeHovered(hovered: Hovered | undefined, drawing: HistoryDrawing, texts: HistoryTexts): string {
  const [at] = Array.isArray(hovered?.value) ? (hovered.value as readonly unknown[]) : [];
  const index = drawing.times.findIndex((time) => time.at === at || time.at - 1 === at);
  const time = drawing.times[index];
  if (!time) return '';
  const describe = ({ name, values, whyAt }: HistoryLine): string => {
    const value = values[index] ?? null;
    return `${name}: ${value === null ? texts.unknown(whyAt(index) ?? 'input-unknown') : texts.amount(value)}`;
  };
  const told = drawing.lines.filter(
    ({ values, whyAt }) => (values[index] ?? null) !== null || whyAt(index) !== 'not-watched',
  );
  return [
    texts.date(time.at),
    ...told.map(describe),
    ...(drawing.lines.length > 1 ? [describe(drawing.total)] : []),
  ].join('\n');
}

/**
 * Ways out on a calendar, a row each: the typical steps as bars from now on, side by side where they run at the same time,
 * and beneath them a line from the fastest to the slowest reading with the typical one marked. What has no known end runs
 * on to the edge, outlined. Without motion and without colour alone: every step is named on hover and in the table.
 */
import type { CustomSeriesOption } from 'echarts/charts';
import type { AriaComponentOption, GridComponentOption, TooltipComponentOption } from 'echarts/components';
import type { ComposeOption } from 'echarts/core';
import { categoryColor, type ChartPalette } from './palette.ts';

export type ExitCalendarOption = ComposeOption<
  CustomSeriesOption | AriaComponentOption | GridComponentOption | TooltipComponentOption
>;

/** Kinds of steps that are told apart by colour. `pause` and what never ends are outlined. */
const LEG_GROUPS = ['issuer', 'escrow', 'exit', 'payout', 'vault', 'pause', 'unknown'] as const;
export type LegGroup = (typeof LEG_GROUPS)[number];

export interface CalendarBar {
  readonly legId: string;
  readonly group: LegGroup;
  /** Days from now; `to` null: no end known. */
  readonly from: number;
  readonly to: number | null;
  /** Steps that run at the same time lie beneath each other. */
  readonly lane: number;
}

export interface CalendarRow {
  readonly id: string;
  readonly bars: readonly CalendarBar[];
  readonly lanes: number;
  /** Days until the last step ends; null: not known. */
  readonly low: number | null;
  readonly typical: number | null;
  readonly high: number | null;
  /** Typical without the stress; null where there is none to compare. */
  readonly before: number | null;
}

export interface CalendarTexts {
  readonly description: string;
  readonly axis: string;
  readonly range: string;
  readonly before: string;
  readonly nameOf: (row: CalendarRow) => string;
  readonly nameGroup: (group: LegGroup) => string;
  /** On hover of a bar. */
  readonly describeBar: (row: CalendarRow, bar: CalendarBar) => string;
  readonly describeRow: (row: CalendarRow) => string;
  /** Beside the row: its typical time, and beneath it the range where there is one and room for it. */
  readonly total: (row: CalendarRow) => { readonly typical: string; readonly range: string | null };
}

export interface CalendarLayout {
  /** CSS pixels the names may take on the left, and the times on the right. */
  readonly labelWidth: number;
  readonly totalWidth: number;
  readonly textSize: number;
  /** Where the calendar ends, in days. */
  readonly lastDay: number;
  /** Few days on the axis. */
  readonly isNarrow: boolean;
  readonly chosenId: string | null;
}

const CATEGORY: Readonly<Record<Exclude<LegGroup, 'pause' | 'unknown'>, number>> = {
  issuer: 0,
  escrow: 4,
  exit: 1,
  payout: 2,
  vault: 5,
};

/** Height of the bars of a row, and where its line lies, from the middle of the row. */
const BARS_TOP = -11;
const BARS_HEIGHT = 13;
const LINE_AT = 8;

function styleOf(group: LegGroup, palette: ChartPalette) {
  if (group === 'pause')
    return { fill: palette.surface, stroke: palette.loss, lineWidth: 1.25, lineDash: [3, 2] };
  if (group === 'unknown') {
    return { fill: palette.surface, stroke: palette.textMuted, lineWidth: 1.25, lineDash: [3, 2] };
  }
  return { fill: categoryColor(palette, CATEGORY[group]) };
}

/** The last day of the calendar: a little beyond the latest time that is known. */
export function findLastDay(rows: readonly CalendarRow[]): number {
  const days = rows.flatMap(({ bars, low, typical, high, before }) => [
    ...[low, typical, high, before].flatMap((day) => day ?? []),
    ...bars.map(({ from, to }) => to ?? from),
  ]);
  const latest = Math.max(1, ...days);
  // What has no end needs room to run on.
  const isOpen = rows.some(({ high }) => high === null);
  return latest * (isOpen ? 1.12 : 1.02);
}

/** What the legend has to explain. */
export function listGroups(rows: readonly CalendarRow[]): readonly LegGroup[] {
  return LEG_GROUPS.filter((group) => rows.some(({ bars }) => bars.some((bar) => bar.group === group)));
}

export function buildExitCalendar(
  rows: readonly CalendarRow[],
  palette: ChartPalette,
  texts: CalendarTexts,
  { labelWidth, totalWidth, textSize: fontSize, lastDay, isNarrow, chosenId }: CalendarLayout,
): ExitCalendarOption {
  const muted = { color: palette.textMuted, fontSize };
  const groups = listGroups(rows);
  const hasBefore = rows.some(({ before }) => before !== null);
  return {
    animation: false,
    aria: { enabled: true, label: { enabled: true, description: texts.description } },
    textStyle: { fontFamily: palette.fontFamily, fontSize, color: palette.text },
    tooltip: { renderMode: 'richText' },
    grid: {
      left: labelWidth + 12,
      right: totalWidth + 8,
      top: 4,
      bottom: fontSize * 3.4,
      outerBoundsMode: 'none',
    },
    xAxis: {
      type: 'value',
      min: 0,
      max: lastDay,
      name: texts.axis,
      nameLocation: 'middle',
      nameGap: fontSize * 2,
      nameTextStyle: muted,
      splitNumber: isNarrow ? 3 : 6,
      axisLabel: {
        ...muted,
        showMaxLabel: false,
        hideOverlap: true,
        formatter: (day: number) => String(Math.round(day * 10) / 10),
      },
      axisLine: { show: false },
      axisTick: { show: false },
      splitLine: { lineStyle: { color: palette.line, width: 0.5 } },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: rows.map(texts.nameOf),
      axisLabel: {
        color: palette.text,
        fontSize,
        width: labelWidth,
        overflow: 'truncate',
        interval: 0,
      },
      axisLine: { show: true, lineStyle: { color: palette.textMuted } },
      axisTick: { show: false },
    },
    series: [
      drawGround(rows, palette, chosenId),
      ...groups.map((group) => drawGroup(rows, group, palette, texts)),
      drawLines(rows, palette, texts, fontSize),
      ...(hasBefore ? [drawBefore(rows, palette, texts)] : []),
    ],
  };
}

interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The grid in pixels: what ECharts hands to a custom series of a cartesian system. */
function readArea(params: { readonly coordSys: unknown }): Area {
  // as: `coordSys` of a cartesian grid, by the documentation of renderItem
  return params.coordSys as Area;
}

type RenderItem = NonNullable<CustomSeriesOption['renderItem']>;

/** Draws one thing per row; `at` is the middle of the row, `xOf` a day in pixels. */
function renderRow<Row>(
  items: readonly Row[],
  draw: (
    item: Row,
    place: { readonly y: number; readonly area: Area; readonly xOf: (day: number) => number },
  ) => unknown,
): RenderItem {
  return (params, api) => {
    const item = items[params.dataIndex];
    if (item === undefined) return null;
    const row = Number(api.value(1));
    const [, y = 0] = api.coord([0, row]);
    const xOf = (day: number): number => api.coord([day, row])[0] ?? 0;
    // as: shapes of zrender, which the builder above writes
    return draw(item, { y, area: readArea(params), xOf }) as ReturnType<RenderItem>;
  };
}

/** Takes the pointer anywhere in a row, and marks the chosen one. */
function drawGround(
  rows: readonly CalendarRow[],
  palette: ChartPalette,
  chosenId: string | null,
): CustomSeriesOption {
  return {
    type: 'custom',
    name: 'ground',
    z: 1,
    tooltip: { show: false },
    data: rows.map((row, index) => ({ value: [0, index], name: row.id })),
    renderItem: renderRow(rows, ({ id }, { y, area }) => ({
      type: 'rect',
      shape: { x: area.x, y: y - 16, width: area.width, height: 32, r: 3 },
      style: { fill: palette.line, opacity: id === chosenId ? 0.55 : 0 },
    })),
  };
}

function drawGroup(
  rows: readonly CalendarRow[],
  group: LegGroup,
  palette: ChartPalette,
  texts: CalendarTexts,
): CustomSeriesOption {
  const style = styleOf(group, palette);
  const items = rows.flatMap((row, index) =>
    row.bars.filter((bar) => bar.group === group).map((bar) => ({ row, index, bar })),
  );
  return {
    type: 'custom',
    name: texts.nameGroup(group),
    z: 3,
    data: items.map(({ row, index, bar }) => ({
      value: [bar.from, index],
      // What is pressed is the row.
      name: row.id,
      tooltip: { formatter: () => texts.describeBar(row, bar) },
    })),
    renderItem: renderRow(items, ({ row, bar }, { y, area, xOf }) => {
      const height = BARS_HEIGHT / row.lanes;
      const x = xOf(bar.from);
      const end = bar.to === null ? area.x + area.width - 1 : xOf(bar.to);
      return {
        type: 'rect',
        // Half a day is still seen on a calendar of months.
        shape: {
          x,
          y: y + BARS_TOP + bar.lane * height,
          width: Math.max(2, end - x - 0.75),
          height: height - 0.75,
          r: 1.5,
        },
        style,
      };
    }),
  };
}

/** From the fastest to the slowest reading, with ends where they are known, and the typical time in figures. */
function drawLines(
  rows: readonly CalendarRow[],
  palette: ChartPalette,
  texts: CalendarTexts,
  fontSize: number,
): CustomSeriesOption {
  return {
    type: 'custom',
    name: texts.range,
    z: 4,
    data: rows.map((row, index) => ({
      value: [row.low ?? 0, index],
      name: row.id,
      tooltip: { formatter: () => texts.describeRow(row) },
    })),
    renderItem: renderRow(rows, (row, { y, area, xOf }) => {
      const at = y + LINE_AT;
      const edge = area.x + area.width;
      const stroke = (x1: number, y1: number, x2: number, y2: number, width: number) => ({
        type: 'line',
        shape: { x1, y1, x2, y2 },
        style: { stroke: palette.text, lineWidth: width },
      });
      const total = texts.total(row);
      const writeText = (text: string, top: number, fill: string) => ({
        type: 'text',
        style: {
          x: edge + 10,
          y: top,
          text,
          fill,
          verticalAlign: 'middle',
          fontSize,
          fontFamily: palette.fontFamily,
        },
      });
      const lines =
        row.low === null || row.high === 0
          ? []
          : [
              stroke(xOf(row.low), at, row.high === null ? edge : xOf(row.high), at, 1.25),
              stroke(xOf(row.low), at - 3, xOf(row.low), at + 3, 1.25),
              ...(row.high === null
                ? [stroke(edge - 4, at - 3, edge, at, 1.25), stroke(edge - 4, at + 3, edge, at, 1.25)]
                : [stroke(xOf(row.high), at - 3, xOf(row.high), at + 3, 1.25)]),
              ...(row.typical === null
                ? []
                : [
                    {
                      type: 'circle',
                      shape: { cx: xOf(row.typical), cy: at, r: 3 },
                      style: { fill: palette.text },
                    },
                  ]),
            ];
      return {
        type: 'group',
        children: [
          ...lines,
          writeText(total.typical, total.range === null ? y : y - fontSize * 0.65, palette.text),
          ...(total.range === null ? [] : [writeText(total.range, y + fontSize * 0.7, palette.textMuted)]),
        ],
      };
    }),
  };
}

/** Where the typical time was without the stress: a hollow mark on the same line. */
function drawBefore(
  rows: readonly CalendarRow[],
  palette: ChartPalette,
  texts: CalendarTexts,
): CustomSeriesOption {
  const items = rows.flatMap((row, index) => (row.before === null ? [] : [{ row, index, day: row.before }]));
  return {
    type: 'custom',
    name: texts.before,
    z: 5,
    data: items.map(({ row, index, day }) => ({
      value: [day, index],
      name: row.id,
      tooltip: { formatter: () => texts.describeRow(row) },
    })),
    renderItem: renderRow(items, ({ day }, { y, xOf }) => ({
      type: 'circle',
      shape: { cx: xOf(day), cy: y + LINE_AT, r: 3 },
      style: { fill: palette.surface, stroke: palette.text, lineWidth: 1.25 },
    })),
  };
}

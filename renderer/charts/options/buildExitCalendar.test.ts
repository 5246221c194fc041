import type { CustomSeriesOption } from 'echarts/charts';
import { describe, expect, it } from 'vitest';
import { buildExitCalendar, findLastDay, listGroups, type CalendarRow } from './buildExitCalendar.ts';
import type { ChartPalette } from './palette.ts';

const palette: ChartPalette = {
  text: 'text',
  textMuted: 'muted',
  line: 'line',
  lineStrong: 'strong',
  surface: 'surface',
  loss: 'loss',
  categories: ['c1', 'c2', 'c3', 'c4', 'c5', 'c6', 'c7', 'c8'],
  fontFamily: 'Inter',
};

const queue: CalendarRow = {
  id: 'a',
  bars: [{ legId: 'lido-queue', group: 'issuer', from: 0, to: 3, lane: 0 }],
  lanes: 1,
  low: 1,
  typical: 3,
  high: 50,
  before: null,
};
const paused: CalendarRow = {
  id: 'b',
  bars: [{ legId: 'pause:lido', group: 'pause', from: 0, to: null, lane: 0 }],
  lanes: 1,
  low: null,
  typical: null,
  high: null,
  before: 3,
};
const nothing: CalendarRow = { id: 'c', bars: [], lanes: 1, low: 0, typical: 0, high: 0, before: null };
const rows = [queue, paused, nothing];

interface Shape {
  readonly type: string;
  readonly shape?: {
    readonly x?: number;
    readonly width?: number;
    readonly x1?: number;
    readonly x2?: number;
  };
  readonly style: { readonly text?: string; readonly fill?: string; readonly stroke?: string };
  readonly children?: readonly Shape[];
}

/** Ten pixels a day on a grid that begins at 100 and is 560 wide. */
function drawSeries(name: string): readonly Shape[] {
  const texts = {
    description: 'd',
    axis: 'days',
    range: 'range',
    before: 'before',
    nameOf: ({ id }: CalendarRow) => id,
    nameGroup: (group: string) => group,
    describeBar: () => 'bar',
    describeRow: () => 'row',
    total: ({ typical }: CalendarRow) => ({
      typical: typical === null ? 'not known' : `${typical} d`,
      range: null,
    }),
  };
  const layout = {
    labelWidth: 90,
    totalWidth: 60,
    textSize: 12,
    lastDay: 56,
    isNarrow: false,
    chosenId: 'a',
  };
  const { series } = buildExitCalendar(rows, palette, texts, layout);
  // as: every series here is a custom one
  const found = (series as readonly CustomSeriesOption[]).find((one) => one.name === name);
  const data = (found?.data ?? []) as readonly { readonly value: readonly [number, number] }[]; // as: as built
  return data.map(({ value }, dataIndex) => {
    const api = {
      value: (dimension: 0 | 1) => value[dimension],
      coord: ([day, row]: readonly [number, number]) => [100 + day * 10, 20 + row * 40],
    };
    const params = { dataIndex, coordSys: { x: 100, y: 0, width: 560, height: 120 } };
    // as: the parts of params and api that are used
    return found?.renderItem?.(params as never, api as never) as unknown as Shape;
  });
}

describe('the calendar', () => {
  it('draws a step from its day to its day, and one without an end up to the edge, outlined', () => {
    expect(drawSeries('issuer')).toMatchObject([{ shape: { x: 100, width: 29.25 }, style: { fill: 'c1' } }]);
    const [pause] = drawSeries('pause');
    expect(pause?.style).toMatchObject({ fill: 'surface', stroke: 'loss' });
    expect((pause?.shape?.x ?? 0) + (pause?.shape?.width ?? 0)).toBeCloseTo(658.25);
  });

  it('draws the range where there is one, and says what is not known in words, never as a mark at zero', () => {
    const [first, second, third] = drawSeries('range');
    const lines = first?.children?.filter(({ type }) => type === 'line') ?? [];
    expect(lines[0]?.shape).toMatchObject({ x1: 110, x2: 600 });
    expect(first?.children?.some(({ type }) => type === 'circle')).toBe(true);
    expect(second?.children?.map(({ type }) => type)).toEqual(['text']);
    expect(second?.children?.[0]?.style.text).toBe('not known');
    expect(third?.children?.map(({ type }) => type)).toEqual(['text']);
  });

  it('marks what was typical without stress on the rows that have it', () => {
    expect(drawSeries('before')).toHaveLength(1);
  });

  it('ends after the latest day that is known, with room for what has no end', () => {
    expect(findLastDay([queue])).toBeCloseTo(51);
    expect(findLastDay([queue, paused])).toBeCloseTo(56);
    expect(findLastDay([nothing])).toBeGreaterThanOrEqual(1);
    expect(findLastDay([])).toBeGreaterThanOrEqual(1);
  });

  it('explains the kinds that are there, and no others', () => {
    expect(listGroups(rows)).toEqual(['issuer', 'pause']);
  });
});

import { describe, expect, it } from 'vitest';
import type { HistorySeries, HistoryView } from '../../../shared/domain/history/history-view.ts';
import { buildHistory, NO_PRICES } from '../../../shared/domain/history/build-history.ts';
import { makePosition, makeSnapshotOf } from '../../../shared/domain/history/testing/make-snapshots.ts';
import { WAD } from '../../../shared/domain/units.ts';
import { init } from '../echarts.ts';
import { buildHistoryLines, readHistoryLines } from './buildHistoryLines.ts';
import type { ChartPalette } from './palette.ts';

const palette: ChartPalette = {
  text: 'rgb(1, 1, 1)',
  textMuted: 'rgb(2, 2, 2)',
  line: 'rgb(3, 3, 3)',
  lineStrong: 'rgb(3, 3, 3)',
  surface: 'rgb(255, 255, 255)',
  loss: 'rgb(200, 0, 0)',
  categories: [10, 20, 30, 40, 50, 60, 70, 80].map((grey) => `rgb(${grey}, ${grey}, ${grey})`),
  fontFamily: 'sans-serif',
};

function makeView(days: readonly number[], tokens: number, unknownOn = -1): HistoryView {
  const snapshots = days.map((day) =>
    makeSnapshotOf(
      day,
      Array.from({ length: tokens }, (_, index) => {
        const isUnknown = index === 0 && day === unknownOn;
        const amount = isUnknown ? null : BigInt(100 - index) * WAD;
        return makePosition(`T${index}`, { amount, why: isUnknown ? 'call-failed' : null });
      }),
    ),
  );
  return buildHistory(
    { currency: 'ETH', groupBy: 'position', basis: 'book', from: null, to: null },
    { snapshots, prices: NO_PRICES, names: new Map(), isSynthetic: false, imports: [] },
  );
}

const nameOf = ({ id }: HistorySeries): string => id;

function draw(view: HistoryView, isStacked: boolean, isHidden = false) {
  const drawing = readHistoryLines(view, nameOf, (count) => `${count} others`, 18);
  const texts = {
    description: 'd',
    axis: 'Value, ETH',
    date: () => 'date',
    axisValue: (value: number) => `${value} ETH`,
    amount: String,
    unknown: String,
  };
  const layout = { textSize: 12, isStacked, isCompact: false, isHidden };
  return buildHistoryLines(drawing, palette, texts, layout);
}

/** Where the line of a series has its points and its holes. */
function shapeOf(option: ReturnType<typeof draw>, index: number): string {
  const series = Array.isArray(option.series) ? option.series[index] : undefined;
  const data = Array.isArray(series?.data) ? series.data : [];
  return data
    .map((point) => {
      if (!Array.isArray(point)) return 'o';
      return Number.isNaN(Number(point[1])) ? '.' : '-';
    })
    .join('');
}

describe('lines of a history', () => {
  it('break where readings lie far apart, and a reading on its own is a dot', () => {
    expect(shapeOf(draw(makeView([0, 1, 2, 40, 41], 2), false), 0)).toBe('---.--');
    expect(shapeOf(draw(makeView([0, 1, 40, 80, 81], 2), false), 0)).toBe('--.o.--');
  });

  it('break alone side by side, and together in a stack, where one value is not known', () => {
    const view = makeView([0, 1, 2, 3, 4], 2, 2);
    const option = draw(view, false);
    const unknown = view.series.findIndex(({ values }) => values.includes(null));
    expect(shapeOf(option, unknown)).toBe('--.--');
    expect(shapeOf(option, 1 - unknown)).toBe('-----');
    expect([0, 1].map((index) => shapeOf(draw(view, true), index))).toEqual(['--.--', '--.--']);
  });

  it('are eight at most: the smallest become one, in grey', () => {
    const few = readHistoryLines(makeView([0, 1], 8), nameOf, String, 18);
    expect(few.lines.filter(({ isRest }) => isRest)).toEqual([]);
    const { lines } = readHistoryLines(makeView([0, 1], 12), nameOf, (count) => `${count} others`, 18);
    expect(lines).toHaveLength(8);
    expect(lines.at(-1)).toMatchObject({ name: '5 others', isRest: true, values: [455n * WAD, 455n * WAD] });
  });

  it('are drawn with their axis named, and without amounts while these are covered', () => {
    const render = (isHidden: boolean): string => {
      const chart = init(null, null, { renderer: 'svg', ssr: true, width: 700, height: 320 });
      chart.setOption(draw(makeView([0, 7, 14], 3), true, isHidden));
      const svg = chart.renderToSVGString();
      chart.dispose();
      return svg;
    };
    expect(render(false)).toContain('Value, ETH');
    expect(render(false)).toContain('200 ETH');
    expect(render(true)).not.toContain('200 ETH');
  });
});

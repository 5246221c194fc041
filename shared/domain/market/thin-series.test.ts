import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GAP_MS, markGaps, type SeriesPoint } from './series.ts';
import { thinSeries } from './thin-series.ts';

const series = fc
  .array(
    fc.record({ step: fc.integer({ min: 1, max: 2 * GAP_MS }), value: fc.bigInt({ min: 1n, max: 1000n }) }),
    {
      maxLength: 300,
    },
  )
  .map((steps) => {
    let at = 0;
    return steps.map(({ step, value }): SeriesPoint => ({ at: (at += step), value, source: 'imported' }));
  });
const limits = fc.integer({ min: 4, max: 100 });

describe('thinSeries', () => {
  it('draws no more than asked for, in the order of time, and nothing that is not there', () => {
    fc.assert(
      fc.property(series, limits, (points, limit) => {
        const thin = thinSeries(markGaps(points), limit);
        expect(thin.length).toBeLessThanOrEqual(Math.max(limit, 0));
        const known = new Map(points.map(({ at, value }) => [at, value]));
        for (const { at, value } of thin) expect(known.get(at)).toBe(value);
        expect(thin.map(({ at }) => at)).toEqual(thin.map(({ at }) => at).toSorted((a, b) => a - b));
        if (points.length <= limit) expect(thin).toHaveLength(points.length);
      }),
    );
  });

  it('keeps the lowest, the highest, the first and the last', () => {
    fc.assert(
      fc.property(series, limits, (points, limit) => {
        fc.pre(points.length > 0);
        const thin = thinSeries(markGaps(points), limit);
        const values = (list: readonly SeriesPoint[]) =>
          list.map(({ value }) => value).toSorted((a, b) => Number(a - b));
        expect(values(thin).at(0)).toBe(values(points).at(0));
        expect(values(thin).at(-1)).toBe(values(points).at(-1));
        expect(thin.at(0)?.at).toBe(points.at(0)?.at);
        expect(thin.at(-1)?.at).toBe(points.at(-1)?.at);
      }),
    );
  });

  it('breaks the line wherever one of the gaps was', () => {
    fc.assert(
      fc.property(series, limits, (points, limit) => {
        const marked = markGaps(points);
        const thin = thinSeries(marked, limit);
        for (const [index, point] of thin.entries()) {
          const before = thin[index - 1];
          const between = marked.filter(({ at }) => before !== undefined && at > before.at && at <= point.at);
          expect(point.isAfterGap).toBe(between.some(({ isAfterGap }) => isAfterGap));
        }
      }),
    );
  });
});

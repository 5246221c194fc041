import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scrollToColumn, windowColumns } from './windowColumns.ts';

const input = fc
  .record({
    widths: fc.array(fc.integer({ min: 40, max: 300 }), { maxLength: 30 }),
    scroll: fc.double({ min: 0, max: 1, noNaN: true }),
    viewWidth: fc.integer({ min: 0, max: 1500 }),
  })
  .map(({ widths, scroll, viewWidth }) => {
    const whole = widths.reduce((sum, width) => sum + width, 0);
    return { widths, scrollLeft: scroll * Math.max(0, whole - viewWidth), viewWidth };
  });

const leftOf = (widths: readonly number[], index: number): number =>
  widths.slice(0, index).reduce((sum, width) => sum + width, 0);

describe('the columns of a wide table', () => {
  it('are drawn where any part of them is in view', () => {
    fc.assert(
      fc.property(input, (layout) => {
        const { widths, scrollLeft, viewWidth } = layout;
        const { first, end } = windowColumns(layout);
        widths.forEach((width, index) => {
          const left = leftOf(widths, index);
          const isSeen = left + width > scrollLeft && left < scrollLeft + viewWidth;
          if (isSeen) expect(index >= first && index < end).toBe(true);
        });
        expect(first).toBeLessThanOrEqual(end);
      }),
    );
  });

  it('are not drawn far outside of it', () => {
    const widths = Array.from({ length: 26 }, () => 100);
    expect(windowColumns({ widths, scrollLeft: 0, viewWidth: 500 })).toEqual({ first: 0, end: 6 });
    expect(windowColumns({ widths, scrollLeft: 1050, viewWidth: 500 })).toEqual({ first: 9, end: 17 });
    expect(windowColumns({ widths, scrollLeft: 2100, viewWidth: 500 })).toEqual({ first: 20, end: 26 });
    expect(windowColumns({ widths: [], scrollLeft: 0, viewWidth: 500 })).toEqual({ first: 0, end: 0 });
  });

  it('come into view whole, by the shortest way', () => {
    fc.assert(
      fc.property(input, fc.nat(29), (layout, index) => {
        const { widths, viewWidth } = layout;
        const width = widths[index];
        if (width === undefined || width > viewWidth) return;
        const scrollLeft = scrollToColumn(index, layout);
        const left = leftOf(widths, index);
        expect(left).toBeGreaterThanOrEqual(scrollLeft);
        expect(left + width).toBeLessThanOrEqual(scrollLeft + viewWidth + 1e-9);
        expect(scrollToColumn(index, { ...layout, scrollLeft })).toBeCloseTo(scrollLeft, 9);
      }),
    );
  });

  it('stay where they are where there is no such column', () => {
    expect(scrollToColumn(-1, { widths: [100], scrollLeft: 7, viewWidth: 50 })).toBe(7);
    expect(scrollToColumn(1, { widths: [100], scrollLeft: 7, viewWidth: 50 })).toBe(7);
  });
});

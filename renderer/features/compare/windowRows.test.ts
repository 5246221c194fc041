import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scrollToRow, windowRows } from './windowRows.ts';

const input = fc
  .record({
    count: fc.integer({ min: 0, max: 600 }),
    open: fc.double({ min: 0, max: 1, noNaN: true }),
    isOpen: fc.boolean(),
    detailHeight: fc.integer({ min: 0, max: 2000 }),
    scroll: fc.double({ min: 0, max: 1, noNaN: true }),
    viewHeight: fc.integer({ min: 50, max: 1200 }),
  })
  .map(({ count, open, isOpen, detailHeight, scroll, viewHeight }) => ({
    count,
    rowHeight: 44,
    openIndex: isOpen && count > 0 ? Math.min(count - 1, Math.floor(open * count)) : -1,
    detailHeight,
    scrollTop: scroll * count * 44,
    viewHeight,
  }));

describe('the window of a long table', () => {
  it('draws every row that is in view, and stands for all others', () => {
    fc.assert(
      fc.property(input, (layout) => {
        const { count, rowHeight, openIndex, detailHeight, scrollTop, viewHeight } = layout;
        const { first, end, before, after } = windowRows(layout);
        const isOpen = openIndex >= 0;
        const whole = count * rowHeight + (isOpen ? detailHeight : 0);
        const isDrawn = isOpen && first <= openIndex && openIndex < end;
        const drawn = (end - first) * rowHeight + (isDrawn ? detailHeight : 0);
        expect(before + drawn + after).toBe(whole);
        for (let index = 0; index < count; index += 1) {
          const top = index * rowHeight + (isOpen && index > openIndex ? detailHeight : 0);
          const isInView = top + rowHeight > scrollTop && top < scrollTop + viewHeight;
          if (isInView) expect(index >= first && index < end).toBe(true);
        }
      }),
    );
  });

  it('draws few of many', () => {
    const { first, end } = windowRows({
      count: 500,
      rowHeight: 44,
      openIndex: -1,
      detailHeight: 0,
      scrollTop: 9000,
      viewHeight: 600,
    });
    expect(end - first).toBeLessThan(35);
  });

  it('scrolls no further than a row needs to be in view', () => {
    const layout = { rowHeight: 40, openIndex: -1, detailHeight: 0, scrollTop: 400, viewHeight: 200 };
    expect(scrollToRow(12, layout)).toBe(400);
    expect(scrollToRow(2, layout)).toBe(80);
    expect(scrollToRow(20, layout)).toBe(640);
  });
});

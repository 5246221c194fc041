import { describe, expect, it } from 'vitest';
import { findRangeStart } from './historyRange.ts';

describe('a range', () => {
  it('counts calendar months back from the last reading', () => {
    const last = Date.UTC(2026, 10, 1, 12);
    expect(findRangeStart('1m', last)).toBe(Date.UTC(2026, 9, 1, 12));
    expect(findRangeStart('1y', last)).toBe(Date.UTC(2025, 10, 1, 12));
    expect(findRangeStart('all', last)).toBeNull();
  });

  it('ends on the last day of a month that is too short', () => {
    expect(findRangeStart('1m', Date.UTC(2026, 2, 31))).toBe(Date.UTC(2026, 1, 28));
  });
});

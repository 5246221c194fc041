import { describe, expect, it } from 'vitest';
import { findMedian, spreadOf, spreadOfRatios } from './statistics.ts';

describe('statistics of repetitions', () => {
  it('finds the middle, or the mean of the two in the middle', () => {
    expect(findMedian([5, 1, 9])).toBe(5);
    expect(findMedian([5, 1, 9, 10])).toBe(7);
    expect(() => findMedian([])).toThrow();
  });

  it('keeps the extremes', () => {
    expect(spreadOf([3, 1, 2])).toEqual({ min: 1, median: 2, max: 3 });
  });

  it('takes ratios pair by pair, so that a slow spell does not look like a difference', () => {
    // Both ran at half speed in the second repetition.
    expect(spreadOfRatios([100, 50, 100], [10, 5, 10])).toEqual({ min: 10, median: 10, max: 10 });
    expect(() => spreadOfRatios([1], [1, 2])).toThrow();
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isRange } from './duration.ts';
import { QUEUE_HISTORY, QUEUE_SETS, weighQueueHistory } from './queue-history.ts';

describe('the recorded history of the exit queue', () => {
  const history = weighQueueHistory(QUEUE_HISTORY);

  it('covers the window the pages cover', () => {
    expect(history.days).toBe(998);
  });

  // The figures recorded with the points; some days of the points are assumed, hence the tolerance.
  it.each([
    ['mean', 5.2, 0.1],
    ['median', 0.4, 0.01],
    ['90%', 17.7, 0.2],
    ['95%', 42.4, 0.1],
    ['99%', 44.2, 0.2],
  ])('has a %s of %d days', (name, recorded, tolerance) => {
    const levels: Record<string, number> = { median: 0.5, '90%': 0.9, '95%': 0.95, '99%': 0.99 };
    const value = name === 'mean' ? history.mean : history.quantile(levels[name]!);
    expect(Math.abs(value - recorded)).toBeLessThan(tolerance);
  });

  it.each([
    [1, 0.223],
    [7, 0.183],
    [14, 0.136],
    [30, 0.078],
  ])('was above %d days a share %d of the time', (days, recorded) => {
    expect(Math.abs(history.shareAbove(days) - recorded)).toBeLessThan(0.003);
  });

  it('carries the sets: base is its mean and 95% quantile, stressed its peak', () => {
    expect(Math.round(history.mean)).toBe(QUEUE_SETS.base.typical);
    expect(Math.floor(history.quantile(0.95))).toBe(QUEUE_SETS.base.high);
    expect(Math.max(...QUEUE_HISTORY.map(({ waitDays }) => waitDays))).toBe(QUEUE_SETS.stressed.typical);
    expect(Object.values(QUEUE_SETS).every(isRange)).toBe(true);
  });
});

describe('a weighted history', () => {
  it('of one line has the distribution of that line', () => {
    const line = weighQueueHistory([
      { date: '2024-01-01', waitDays: 0, note: '' },
      { date: '2024-01-11', waitDays: 10, note: '' },
    ]);
    expect(line.mean).toBe(5);
    expect(line.shareAbove(2.5)).toBe(0.75);
    expect(line.quantile(0.9)).toBeCloseTo(9, 9);
  });

  it('has a quantile that its shares confirm', () => {
    const wait = fc.double({ min: 0, max: 60, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(wait, { minLength: 2, maxLength: 8 }),
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        (waits, level) => {
          const points = waits.map((waitDays, day) => ({ date: `2024-01-0${day + 1}`, waitDays, note: '' }));
          const { quantile, shareAbove } = weighQueueHistory(points);
          const at = quantile(level);
          expect(1 - shareAbove(at)).toBeGreaterThanOrEqual(level - 1e-9);
          if (at > 1e-6) expect(1 - shareAbove(at - 1e-6)).toBeLessThanOrEqual(level + 1e-9);
        },
      ),
    );
  });

  it.each([
    [[]],
    [[{ date: '2024-01-01', waitDays: 1, note: '' }]],
    [
      [
        { date: '2024-01-02', waitDays: 1, note: '' },
        { date: '2024-01-01', waitDays: 1, note: '' },
      ],
    ],
    [
      [
        { date: '2024-01-01', waitDays: Number.NaN, note: '' },
        { date: '2024-01-02', waitDays: 1, note: '' },
      ],
    ],
  ])('refuses %o', (points) => {
    expect(() => weighQueueHistory(points)).toThrow(RangeError);
  });
});

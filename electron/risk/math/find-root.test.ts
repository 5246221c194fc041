import { describe, expect, it } from 'vitest';
import { findRoot } from './find-root.ts';

describe('findRoot', () => {
  it('finds roots to the last bits, also of very uneven functions', () => {
    expect(findRoot((x) => x * x - 2, 0, 10)).toBeCloseTo(Math.SQRT2, 15);
    expect(findRoot((x) => x ** 21 - 1e-9, 0, 1)).toBeCloseTo(1e-9 ** (1 / 21), 14);
    expect(findRoot((x) => Math.atan(1e6 * (x - 0.3)), -5, 5)).toBeCloseTo(0.3, 14);
  });

  it('gives the end where the function does not change sign', () => {
    expect(findRoot((x) => x + 1, 0, 1)).toBe(0);
    expect(findRoot((x) => x - 2, 0, 1)).toBe(1);
  });

  it('ends after finitely many questions', () => {
    let asked = 0;
    findRoot((x) => ((asked += 1), x < 0.123456 ? -1 : 1), 0, 1);
    expect(asked).toBeLessThan(220);
  });
});

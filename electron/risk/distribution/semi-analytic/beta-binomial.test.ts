import { describe, expect, it } from 'vitest';
import { AppError } from '../../../../shared/contract/errors.ts';
import { computeBetaBinomialCorrelation, computeBetaBinomialLaw } from './beta-binomial.ts';
import vectors from './correlated-default.vectors.json' with { type: 'json' };

describe('computeBetaBinomialLaw', () => {
  it('reproduces the published laws, means and correlations', () => {
    for (const { count, a, b, pmf, mean, correlation } of vectors.betaBinomial) {
      const law = computeBetaBinomialLaw(count, a, b);
      // The published ones come from log-gamma functions, which are good to 1e-12.
      for (const [k, p] of pmf.entries()) expect(Math.abs(law[k]! / p - 1)).toBeLessThan(1e-11);
      expect(law.reduce((sum, p, k) => sum + k * p, 0) / mean).toBeCloseTo(1, 11);
      expect(computeBetaBinomialCorrelation(a, b) / correlation).toBeCloseTo(1, 14);
    }
  });

  it('sums to one, and holds for no sources', () => {
    expect([...computeBetaBinomialLaw(0, 1, 1)]).toEqual([1]);
    expect(computeBetaBinomialLaw(300, 0.5, 166).reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 13);
  });

  it('refuses parameters of no law', () => {
    for (const [n, a, b] of [
      [-1, 1, 1],
      [1.5, 1, 1],
      [5, 0, 1],
      [5, 1, Number.NaN],
    ] as const) {
      expect(() => computeBetaBinomialLaw(n, a, b)).toThrow(AppError);
    }
  });
});

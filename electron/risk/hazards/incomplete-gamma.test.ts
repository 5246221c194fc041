import { expect, it } from 'vitest';
import { gammaCdf, gammaQuantile, logGamma } from './incomplete-gamma.ts';
import vectors from './incomplete-gamma.vectors.json' with { type: 'json' };

/** Relative to the expected figure. */
function expectClose(actual: number, expected: number, tolerance: number): void {
  expect(Math.abs(actual - expected) / Math.abs(expected)).toBeLessThan(tolerance);
}

it('gives the logarithm of gamma to 13 digits', () => {
  for (const [x, expected] of vectors.logGamma) {
    expect(Math.abs(logGamma(x!) - expected!)).toBeLessThan(1e-13 * Math.max(1, Math.abs(expected!)));
  }
});

it('gives the distribution of Gamma(shape, 1) to 10 digits, by series and by fraction', () => {
  for (const [shape, x, expected] of vectors.cdf) expectClose(gammaCdf(shape!, x!), expected!, 1e-10);
  expect(gammaCdf(2, 0)).toBe(0);
});

it('gives its quantiles to 10 digits', () => {
  for (const [shape, chance, expected] of vectors.quantile) {
    expectClose(gammaQuantile(shape!, chance!), expected!, 1e-10);
  }
});

it('inverts itself for shapes from 0.5 to 100,000', () => {
  for (const shape of [0.5, 3, 80, 1e5]) {
    for (const chance of [1e-9, 0.05, 0.5, 0.95, 1 - 1e-9]) {
      expect(gammaCdf(shape, gammaQuantile(shape, chance))).toBeCloseTo(chance, 9);
    }
  }
});

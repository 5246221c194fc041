import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  chanceOf,
  erfc,
  hazardOf,
  normalCdf,
  normalDensity,
  normalQuantile,
  normalSurvival,
} from './normal.ts';
import vectors from './normal.vectors.json' with { type: 'json' };

/** Largest relative error over pairs [input, value]. */
function worstError(pairs: readonly (readonly number[])[], compute: (x: number) => number): number {
  let worst = 0;
  for (const [x = 0, value = 0] of pairs) {
    const error = Math.abs(compute(x) - value) / (value === 0 ? 1 : Math.abs(value));
    if (!(error <= worst)) worst = error;
  }
  return worst;
}

describe('erfc', () => {
  it('agrees with 60-digit values to 1e-15, far tail included', () => {
    expect(worstError(vectors.erfc, erfc)).toBeLessThan(1e-15);
  });

  it('ends at 0 and 2', () => {
    expect(erfc(40)).toBe(0);
    expect(erfc(-40)).toBe(2);
    expect(erfc(Infinity)).toBe(0);
    expect(erfc(-Infinity)).toBe(2);
    expect(erfc(Number.NaN)).toBeNaN();
  });
});

describe('normalSurvival and normalCdf', () => {
  it('agree with 60-digit values to 1e-15, far tail included', () => {
    expect(worstError(vectors.survival, normalSurvival)).toBeLessThan(1e-15);
    const mirrored = vectors.survival.map(([x = 0, value = 0]) => [-x, value]);
    expect(worstError(mirrored, normalCdf)).toBeLessThan(1e-15);
  });

  it('end at 0 and 1', () => {
    expect([normalCdf(-Infinity), normalCdf(0), normalCdf(Infinity)]).toEqual([0, 0.5, 1]);
    expect([normalSurvival(-50), normalSurvival(50)]).toEqual([1, 0]);
    expect(normalCdf(Number.NaN)).toBeNaN();
  });

  it('sum to one and never fall', () => {
    fc.assert(
      fc.property(fc.double({ min: -38, max: 38, noNaN: true }), (x) => {
        expect(normalCdf(x) + normalSurvival(x)).toBeCloseTo(1, 15);
        expect(normalCdf(x + 1e-6)).toBeGreaterThanOrEqual(normalCdf(x));
      }),
    );
  });

  it('have the density as their slope', () => {
    for (const x of [-6, -2, -0.69, -0.71, 0, 1.3, 4]) {
      const slope = (normalCdf(x + 1e-5) - normalCdf(x - 1e-5)) / 2e-5;
      expect(slope / normalDensity(x)).toBeCloseTo(1, 5);
    }
  });
});

describe('normalQuantile', () => {
  it('agrees with 60-digit values to 1e-15, subnormal chances included', () => {
    expect(worstError(vectors.quantile, normalQuantile)).toBeLessThan(1e-15);
  });

  it('is infinite at 0 and 1, and no number outside', () => {
    expect([normalQuantile(0), normalQuantile(1), normalQuantile(0.5)]).toEqual([-Infinity, Infinity, 0]);
    expect([normalQuantile(-0.1), normalQuantile(1.1), normalQuantile(Number.NaN)]).toEqual([NaN, NaN, NaN]);
  });

  it('is the inverse of the distribution function', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-300, max: 0.5, noNaN: true }), (p) => {
        // The slope of Phi at x amplifies a rounding of x by up to x^2.
        const x = normalQuantile(p);
        expect(Math.abs(normalCdf(x) / p - 1)).toBeLessThan(2e-16 * (4 + 2 * x * x));
      }),
    );
  });
});

describe('hazardOf and chanceOf', () => {
  it('are inverse to each other and keep tiny chances', () => {
    expect(hazardOf(0)).toBe(0);
    expect(hazardOf(1)).toBe(Infinity);
    expect(chanceOf(Infinity)).toBe(1);
    expect(hazardOf(1e-20)).toBe(1e-20);
    fc.assert(
      fc.property(fc.double({ min: 0, max: 0.999, noNaN: true }), (p) => {
        expect(Math.abs(chanceOf(hazardOf(p)) - p)).toBeLessThanOrEqual(1e-15);
      }),
    );
  });
});

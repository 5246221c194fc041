import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../../shared/contract/errors.ts';
import vectors from './correlated-default.vectors.json' with { type: 'json' };
import {
  computeDefaultCorrelation,
  computeJointProbability,
  computeVasicekQuantile,
  findRhoOfConditionalChance,
  findRhoOfJointProbability,
  MOST_RHO,
} from './one-factor.ts';

describe('computeJointProbability', () => {
  it('agrees with 30-digit integrals to 1e-13', () => {
    for (const [p1, p2, rho, joint] of vectors.jointProbability.rows) {
      expect(Math.abs(computeJointProbability(p1!, p2!, rho!) / joint! - 1)).toBeLessThan(1e-13);
    }
  });

  it('reproduces the published joint default chances', () => {
    for (const vector of vectors.jointDefault) {
      const joint = computeJointProbability(vector.probability, vector.probability, vector.rho);
      expect(Math.abs(joint / vector.joint - 1)).toBeLessThan(1e-13);
      // The bivariate normal of the other column is itself good to 3e-13 only.
      expect(Math.abs(joint / vector.jointByBivariateNormal - 1)).toBeLessThan(5e-13);
      const correlation = computeDefaultCorrelation(vector.probability, vector.rho);
      expect(Math.abs(correlation / vector.correlation - 1)).toBeLessThan(5e-13);
    }
  });

  it('is the product without correlation, and rises with it up to the smaller chance', () => {
    expect(computeJointProbability(0.01, 0.02, 0)).toBeCloseTo(0.0002, 18);
    const chances = [0, 0.1, 0.3, 0.6, 0.9, 0.99, 0.9999].map((rho) =>
      computeJointProbability(0.01, 0.02, rho),
    );
    for (let i = 1; i < chances.length; i += 1) expect(chances[i]!).toBeGreaterThan(chances[i - 1]!);
    expect(chances.at(-1)!).toBeLessThanOrEqual(0.01);
  });

  it('takes 0 and 1 as they are', () => {
    expect(computeJointProbability(0, 0.3, 0.5)).toBe(0);
    expect(computeJointProbability(1, 0.3, 0.5)).toBe(0.3);
    expect(computeDefaultCorrelation(0, 0.5)).toBe(0);
    expect(computeDefaultCorrelation(1, 0.5)).toBe(0);
  });

  it('refuses what is no chance and no correlation', () => {
    for (const [p, rho] of [
      [-0.1, 0.2],
      [1.1, 0.2],
      [Number.NaN, 0.2],
      [0.1, 1],
      [0.1, -0.1],
      [0.1, Number.NaN],
    ] as const) {
      expect(() => computeJointProbability(p, p, rho)).toThrow(AppError);
    }
  });
});

describe('the inverse', () => {
  it('finds the correlation behind a joint chance', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-5, max: 0.5, noNaN: true }),
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        (p, rho) => {
          expect(findRhoOfJointProbability(p, computeJointProbability(p, p, rho))).toBeCloseTo(rho, 10);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('finds the correlation behind "a second operator is hit too"', () => {
    // Of operators failing with 1.67% a year, a second one is hit in 7.1% of the events.
    const rho = findRhoOfConditionalChance(0.01653, 0.071);
    expect(computeJointProbability(0.01653, 0.01653, rho) / 0.01653).toBeCloseTo(0.071, 12);
    expect(rho).toBeGreaterThan(0.1);
    expect(rho).toBeLessThan(0.3);
  });

  it('knows no negative dependence and no certainty', () => {
    expect(findRhoOfConditionalChance(0.1, 0.1)).toBe(0);
    expect(findRhoOfConditionalChance(0.1, 0.05)).toBe(0);
    expect(findRhoOfConditionalChance(0.1, 1)).toBe(MOST_RHO);
    expect(() => findRhoOfJointProbability(0.1, 0.2)).toThrow(AppError);
    expect(() => findRhoOfConditionalChance(0, 0.2)).toThrow(AppError);
    expect(() => findRhoOfConditionalChance(1, 1)).toThrow(AppError);
  });
});

describe('computeVasicekQuantile', () => {
  it('reproduces the published quantiles', () => {
    for (const { probability, rho, level, lossShare } of vectors.vasicekQuantile) {
      expect(Math.abs(computeVasicekQuantile(probability, rho, level) / lossShare - 1)).toBeLessThan(1e-14);
    }
  });

  it('is the probability itself without correlation', () => {
    expect(computeVasicekQuantile(0.02, 0, 0.999)).toBe(0.02);
    expect(computeVasicekQuantile(0, 0.2, 0.999)).toBe(0);
    expect(() => computeVasicekQuantile(0.1, 0.2, 1.5)).toThrow(AppError);
  });
});

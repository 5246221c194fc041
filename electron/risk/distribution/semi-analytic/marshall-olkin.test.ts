import { describe, expect, it } from 'vitest';
import vectors from './correlated-default.vectors.json' with { type: 'json' };
import {
  computeFaultProbability,
  computeJointFaultProbability,
  computeJointSurvival,
  type RatedShock,
} from './marshall-olkin.ts';

describe('Marshall-Olkin shocks', () => {
  it('reproduce the published chances', () => {
    for (const vector of vectors.marshallOlkin) {
      const shocks: RatedShock[] = [
        ...vector.isolatedRates.map((rate, i) => ({ rate, members: [i] })),
        { rate: vector.rateOfFirstTwo, members: [0, 1] },
        { rate: vector.rateOfAll, members: [0, 1, 2] },
      ];
      const { horizon } = vector;
      for (const [i, p] of vector.probabilities.entries()) {
        expect(Math.abs(computeFaultProbability(shocks, i, horizon) / p - 1)).toBeLessThan(1e-14);
      }
      expect(Math.abs(computeJointSurvival(shocks, [0, 1, 2], horizon) / vector.surviveAll - 1)).toBeLessThan(
        1e-14,
      );
      expect(
        Math.abs(computeJointSurvival(shocks, [0, 1], horizon) / vector.surviveFirstTwo - 1),
      ).toBeLessThan(1e-14);
      // Computed there as 1 - S_i - S_j + S_ij, which loses two digits.
      expect(
        Math.abs(computeJointFaultProbability(shocks, 0, 1, horizon) / vector.jointFirstTwo - 1),
      ).toBeLessThan(1e-13);
      expect(
        Math.abs(computeJointFaultProbability(shocks, 0, 2, horizon) / vector.jointFirstThird - 1),
      ).toBeLessThan(1e-13);
    }
  });

  it('keep their digits where shocks are very rare', () => {
    const shocks = [{ rate: 1e-12, members: [0, 1] }];
    expect(computeJointFaultProbability(shocks, 0, 1, 1) / 1e-12).toBeCloseTo(1, 10);
    expect(computeJointFaultProbability([{ rate: 1e-12, members: [0] }], 0, 1, 1)).toBe(0);
  });
});

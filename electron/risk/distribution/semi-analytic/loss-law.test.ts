import { describe, expect, it } from 'vitest';
import { AppError } from '../../../../shared/contract/errors.ts';
import {
  computeExceedance,
  computeExpectedShortfall,
  computeLawMean,
  computeValueAtRisk,
  listExceedance,
  type LossLaw,
} from './loss-law.ts';

function makeLaw(pairs: readonly (readonly [number, number])[]): LossLaw {
  const losses = Float64Array.from(pairs, ([loss]) => loss);
  const probabilities = Float64Array.from(pairs, ([, p]) => p);
  return {
    losses,
    probabilities,
    expectedLoss: 0,
    lossProbability: 0,
    maximum: losses.at(-1)!,
    truncatedProbability: 0,
  };
}

const law = makeLaw([
  [0, 0.9],
  [10, 0.06],
  [20, 0.03],
  [50, 0.01],
]);

describe('value at risk', () => {
  it('is the smallest loss that is not exceeded with the confidence', () => {
    expect(computeValueAtRisk(law, 0)).toBe(0);
    expect(computeValueAtRisk(law, 0.9)).toBe(0);
    expect(computeValueAtRisk(law, 0.91)).toBe(10);
    expect(computeValueAtRisk(law, 0.96)).toBe(10);
    expect(computeValueAtRisk(law, 0.97)).toBe(20);
    expect(computeValueAtRisk(law, 0.99)).toBe(20);
    expect(computeValueAtRisk(law, 0.995)).toBe(50);
  });

  it('refuses levels that are none', () => {
    for (const level of [1, -0.1, Number.NaN]) expect(() => computeValueAtRisk(law, level)).toThrow(AppError);
  });
});

describe('expected shortfall', () => {
  it('is the mean of the worst share, with part of an atom where the share ends within it', () => {
    expect(computeExpectedShortfall(law, 0.99)).toBeCloseTo(50, 12);
    expect(computeExpectedShortfall(law, 0.98)).toBeCloseTo(35, 12);
    expect(computeExpectedShortfall(law, 0.96)).toBeCloseTo((0.5 + 0.6) / 0.04, 12);
    expect(computeExpectedShortfall(law, 0.5)).toBeCloseTo(1.7 / 0.5, 12);
    expect(computeExpectedShortfall(law, 0)).toBeCloseTo(computeLawMean(law), 12);
  });
});

describe('the exceedance curve', () => {
  it('says how likely a loss at least so large is', () => {
    expect(computeExceedance(law, 0)).toBeCloseTo(1, 14);
    expect(computeExceedance(law, 1e-9)).toBeCloseTo(0.1, 14);
    expect(computeExceedance(law, 20)).toBeCloseTo(0.04, 14);
    expect(computeExceedance(law, 51)).toBe(0);
  });

  it('falls from the smallest loss to the rarest, each with its own chance', () => {
    const curve = listExceedance(law);
    expect(curve.map(({ loss }) => loss)).toEqual([10, 20, 50]);
    for (const { loss, probability } of curve) {
      expect(probability).toBeCloseTo(computeExceedance(law, loss), 14);
    }
  });

  it('is thinned to about as many points as asked for', () => {
    const many = makeLaw(Array.from({ length: 5000 }, (_, i) => [i, 0.01 * 0.99 ** i] as const));
    const curve = listExceedance(many, 40, 1e-6);
    expect(curve.length).toBeGreaterThan(25);
    expect(curve.length).toBeLessThanOrEqual(42);
    for (let i = 1; i < curve.length; i += 1) {
      expect(curve[i]!.loss).toBeGreaterThan(curve[i - 1]!.loss);
      expect(curve[i]!.probability).toBeLessThan(curve[i - 1]!.probability);
    }
  });
});

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { computeJointProbability } from '../distribution/semi-analytic/one-factor.ts';
import { chanceOfSecond, joinEvents, rhoOfResidual } from './residual-correlation.ts';

const chance = fc.double({ min: 0, max: 1, noNaN: true });

it('turns a chance of a second operator into the rho that gives it back', () => {
  for (const probability of [0.001, 0.0136, 0.1, 0.5]) {
    for (const residual of [0.02, 0.07, 0.26]) {
      const rho = rhoOfResidual(probability, residual);
      const second = computeJointProbability(probability, probability, rho) / probability;
      expect(second).toBeCloseTo(residual + (1 - residual) * probability, 8);
    }
  }
});

it('gives 0.3517 for 7% beside a probability of 1.36%', () => {
  // SciPy 1.17 multivariate_normal.cdf at this rho: a second with chance 0.082648 = 0.07 + 0.93 x 0.0136.
  expect(rhoOfResidual(0.0136, 0.07)).toBeCloseTo(0.351694, 5);
});

it('is independence where nothing is left over, and stays below one event', () => {
  expect(chanceOfSecond(0.3, 0)).toBe(0.3);
  expect(chanceOfSecond(0.3, 1)).toBe(1);
  expect(rhoOfResidual(0.3, 0)).toBe(0);
  expect(rhoOfResidual(0, 0.5)).toBe(0);
  expect(rhoOfResidual(1, 0.5)).toBe(0);
  expect(rhoOfResidual(0.01, 1)).toBe(0.99);
});

it('keeps the chance of each that may join, and gives a second the residual chance', () => {
  fc.assert(
    fc.property(chance, chance, (single, residual) => {
      const { probability, joinChance } = joinEvents(single, residual);
      expect(probability * joinChance).toBeCloseTo(single, 14);
      expect(probability).toBeLessThanOrEqual(1);
      // P(both) / P(one) = probability x joinChance^2 / (probability x joinChance)
      expect(joinChance).toBe(Math.max(single, residual));
    }),
  );
  expect(joinEvents(0, 0)).toEqual({ probability: 0, joinChance: 0 });
});

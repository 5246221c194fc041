import { describe, expect, it } from 'vitest';
import { makePlainModel } from '../testing/make-model.ts';
import { packPlan, unpackPlan } from './plan-transfer.ts';
import { planSimulation } from './plan.ts';

describe('a packed plan', () => {
  it.each([0, 0.2, 0.99])('is the same plan when it is unpacked, at a correlation of %d', (rho) => {
    const { plan } = planSimulation(makePlainModel([0.5, 0.01, 1, 0], [1, 2, 3, 4], rho), {
      paths: 5000,
      seed: 3,
    });
    expect(unpackPlan(packPlan(plan))).toStrictEqual(plan);
  });
});

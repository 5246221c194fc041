import { describe, expect, it } from 'vitest';
import { computeExactLaw } from './brute-force.ts';
import { tinyWorkload } from './tiny-workload.ts';
import { computeExpectedLoss, type Workload } from './workload.ts';

/** Two operators, one coin each, and a service that pulls the second after the first. */
const pair: Workload = {
  name: 'pair',
  seed: 1,
  rho: 0,
  operators: [
    { hazard: 0.25, stake: 3 },
    { hazard: 0.5, stake: 1 },
  ],
  services: 1,
  edges: [
    { operator: 0, service: 0, mode: 'shared', threshold: 1 },
    { operator: 1, service: 0, mode: 'shared', threshold: 0.75 },
  ],
  positions: [
    {
      weights: [
        [0, 10],
        [1, 1],
      ],
    },
  ],
};

describe('computeExactLaw', () => {
  it('is the sum of p w without cascades, whatever the correlation', () => {
    for (const rho of [0, 0.3, 0.9]) {
      const law = computeExactLaw({ ...tinyWorkload, rho }, { hasCascades: false });
      expect(law.expectedLoss).toBeCloseTo(computeExpectedLoss(tinyWorkload), 9);
    }
  });

  it('knows the law of two coins', () => {
    const law = computeExactLaw(pair, { hasCascades: false });
    expect([0.3, 0.6, 0.8, 0.9].map(law.valueAtRisk)).toEqual([0, 1, 10, 11]);
    // Losses 0, 1, 10, 11 with 3/8, 3/8, 1/8, 1/8.
    expect(law.expectedShortfall(0.75)).toBeCloseTo(10.5, 12);
  });

  it('lets a fault at the very threshold spread', () => {
    const law = computeExactLaw(pair, { hasCascades: true });
    expect([0.3, 0.7, 0.8].map(law.valueAtRisk)).toEqual([0, 1, 11]);
    expect(law.expectedLoss).toBeCloseTo(0.25 * 11 + 0.375, 12);
  });

  it('ends where brute force does', () => {
    const operators = Array.from({ length: 13 }, () => ({ hazard: 0.1, stake: 1 }));
    expect(() => computeExactLaw({ ...pair, operators }, { hasCascades: false })).toThrow(/12/);
  });
});

/** A network small enough for brute force, with everything in it that a program can get wrong. */
import type { Workload } from './workload.ts';

export const tinyWorkload: Workload = {
  name: 'tiny',
  seed: 1,
  rho: 0.3,
  operators: [
    { hazard: 0.1, stake: 100 },
    { hazard: 0.05, stake: 60 },
    { hazard: 0.2, stake: 40 },
    { hazard: 0.02, stake: 80 },
    // Never by itself, but through a service.
    { hazard: 0, stake: 50 },
    // Always.
    { hazard: 1, stake: 10 },
    { hazard: 0.03, stake: 500 },
  ],
  services: [
    { profit: 20, threshold: 0.5 },
    { profit: 30, threshold: 1 / 3 },
    { profit: 0, threshold: 1 },
  ],
  edges: [
    { operator: 0, service: 0, mode: 'shared', threshold: 0.45 },
    { operator: 1, service: 0, mode: 'shared', threshold: 0.45 },
    { operator: 2, service: 0, mode: 'elastic', threshold: 0.9, stake: 25 },
    // In the second service what falls in the first pulls down the fourth and the fifth in turn.
    { operator: 1, service: 1, mode: 'shared', threshold: 0.5 },
    { operator: 3, service: 1, mode: 'shared', threshold: 0.3 },
    { operator: 4, service: 1, mode: 'shared', threshold: 0.6 },
    // Does not conduct, however low its threshold and large its stake.
    { operator: 6, service: 1, mode: 'unique', threshold: 0.01 },
    { operator: 5, service: 2, mode: 'shared', threshold: 0.9 },
    { operator: 6, service: 2, mode: 'shared', threshold: 0.7 },
  ],
  positions: [
    {
      value: 100,
      weights: [
        [0, 30],
        [1, 20],
        [5, 4],
      ],
    },
    {
      weights: [
        [0, 7],
        [2, 11],
        [3, 13],
        [4, 17],
      ],
    },
    { value: 50, weights: [[6, 23]] },
  ],
};

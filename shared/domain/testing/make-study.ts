/** A study small enough to be checked by eye: one position, one contract, one operator. For tests. */
import { DEFAULT_STUDY_REQUEST } from '../kept-study.ts';
import { PARAMETER_SETS, type LossDistribution } from '../loss-distribution.ts';
import type { LossStudy, StudiedSet } from '../loss-study.ts';

export function makeDistribution(
  expected: number,
  changes: Partial<LossDistribution> = {},
): LossDistribution {
  return {
    totalValue: 100,
    paths: 100_000,
    seed: 1,
    expectedLoss: { value: expected, standardError: expected / 100 },
    lossProbability: { value: 0.1, standardError: 0.001 },
    tails: [0.95, 0.99].map((level) => ({
      level,
      valueAtRisk: { value: expected * 10, standardError: expected / 10 },
      expectedShortfall: { value: expected * 20, standardError: expected / 5 },
    })),
    maximum: expected * 50,
    exceedance: [
      { loss: expected, probability: 0.1 },
      { loss: expected * 10, probability: 0.01 },
      { loss: expected * 20, probability: 0.001 },
      { loss: expected * 30, probability: 0.00001 },
    ],
    attributionLevel: 0.99,
    attributions: [
      {
        dimension: 'dependency',
        rows: [
          { id: 'contract:lido', expectedLoss: expected * 0.75, expectedShortfall: expected * 15 },
          { id: null, expectedLoss: expected * 0.25, expectedShortfall: expected * 5 },
        ],
      },
    ],
    ...changes,
  };
}

export function makeStudiedSet(set: StudiedSet['set'], distribution: LossDistribution): StudiedSet {
  return {
    set,
    rho: 0.2,
    distribution,
    sources: [],
    leftOut: [],
    assumptions: [],
    names: { 'hidden:ether.fi': 'ether.fi', ethereum: 'Ethereum consensus', 'market:weETH': 'weETH' },
  };
}

/** Base numbers expect `expected`, calm ones a fifth of it, stressed ones five times. */
export function makeStudy(expected: number, changes: Partial<LossStudy['request']> = {}): LossStudy {
  const factors = { calm: 0.2, base: 1, stressed: 5 } as const;
  return {
    studyId: 'study-1',
    request: { ...DEFAULT_STUDY_REQUEST, ...changes },
    blockNumber: 100n,
    sets: PARAMETER_SETS.map((set) => makeStudiedSet(set, makeDistribution(expected * factors[set]))),
  };
}

/** Loss models for tests. */
import type { ContagionNetwork, LossModel, RiskSource, Strike } from '../loss-model.ts';

export function makeStrike(strike: Partial<Strike> = {}): Strike {
  return {
    operatorId: null,
    serviceId: null,
    dependencyId: null,
    chance: 1,
    severity: [1],
    combine: 'adds',
    hits: [],
    ...strike,
  };
}

export function makeSource(id: string, probability: number, source: Partial<RiskSource> = {}): RiskSource {
  return {
    id,
    kind: 'operator',
    probability,
    isOnFactor: true,
    isSeverityCommon: false,
    strikes: [],
    members: [],
    ...source,
  };
}

export function makeModel(model: Partial<LossModel> = {}): LossModel {
  return { positions: [], sources: [], rho: 0, covers: [], contagion: null, ...model };
}

/** One operator for each probability, each with a position of its own that it takes in full. */
export function makePlainModel(
  probabilities: readonly number[],
  values: readonly number[],
  rho: number,
): LossModel {
  return makeModel({
    rho,
    positions: values.map((value, i) => ({ id: `p${i}`, token: `t${i % 3}`, value })),
    sources: probabilities.map((probability, i) =>
      makeSource(`o${i}`, probability, {
        strikes: [makeStrike({ operatorId: `o${i}`, hits: [{ position: i, share: 1 }] })],
      }),
    ),
  });
}

/** Every operator of a list stakes the same with one service, and falls at the same threshold. */
export function makeContagion(operators: readonly string[], threshold: number): ContagionNetwork {
  return {
    serviceCount: 1,
    edges: operators.map((sourceId) => ({ sourceId, service: 0, stake: 1, threshold })),
  };
}

/** Uniform numbers from a seed, for tests that want many. */
export function createUniform(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Is an elastic network secure, and if not, what is the attack? */
import { buildCoverProblem, type CoverProblem, type CoverSolution } from './cover-problem.ts';
import {
  decideCover,
  DEFAULT_LADDER,
  type CoverProof,
  type LadderOptions,
  type SecurityHooks,
} from './decide-cover.ts';
import { verifyElasticAttack, type ElasticAttack } from './elastic-attack.ts';
import type { Allocation, ElasticNetwork } from './elastic-network.ts';
import { isCertifiedStrictly, measureElasticBuffer } from './elastic-buffer.ts';
import { rowOf, scaleToIntegers } from './indexed-network.ts';
import type { CostBuffer } from './gamma.ts';
import { MAX_EXHAUSTIVE_ITEMS } from './exhaustive-search.ts';
import { isBoundReached, measureGap, scaleBound, type GainBound } from './gain-bound.ts';
import { multiply, sumOfRationals, type Rational } from './rational.ts';

/** `none`: nothing is left that could be attacked. */
export type ElasticCertificate =
  | { readonly kind: 'none' }
  | { readonly kind: 'buffer'; readonly buffer: CostBuffer }
  | { readonly kind: 'exhaustive'; readonly sets: number }
  | { readonly kind: 'lp-dual' }
  | { readonly kind: 'branch-and-bound'; readonly leaves: number };

export type ElasticVerdict =
  | {
      readonly kind: 'secure';
      readonly certificate: ElasticCertificate;
      /** The attack that loses least, where all were gone through; it loses all the same. */
      readonly best: ElasticAttack | null;
    }
  | {
      readonly kind: 'attack';
      readonly attack: ElasticAttack;
      readonly upperBound: GainBound;
      readonly gap: number;
      readonly isOptimal: boolean;
    }
  | { readonly kind: 'undecided'; readonly upperBound: GainBound };

/** The attacker's problem of an elastic network: items are validators taken whole, and parts of others are bought. */
export interface ElasticCover {
  readonly problem: CoverProblem;
  /** Of each target. Services to which nothing was allocated are left out. */
  readonly serviceIds: readonly string[];
  /** Of each item. */
  readonly validatorIds: readonly string[];
  readonly unit: Rational;
}

export function buildElasticCover(network: ElasticNetwork): ElasticCover {
  const { validators, allocations } = network;
  const served = new Map<string, Allocation[]>();
  for (const allocation of allocations) {
    const list = served.get(allocation.serviceId);
    if (list === undefined) served.set(allocation.serviceId, [allocation]);
    else list.push(allocation);
  }
  const services = network.services.filter(({ id }) => served.has(id));
  const targetOf = new Map(services.map(({ id }, index) => [id, index]));
  const itemOf = new Map(validators.map(({ id }, index) => [id, index]));
  const needs = services.map(({ id, threshold }) =>
    multiply(threshold, sumOfRationals(served.get(id)!.map(({ amount }) => amount))),
  );
  const { unit, amounts } = scaleToIntegers([
    ...validators.map(({ stake }) => stake),
    ...services.map(({ profit }) => profit),
    ...needs,
    ...allocations.map(({ amount }) => amount),
  ]);
  const gainStart = validators.length;
  const needStart = gainStart + services.length;
  const weightStart = needStart + services.length;
  const problem = buildCoverProblem({
    kind: 'elastic',
    costs: amounts.slice(0, gainStart),
    gains: amounts.slice(gainStart, needStart),
    needs: amounts.slice(needStart, weightStart),
    pairs: allocations.map(({ serviceId, validatorId }, index) => ({
      target: targetOf.get(serviceId)!,
      item: itemOf.get(validatorId)!,
      weight: amounts[weightStart + index]!,
    })),
  });
  return {
    problem,
    serviceIds: services.map(({ id }) => id),
    validatorIds: validators.map(({ id }) => id),
    unit,
  };
}

/**
 * Assesses an elastic network (buildElasticNetwork, failServices): secure where the best attack on at least one service
 * loses. An attack that breaks even counts as one.
 *
 * @throws AppError cancelled
 */
export function assessElasticSecurity(
  network: ElasticNetwork,
  options: Partial<LadderOptions> = {},
  hooks: SecurityHooks = {},
): ElasticVerdict {
  const cover = buildElasticCover(network);
  if (cover.serviceIds.length === 0) return { kind: 'secure', certificate: { kind: 'none' }, best: null };
  const buffer = measureElasticBuffer(cover.problem);
  const isCertified = isCertifiedStrictly(buffer);
  if (isCertified && cover.validatorIds.length > MAX_EXHAUSTIVE_ITEMS) {
    return { kind: 'secure', certificate: { kind: 'buffer', buffer }, best: null };
  }
  const verdict = decideCover(cover.problem, { ...DEFAULT_LADDER, ...options }, hooks);
  switch (verdict.kind) {
    case 'secure': {
      const best = verdict.best === null ? null : nameElasticAttack(network, cover, verdict.best);
      const certificate = isCertified ? ({ kind: 'buffer', buffer } as const) : nameProof(verdict.proof);
      return { kind: 'secure', certificate, best };
    }
    case 'attack': {
      const attack = nameElasticAttack(network, cover, verdict.solution);
      const upperBound = scaleBound(verdict.bound, cover.unit);
      const gap = Math.max(0, measureGap(attack.gain, upperBound));
      return { kind: 'attack', attack, upperBound, gap, isOptimal: isBoundReached(gap, upperBound) };
    }
    case 'undecided':
      return { kind: 'undecided', upperBound: scaleBound(verdict.bound, cover.unit) };
  }
}

function nameProof(proof: CoverProof): ElasticCertificate {
  switch (proof.kind) {
    case 'min-cut':
      throw new Error('an elastic service never needs all of its validators whole');
    case 'exhaustive':
      return { kind: 'exhaustive', sets: proof.sets };
    case 'branch-and-bound':
      return { kind: 'branch-and-bound', leaves: proof.leaves };
    case 'lp-dual':
      return { kind: 'lp-dual' };
  }
}

/**
 * The attack in full: validators taken whole give each service all that was allocated to it, the others fill up what is
 * missing. Checked against the network as it was given.
 */
function nameElasticAttack(
  network: ElasticNetwork,
  { problem, serviceIds, validatorIds, unit }: ElasticCover,
  { targets, items }: CoverSolution,
): ElasticAttack {
  const whole = new Set(items);
  const stakes: Allocation[] = [];
  for (const target of targets) {
    let missing = problem.needs[target]!;
    const use = (item: number, units: bigint): void => {
      missing -= units;
      if (units === 0n) return;
      const amount = multiply({ num: units, den: 1n }, unit);
      stakes.push({ serviceId: serviceIds[target]!, validatorId: validatorIds[item]!, amount });
    };
    const members = [...rowOf(problem.itemsOf, target)].map((item, place) => ({
      item,
      weight: problem.itemWeights[problem.itemsOf.starts[target]! + place]!,
    }));
    for (const { item, weight } of members) if (whole.has(item)) use(item, weight);
    for (const { item, weight } of members) {
      if (!whole.has(item) && missing > 0n) use(item, weight < missing ? weight : missing);
    }
  }
  const check = verifyElasticAttack(
    network,
    targets.map((target) => serviceIds[target]!),
    stakes,
  );
  if (!check.isValid) throw new Error(`the search returned no valid attack: ${check.problem}`);
  return check.attack;
}

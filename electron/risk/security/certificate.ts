/**
 * Why a network is secure, in its own ids and exact, so that anybody can check it without trusting what found it.
 */
import { makeCoverCut, MULTIPLIER_BITS } from './cover-cut.ts';
import type { CoverProof } from './decide-cover.ts';
import { weighService, type Gamma } from './gamma.ts';
import { indexNetwork, rowOf, type IndexedNetwork } from './indexed-network.ts';
import {
  add,
  compare,
  divide,
  makeRational,
  multiply,
  subtract,
  sumOfRationals,
  ZERO,
  type Rational,
} from './rational.ts';
import type { SecurityNetwork } from './restaking-network.ts';
import { buildWholeCover, type SharedCover } from './shared-cover.ts';

/** A cover cut (cover-cut.ts) of a service with the validators `given`, and its multiplier. */
export interface CertificateRow {
  readonly serviceId: string;
  readonly given: readonly string[];
  readonly multiplier: Rational;
}

/** The part of a service's profit that a validator's stake answers for. */
export interface CertificateShare {
  readonly serviceId: string;
  readonly validatorId: string;
  readonly amount: Rational;
}

/**
 * - `gamma`: the buffer is not below zero.
 * - `min-cut`: the profits can be divided among validators within their stakes. Services that `shares` does not name
 *   lie in connected parts in which gamma >= 0.
 * - `lp-dual`: the rows bound the gain of every attack below one unit of the network, and gains are whole units.
 * - `exhaustive`, `branch-and-bound`: all sets of validators were gone through, singly or in branches closed exactly.
 */
export type SecurityCertificate =
  | { readonly kind: 'gamma'; readonly gamma: Gamma }
  | { readonly kind: 'min-cut'; readonly shares: readonly CertificateShare[] }
  | { readonly kind: 'lp-dual'; readonly rows: readonly CertificateRow[] }
  | { readonly kind: 'exhaustive'; readonly sets: number }
  | { readonly kind: 'branch-and-bound'; readonly leaves: number };

/** A proof about the open part of a network, in the network's ids. */
export function nameProof(
  network: IndexedNetwork,
  { problem, services, validators }: SharedCover,
  proof: CoverProof,
): SecurityCertificate {
  const nameService = (target: number): string => network.serviceIds[services[target]!]!;
  const nameValidator = (item: number): string => network.validatorIds[validators[item]!]!;
  switch (proof.kind) {
    case 'min-cut': {
      const shares = proof.shares.map(({ target, item, amount }) => ({
        serviceId: nameService(target),
        validatorId: nameValidator(item),
        amount: multiply({ num: amount, den: 1n }, network.unit),
      }));
      return { kind: 'min-cut', shares };
    }
    case 'lp-dual': {
      const rows = proof.cuts.flatMap(({ target, items }, index) => {
        const multiplier = makeRational(proof.multipliers[index]!, 1n << MULTIPLIER_BITS);
        if (multiplier.num === 0n) return [];
        const kept = new Set(items);
        const members = [...rowOf(problem.itemsOf, target)];
        const given = members.filter((item) => problem.costs[item]! > 0n && !kept.has(item));
        return [{ serviceId: nameService(target), given: given.map(nameValidator), multiplier }];
      });
      return { kind: 'lp-dual', rows: [...rows, ...listPlainRows(network, new Set(services))] };
    }
    case 'exhaustive':
    case 'branch-and-bound':
      return proof;
  }
}

/** Outside the open part gamma >= 0 is the proof: rows with nothing given, and what a unit of stake gains. */
function listPlainRows(network: IndexedNetwork, open: ReadonlySet<number>): CertificateRow[] {
  const { problem, services } = buildWholeCover(network);
  return services.flatMap((service, target) => {
    if (open.has(service)) return [];
    const multiplier = makeRational(problem.gains[target]!, problem.needs[target]);
    return [{ serviceId: network.serviceIds[service]!, given: [], multiplier }];
  });
}

/** Whether the rows prove that no attack gains. Exact. */
export function verifyLpCertificate(network: SecurityNetwork, rows: readonly CertificateRow[]): boolean {
  const indexed = indexNetwork(network);
  const { problem, services, validators } = buildWholeCover(indexed);
  const targetOf = new Map(services.map((service, target) => [indexed.serviceIds[service]!, target]));
  const itemOf = new Map(validators.map((validator, item) => [indexed.validatorIds[validator]!, item]));
  const uncovered = problem.gains.map((gain): Rational => ({ num: gain, den: 1n }));
  const excess = problem.costs.map((cost): Rational => ({ num: -cost, den: 1n }));
  for (const { serviceId, given, multiplier } of rows) {
    const target = targetOf.get(serviceId);
    if (target === undefined || multiplier.num < 0n) return false;
    const items = given.map((id) => itemOf.get(id));
    if (items.includes(undefined)) return false;
    const cut = makeCoverCut(problem, target, new Set(items.filter((item) => item !== undefined)));
    if (cut === null) return false;
    uncovered[target] = subtract(uncovered[target]!, multiply(multiplier, toRational(cut.residual)));
    for (const [place, item] of cut.items.entries()) {
      excess[item] = add(excess[item]!, multiply(multiplier, toRational(cut.weights[place]!)));
    }
  }
  const bound = sumOfRationals([...uncovered, ...excess].filter(({ num }) => num > 0n));
  return compare(bound, { num: 1n, den: 1n }) < 0;
}

/**
 * Whether no attack gains because the profit of each service is answered for: of those that the shares name by
 * validators that it cannot be attacked without, of the others by all of theirs in proportion, as in gamma; and nobody
 * answers for more than its stake. Exact.
 */
export function verifyProfitShares(network: SecurityNetwork, shares: readonly CertificateShare[]): boolean {
  const indexed = indexNetwork(network);
  const { problem, services, validators } = buildWholeCover(indexed);
  const targetOf = new Map(services.map((service, target) => [indexed.serviceIds[service]!, target]));
  const itemOf = new Map(validators.map((validator, item) => [indexed.validatorIds[validator]!, item]));
  const divided = new Map<number, Rational>();
  const carried = problem.costs.map(() => ZERO);
  for (const { serviceId, validatorId, amount } of shares) {
    const target = targetOf.get(serviceId);
    const item = itemOf.get(validatorId);
    if (target === undefined || item === undefined || amount.num < 0n) return false;
    if (!isNeeded(problem, target, item)) return false;
    const units = divide(amount, indexed.unit);
    divided.set(target, add(divided.get(target) ?? ZERO, units));
    carried[item] = add(carried[item]!, units);
  }
  for (const [target, gain] of problem.gains.entries()) {
    const sum = divided.get(target);
    if (sum !== undefined) {
      if (compare(sum, toRational(gain)) < 0) return false;
      continue;
    }
    const weight = weighService(indexed, services[target]!);
    if (weight === 'infinite') return false;
    for (const item of rowOf(problem.itemsOf, target)) {
      carried[item] = add(carried[item]!, multiply(weight, toRational(problem.costs[item]!)));
    }
  }
  return problem.costs.every((cost, item) => compare(carried[item]!, toRational(cost)) <= 0);
}

function isNeeded(problem: SharedCover['problem'], target: number, item: number): boolean {
  const { itemsOf, itemWeights, needs } = problem;
  let rest = 0n;
  let isMember = false;
  for (let place = itemsOf.starts[target]!; place < itemsOf.starts[target + 1]!; place += 1) {
    if (itemsOf.entries[place] === item) isMember = true;
    else rest += itemWeights[place]!;
  }
  return isMember && rest < needs[target]!;
}

function toRational(value: bigint): Rational {
  return { num: value, den: 1n };
}

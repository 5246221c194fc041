/**
 * The attacker's problem of a network with shared collateral, reduced to where it is open: services worth nothing or
 * without validators are left out, and so is every connected part in which gamma >= 0, because no attack gains there
 * and an attack is the sum of its parts.
 */
import { buildCoverProblem, type CoverParts, type CoverProblem } from './cover-problem.ts';
import { loadValidator, weighService } from './gamma.ts';
import { countEntries, rowOf, type IndexedNetwork } from './indexed-network.ts';
import { compare, ONE } from './rational.ts';

export interface SharedCover {
  readonly problem: CoverProblem;
  /** Validator of each item, service of each target, as indexes into the network. */
  readonly validators: readonly number[];
  readonly services: readonly number[];
}

/** Stake that corrupts a service, in whole units: the smallest integer not below alpha_s x sigma_N(s). */
function computeNeed(network: IndexedNetwork, service: number): bigint {
  const { num, den } = network.thresholds[service]!;
  return (network.serviceStakes[service]! * num + den - 1n) / den;
}

/** The open part only. */
export function buildSharedCover(network: IndexedNetwork): SharedCover {
  return buildCoverOf(network, listOpenServices(network));
}

/** Every service that can be attacked for a profit. */
export function buildWholeCover(network: IndexedNetwork): SharedCover {
  const services = [...network.serviceIds.keys()];
  return buildCoverOf(
    network,
    services.filter((service) => isAttackable(network, service)),
  );
}

function buildCoverOf(network: IndexedNetwork, services: readonly number[]): SharedCover {
  const itemOf = new Map<number, number>();
  const pairs: CoverParts['pairs'][number][] = [];
  for (const [target, service] of services.entries()) {
    for (const validator of rowOf(network.validatorsOf, service)) {
      const item = itemOf.get(validator) ?? itemOf.size;
      itemOf.set(validator, item);
      pairs.push({ target, item, weight: network.stakes[validator]! });
    }
  }
  const validators = [...itemOf.keys()];
  const problem = buildCoverProblem({
    kind: 'shared',
    costs: validators.map((validator) => network.stakes[validator]!),
    gains: services.map((service) => network.profits[service]!),
    needs: services.map((service) => computeNeed(network, service)),
    pairs,
  });
  return { problem, validators, services };
}

/** Attackable services of the connected parts in which gamma is below zero. */
function listOpenServices(network: IndexedNetwork): number[] {
  const part = labelParts(network);
  const weights = network.serviceIds.map((_, service) => weighService(network, service));
  const open = new Set<number>();
  for (const validator of network.validatorIds.keys()) {
    const load = loadValidator(network, weights, validator);
    // Whoever has a load serves somebody.
    if (load === 'infinite' || compare(load, ONE) > 0)
      open.add(part[rowOf(network.servicesOf, validator)[0]!]!);
  }
  return [...network.serviceIds.keys()].filter(
    (service) => isAttackable(network, service) && open.has(part[service]!),
  );
}

function isAttackable(network: IndexedNetwork, service: number): boolean {
  return network.profits[service]! > 0n && countEntries(network.validatorsOf, service) > 0;
}

/** A label per service, the same for services connected through validators. */
function labelParts(network: IndexedNetwork): Int32Array {
  const labels = new Int32Array(network.serviceIds.length).fill(-1);
  const isSeen = new Uint8Array(network.validatorIds.length);
  for (const first of network.serviceIds.keys()) {
    if (labels[first] !== -1) continue;
    labels[first] = first;
    const queue = [first];
    for (let service = queue.pop(); service !== undefined; service = queue.pop()) {
      for (const validator of rowOf(network.validatorsOf, service)) {
        if (isSeen[validator] === 1) continue;
        isSeen[validator] = 1;
        for (const next of rowOf(network.servicesOf, validator)) {
          if (labels[next] !== -1) continue;
          labels[next] = first;
          queue.push(next);
        }
      }
    }
  }
  return labels;
}

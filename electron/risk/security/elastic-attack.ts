/**
 * An attack on an elastic network, and the check that it is one. As in attack.ts, the check reads the network as given
 * and shares nothing with the search.
 */
import {
  add,
  compare,
  minOfRationals,
  multiply,
  subtract,
  sumOfRationals,
  ZERO,
  type Rational,
} from './rational.ts';
import type { Allocation, ElasticNetwork } from './elastic-network.ts';

export interface ElasticAttack {
  readonly serviceIds: readonly string[];
  /** a: the stake each validator attacks each service with. */
  readonly stakes: readonly Allocation[];
  readonly profit: Rational;
  /** Sum over validators of min(stake, sum of their attack stakes). */
  readonly cost: Rational;
  readonly gain: Rational;
}

export type ElasticAttackCheck =
  | { readonly isValid: true; readonly attack: ElasticAttack }
  | { readonly isValid: false; readonly problem: string };

/**
 * Checks exactly that the stakes take every service named, and what that gains:
 *
 *   0 <= a <= w        sum over validators of a >= theta x sum of w
 *   gain = sum of profits - sum over validators of min(sigma, sum of a)
 *
 * At least one service is attacked, and a service without allocations cannot be. Whether it pays the caller decides:
 * the network is secure where every gain is below zero. Source: arXiv 2503.00170.
 */
export function verifyElasticAttack(
  network: ElasticNetwork,
  serviceIds: readonly string[],
  stakes: readonly Allocation[],
): ElasticAttackCheck {
  const attacked = new Set(serviceIds);
  const services = network.services.filter(({ id }) => attacked.has(id));
  if (services.length === 0 || services.length !== serviceIds.length) {
    return { isValid: false, problem: 'no service, an unknown one, or one listed twice' };
  }
  const key = (allocation: Allocation): string =>
    JSON.stringify([allocation.serviceId, allocation.validatorId]);
  const allocated = new Map(network.allocations.map((allocation) => [key(allocation), allocation.amount]));
  const seen = new Set<string>();
  for (const stake of stakes) {
    const limit = allocated.get(key(stake));
    if (
      limit === undefined ||
      stake.amount.num < 0n ||
      compare(stake.amount, limit) > 0 ||
      seen.has(key(stake))
    ) {
      return {
        isValid: false,
        problem: `more than the allocation of ${stake.validatorId} to ${stake.serviceId}`,
      };
    }
    seen.add(key(stake));
  }
  for (const { id, threshold } of services) {
    const behind = network.allocations.filter(({ serviceId }) => serviceId === id);
    if (behind.length === 0) return { isValid: false, problem: `nothing is allocated to service ${id}` };
    const used = sumAmounts(stakes.filter(({ serviceId }) => serviceId === id));
    if (compare(used, multiply(threshold, sumAmounts(behind))) < 0) {
      return { isValid: false, problem: `service ${id} is not taken` };
    }
  }
  const sums = new Map<string, Rational>();
  for (const { validatorId, amount } of stakes) {
    sums.set(validatorId, add(sums.get(validatorId) ?? ZERO, amount));
  }
  const cost = sumOfRationals(
    network.validators.map(({ id, stake }) => minOfRationals(stake, sums.get(id) ?? ZERO)),
  );
  const profit = sumOfRationals(services.map((service) => service.profit));
  return { isValid: true, attack: { serviceIds, stakes, profit, cost, gain: subtract(profit, cost) } };
}

function sumAmounts(allocations: readonly Allocation[]): Rational {
  return sumOfRationals(allocations.map(({ amount }) => amount));
}

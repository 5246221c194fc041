/** The definitions as they stand, case by case: what the clever code is held against. */
import { verifyAttack, type Attack } from '../attack.ts';
import { withoutParts } from '../cascade.ts';
import type { ElasticNetwork } from '../elastic-network.ts';
import {
  add,
  compare,
  divide,
  maxOfRationals,
  minOfRationals,
  multiply,
  ONE,
  subtract,
  sumOfRationals,
  ZERO,
  type Rational,
} from '../rational.ts';
import type { SecurityNetwork } from '../restaking-network.ts';

function listSubsets<T>(items: readonly T[]): T[][] {
  return Array.from({ length: 2 ** items.length }, (_, bits) =>
    items.filter((_item, index) => ((bits >> index) & 1) === 1),
  );
}

/** Every valid attack. */
export function listAttacks(network: SecurityNetwork): Attack[] {
  const serviceSets = listSubsets(network.services.map(({ id }) => id));
  const attacks: Attack[] = [];
  for (const validatorIds of listSubsets(network.validators.map(({ id }) => id))) {
    for (const serviceIds of serviceSets) {
      const check = verifyAttack(network, serviceIds, validatorIds);
      if (check.isValid) attacks.push(check.attack);
    }
  }
  return attacks;
}

/** The most any attack gains; zero where there is none. */
export function bestGain(network: SecurityNetwork): Rational {
  return listAttacks(network).reduce((best, { gain }) => maxOfRationals(best, gain), ZERO);
}

/** Smallest sigma(B) / pi(A) - 1 over coalitions that meet the thresholds; null without any that profits. */
export function bruteSlack(network: SecurityNetwork): Rational | null {
  let best: Rational | null = null;
  const raised = {
    ...network,
    // With a profit beyond all stake every coalition counts as an attack, and the thresholds alone decide.
    services: network.services
      .filter(({ profit }) => profit.num > 0n)
      .map((service) => ({
        ...service,
        profit: add(ONE, sumOfRationals(network.validators.map(({ stake }) => stake))),
      })),
  };
  raised.edges = network.edges.filter(([id]) => raised.services.some((service) => service.id === id));
  const profits = new Map(network.services.map(({ id, profit }) => [id, profit]));
  for (const { serviceIds, cost } of listAttacks(raised)) {
    const profit = sumOfRationals(serviceIds.map((id) => profits.get(id)!));
    const ratio = divide(cost, profit);
    if (best === null || compare(ratio, best) < 0) best = ratio;
  }
  return best === null ? null : subtract(best, ONE);
}

/** R_psi from its definition: every shock, and every sequence of attacks after it. */
export function bruteWorstLoss(network: SecurityNetwork, psi: Rational): Rational {
  const total = sumOfRationals(network.validators.map(({ stake }) => stake));
  const stakes = new Map(network.validators.map(({ id, stake }) => [id, stake]));
  let worst = ZERO;
  for (const shock of listSubsets(network.validators.map(({ id }) => id))) {
    const removed = sumOfRationals(shock.map((id) => stakes.get(id)!));
    if (compare(removed, multiply(psi, total)) > 0) continue;
    worst = maxOfRationals(worst, loseMost(withoutParts(network, new Set(shock), new Set())));
  }
  return add(psi, total.num === 0n ? ZERO : divide(worst, total));
}

function loseMost(network: SecurityNetwork): Rational {
  let most = ZERO;
  for (const { serviceIds, validatorIds, cost } of listAttacks(network)) {
    const left = withoutParts(network, new Set(validatorIds), new Set(serviceIds));
    most = maxOfRationals(most, add(cost, loseMost(left)));
  }
  return most;
}

/**
 * Best profit of an attack on an elastic network on at least one service; null where none can be attacked. For a given
 * set of services the cost is concave in the stakes, so it is least where the validators fill up one after the other,
 * in some order, on all services at once: all orders of all validators are tried for every set.
 */
export function bruteElasticProfit(network: ElasticNetwork): Rational | null {
  let best: Rational | null = null;
  const attackable = network.services.filter(({ id }) =>
    network.allocations.some(({ serviceId }) => serviceId === id),
  );
  for (const services of listSubsets(attackable)) {
    if (services.length === 0) continue;
    const gain = bruteElasticGain(network, services);
    if (best === null || compare(gain, best) > 0) best = gain;
  }
  return best;
}

/** The same for exactly these services. */
export function bruteElasticGain(network: ElasticNetwork, services: ElasticNetwork['services']): Rational {
  const profit = sumOfRationals(services.map((service) => service.profit));
  return listOrders(network.validators)
    .map((order) => subtract(profit, fillUp(network, services, order)))
    .reduce(maxOfRationals);
}

function fillUp(
  { allocations }: ElasticNetwork,
  services: ElasticNetwork['services'],
  order: ElasticNetwork['validators'],
): Rational {
  const missing = new Map(
    services.map(({ id, threshold }) => [
      id,
      multiply(
        threshold,
        sumOfRationals(allocations.filter(({ serviceId }) => serviceId === id).map(({ amount }) => amount)),
      ),
    ]),
  );
  let cost = ZERO;
  for (const validator of order) {
    let used = ZERO;
    for (const { serviceId, validatorId, amount } of allocations) {
      const open = missing.get(serviceId);
      if (validatorId !== validator.id || open === undefined) continue;
      const part = minOfRationals(open, amount);
      missing.set(serviceId, subtract(open, part));
      used = add(used, part);
    }
    cost = add(cost, minOfRationals(validator.stake, used));
  }
  return cost;
}

function listOrders<T>(items: readonly T[]): T[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((first, index) =>
    listOrders(items.filter((_, other) => other !== index)).map((rest) => [first, ...rest]),
  );
}

/** How many services of an elastic network may fail before it is open to attack. */
import type { RunHooks } from '../work.ts';
import { buildElasticCover } from './assess-elastic.ts';
import { checkCancelled, withoutProgress } from './check-cancelled.ts';
import { isAttackValue } from './cover-problem.ts';
import { failServices, type ElasticNetwork } from './elastic-network.ts';
import { MAX_EXHAUSTIVE_ITEMS, searchExhaustively } from './exhaustive-search.ts';
import { compare, divide, ONE, sumOfRationals, ZERO, type Rational } from './rational.ts';

/** 2^10 sets of failed services, each with a search of its own. */
const MAX_SERVICES = 10;

export interface BreakingSet {
  readonly serviceIds: readonly string[];
  /** Weight of the set in that of all services, each weighing profit / threshold. */
  readonly fraction: Rational;
}

/**
 * The lightest set of failed services that leaves an attack which does not lose; all services, fraction 1, where no
 * smaller set does; none, fraction 0, where the network is open as it is. Weights as in the authors' program:
 * profit / threshold. Null where the network is too large for an exact answer.
 *
 * @throws AppError cancelled
 */
export function findBreakingSet(network: ElasticNetwork, hooks: RunHooks = {}): BreakingSet | null {
  const { services, validators } = network;
  if (services.length > MAX_SERVICES || validators.length > MAX_EXHAUSTIVE_ITEMS) return null;
  const weights = services.map(({ profit, threshold }) => divide(profit, threshold));
  const sets = Array.from({ length: 2 ** services.length }, (_, bits) =>
    [...services.keys()].filter((index) => ((bits >> index) & 1) === 1),
  ).map((members) => ({ members, weight: sumOfRationals(members.map((index) => weights[index]!)) }));
  sets.sort((a, b) => compare(a.weight, b.weight) || a.members.length - b.members.length);
  const total = sumOfRationals(weights);
  for (const { members, weight } of sets) {
    checkCancelled(hooks);
    const serviceIds = members.map((index) => services[index]!.id);
    if (members.length < services.length && !isBroken(failServices(network, serviceIds), hooks)) continue;
    return { serviceIds, fraction: total.num === 0n ? ZERO : divide(weight, total) };
  }
  return { serviceIds: services.map(({ id }) => id), fraction: ONE };
}

function isBroken(network: ElasticNetwork, hooks: RunHooks): boolean {
  const { problem } = buildElasticCover(network);
  const best = searchExhaustively(problem, withoutProgress(hooks));
  return best !== null && isAttackValue(problem, best.value);
}

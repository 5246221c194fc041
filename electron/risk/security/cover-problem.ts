/**
 * The attacker's problem, in one form for shared and for elastic collateral. An attacker takes items (validators) at
 * their cost; each adds its weight to the targets (services) it belongs to; a target is gained once its need is met.
 *
 *   shared:   worth of a target = gain where the weight taken reaches the need, else 0
 *   elastic:  a shortfall can be met with parts of further validators, at one unit of cost per unit:
 *             worth of a target = gain - shortfall
 *   value   = sum of the worths of the targets attacked - cost of the items taken
 *
 * Elastic: once a validator's attack stakes on all services sum to its stake, more of them costs nothing (the cost is
 * the smaller of both), so it is either taken whole, for its stake, or used in parts for what they are.
 *
 * Everything is an integer in the unit of the network, so a comparison is exact, and the value of any attack is a
 * whole number: an upper bound below 1 says that no attack gains.
 */
import { groupPairs, type Adjacency } from './indexed-network.ts';

export interface CoverProblem {
  readonly kind: 'shared' | 'elastic';
  /** Of each item. */
  readonly costs: readonly bigint[];
  /** Of each target. */
  readonly gains: readonly bigint[];
  /** Of each target; zero: free to attack. */
  readonly needs: readonly bigint[];
  readonly itemsOf: Adjacency;
  /** Beside the entries of `itemsOf`. */
  readonly itemWeights: readonly bigint[];
  readonly targetsOf: Adjacency;
  /** Beside the entries of `targetsOf`. */
  readonly targetWeights: readonly bigint[];
}

export interface CoverParts {
  readonly kind: CoverProblem['kind'];
  readonly costs: readonly bigint[];
  readonly gains: readonly bigint[];
  readonly needs: readonly bigint[];
  readonly pairs: readonly { readonly target: number; readonly item: number; readonly weight: bigint }[];
}

export function buildCoverProblem({ kind, costs, gains, needs, pairs }: CoverParts): CoverProblem {
  const itemsOf = groupPairs(
    gains.length,
    pairs.map(({ target, item }) => [target, item]),
  );
  const targetsOf = groupPairs(
    costs.length,
    pairs.map(({ target, item }) => [item, target]),
  );
  const weights = gains.map(() => new Map<number, bigint>());
  for (const { target, item, weight } of pairs) weights[target]!.set(item, weight);
  return {
    kind,
    costs,
    gains,
    needs,
    itemsOf,
    itemWeights: listEntries(itemsOf).map(([target, item]) => weights[target]!.get(item)!),
    targetsOf,
    targetWeights: listEntries(targetsOf).map(([item, target]) => weights[target]!.get(item)!),
  };
}

function listEntries({ starts, entries }: Adjacency): [row: number, entry: number][] {
  const list: [number, number][] = [];
  for (let row = 0; row + 1 < starts.length; row += 1) {
    for (let place = starts[row]!; place < starts[row + 1]!; place += 1) list.push([row, entries[place]!]);
  }
  return list;
}

/** What a target is worth to an attacker who has `got` of its need. */
export function valueTarget(problem: CoverProblem, target: number, got: bigint): bigint {
  const missing = problem.needs[target]! - got;
  const gain = problem.gains[target]!;
  if (missing <= 0n) return gain;
  return problem.kind === 'elastic' && gain > missing ? gain - missing : 0n;
}

export interface CoverSolution {
  readonly items: readonly number[];
  readonly targets: readonly number[];
  readonly value: bigint;
}

/**
 * The best that taking `isTaken` allows: the targets to attack, and the value, exact. Elastic attacks take at least one
 * target, so the value can be below zero; without any target it is null.
 */
export function evaluateCover(problem: CoverProblem, isTaken: ArrayLike<number>): CoverSolution | null {
  const { costs, gains, needs, itemsOf, itemWeights } = problem;
  const items: number[] = [];
  let value = 0n;
  for (const [item, cost] of costs.entries()) {
    if (isTaken[item] !== 1) continue;
    items.push(item);
    value -= cost;
  }
  const targets: number[] = [];
  let best: { target: number; worth: bigint } | null = null;
  for (const [target, need] of needs.entries()) {
    let missing = need;
    for (let place = itemsOf.starts[target]!; place < itemsOf.starts[target + 1]!; place += 1) {
      if (isTaken[itemsOf.entries[place]!] === 1) missing -= itemWeights[place]!;
    }
    if (missing > 0n && problem.kind === 'shared') continue;
    const worth = gains[target]! - (missing > 0n ? missing : 0n);
    if (best === null || worth > best.worth) best = { target, worth };
    if (worth < 0n) continue;
    targets.push(target);
    value += worth;
  }
  if (targets.length > 0 || problem.kind === 'shared') return { items, targets, value };
  return best === null ? null : { items, targets: [best.target], value: value + best.worth };
}

/**
 * Whether a value is that of an attack that pays. Shared: it has to gain strictly (arXiv 2407.21785). Elastic: it is
 * enough not to lose (arXiv 2503.00170: secure where every attack costs more than it brings).
 */
export function isAttackValue(problem: CoverProblem, value: bigint): boolean {
  return problem.kind === 'shared' ? value > 0n : value >= 0n;
}

/** The highest value that is no attack: a bound at or below it certifies security. */
export function secureValue(problem: CoverProblem): bigint {
  return problem.kind === 'shared' ? 0n : -1n;
}

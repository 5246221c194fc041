/** Every set of validators, for networks small enough. Exact. */
import { createWork, type RunHooks } from '../work.ts';
import { evaluateCover, valueTarget, type CoverProblem, type CoverSolution } from './cover-problem.ts';

/** 2^18 sets take well under a second. */
export const MAX_EXHAUSTIVE_ITEMS = 18;

const SETS_PER_STEP = 1024;

/**
 * The most valuable set of items, by going through all sets in Gray code order, so that each differs from the one
 * before by one item. Null where there is no target.
 *
 * @throws AppError cancelled
 */
export function searchExhaustively(problem: CoverProblem, hooks: RunHooks = {}): CoverSolution | null {
  const { costs, gains, targetsOf, targetWeights } = problem;
  const count = costs.length;
  const sets = 2 ** count;
  const work = createWork(Math.ceil(sets / SETS_PER_STEP), hooks);
  work.check();
  const isTaken = new Uint8Array(count);
  const got = gains.map(() => 0n);
  const worth = gains.map((_, target) => valueTarget(problem, target, 0n));
  let cost = 0n;
  let gain = worth.reduce((sum, part) => sum + part, 0n);
  let best = { value: valueSet(problem, got, gain, cost), isTaken: isTaken.slice() };
  for (let index = 1; index < sets; index += 1) {
    if (index % SETS_PER_STEP === 0) {
      work.check();
      work.advance();
    }
    // The item that changes is the number of trailing zeros of the index.
    const item = 31 - Math.clz32(index & -index);
    const isAdded = isTaken[item] === 0;
    isTaken[item] = isAdded ? 1 : 0;
    cost += isAdded ? costs[item]! : -costs[item]!;
    for (let place = targetsOf.starts[item]!; place < targetsOf.starts[item + 1]!; place += 1) {
      const target = targetsOf.entries[place]!;
      got[target]! += isAdded ? targetWeights[place]! : -targetWeights[place]!;
      gain -= worth[target]!;
      worth[target] = valueTarget(problem, target, got[target]!);
      gain += worth[target];
    }
    const value = valueSet(problem, got, gain, cost);
    if (value !== null && (best.value === null || value > best.value))
      best = { value, isTaken: isTaken.slice() };
  }
  work.advance();
  return evaluateCover(problem, best.isTaken);
}

/** Elastic: a target has to be attacked even where each of them loses. */
function valueSet(problem: CoverProblem, got: readonly bigint[], gain: bigint, cost: bigint): bigint | null {
  if (problem.kind === 'shared' || gain > 0n) return gain - cost;
  let best: bigint | null = null;
  for (const [target, need] of problem.needs.entries()) {
    const missing = need - got[target]!;
    const worth = problem.gains[target]! - (missing > 0n ? missing : 0n);
    if (best === null || worth > best) best = worth;
  }
  return best === null ? null : best - cost;
}

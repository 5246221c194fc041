/**
 * The buffer itself: how far the cost of every attacking coalition exceeds its profit,
 *
 *   slack = min over coalitions (A, B) that meet the thresholds, pi(A) > 0, of sigma(B) / pi(A) - 1
 *
 * never below gamma, and what the bound of R_psi is really about. Exact where the best attack can be found exactly in
 * no time: few validators, or services that need all of theirs.
 */
import type { RunHooks } from '../work.ts';
import type { CoverProblem, CoverSolution } from './cover-problem.ts';
import { searchExhaustively } from './exhaustive-search.ts';
import type { CostBuffer } from './gamma.ts';
import type { IndexedNetwork } from './indexed-network.ts';
import { needsEverything, solveMinCut } from './min-cut.ts';
import { makeRational, ONE, subtract } from './rational.ts';
import { buildWholeCover } from './shared-cover.ts';

/** The search runs a handful of times. */
const MAX_SLACK_ITEMS = 14;

/** Null where the network is too large. @throws AppError cancelled */
export function measureSlack(network: IndexedNetwork, hooks: RunHooks = {}): CostBuffer | null {
  const { problem } = buildWholeCover(network);
  if (problem.gains.length === 0) return { kind: 'unbounded' };
  const solve = chooseMethod(problem, hooks);
  if (solve === null) return null;
  // Dinkelbach: the ratio of the best coalition under the last ratio, until none is better.
  let coalition: CoverSolution = {
    items: [...problem.costs.keys()],
    targets: [...problem.gains.keys()],
    value: 0n,
  };
  for (;;) {
    const cost = sumAt(problem.costs, coalition.items);
    const profit = sumAt(problem.gains, coalition.targets);
    const better = solve({
      ...problem,
      costs: problem.costs.map((value) => value * profit),
      gains: problem.gains.map((value) => value * cost),
    });
    if (better === null || better.value <= 0n) {
      return { kind: 'finite', value: subtract(makeRational(cost, profit), ONE) };
    }
    coalition = better;
  }
}

function chooseMethod(
  problem: CoverProblem,
  hooks: RunHooks,
): ((problem: CoverProblem) => CoverSolution | null) | null {
  if (needsEverything(problem)) return (scaled) => solveMinCut(scaled, hooks).solution;
  if (problem.costs.length > MAX_SLACK_ITEMS) return null;
  return (scaled) => searchExhaustively(scaled, hooks);
}

function sumAt(values: readonly bigint[], indexes: readonly number[]): bigint {
  let sum = 0n;
  for (const index of indexes) sum += values[index]!;
  return sum;
}

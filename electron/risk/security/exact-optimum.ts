/**
 * The best attack by mixed-integer programming, as far as the time allows. The solver works in floating point; what it
 * finds is evaluated exactly, and what it proves is reported as its own, not as a certificate.
 */
import { AttackState } from './attack-state.ts';
import { makeFreeDecisions, type CoverCut } from './cover-cut.ts';
import { buildCoverModel, splitValues } from './cover-model.ts';
import { evaluateCover, type CoverProblem, type CoverSolution } from './cover-problem.ts';
import { ratioToNumber } from './rational.ts';
import type { Solver } from './solver.ts';

export interface SolverOptimum {
  /** The solver's best set, evaluated exactly; null where it found none. */
  readonly solution: CoverSolution | null;
  /** Upper bound in units, by the solver's floating point; null where it has none. */
  readonly bound: number | null;
  readonly hasFinished: boolean;
  readonly secondsUsed: number;
}

export interface OptimumOptions {
  readonly timeLimitSeconds: number;
  /** The best set known so far, as the solver's first solution. */
  readonly start: CoverSolution | null;
  readonly isCancelled?: () => boolean;
  /** In units: each better value and the bound at that moment. */
  readonly onIncumbent?: (value: number, bound: number) => void;
}

/** @param cuts the plain rows (makeBaseCuts); the solver has cuts of its own, and is faster with them than with ours */
export function solveOptimum(
  problem: CoverProblem,
  solver: Solver,
  cuts: readonly CoverCut[],
  options: OptimumOptions,
): SolverOptimum {
  const { model, scale } = buildCoverModel(problem, cuts, makeFreeDecisions(problem), true);
  const unit = ratioToNumber(scale, 1n);
  const { onIncumbent, start } = options;
  const result = solver.solve(model, {
    timeLimitSeconds: options.timeLimitSeconds,
    ...(options.isCancelled && { isCancelled: options.isCancelled }),
    ...(start === null ? {} : { start: makeStart(problem, start, model.costs.length) }),
    ...(onIncumbent === undefined
      ? {}
      : { onIncumbent: (value: number, bound: number) => onIncumbent(value * unit, bound * unit) }),
  });
  return {
    solution: result.values === null ? null : repairSolution(problem, result.values),
    bound: result.bound === null ? null : result.bound * unit,
    hasFinished: result.status === 'optimal',
    secondsUsed: result.secondsUsed,
  };
}

/** The solver's set in integers: what its rounding left short of a need is filled up, what is not needed dropped. */
function repairSolution(problem: CoverProblem, values: Float64Array): CoverSolution | null {
  const { items, targets } = splitValues(problem, values);
  const state = new AttackState(problem);
  state.moveTo(Uint8Array.from(items, (value) => (value > 0.5 ? 1 : 0)));
  if (problem.kind === 'shared') {
    for (const [target, value] of targets.entries()) {
      if (value > 0.5 && !state.isReached(target)) state.reach(target, 'cheap');
    }
  }
  const whole = evaluateCover(problem, state.isTaken);
  state.dropUseless(problem.costs.keys());
  const pared = evaluateCover(problem, state.isTaken);
  return whole !== null && pared !== null && pared.value > whole.value ? pared : whole;
}

function makeStart(problem: CoverProblem, solution: CoverSolution, columnCount: number): Float64Array {
  const targetCount = problem.gains.length;
  const start = new Float64Array(columnCount);
  const taken = new Set(solution.items);
  for (const target of solution.targets) start[target] = 1;
  for (const item of solution.items) start[targetCount + item] = 1;
  if (problem.kind === 'elastic') {
    const { itemsOf, itemWeights, needs } = problem;
    for (const target of solution.targets) {
      let missing = needs[target]!;
      for (let place = itemsOf.starts[target]!; place < itemsOf.starts[target + 1]!; place += 1) {
        if (taken.has(itemsOf.entries[place]!)) missing -= itemWeights[place]!;
      }
      const column = targetCount + problem.costs.length + target;
      start[column] = missing > 0n ? ratioToNumber(missing, needs[target]!) : 0;
    }
  }
  return start;
}

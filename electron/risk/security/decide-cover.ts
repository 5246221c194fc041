/**
 * The ladder from cheap to dear: cut, all sets, greedy and local search, linear bound, mixed-integer optimum,
 * certified search. It stops at the first rung that settles the matter, and says "secure" only where one proves it.
 */
import type { RunHooks } from '../work.ts';
import { searchCertified } from './certified-search.ts';
import { checkCancelled } from './check-cancelled.ts';
import { makeFreeDecisions, type CoverCut } from './cover-cut.ts';
import { isAttackValue, secureValue, type CoverProblem, type CoverSolution } from './cover-problem.ts';
import { solveOptimum } from './exact-optimum.ts';
import { MAX_EXHAUSTIVE_ITEMS, searchExhaustively } from './exhaustive-search.ts';
import { computeLpBound, makeBaseCuts, type CutState } from './lp-bound.ts';
import { needsEverything, solveMinCut, type ProfitShare } from './min-cut.ts';
import { DEFAULT_SEARCH, searchAttack } from './search-attack.ts';
import type { Solver } from './solver.ts';

/** Why no attack pays. */
export type CoverProof =
  | { readonly kind: 'min-cut'; readonly shares: readonly ProfitShare[] }
  | { readonly kind: 'exhaustive'; readonly sets: number }
  | { readonly kind: 'lp-dual'; readonly cuts: readonly CoverCut[]; readonly multipliers: readonly bigint[] }
  | { readonly kind: 'branch-and-bound'; readonly leaves: number };

/** No attack is worth more, in units: proved in integers, or as far as the solver's floating point can be trusted. */
export type CoverBound =
  { readonly kind: 'exact'; readonly value: bigint } | { readonly kind: 'solver'; readonly value: number };

export type CoverVerdict =
  | { readonly kind: 'secure'; readonly proof: CoverProof; readonly best: CoverSolution | null }
  | { readonly kind: 'attack'; readonly solution: CoverSolution; readonly bound: CoverBound }
  | { readonly kind: 'undecided'; readonly bound: CoverBound };

export interface SecurityHooks extends RunHooks {
  /** The best attack's gain and the upper bound so far, as multiples of the network's unit; for a progress display. */
  readonly onGap?: (lower: number, upper: number) => void;
}

export interface LadderOptions {
  /** Without one, the ladder ends at the local search. */
  readonly solver: Solver | null;
  /** Of all solver calls together. */
  readonly timeLimitSeconds: number;
  /** Edges the local search walks at most. */
  readonly searchSteps: number;
}

export const DEFAULT_LADDER: LadderOptions = {
  solver: null,
  timeLimitSeconds: 10,
  searchSteps: DEFAULT_SEARCH.maxSteps,
};

/** Parts of the time limit: for the linear bound, and for the mixed-integer program of what is then left. */
const LP_SHARE = 0.4;
const OPTIMUM_SHARE = 0.6;
const LP_ROUNDS = 25;
const MAX_NODES = 20_000;

/** @throws AppError cancelled */
export function decideCover(
  problem: CoverProblem,
  options: LadderOptions,
  hooks: SecurityHooks = {},
): CoverVerdict {
  if (needsEverything(problem)) {
    const { solution, shares } = solveMinCut(problem, hooks);
    return settle(problem, solution, { kind: 'min-cut', shares });
  }
  if (problem.costs.length <= MAX_EXHAUSTIVE_ITEMS) {
    const solution = searchExhaustively(problem, hooks);
    return settle(problem, solution, { kind: 'exhaustive', sets: 2 ** problem.costs.length });
  }
  const found = searchAttack(problem, { maxSteps: options.searchSteps }, hooks);
  const { solver } = options;
  const ladder = new Ladder(problem, options, hooks, found);
  return solver === null ? ladder.conclude() : ladder.climb(solver);
}

/** The verdict where the best attack is known. */
function settle(problem: CoverProblem, best: CoverSolution | null, proof: CoverProof): CoverVerdict {
  if (best === null || !isAttackValue(problem, best.value)) return { kind: 'secure', proof, best };
  return { kind: 'attack', solution: best, bound: { kind: 'exact', value: best.value } };
}

class Ladder {
  readonly #problem: CoverProblem;
  readonly #options: LadderOptions;
  readonly #hooks: SecurityHooks;
  /** The best attack that pays; null: none found. */
  #best: CoverSolution | null = null;
  #exactBound: bigint;
  #solverBound = Infinity;
  #secondsLeft: number;

  constructor(
    problem: CoverProblem,
    options: LadderOptions,
    hooks: SecurityHooks,
    found: CoverSolution | null,
  ) {
    this.#problem = problem;
    this.#options = options;
    this.#hooks = hooks;
    this.#secondsLeft = options.timeLimitSeconds;
    this.#exactBound = problem.gains.reduce((sum, gain) => sum + gain, 0n);
    this.#offer(found);
  }

  climb(solver: Solver): CoverVerdict {
    const decisions = makeFreeDecisions(this.#problem);
    const baseCuts = makeBaseCuts(this.#problem);
    const lp = computeLpBound(
      this.#problem,
      solver,
      { cuts: baseCuts, basis: null },
      decisions,
      {
        timeLimitSeconds: this.#secondsLeft * LP_SHARE,
        maxRounds: LP_ROUNDS,
        goal: this.#best?.value ?? secureValue(this.#problem),
      },
      this.#hooks,
    );
    this.#secondsLeft -= lp.secondsUsed;
    if (lp.bound === null || lp.bound <= secureValue(this.#problem)) {
      const { cuts, multipliers } = lp;
      return settle(this.#problem, null, { kind: 'lp-dual', cuts, multipliers });
    }
    this.#exactBound = lp.bound;
    if (lp.itemValues !== null) this.#polish(lp.itemValues.map((value) => (value > 0.5 ? 1 : 0)));
    if (this.#isOptimal()) return this.conclude();

    const optimum = solveOptimum(this.#problem, solver, baseCuts, {
      timeLimitSeconds: this.#secondsLeft * OPTIMUM_SHARE,
      start: this.#best,
      onIncumbent: (value, bound) => this.#report(value, bound),
      ...(this.#hooks.isCancelled && { isCancelled: this.#hooks.isCancelled }),
    });
    checkCancelled(this.#hooks);
    this.#secondsLeft -= optimum.secondsUsed;
    if (optimum.bound !== null) this.#solverBound = optimum.bound;
    if (optimum.solution !== null) {
      this.#polish(markItems(this.#problem, optimum.solution));
    }
    // With an attack in hand the matter is settled; how much more one could gain, the solver's bound says.
    return this.#best === null ? this.#certify(solver, lp.state) : this.conclude();
  }

  #certify(solver: Solver, root: CutState): CoverVerdict {
    const result = searchCertified(
      this.#problem,
      solver,
      root,
      this.#exactBound,
      { timeLimitSeconds: this.#secondsLeft, maxNodes: MAX_NODES, incumbent: null },
      this.#hooks,
    );
    this.#exactBound = result.bound;
    this.#offer(result.incumbent);
    if (result.hasFinished && this.#best === null) {
      return settle(this.#problem, null, { kind: 'branch-and-bound', leaves: result.leaves });
    }
    return this.conclude();
  }

  /** What is known now. */
  conclude(): CoverVerdict {
    const solution = this.#best;
    // What the solver proves is rounded; it cannot be less than what was found.
    const solverBound = Math.max(this.#solverBound, solution === null ? -Infinity : Number(solution.value));
    const bound: CoverBound =
      solverBound < Number(this.#exactBound)
        ? { kind: 'solver', value: solverBound }
        : { kind: 'exact', value: this.#exactBound };
    return solution === null ? { kind: 'undecided', bound } : { kind: 'attack', solution, bound };
  }

  #isOptimal(): boolean {
    return this.#best !== null && this.#best.value >= this.#exactBound;
  }

  #offer(found: CoverSolution | null): void {
    if (found === null || !isAttackValue(this.#problem, found.value)) return;
    if (this.#best !== null && found.value <= this.#best.value) return;
    this.#best = found;
    this.#report(Number(found.value), this.#solverBound);
  }

  /** Local search from a solver's solution. */
  #polish(isTaken: Uint8Array | Float64Array): void {
    const starts = [Uint8Array.from(isTaken)];
    this.#offer(
      searchAttack(this.#problem, { maxSteps: this.#options.searchSteps / 4, starts }, this.#hooks),
    );
  }

  #report(lower: number, upper: number): void {
    this.#hooks.onGap?.(lower, Math.min(upper, Number(this.#exactBound)));
  }
}

function markItems(problem: CoverProblem, { items }: CoverSolution): Uint8Array {
  const isTaken = new Uint8Array(problem.costs.length);
  for (const item of items) isTaken[item] = 1;
  return isTaken;
}

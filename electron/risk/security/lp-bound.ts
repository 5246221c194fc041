/**
 * Upper bound of what any attack gains, by linear programming with cover cuts. The solver's multipliers are rounded
 * and the bound is computed from them in integers (boundCover), so it holds whatever the solver did. Without cuts the
 * program is worth zero exactly where gamma >= 0; the cuts go further, and where every threshold is one they reach the
 * optimum.
 */
import type { RunHooks } from '../work.ts';
import { checkCancelled } from './check-cancelled.ts';
import {
  boundCover,
  fixMultiplier,
  makeCoverCut,
  MULTIPLIER_BITS,
  type CoverCut,
  type Decisions,
} from './cover-cut.ts';
import { buildCoverModel, splitValues } from './cover-model.ts';
import type { CoverProblem } from './cover-problem.ts';
import { ratioToNumber } from './rational.ts';
import { separateCuts } from './separate-cuts.ts';
import { BASIC, type Solver, type SolverBasis } from './solver.ts';

/** Cuts, and where the program with them ended. */
export interface CutState {
  readonly cuts: readonly CoverCut[];
  readonly basis: SolverBasis | null;
}

export interface LpBound {
  /** No attack that agrees with the decisions is worth more; in whole units, exact. Null: there is no attack. */
  readonly bound: bigint | null;
  /** The cuts and exact multipliers that prove it. */
  readonly cuts: readonly CoverCut[];
  readonly multipliers: readonly bigint[];
  /** To go on from: cuts that bind, and the basis. */
  readonly state: CutState;
  /** The last fractional solution; null where the solver gave none. */
  readonly itemValues: Float64Array | null;
  readonly targetValues: Float64Array | null;
  readonly secondsUsed: number;
}

export interface LpBoundOptions {
  readonly timeLimitSeconds: number;
  readonly maxRounds: number;
  /** Stop as soon as the bound is at or below it. */
  readonly goal: bigint;
}

/** The cut of each target with nothing given: the plain rows of the linear relaxation. */
export function makeBaseCuts(problem: CoverProblem): CoverCut[] {
  const nothing = new Set<number>();
  return problem.gains
    .map((_, target) => makeCoverCut(problem, target, nothing))
    .filter((cut) => cut !== null);
}

/**
 * Solves, bounds, drops the cuts that do not bind and adds those that the solution breaks, until the goal, no further
 * cut, or a limit.
 *
 * @throws AppError cancelled
 */
export function computeLpBound(
  problem: CoverProblem,
  solver: Solver,
  start: CutState,
  decisions: Decisions,
  options: LpBoundOptions,
  hooks: RunHooks = {},
): LpBound {
  const { maxRounds, timeLimitSeconds, goal } = options;
  let state = start;
  let best = proveBound(
    problem,
    start.cuts,
    start.cuts.map(() => 0n),
    decisions,
  );
  let values: Pick<LpBound, 'itemValues' | 'targetValues'> = { itemValues: null, targetValues: null };
  let secondsUsed = 0;
  for (let round = 0; round < maxRounds; round += 1) {
    checkCancelled(hooks);
    if (best.bound === null || best.bound <= goal || secondsUsed >= timeLimitSeconds) break;
    const { model, scale, firstCutRow } = buildCoverModel(problem, state.cuts, decisions, false);
    const result = solver.solve(model, {
      timeLimitSeconds: timeLimitSeconds - secondsUsed,
      ...(state.basis === null ? {} : { basis: state.basis }),
      ...(hooks.isCancelled && { isCancelled: hooks.isCancelled }),
    });
    checkCancelled(hooks);
    secondsUsed += result.secondsUsed;
    const { rowDuals } = result;
    if (rowDuals !== null) {
      const multipliers = state.cuts.map(({ residual }, index) =>
        fixMultiplier(rowDuals[firstCutRow + index]! * ratioToNumber(scale, residual)),
      );
      for (const candidate of [multipliers, roundUpToGains(problem, state.cuts, multipliers)]) {
        const proof = proveBound(problem, state.cuts, candidate, decisions);
        if (proof.bound === null || proof.bound < best.bound!) best = proof;
      }
    }
    if (result.values === null || result.basis === null) break;
    const { items, targets, shortfalls } = splitValues(problem, result.values);
    values = { itemValues: items, targetValues: targets };
    const broken = separateCuts(problem, items, targets, shortfalls);
    state = renewCuts(state.cuts, result.basis, firstCutRow, broken);
    if (broken.length === 0) break;
  }
  return { ...best, state, ...values, secondsUsed };
}

function proveBound(
  problem: CoverProblem,
  cuts: readonly CoverCut[],
  multipliers: readonly bigint[],
  decisions: Decisions,
): Pick<LpBound, 'bound' | 'cuts' | 'multipliers'> {
  return { bound: boundCover(problem, cuts, multipliers, decisions), cuts, multipliers };
}

/** Without the rows that do not bind, and with new ones, which do not yet; the basis stays one. */
function renewCuts(
  cuts: readonly CoverCut[],
  { columns, rows }: SolverBasis,
  firstCutRow: number,
  added: readonly CoverCut[],
): CutState {
  const isKept = (index: number): boolean => rows[firstCutRow + index] !== BASIC;
  return {
    cuts: [...cuts.filter((_, index) => isKept(index)), ...added],
    basis: {
      columns,
      rows: Int32Array.from([
        ...rows.subarray(0, firstCutRow),
        ...rows.subarray(firstCutRow).filter((status) => status !== BASIC),
        ...added.map(() => BASIC),
      ]),
    },
  };
}

/** A multiplier short of covering a gain by no more than this share is taken to be short by rounding. */
const ROUNDING_SHARE = 1_000_000n;

/**
 * Raises multipliers so that targets covered up to rounding are covered exactly: then what rounding is left stands
 * against the costs of items, where there usually is room for it.
 */
function roundUpToGains(
  problem: CoverProblem,
  cuts: readonly CoverCut[],
  multipliers: readonly bigint[],
): bigint[] {
  const raised = [...multipliers];
  const missing = problem.gains.map((gain) => gain << MULTIPLIER_BITS);
  const largest = problem.gains.map(() => -1);
  for (const [index, { target, residual }] of cuts.entries()) {
    const part = multipliers[index]! * residual;
    missing[target]! -= part;
    const leader = largest[target]!;
    if (part > 0n && (leader < 0 || part > multipliers[leader]! * cuts[leader]!.residual)) {
      largest[target] = index;
    }
  }
  for (const [target, short] of missing.entries()) {
    const index = largest[target]!;
    const isRounding = short > 0n && short * ROUNDING_SHARE <= problem.gains[target]! << MULTIPLIER_BITS;
    if (!isRounding || index < 0) continue;
    const { residual } = cuts[index]!;
    raised[index]! += (short + residual - 1n) / residual;
  }
  return raised;
}

/**
 * The attacker's problem for a solver. Columns: targets, items, and for elastic collateral the shortfall bought per
 * target, as a share of its need. All coefficients are brought to at most about one, so that amounts of any size
 * solve alike.
 */
import { IN, OUT, type CoverCut, type Decisions } from './cover-cut.ts';
import type { CoverProblem } from './cover-problem.ts';
import { ratioToNumber } from './rational.ts';
import type { SolverModel } from './solver.ts';

/** Solvers drop smaller coefficients. */
const SMALLEST = 1e-9;
/**
 * A mixed-integer program is relaxed by this and by what is dropped, so that a target which is reached by a wei is not
 * out of the solver's reach, and its bound holds. What is then short by a wei is repaired in integers. A linear program
 * needs no such care: its bound is computed exactly from its multipliers.
 */
const LEEWAY = 1e-8;

export interface CoverModel {
  readonly model: SolverModel;
  /** The objective is the value divided by it. */
  readonly scale: bigint;
  /** Cut c is row `firstCutRow + c`. */
  readonly firstCutRow: number;
}

/** The largest of all gains and costs; above zero. */
function computeScale({ gains, costs }: CoverProblem): bigint {
  let scale = 1n;
  for (const amount of [...gains, ...costs]) if (amount > scale) scale = amount;
  return scale;
}

export function buildCoverModel(
  problem: CoverProblem,
  cuts: readonly CoverCut[],
  decisions: Decisions,
  isInteger: boolean,
): CoverModel {
  const { gains, costs, needs, kind } = problem;
  const scale = computeScale(problem);
  const targetCount = gains.length;
  const itemCount = costs.length;
  const isElastic = kind === 'elastic';
  const columnCount = targetCount + itemCount + (isElastic ? targetCount : 0);
  const objective = new Float64Array(columnCount);
  const lower = new Float64Array(columnCount);
  const upper = new Float64Array(columnCount).fill(1);
  for (const [target, gain] of gains.entries()) objective[target] = ratioToNumber(gain, scale);
  for (const [item, cost] of costs.entries()) objective[targetCount + item] = -ratioToNumber(cost, scale);
  const decided = [...decisions.targets, ...decisions.items];
  for (const [column, decision] of decided.entries()) {
    if (decision === IN) lower[column] = 1;
    if (decision === OUT) upper[column] = 0;
  }
  if (isElastic) {
    for (const [target, need] of needs.entries()) {
      objective[targetCount + itemCount + target] = -ratioToNumber(need, scale);
    }
  }
  const rows = new RowList();
  if (isElastic) {
    for (let target = 0; target < targetCount; target += 1) rows.put(target, 1);
    rows.end(1);
  }
  for (const cut of cuts) {
    const { target, items, weights, residual } = cut;
    let dust = 0;
    for (const [place, item] of items.entries()) {
      const weight = ratioToNumber(weights[place]!, residual);
      if (weight > SMALLEST) rows.put(targetCount + item, weight);
      else dust += weight;
    }
    if (isElastic) rows.put(targetCount + itemCount + target, ratioToNumber(needs[target]!, residual));
    rows.put(target, -1);
    rows.end(isInteger ? -dust - LEEWAY : 0);
  }
  const integers = isInteger ? new Uint8Array(columnCount).fill(1, 0, targetCount + itemCount) : null;
  return {
    model: { costs: objective, lower, upper, isInteger: integers, ...rows.finish() },
    scale,
    firstCutRow: isElastic ? 1 : 0,
  };
}

class RowList {
  readonly #starts = [0];
  readonly #columns: number[] = [];
  readonly #values: number[] = [];
  readonly #lower: number[] = [];

  put(column: number, value: number): void {
    this.#columns.push(column);
    this.#values.push(value);
  }

  end(lower: number): void {
    this.#lower.push(lower);
    this.#starts.push(this.#columns.length);
  }

  finish(): Pick<SolverModel, 'rowLower' | 'rowStarts' | 'rowColumns' | 'rowValues'> {
    return {
      rowLower: Float64Array.from(this.#lower),
      rowStarts: Int32Array.from(this.#starts),
      rowColumns: Int32Array.from(this.#columns),
      rowValues: Float64Array.from(this.#values),
    };
  }
}

/** What a solution says of items, targets and shortfalls, the latter as shares of the need. */
export function splitValues(
  problem: CoverProblem,
  values: Float64Array,
): { targets: Float64Array; items: Float64Array; shortfalls: Float64Array | null } {
  const targetCount = problem.gains.length;
  const itemEnd = targetCount + problem.costs.length;
  return {
    targets: values.subarray(0, targetCount),
    items: values.subarray(targetCount, itemEnd),
    shortfalls: problem.kind === 'elastic' ? values.subarray(itemEnd) : null,
  };
}

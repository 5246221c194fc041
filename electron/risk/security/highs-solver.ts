/**
 * HiGHS as the solver. Takes an instance that is already loaded, so that this file reads no file and knows of no
 * thread. A solve blocks its thread until it ends or the time limit is reached.
 */
import type {
  CallbackEventFor,
  Highs,
  HighsCallbackMap,
  InterruptCallbackEvent,
  Model,
  ModelData,
} from 'highs';
import type { Solver, SolverBasis, SolverModel, SolverOptions, SolverResult } from './solver.ts';

/**
 * What HiGHS is asked for in all problems here: as exact as it can be, and the same answer to the same question (the
 * seed).
 */
const OPTIONS = {
  output_flag: false,
  random_seed: 0,
  mip_rel_gap: 0,
  mip_abs_gap: 1e-9,
  mip_feasibility_tolerance: 1e-9,
  primal_feasibility_tolerance: 1e-9,
  dual_feasibility_tolerance: 1e-9,
} as const;

/**
 * @param readSeconds a clock, so that building a model counts towards the time limit too; without one only the time
 *   inside HiGHS does
 */
export function createHighsSolver(highs: Highs, readSeconds?: () => number): Solver {
  return {
    solve(model, options) {
      const begin = readSeconds?.();
      const native = highs.createModel(toHighsModel(highs, model));
      try {
        const result = runModel(highs, native, model, options);
        return begin === undefined ? result : { ...result, secondsUsed: readSeconds!() - begin };
      } finally {
        native.dispose();
      }
    },
  };
}

function toHighsModel(highs: Highs, model: SolverModel): ModelData {
  const numCols = model.costs.length;
  const numRows = model.rowLower.length;
  return {
    numCols,
    numRows,
    sense: highs.constants.objectiveSense.maximize,
    colCost: model.costs,
    colLower: model.lower,
    colUpper: model.upper,
    rowLower: model.rowLower,
    rowUpper: new Float64Array(numRows).fill(highs.infinity),
    ...(model.isInteger === null ? {} : { integrality: Int32Array.from(model.isInteger) }),
    matrix: {
      format: 'csr',
      numRows,
      numCols,
      starts: model.rowStarts,
      indices: model.rowColumns,
      values: model.rowValues,
    },
  };
}

function runModel(highs: Highs, native: Model, model: SolverModel, options: SolverOptions): SolverResult {
  native.options.set({ ...OPTIONS, time_limit: Math.max(0, options.timeLimitSeconds) });
  const { basis } = options;
  if (basis !== undefined) native.setBasis({ colStatus: basis.columns, rowStatus: basis.rows });
  if (options.start !== undefined) native.setSolution({ colValue: options.start });
  const { modelStatus } = native.run(makeCallbacks(highs, options));
  const status = nameStatus(highs, modelStatus);
  const hasValues = native.info.get('primal_solution_status') === FEASIBLE;
  const hasDuals = model.isInteger === null && native.info.get('dual_solution_status') === FEASIBLE;
  const solution = hasValues || hasDuals ? native.getSolution() : null;
  const objective = hasValues ? native.getObjectiveValue() : null;
  return {
    status,
    objective,
    bound: model.isInteger === null ? (status === 'optimal' ? objective : null) : readBound(native),
    values: hasValues ? solution!.colValue : null,
    // Of a maximum with rows from below, HiGHS gives multipliers below zero.
    rowDuals: hasDuals ? solution!.rowDual.map((dual) => Math.max(0, -dual)) : null,
    basis: hasDuals && status === 'optimal' ? readBasis(native) : null,
    secondsUsed: native.getRunTime(),
  };
}

/** kSolutionStatusFeasible of HiGHS. */
const FEASIBLE = 2;

function makeCallbacks(highs: Highs, { onIncumbent, isCancelled }: SolverOptions): HighsCallbackMap {
  const { mipImprovingSolution, mipInterrupt, simplexInterrupt } = highs.constants.callbackType;
  return {
    ...(onIncumbent !== undefined && {
      [mipImprovingSolution]({ data }: CallbackEventFor<typeof mipImprovingSolution>) {
        const { objective_function_value: objective, mip_dual_bound: bound } = data;
        if (objective !== undefined) onIncumbent(objective, bound ?? Infinity);
      },
    }),
    ...(isCancelled !== undefined && {
      [simplexInterrupt](event: InterruptCallbackEvent) {
        if (isCancelled()) event.interrupt();
      },
      [mipInterrupt](event: InterruptCallbackEvent) {
        if (isCancelled()) event.interrupt();
      },
    }),
  };
}

function nameStatus(highs: Highs, modelStatus: number): SolverResult['status'] {
  const { optimal, infeasible, timeLimit, iterationLimit, interrupted, solutionLimit } =
    highs.constants.modelStatus;
  if (modelStatus === optimal) return 'optimal';
  if (modelStatus === infeasible) return 'infeasible';
  const limits: readonly number[] = [timeLimit, iterationLimit, interrupted, solutionLimit];
  return limits.includes(modelStatus) ? 'limit' : 'failed';
}

function readBasis(native: Model): SolverBasis {
  const { colStatus, rowStatus } = native.getBasis();
  return { columns: colStatus, rows: rowStatus };
}

function readBound(native: Model): number | null {
  const bound = native.info.get('mip_dual_bound');
  return typeof bound === 'number' && Number.isFinite(bound) ? bound : null;
}

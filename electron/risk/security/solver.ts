/** What this part of the engine asks of a linear or mixed-integer solver. Which solver it is, the caller decides. */

/** maximise cost x, subject to rowLower <= A x, 0 <= x <= upper. Rows of A compressed; columns start from zero. */
export interface SolverModel {
  readonly costs: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** 1 where the column is an integer; null: a linear program. */
  readonly isInteger: Uint8Array | null;
  readonly rowLower: Float64Array;
  readonly rowStarts: Int32Array;
  readonly rowColumns: Int32Array;
  readonly rowValues: Float64Array;
}

/** Where a linear program ended, to start a similar one from. Codes are the solver's, except {@link BASIC}. */
export interface SolverBasis {
  readonly columns: Int32Array;
  readonly rows: Int32Array;
}

/** Status of a row that does not bind, in a {@link SolverBasis}. */
export const BASIC = 1;

export interface SolverOptions {
  /** The solver stops after it, with the best that it has. */
  readonly timeLimitSeconds: number;
  /** Of a mixed-integer program: a feasible solution to start from. */
  readonly start?: Float64Array;
  /** Of a linear program: the basis to start from; as many basic entries as there are rows. */
  readonly basis?: SolverBasis;
  /** Asked now and then while it runs; true stops it as a time limit does. */
  readonly isCancelled?: () => boolean;
  /** Told of every better solution of a mixed-integer program, and of the bound at that moment. */
  readonly onIncumbent?: (objective: number, bound: number) => void;
}

/**
 * `limit`: stopped early; values may be there. `failed`: no statement. All numbers are floating point: they guide the
 * search and are shown as estimates, and no verdict rests on them.
 */
export interface SolverResult {
  readonly status: 'optimal' | 'infeasible' | 'limit' | 'failed';
  readonly objective: number | null;
  /** Upper bound of the objective as far as proved in floating point. */
  readonly bound: number | null;
  readonly values: Float64Array | null;
  /** Of a linear program: multipliers of the rows, not negative. */
  readonly rowDuals: Float64Array | null;
  /** Of a linear program that was solved to the end. */
  readonly basis: SolverBasis | null;
  readonly secondsUsed: number;
}

export interface Solver {
  readonly solve: (model: SolverModel, options: SolverOptions) => SolverResult;
}

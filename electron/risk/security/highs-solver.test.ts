import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { beforeAll, describe, expect, it } from 'vitest';
import { evaluateCover } from './cover-problem.ts';
import { solveOptimum } from './exact-optimum.ts';
import { indexNetwork } from './indexed-network.ts';
import { makeBaseCuts } from './lp-bound.ts';
import { buildWholeCover } from './shared-cover.ts';
import { BASIC, type Solver, type SolverModel } from './solver.ts';
import { loadSolver } from './testing/load-solver.ts';
import { makeNetwork } from './testing/make-network.ts';

let solver: Solver;
beforeAll(async () => {
  solver = await loadSolver();
});

/** maximise 3x + 2y subject to x + y <= 1.5, written from below, and both at most one. */
const model = (isInteger: boolean): SolverModel => ({
  costs: Float64Array.of(3, 2),
  lower: Float64Array.of(0, 0),
  upper: Float64Array.of(1, 1),
  isInteger: isInteger ? Uint8Array.of(1, 1) : null,
  rowLower: Float64Array.of(-1.5),
  rowStarts: Int32Array.of(0, 2),
  rowColumns: Int32Array.of(0, 1),
  rowValues: Float64Array.of(-1, -1),
});

describe('createHighsSolver', () => {
  it('solves a linear program, with multipliers and a basis to go on from', () => {
    const result = solver.solve(model(false), { timeLimitSeconds: 5 });
    expect(result).toMatchObject({ status: 'optimal', objective: 4, bound: 4 });
    expect([...result.values!]).toEqual([1, 0.5]);
    expect([...result.rowDuals!]).toEqual([2]);
    expect(result.basis!.rows).not.toContain(BASIC);
    const again = solver.solve(model(false), { timeLimitSeconds: 5, basis: result.basis! });
    expect(again.objective).toBe(4);
  });

  it('solves a mixed-integer program from a start, telling of better solutions', () => {
    const told: number[] = [];
    const result = solver.solve(model(true), {
      timeLimitSeconds: 5,
      start: Float64Array.of(0, 1),
      onIncumbent: (objective) => told.push(objective),
    });
    expect(result).toMatchObject({ status: 'optimal', objective: 3, rowDuals: null, basis: null });
    expect(told.at(-1)).toBe(3);
  });

  it('says so where nothing is feasible', () => {
    const impossible = { ...model(false), rowLower: Float64Array.of(1) };
    expect(solver.solve(impossible, { timeLimitSeconds: 5 })).toMatchObject({
      status: 'infeasible',
      values: null,
    });
  });

  it('stops at the time limit with what it has, and a bound above it', () => {
    const network = makeNetwork({ seed: 3, validators: 120, services: 40, degree: 6, profitability: 0.25 });
    const { problem } = buildWholeCover(indexNetwork(network));
    const begin = performance.now();
    const result = solveOptimum(problem, solver, makeBaseCuts(problem), {
      timeLimitSeconds: 0.5,
      start: null,
    });
    // The limit is the solver's own time; a busy machine takes longer.
    expect(performance.now() - begin).toBeLessThan(5000);
    expect(result.hasFinished).toBe(false);
    const isTaken = new Uint8Array(problem.costs.length);
    for (const item of result.solution!.items) isTaken[item] = 1;
    expect(evaluateCover(problem, isTaken)).toEqual(result.solution);
    expect(result.bound!).toBeGreaterThanOrEqual(Number(result.solution!.value));
  });

  it('stops within a moment where it is asked to', () => {
    const network = makeNetwork({ seed: 3, validators: 300, services: 60, degree: 6, profitability: 0.25 });
    const { problem } = buildWholeCover(indexNetwork(network));
    let isCancelled = false;
    let cancelledAt = 0;
    const begin = performance.now();
    solveOptimum(problem, solver, makeBaseCuts(problem), {
      timeLimitSeconds: 60,
      start: null,
      isCancelled: () => {
        if (!isCancelled && performance.now() - begin > 300) {
          isCancelled = true;
          cancelledAt = performance.now();
        }
        return isCancelled;
      },
    });
    expect(isCancelled).toBe(true);
    expect(performance.now() - cancelledAt).toBeLessThan(1000);
  });

  it('ends at once with the worker thread that it runs in', async () => {
    const worker = new Worker(new URL('../../../e2e/support/solve-forever.child.ts', import.meta.url));
    const [message] = (await once(worker, 'message')) as [string]; // as: the worker sends text
    expect(message).toBe('ready');
    const begin = performance.now();
    await worker.terminate();
    // 3 to 25 ms measured; the solve itself would take minutes.
    expect(performance.now() - begin).toBeLessThan(2000);
  });
});

import loader from 'highs';
import { createHighsSolver } from '../highs-solver.ts';
import type { Solver } from '../solver.ts';

/** HiGHS as under Node in the engine's worker. */
export async function loadSolver(): Promise<Solver> {
  // as: the package's types describe its CommonJS build; of its ES module, the loader is the default export itself.
  const load = loader as unknown as typeof loader.default;
  return createHighsSolver(await load());
}

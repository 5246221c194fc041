/** Entry of a worker thread: says that it is ready, then solves a problem that takes far longer than any test. */
import { parentPort } from 'node:worker_threads';
import { solveOptimum } from '../exact-optimum.ts';
import { indexNetwork } from '../indexed-network.ts';
import { makeBaseCuts } from '../lp-bound.ts';
import { buildWholeCover } from '../shared-cover.ts';
import { loadSolver } from './load-solver.ts';
import { makeNetwork } from './make-network.ts';

const network = makeNetwork({ seed: 3, validators: 300, services: 60, degree: 6, profitability: 0.25 });
const { problem } = buildWholeCover(indexNetwork(network));
const solver = await loadSolver();
parentPort!.postMessage('ready');
solveOptimum(problem, solver, makeBaseCuts(problem), { timeLimitSeconds: 600, start: null });
parentPort!.postMessage('done');

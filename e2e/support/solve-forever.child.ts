/** Entry of a worker thread: says that it is ready, then solves a problem that takes far longer than any test. */
import { parentPort } from 'node:worker_threads';
import { solveOptimum } from '../../electron/risk/security/exact-optimum.ts';
import { indexNetwork } from '../../electron/risk/security/indexed-network.ts';
import { makeBaseCuts } from '../../electron/risk/security/lp-bound.ts';
import { buildWholeCover } from '../../electron/risk/security/shared-cover.ts';
import { loadSolver } from '../../electron/risk/security/testing/load-solver.ts';
import { makeNetwork } from '../../electron/risk/security/testing/make-network.ts';

const network = makeNetwork({ seed: 3, validators: 300, services: 60, degree: 6, profitability: 0.25 });
const { problem } = buildWholeCover(indexNetwork(network));
const solver = await loadSolver();
parentPort!.postMessage('ready');
solveOptimum(problem, solver, makeBaseCuts(problem), { timeLimitSeconds: 600, start: null });
parentPort!.postMessage('done');

/**
 * The engine in threads of its own, and the only file that knows of threads. Runs as it is under Node, and bundled as
 * dist/main/risk-worker.js. A thread is either the engine, which answers requests one after the other, or a sampler,
 * which samples bins of a simulation beside the thread that asked for it.
 */
import type { Highs } from 'highs';
import { performance } from 'node:perf_hooks';
import { isMainThread, parentPort, Worker, workerData, type MessagePort } from 'node:worker_threads';
import { toAppError } from '../../shared/contract/errors.ts';
import type { LossModel } from './distribution/loss-model.ts';
import type { EventTape } from './distribution/simulate/event-tape.ts';
import type { SimulationOptions } from './distribution/simulate/plan.ts';
import {
  runSampleJob,
  simulateWith,
  type SampleJob,
  type SampleReply,
} from './distribution/simulate/share-work.ts';
import { createHighsSolver } from './security/highs-solver.ts';
import type { Solver } from './security/solver.ts';
import { createTaskRunners, type TaskName, type TaskRunners } from './tasks.ts';
import type { RunHooks } from './work.ts';
import { watchCancelFlag, type WorkerReply, type WorkerRequest } from './worker-messages.ts';

const SAMPLER = 'ballast-sampler';

/** Threads that help this one to simulate. */
export interface Samplers {
  /** As simulate, and with the same bytes. @throws AppError as simulate */
  simulate(
    model: LossModel,
    options: SimulationOptions,
    hooks?: RunHooks,
    memory?: WebAssembly.Memory,
  ): Promise<EventTape>;
  close(): Promise<void>;
}

/** Starts `count` threads beside the calling one; none is fine too. */
export function startSamplers(count: number): Samplers {
  const workers = Array.from({ length: count }, () => {
    const worker = new Worker(new URL(import.meta.url), { execArgv: [], workerData: SAMPLER });
    worker.unref();
    return worker;
  });
  let last: Promise<unknown> = Promise.resolve();
  return {
    simulate(model, options, hooks = {}, memory) {
      const helpers = workers.map((worker) => (job: SampleJob) => ask(worker, job));
      // One run at a time: a thread answers its jobs in turn, and a run that waited for another's would hold its memory.
      const run = last.then(() => simulateWith(model, options, helpers, hooks, memory));
      last = run.catch(() => undefined);
      return run;
    },
    close: async () => {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}

let solver: Promise<Solver> | null = null;

/** HiGHS is 3 MB of WebAssembly that few requests need. It finds its file beside its own module, bundled or not. */
export function loadSolver(): Promise<Solver> {
  solver ??= import('highs').then(async ({ default: entry }) => {
    // `as`: the types are those of the package's CommonJS entry; imported, its default export is the loader itself.
    const loadHighs = entry as unknown as () => Promise<Highs>;
    // Its own clock counts the solver's run time only; the limit is for whoever waits.
    return createHighsSolver(await loadHighs(), () => performance.now() / 1000);
  });
  // A failure is not kept: the next request tries again.
  solver.catch(() => (solver = null));
  return solver;
}

/** Has one job done. A thread that ends instead rejects. */
function ask(worker: Worker, job: SampleJob): Promise<SampleReply> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      worker.off('message', onMessage);
      worker.off('error', onError);
      worker.off('exit', onExit);
    };
    const onMessage = (reply: SampleReply): void => {
      stop();
      resolve(reply);
    };
    const onError = (error: unknown): void => {
      stop();
      reject(error instanceof Error ? error : new Error(String(error)));
    };
    const onExit = (): void => {
      stop();
      reject(new Error('A sampling thread ended in the middle of its work.'));
    };
    worker.on('message', onMessage);
    worker.on('error', onError);
    worker.on('exit', onExit);
    worker.postMessage(job);
  });
}

/** One request after the other: a run never meets another's in the middle. */
function serveEngine(port: MessagePort): void {
  const runners = createTaskRunners({ loadSolver });
  let last: Promise<void> = Promise.resolve();
  // Requests come from our own main process, typed by worker-messages.ts.
  port.on('message', (request: WorkerRequest) => {
    last = last.then(() => answer(port, runners, request));
  });
}

async function answer<Name extends TaskName>(
  port: MessagePort,
  runners: TaskRunners,
  request: WorkerRequest<Name>,
): Promise<void> {
  const { runId } = request;
  const send = (reply: WorkerReply): void => port.postMessage(reply);
  try {
    const result = await runners[request.kind](request.input, {
      onProgress: (done, total) => send({ kind: 'progress', runId, done, total }),
      isCancelled: watchCancelFlag(request.cancelFlag),
    });
    send({ kind: 'result', runId, result });
  } catch (thrown) {
    send({ kind: 'error', runId, error: toAppError(thrown).toValue() });
  }
}

function serveSampler(port: MessagePort): void {
  port.on('message', (job: SampleJob) => port.postMessage(runSampleJob(job)));
}

if (!isMainThread && parentPort !== null) {
  if (workerData === SAMPLER) serveSampler(parentPort);
  else serveEngine(parentPort);
}

/** The risk engine behind its worker thread: one warm thread, runs one after the other, each cancellable. */
import { Worker } from 'node:worker_threads';
import { AppError, fromErrorValue } from '../../shared/contract/errors.ts';
import type { EngineTasks, TaskName } from '../risk/tasks.ts';
import {
  createCancelFlag,
  requestCancel,
  type WorkerReply,
  type WorkerRequest,
} from '../risk/worker-messages.ts';
import type { Engine, EngineHooks } from './readers.ts';

interface Pending {
  readonly onProgress: (progress: number) => void;
  readonly resolve: (result: EngineTasks[TaskName]['output']) => void;
  readonly reject: (error: unknown) => void;
}

/** `workerUrl`: electron/risk/worker.ts as it is, or bundled. The thread starts with the first run. */
export function createEngineThread(workerUrl: URL, randomId: () => string): Engine {
  const pending = new Map<string, Pending>();
  let worker: Worker | null = null;

  function answer(reply: WorkerReply): void {
    const run = pending.get(reply.runId);
    if (!run) return;
    if (reply.kind === 'progress') {
      run.onProgress(reply.done / reply.total);
      return;
    }
    pending.delete(reply.runId);
    if (reply.kind === 'result') run.resolve(reply.result);
    else run.reject(fromErrorValue(reply.error));
  }

  /** Runs of a thread that is gone end with it; the next run starts a new one. */
  function drop(reason: AppError): void {
    worker = null;
    for (const run of pending.values()) run.reject(reason);
    pending.clear();
  }

  function startWorker(): Worker {
    // No arguments of our own process: a test runner's loader means nothing in there.
    const started = new Worker(workerUrl, { execArgv: [] });
    // It alone does not keep the program running.
    started.unref();
    // Messages come from our own worker, typed by worker-messages.ts.
    started.on('message', (reply: WorkerReply) => answer(reply));
    const stop = (detail: string): void => {
      if (worker === started)
        drop(new AppError('internal', 'The engine stopped in the middle of its work.', { detail }));
    };
    started.on('error', (error: unknown) => stop(error instanceof Error ? error.message : String(error)));
    started.on('exit', (code) => stop(`exit code ${code}`));
    return started;
  }

  return {
    async run<Name extends TaskName>(
      task: Name,
      input: EngineTasks[Name]['input'],
      { signal, onProgress }: EngineHooks,
    ): Promise<EngineTasks[Name]['output']> {
      if (signal.aborted) throw new AppError('cancelled', 'Cancelled.', { retryable: true });
      worker ??= startWorker();
      const target = worker;
      const runId = randomId();
      const cancelFlag = createCancelFlag();
      const cancel = (): void => requestCancel(cancelFlag);
      signal.addEventListener('abort', cancel, { once: true });
      try {
        // The worker answers a request with the output of its task; `runId` says which request.
        return await new Promise<EngineTasks[Name]['output']>((resolve, reject) => {
          pending.set(runId, { onProgress, resolve, reject });
          const request: WorkerRequest<Name> = { kind: task, runId, input, cancelFlag };
          target.postMessage(request);
        });
      } finally {
        signal.removeEventListener('abort', cancel);
        pending.delete(runId);
      }
    },
    async close() {
      const ending = worker;
      drop(new AppError('cancelled', 'Ballast is closing.'));
      await ending?.terminate();
    },
  };
}

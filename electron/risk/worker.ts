/**
 * The engine in a thread of its own, and the only file that knows of threads. Runs as it is under Node, and bundled
 * as dist/main/risk-worker.js.
 */
import { parentPort, type MessagePort } from 'node:worker_threads';
import { toAppError } from '../../shared/contract/errors.ts';
import { runScenario } from './scenario/run-scenario.ts';
import { watchCancelFlag, type WorkerReply, type WorkerRequest } from './worker-messages.ts';

function answer(port: MessagePort, request: WorkerRequest): void {
  const { runId } = request;
  const send = (reply: WorkerReply): void => port.postMessage(reply);
  try {
    const result = runScenario(request.exposure, request.scenario, {
      onProgress: (done, total) => send({ kind: 'progress', runId, done, total }),
      isCancelled: watchCancelFlag(request.cancelFlag),
    });
    send({ kind: 'result', runId, result });
  } catch (thrown) {
    send({ kind: 'error', runId, error: toAppError(thrown).toValue() });
  }
}

if (parentPort === null)
  throw new Error('risk/worker.ts is the entry of a worker thread, not a module to import');
const port = parentPort;
// Requests come from our own main process, typed by worker-messages.ts.
port.on('message', (request: WorkerRequest) => answer(port, request));

/** The page's own contract, called in the same process: the command line can do exactly what the page can. */
import type { Client } from '../../shared/contract/bridge.ts';
import { createClient } from '../../shared/contract/client.ts';
import { AppError, fromErrorValue } from '../../shared/contract/errors.ts';
import type { Job } from '../../shared/contract/jobs.ts';
import type { ServedApp } from '../host.ts';

export function createLocalClient(served: ServedApp): Client {
  return createClient({
    call: (method, input) => served.dispatch(method, input),
    subscribe: (listener) => served.subscribe(listener),
  });
}

/**
 * Waits until a job ends and returns it; throws its error. Cancels it when `signal` aborts. `onStep` hears of each
 * change, for a progress line.
 */
export async function waitForJob(
  client: Client,
  start: () => Promise<Job>,
  signal: AbortSignal,
  onStep: (job: Job) => void,
): Promise<Job> {
  const seen = new Map<string, Job>();
  const ended = Promise.withResolvers<Job>();
  let jobId: string | null = null;
  const settle = (job: Job): void => {
    if (job.id === jobId && job.state !== 'running') ended.resolve(job);
  };
  // Listening starts before the job does: a short job may end before its own answer arrives.
  const stop = client.subscribe((event) => {
    if (event.kind !== 'job') return;
    seen.set(event.job.id, event.job);
    if (event.job.id === jobId) onStep(event.job);
    settle(event.job);
  });
  const cancel = (): void => {
    if (jobId !== null) client.call('jobs.cancel', { jobId }).catch(ended.reject);
  };
  signal.addEventListener('abort', cancel);
  try {
    const job = await start();
    jobId = job.id;
    settle(seen.get(job.id) ?? job);
    if (signal.aborted) cancel();
    const last = await ended.promise;
    if (last.state === 'done') return last;
    if (last.error) throw fromErrorValue(last.error);
    throw new AppError('cancelled', 'Cancelled.', { retryable: true });
  } finally {
    signal.removeEventListener('abort', cancel);
    stop();
  }
}

/** The slice of long work: fed by the main process's job events, read by the hooks in jobs.ts. */
import { create } from 'zustand';
import type { Client } from '../../shared/contract/bridge.ts';
import type { Job } from '../../shared/contract/jobs.ts';

interface JobsState {
  readonly jobs: Readonly<Record<string, Job>>;
  readonly upsert: (jobs: readonly Job[]) => void;
}

/**
 * Takes newer states of jobs in. A job that ended stays ended: the answer that started it, or a list asked for
 * earlier, may arrive after the event of its end.
 */
export function mergeJobs(
  known: Readonly<Record<string, Job>>,
  incoming: readonly Job[],
): Readonly<Record<string, Job>> {
  const merged: Record<string, Job> = { ...known };
  for (const job of incoming) {
    const earlier = merged[job.id];
    const isOutdated = earlier !== undefined && earlier.state !== 'running' && job.state === 'running';
    if (!isOutdated) merged[job.id] = job;
  }
  return merged;
}

export const useJobsStore = create<JobsState>()((set) => ({
  jobs: {},
  upsert: (incoming) => set(({ jobs }) => ({ jobs: mergeJobs(jobs, incoming) })),
}));

/** Keeps the slice in step with the main process until the returned function is called. */
export function connectJobs(client: Client): () => void {
  const { upsert } = useJobsStore.getState();
  const stop = client.subscribe((event) => {
    if (event.kind === 'job') upsert([event.job]);
  });
  // A list that cannot be had leaves the events, which tell the same a little later.
  client.call('jobs.list', {}).then(upsert, () => undefined);
  return stop;
}

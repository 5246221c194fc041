/** Long work as the page sees it. */
import { useCallback, useState } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { AppError } from '../../shared/contract/errors.ts';
import { fromErrorValue } from '../../shared/contract/errors.ts';
import type { Job } from '../../shared/contract/jobs.ts';
import type { MethodInput } from '../../shared/contract/methods.ts';
import { useJobsStore } from './jobsStore.ts';
import { useCommand } from './useCommand.ts';

function useJob(id: string | null): Job | null {
  return useJobsStore((state) => (id === null ? null : (state.jobs[id] ?? null)));
}

/** Oldest first. */
export function useRunningJobs(): readonly Job[] {
  return useJobsStore(
    useShallow((state) =>
      Object.values(state.jobs)
        .filter((job) => job.state === 'running')
        .sort((a, b) => a.startedAt - b.startedAt),
    ),
  );
}

type JobMethod =
  | 'portfolios.refresh'
  | 'scenarios.run'
  | 'studies.start'
  | 'studies.move'
  | 'reports.export'
  | 'catalog.refresh'
  | 'compare.start'
  | 'history.export';

export interface JobCommand<M extends JobMethod> {
  /** Resolves with the job as it started, or null where it could not start; then `error` says why. */
  readonly start: (input: MethodInput<M>) => Promise<Job | null>;
  /** The last started job, as it is now. */
  readonly job: Job | null;
  readonly isRunning: boolean;
  readonly error: AppError | null;
  readonly cancel: () => void;
  readonly reset: () => void;
}

/** A method that starts a job, and that job until it ends. */
export function useJobCommand<M extends JobMethod>(method: M): JobCommand<M> {
  const command = useCommand(method);
  const cancellation = useCommand('jobs.cancel');
  const [id, setId] = useState<string | null>(null);
  const job = useJob(id);
  const { run, reset: resetCommand } = command;
  const { run: runCancel } = cancellation;
  const start = useCallback(
    async (input: MethodInput<M>) => {
      setId(null);
      const outcome = await run(input);
      if (!outcome.ok) return null;
      useJobsStore.getState().upsert([outcome.value]);
      setId(outcome.value.id);
      return outcome.value;
    },
    [run],
  );
  const cancel = useCallback(() => {
    if (id !== null) void runCancel({ jobId: id });
  }, [id, runCancel]);
  const reset = useCallback(() => {
    setId(null);
    resetCommand();
  }, [resetCommand]);
  const failure = job?.state === 'failed' && job.error !== null ? fromErrorValue(job.error) : null;
  return {
    start,
    job,
    isRunning: command.isRunning || job?.state === 'running',
    error: command.error ?? failure,
    cancel,
    reset,
  };
}

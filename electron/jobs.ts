/** Long work: it reports progress, can be cancelled, and goes on when the window closes. */
import { AppError, toAppError } from '../shared/contract/errors.ts';
import type { Job, JobKind } from '../shared/contract/jobs.ts';
import { redactError } from './redact.ts';

export interface JobClock {
  /** Unix milliseconds. */
  now(): number;
  /** Calls back after `ms`; returns how not to. */
  after(ms: number, callback: () => void): () => void;
}

export interface JobContext {
  /** Aborts when the job is cancelled or the program ends. */
  readonly signal: AbortSignal;
  /** `progress` 0 to 1, null where unknown; `step` a message key below `jobs.step`. */
  readonly report: (progress: number | null, step: string) => void;
}

export interface JobStart {
  readonly kind: JobKind;
  /** Null where it belongs to no portfolio. */
  readonly portfolioId: string | null;
  readonly step: string;
  /** Resolves to the id of what was made, or null. */
  readonly work: (context: JobContext) => Promise<string | null>;
  /** Where one of the same kind already runs for the portfolio, it is handed back and no second one is started. */
  readonly isShared?: boolean;
}

export interface JobRunner {
  start(start: JobStart): Job;
  list(): readonly Job[];
  /** Asks it to end; the job says `cancelled` once its work has stopped. @throws AppError not-found */
  cancel(id: string): Job;
  /** Cancels what runs for a portfolio that is going away. */
  cancelOf(portfolioId: string): void;
  /** Resolves when the job has ended. @throws AppError not-found */
  finished(id: string): Promise<Job>;
  /** Cancels everything and waits until nothing runs; later starts are refused. */
  close(): Promise<void>;
}

interface Entry {
  job: Job;
  readonly controller: AbortController;
  ended: Promise<Job>;
  lastSentAt: number;
  stopTimer: (() => void) | null;
}

export const EVENT_GAP_MS = 100;
export const KEPT_JOBS = 50;

interface RunnerOptions {
  readonly clock: JobClock;
  readonly randomId: () => string;
  /** Hears of changes, at most every {@link EVENT_GAP_MS} per job; the end of a job is always told at once. */
  readonly onChange: (job: Job) => void;
}

function clampProgress(progress: number | null): number | null {
  return progress === null || Number.isNaN(progress) ? null : Math.min(1, Math.max(0, progress));
}

export function createJobRunner({ clock, randomId, onChange }: RunnerOptions): JobRunner {
  const entries = new Map<string, Entry>();
  let isClosed = false;

  function send(entry: Entry): void {
    entry.stopTimer?.();
    entry.stopTimer = null;
    entry.lastSentAt = clock.now();
    onChange(entry.job);
  }

  function sendSoon(entry: Entry): void {
    if (entry.stopTimer) return;
    const wait = entry.lastSentAt + EVENT_GAP_MS - clock.now();
    if (wait <= 0) send(entry);
    else entry.stopTimer = clock.after(wait, () => send(entry));
  }

  function forgetOld(): void {
    const ended = [...entries.values()].filter(({ job }) => job.state !== 'running');
    for (const { job } of ended.slice(0, Math.max(0, ended.length - KEPT_JOBS))) entries.delete(job.id);
  }

  function end(entry: Entry, outcome: Pick<Job, 'state' | 'error' | 'resultId'>): Job {
    const progress = outcome.state === 'done' ? 1 : entry.job.progress;
    entry.job = { ...entry.job, ...outcome, progress, endedAt: clock.now() };
    send(entry);
    // To the end of the line, so that what ended longest ago is forgotten first.
    entries.delete(entry.job.id);
    entries.set(entry.job.id, entry);
    forgetOld();
    return entry.job;
  }

  async function run(entry: Entry, work: JobStart['work']): Promise<Job> {
    try {
      // Cancelled before it began: work that only listens would never hear of it.
      entry.controller.signal.throwIfAborted();
      const resultId = await work({
        signal: entry.controller.signal,
        report(progress, step) {
          if (entry.job.state !== 'running') return;
          entry.job = { ...entry.job, progress: clampProgress(progress), step };
          sendSoon(entry);
        },
      });
      return end(entry, { state: 'done', error: null, resultId });
    } catch (thrown) {
      const error = toAppError(thrown);
      // Whatever the work throws once it was told to stop is the stop itself.
      if (entry.controller.signal.aborted || error.code === 'cancelled') {
        return end(entry, { state: 'cancelled', error: null, resultId: null });
      }
      return end(entry, { state: 'failed', error: redactError(error.toValue()), resultId: null });
    }
  }

  function find(id: string): Entry {
    const entry = entries.get(id);
    if (entry) return entry;
    throw new AppError('not-found', 'This job is not known any more.');
  }

  function listRunning(): Entry[] {
    return [...entries.values()].filter(({ job }) => job.state === 'running');
  }

  return {
    start({ kind, portfolioId, step, work, isShared }) {
      if (isClosed) throw new AppError('cancelled', 'Ballast is closing.');
      const twin = listRunning().find(({ job }) => job.kind === kind && job.portfolioId === portfolioId);
      if (isShared === true && twin && !twin.controller.signal.aborted) return twin.job;
      const job: Job = {
        id: randomId(),
        kind,
        portfolioId,
        startedAt: clock.now(),
        endedAt: null,
        state: 'running',
        progress: null,
        step,
        error: null,
        resultId: null,
      };
      const entry: Entry = {
        job,
        controller: new AbortController(),
        ended: Promise.resolve(job),
        lastSentAt: 0,
        stopTimer: null,
      };
      entries.set(job.id, entry);
      send(entry);
      // The work starts after the caller has its job, so that no end is told before the beginning was.
      entry.ended = Promise.resolve().then(() => run(entry, work));
      return job;
    },
    list: () => [...entries.values()].map(({ job }) => job),
    cancel(id) {
      const entry = find(id);
      entry.controller.abort();
      return entry.job;
    },
    cancelOf(portfolioId) {
      for (const entry of listRunning()) if (entry.job.portfolioId === portfolioId) entry.controller.abort();
    },
    finished: async (id) => find(id).ended,
    async close() {
      isClosed = true;
      const running = listRunning();
      for (const entry of running) entry.controller.abort();
      await Promise.all(running.map(({ ended }) => ended));
    },
  };
}

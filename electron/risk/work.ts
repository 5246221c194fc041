/** How a run reports its progress and learns that it is no longer wanted. Reads no clock: it counts. */
import { AppError } from '../../shared/contract/errors.ts';

export interface RunHooks {
  /** Called at most a hundred times over each part of a run, the last time with `done` equal to `total`. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Asked before every step and every position; true ends the run with AppError cancelled. */
  readonly isCancelled?: () => boolean;
}

export interface Work {
  /** @throws AppError cancelled */
  readonly check: () => void;
  /** Marks `steps` more as done. */
  readonly advance: (steps?: number) => void;
}

/** Hooks of one of several equal parts of a run, so that its progress goes on where the part before ended. */
export function partOfRun({ onProgress, isCancelled }: RunHooks, index: number, count: number): RunHooks {
  return {
    ...(isCancelled && { isCancelled }),
    ...(onProgress && {
      onProgress: (done: number, total: number) => onProgress(index + done / total, count),
    }),
  };
}

const REPORTS = 100;

/** Counts `total` steps; `total` is above zero. */
export function createWork(total: number, hooks: RunHooks): Work {
  let done = 0;
  let reported = 0;
  return {
    check() {
      if (hooks.isCancelled?.() === true) throw new AppError('cancelled', 'Cancelled.', { retryable: true });
    },
    advance(steps = 1) {
      done += steps;
      const report = Math.floor((done * REPORTS) / total);
      if (report === reported) return;
      reported = report;
      hooks.onProgress?.(done, total);
    },
  };
}

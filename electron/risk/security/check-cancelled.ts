import { AppError } from '../../../shared/contract/errors.ts';
import type { RunHooks } from '../work.ts';

/** For work that has no steps to count. @throws AppError cancelled */
export function checkCancelled({ isCancelled }: RunHooks): void {
  if (isCancelled?.() === true) throw new AppError('cancelled', 'Cancelled.', { retryable: true });
}

/** The same question without the progress report, for a part of a larger piece of work. */
export function withoutProgress({ isCancelled }: RunHooks): RunHooks {
  return isCancelled === undefined ? {} : { isCancelled };
}

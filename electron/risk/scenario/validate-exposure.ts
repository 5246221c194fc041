/** Refuses an exposure that cannot be true, before any figure is computed from it. */
import { AppError } from '../../../shared/contract/errors.ts';
import type { Exposure } from '../../../shared/domain/exposure.ts';
import { findProblems } from './find-problems.ts';

/**
 * For exposures of one's own making. Those that were read may contradict themselves in one place; what is done about it
 * then stands in sort-out-contradictions.ts.
 *
 * @throws AppError scenario-invalid; the message names the first problem, the detail all of them
 */
export function validateExposure(exposure: Exposure): void {
  refuseContradiction([...findProblems(exposure)].map(({ message }) => message));
}

/** @throws AppError scenario-invalid for the first of the problems, if there is one */
export function refuseContradiction(problems: readonly string[]): void {
  const [first] = problems;
  if (first === undefined) return;
  throw new AppError('scenario-invalid', `The exposure contradicts itself: ${first}.`, {
    detail: problems.join('; '),
    help: 'Refresh the portfolio. If it stays so, please report it with the detail: no result is better than a wrong one.',
  });
}

/** Tells what of an exposure cannot be used from what makes all of it unusable. */
import type { Exposure } from '../../../shared/domain/exposure.ts';
import type { LeftOut } from '../../../shared/domain/scenario.ts';
import { findProblems } from './find-problems.ts';
import { refuseContradiction } from './validate-exposure.ts';

/**
 * Positions, and operators' strategies, whose data contradicts itself, each once with its first problem. One of them is
 * no reason to say nothing of the others.
 *
 * @throws AppError scenario-invalid where something is listed twice or a reference leads nowhere
 */
export function sortOutContradictions(exposure: Exposure): readonly LeftOut[] {
  const problems = [...findProblems(exposure)];
  refuseContradiction(problems.filter(({ leftOut }) => leftOut === null).map(({ message }) => message));
  const found = new Map<string, LeftOut>();
  for (const { message, leftOut } of problems) {
    if (leftOut === null) continue;
    const key = `${leftOut.kind} ${leftOut.id} ${leftOut.strategy ?? ''}`;
    const before = found.get(key);
    found.set(
      key,
      before ? { ...before, detail: `${before.detail}; ${message}` } : { ...leftOut, detail: message },
    );
  }
  return [...found.values()];
}

/** A what-if on the latest study: asked for a moment after the last change, and answered on the same cases. */
import { useEffect } from 'react';
import type { AppError } from '../../../../shared/contract/errors.ts';
import type { Move, MoveResult } from '../../../../shared/domain/loss-study.ts';
import { useJobCommand } from '../../../state/jobs.ts';
import { useShowsJobEnd } from '../../../state/shownJobs.ts';
import { useQuery } from '../../../state/useQuery.ts';
import { isSameMove } from './moveDraft.ts';

/** A slider that is being pulled asks once it rests. */
const REST_MS = 200;

export interface MoveState {
  /** The last answer; of an earlier question while a newer one is on its way. */
  readonly result: MoveResult | null;
  readonly isWorking: boolean;
  readonly error: AppError | null;
  readonly cancel: () => void;
}

export function useMove(portfolioId: string, studyId: string, move: Move | null): MoveState {
  const { start, isRunning, error, cancel, reset } = useJobCommand('studies.move');
  const { data } = useQuery('studies.moved', { portfolioId });
  const result = data?.result ?? null;
  useShowsJobEnd('move', isRunning);

  // The parts of the question, so that the same one in a new object is not asked again.
  const from = move?.fromPositionId ?? null;
  const to = move?.toPositionId ?? null;
  const amount = move?.amount ?? null;
  const isAnswered = move !== null && result !== null && isSameMove(move, result.move);
  useEffect(() => {
    if (from === null || amount === null || isAnswered) return;
    const timer = setTimeout(() => {
      void start({ portfolioId, move: { fromPositionId: from, toPositionId: to, amount } });
    }, REST_MS);
    return () => clearTimeout(timer);
  }, [start, portfolioId, from, to, amount, isAnswered]);

  // What went wrong with an earlier question is over with the next study.
  useEffect(() => reset, [reset, studyId]);
  return { result, isWorking: isRunning, error, cancel };
}

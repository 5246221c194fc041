import { useState } from 'react';
import type { AppError } from '../../../shared/contract/errors.ts';
import type { ExitDefaults } from '../../../shared/contract/methods.ts';
import type { ExitOverview } from '../../../shared/domain/exit.ts';
import { useQuery, type QueryState } from '../../state/useQuery.ts';
import type { ExitQuestion } from './exitDraft.ts';

export interface ExitPlans {
  readonly question: ExitQuestion;
  /** Under the stress that was asked for. */
  readonly overview: ExitOverview;
  /** Without it; null where none was asked for. */
  readonly asIs: ExitOverview | null;
}

/** The plans of the newest question; while they are on their way, those of the one before stay in view. */
export function useExitPlans(
  portfolioId: string,
  question: ExitQuestion,
  isStressed: boolean,
  defaults: ExitDefaults,
): QueryState<ExitPlans> {
  const { assumptions, stress } = question;
  const calm = useQuery('exits.plan', { portfolioId, assumptions, stress: defaults.stress });
  const strained = useQuery('exits.plan', isStressed ? { portfolioId, assumptions, stress } : null);
  const overview = isStressed ? strained.data : calm.data;
  const asIs = isStressed ? (calm.data ?? null) : null;
  const [kept, keep] = useState<ExitPlans | undefined>(undefined);
  const isWhole = overview !== undefined && (!isStressed || asIs !== null);
  if (isWhole && (kept?.overview !== overview || kept.asIs !== asIs)) keep({ question, overview, asIs });
  const error: AppError | null = calm.error ?? strained.error;
  return {
    data: isWhole ? { question, overview, asIs } : kept,
    error,
    isLoading: calm.isLoading || strained.isLoading,
    isReloading: calm.isReloading || strained.isReloading,
    reload: () => {
      calm.reload();
      strained.reload();
    },
  };
}

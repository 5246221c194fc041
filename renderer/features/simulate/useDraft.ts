import { useCallback, useMemo } from 'react';
import type { Scenario } from '../../../shared/domain/scenario.ts';
import { usePageState } from '../../state/pageState.ts';
import { useQuery } from '../../state/useQuery.ts';
import { draftScenario, EMPTY_DRAFT, type ScenarioDraft } from './draft.ts';

export const PRESETS = ['operator-slash', 'contract-failure'] as const;
export type Preset = (typeof PRESETS)[number];

export interface DraftState {
  /** The user's own, or the first suggestion while nothing was edited. */
  readonly value: ScenarioDraft;
  readonly replace: (draft: ScenarioDraft) => void;
  /** What each list entry starts from; null where the portfolio has nothing of the kind; absent until known. */
  readonly suggestions: Readonly<Record<Preset, Scenario | null | undefined>>;
  /** Whether the user wrote anything that choosing a list entry would take away. */
  readonly isEdited: boolean;
}

/** The draft of a portfolio; it outlives leaving the page. */
export function useDraft(portfolioId: string): DraftState {
  const slash = useQuery('scenarios.suggest', { portfolioId, preset: 'operator-slash' }).data?.scenario;
  const failure = useQuery('scenarios.suggest', { portfolioId, preset: 'contract-failure' }).data?.scenario;
  const [own, setOwn] = usePageState<ScenarioDraft | null>(`simulate.draft.${portfolioId}`, null);
  const first = slash === null ? failure : slash;
  const suggested = useMemo(() => (first ? draftScenario(first) : EMPTY_DRAFT), [first]);
  const replace = useCallback((draft: ScenarioDraft) => setOwn(draft), [setOwn]);
  return {
    value: own ?? suggested,
    replace,
    suggestions: { 'operator-slash': slash, 'contract-failure': failure },
    isEdited: own !== null && own.entries.length > 0,
  };
}

import { useCallback, useMemo } from 'react';
import type { ScenarioPresets } from '../../../shared/contract/methods.ts';
import type { Scenario } from '../../../shared/domain/scenario.ts';
import { usePageState } from '../../state/pageState.ts';
import { useQuery } from '../../state/useQuery.ts';
import { EMPTY_DRAFT, type ScenarioDraft } from './draft.ts';
import { draftScenario } from './readDraft.ts';

export interface DraftState {
  /** The user's own, or the first suggestion while nothing was edited. */
  readonly value: ScenarioDraft;
  readonly replace: (draft: ScenarioDraft) => void;
  /** What a scenario can start from; null until known. */
  readonly presets: ScenarioPresets | null;
  /** The scenarios among them. */
  readonly starts: readonly Scenario[];
  /** Whether the user wrote anything that choosing a list entry would take away. */
  readonly isEdited: boolean;
}

/** The draft of a portfolio; it outlives leaving the page. */
export function useDraft(portfolioId: string): DraftState {
  const presets = useQuery('scenarios.presets', { portfolioId }).data ?? null;
  const [own, setOwn] = usePageState<ScenarioDraft | null>(`simulate.draft.${portfolioId}`, null);
  const starts = useMemo(() => listStarts(presets), [presets]);
  const [first] = starts;
  const suggested = useMemo(() => (first ? draftScenario(first) : EMPTY_DRAFT), [first]);
  const replace = useCallback((draft: ScenarioDraft) => setOwn(draft), [setOwn]);
  return {
    value: own ?? suggested,
    replace,
    presets,
    starts,
    isEdited: own !== null && own.entries.length > 0,
  };
}

function listStarts(presets: ScenarioPresets | null): readonly Scenario[] {
  if (presets === null) return [];
  const { suggestions, replays } = presets;
  return [...suggestions, ...replays].flatMap(({ scenario }) => (scenario === null ? [] : [scenario]));
}

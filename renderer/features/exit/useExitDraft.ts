import { useCallback, useMemo } from 'react';
import type { ExitDefaults } from '../../../shared/contract/methods.ts';
import { usePageState } from '../../state/pageState.ts';
import { FIRST_DRAFT, judgeDraft, type ExitDraft, type ExitQuestion, type JudgedDraft } from './exitDraft.ts';

export interface ExitDraftState {
  readonly value: ExitDraft;
  readonly judged: JudgedDraft;
  /** Of the last draft that made sense: what the page shows. */
  readonly question: ExitQuestion;
  readonly change: (part: Partial<ExitDraft>) => void;
}

interface Kept {
  readonly draft: ExitDraft;
  /** Null: the first one. */
  readonly question: ExitQuestion | null;
}

const FIRST: Kept = { draft: FIRST_DRAFT, question: null };

/** What is typed about the exits of one portfolio. It outlives leaving the page, not the window. */
export function useExitDraft(portfolioId: string, defaults: ExitDefaults): ExitDraftState {
  const [{ draft, question }, keep] = usePageState<Kept>(`exit.draft.${portfolioId}`, FIRST);
  const judged = useMemo(() => judgeDraft(draft, defaults), [draft, defaults]);
  const first = useMemo(() => judgeDraft(FIRST_DRAFT, defaults).question, [defaults]);
  const change = useCallback(
    (part: Partial<ExitDraft>) => {
      const next = { ...draft, ...part };
      keep({ draft: next, question: judgeDraft(next, defaults).question ?? question });
    },
    [draft, question, defaults, keep],
  );
  const shown = question ?? first ?? { assumptions: defaults.assumptions, stress: defaults.stress };
  return { value: draft, judged, question: shown, change };
}

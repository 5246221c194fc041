/** What is asked of the history, kept while other pages are shown. The panel and the full view share the currency. */
import { useMemo } from 'react';
import type { MethodInput } from '../../../shared/contract/methods.ts';
import type {
  HistoryBasis,
  HistoryCurrency,
  HistoryGrouping,
} from '../../../shared/domain/history/history-view.ts';
import { usePageState } from '../../state/pageState.ts';
import { findRangeStart, type HistoryRange } from './historyRange.ts';

export interface HistoryChoice {
  readonly currency: HistoryCurrency;
  readonly groupBy: HistoryGrouping;
  readonly basis: HistoryBasis;
  readonly range: HistoryRange;
  readonly drawAs: 'stacked' | 'lines';
}

const FIRST: HistoryChoice = {
  currency: 'USD',
  groupBy: 'position',
  basis: 'book',
  range: 'all',
  drawAs: 'stacked',
};

export function useHistoryChoice(): readonly [HistoryChoice, (change: Partial<HistoryChoice>) => void] {
  const [choice, set] = usePageState<HistoryChoice>('history.choice', FIRST);
  return [choice, (change) => set({ ...choice, ...change })];
}

/** `span` null while it is not known: then everything is asked for. */
export function useHistoryInput(
  portfolioId: string,
  { currency, groupBy, basis, range }: HistoryChoice,
  span: { readonly to: number } | null,
): MethodInput<'history.view'> {
  return useMemo(() => {
    const from = span === null ? null : findRangeStart(range, span.to);
    return { portfolioId, currency, groupBy, basis, from, to: null };
  }, [portfolioId, currency, groupBy, basis, range, span]);
}

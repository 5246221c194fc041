import { useCallback, useDeferredValue, useMemo, useState } from 'react';
import type { CatalogView } from '../../../shared/contract/catalog-view.ts';
import type { ProtocolScore } from '../../../shared/domain/score/score.ts';
import type { Action } from '../../registry/action.ts';
import { useActions } from '../../registry/useActions.ts';
import { usePortfolioView } from '../../state/portfolio.ts';
import { useText } from '../../state/text.ts';
import { useQuery } from '../../state/useQuery.ts';
import { Page } from '../../ui/Page.tsx';
import { QueryView } from '../../ui/QueryView.tsx';
import { MarketView } from '../market/MarketView.tsx';
import { addScores, buildCompareRows } from './compareRows.ts';
import { CompareSkeleton } from './CompareSkeleton.tsx';
import { CompareTabs, useCompareTab, type CompareTab } from './CompareTabs.tsx';
import { NO_FILTER } from './filterRows.ts';
import { ProtocolsTab } from './ProtocolsTab.tsx';
import { RefreshButton, RefreshState } from './RefreshControl.tsx';
import { SidesTab } from './SidesTab.tsx';
import { ScoreTab } from './ScoreTab.tsx';
import { CalculatorTab } from './CalculatorTab.tsx';
import { useCompareState } from './useCompareState.ts';
import { useScores } from './useScores.ts';

const NOTHING_HELD: readonly never[] = [];

export function ComparePage() {
  const { t } = useText();
  const catalog = useQuery('catalog.get', {});
  const [tab, showTab] = useCompareTab();
  return (
    <Page title={t('compare.title')} lead={t('compare.lead')} actions={<RefreshButton />}>
      <QueryView query={catalog} skeleton={<CompareSkeleton />}>
        {(view) => <CompareBody view={view} tab={tab} onTab={showTab} />}
      </QueryView>
    </Page>
  );
}

interface CompareBodyProps {
  readonly view: CatalogView;
  readonly tab: CompareTab;
  readonly onTab: (tab: CompareTab) => void;
}

function CompareBody({ view, tab, onTab }: CompareBodyProps) {
  const { t, locale } = useText();
  const state = useCompareState();
  const { pins, clearPins, filter, setFilter, weights } = state;
  const { catalog } = view;
  const positions = usePortfolioView().data?.positions ?? NOTHING_HELD;
  // A slider is dragged at its own pace; scores follow.
  const scores = useScores(catalog, useDeferredValue(weights));
  const unscored = useMemo(
    () => buildCompareRows(catalog, { positions, t, locale }),
    [catalog, positions, t, locale],
  );
  const rows = useMemo(() => addScores(unscored, mapScores(scores)), [unscored, scores]);
  const scoresById = useMemo(() => new Map(scores.map((score) => [score.protocolId, score])), [scores]);
  const pinned = useMemo(
    () => pins.flatMap((id) => rows.find(({ protocol }) => protocol.id === id) ?? []),
    [pins, rows],
  );
  const [asked, setAsked] = useState<'search' | 'file' | null>(null);
  const clearAsked = useCallback(() => setAsked(null), []);
  const actions = useMemo<readonly Action[]>(() => {
    const create = (id: string, key: string, keywords: string, run: () => void): Action => ({
      id: `compare.${id}`,
      title: (tKey) => tKey(key),
      group: 'page',
      keywords,
      run,
    });
    return [
      create('search', 'compare.action.search', 'find filter', () => {
        onTab('protocols');
        setAsked('search');
      }),
      create('held', 'compare.action.held', 'mine filter portfolio', () => {
        onTab('protocols');
        setFilter({ ...NO_FILTER, isHeldOnly: !filter.isHeldOnly });
      }),
      create('sides', 'compare.action.sides', 'pin compare difference', () => onTab('sides')),
      create('score', 'compare.action.score', 'rank weight risk rating', () => onTab('score')),
      create('calculator', 'compare.action.calculator', 'apy net gross fee', () => onTab('calculator')),
      create('export', 'compare.export.palette', 'csv file table', () => {
        onTab('protocols');
        setAsked('file');
      }),
      {
        ...create('clear-pins', 'compare.action.clearPins', 'unpin', clearPins),
        isEnabled: () => pins.length > 0,
      },
    ];
  }, [onTab, setFilter, filter.isHeldOnly, clearPins, pins.length]);
  useActions(actions);

  const render = (shown: CompareTab) => {
    switch (shown) {
      case 'protocols':
        return (
          <ProtocolsTab
            view={view}
            rows={rows}
            scores={scoresById}
            state={state}
            asked={asked}
            onAsked={clearAsked}
            onShowScore={() => onTab('score')}
          />
        );
      case 'sides':
        return <SidesTab rows={rows} pinned={pinned} state={state} onBack={() => onTab('protocols')} />;
      case 'score':
        return <ScoreTab catalog={catalog} scores={scores} state={state} />;
      case 'calculator':
        return <CalculatorTab catalog={catalog} rows={rows} />;
      case 'market':
        return <MarketView />;
    }
  };
  return (
    <>
      <RefreshState view={view} />
      <CompareTabs tab={tab} onChange={onTab} pinCount={pinned.length} render={render} />
    </>
  );
}

function mapScores(scores: readonly ProtocolScore[]): ReadonlyMap<string, ProtocolScore['score']> {
  return new Map(scores.map(({ protocolId, score }) => [protocolId, score]));
}

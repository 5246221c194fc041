import { useCallback, useEffect } from 'react';
import type { PortfolioView } from '../../../shared/contract/methods.ts';
import type { Exposure } from '../../../shared/domain/exposure.ts';
import { usePageState } from '../../state/pageState.ts';
import { usePortfolioView } from '../../state/portfolio.ts';
import { navigate, useRoute } from '../../state/route.ts';
import { useText } from '../../state/text.ts';
import { useQuery } from '../../state/useQuery.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Page } from '../../ui/Page.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { QueryView } from '../../ui/QueryView.tsx';
import { ChangesPanel } from './ChangesPanel.tsx';
import { ExposureSkeleton } from './ExposureSkeleton.tsx';
import { FlowPanel } from './FlowPanel.tsx';
import { HiddenShare } from './HiddenShare.tsx';
import { NothingRead } from './NothingRead.tsx';
import { ReadingNotices } from './ReadingNotices.tsx';
import { findPositionNode } from './selection.ts';
import { SharedPanel } from './SharedPanel.tsx';

export function ExposurePage() {
  const { t } = useText();
  const view = usePortfolioView();
  return (
    <Page title={t('exposure.title')} lead={t('exposure.lead')}>
      <QueryView query={view} skeleton={<ExposureSkeleton />}>
        {(data) => <ExposureBody view={data} />}
      </QueryView>
    </Page>
  );
}

function ExposureBody({ view }: { readonly view: PortfolioView }) {
  const { t } = useText();
  const { freshness, portfolio } = view;
  const isRead = freshness.kind === 'read';
  const exposure = useQuery('portfolios.exposure', isRead ? { portfolioId: portfolio.id } : null);
  if (!isRead) return <NothingRead view={view} body={t('exposure.never.body')} />;
  return (
    <>
      <ReadingNotices view={view} />
      <QueryView query={exposure} skeleton={<ExposureSkeleton />}>
        {(data) => <LookThrough key={portfolio.id} view={view} exposure={data} />}
      </QueryView>
    </>
  );
}

interface LookThroughProps {
  readonly view: PortfolioView;
  readonly exposure: Exposure;
}

function LookThrough({ view, exposure }: LookThroughProps) {
  const { t } = useText();
  const [chosenId, choose] = usePageState<string | null>(`exposure.chosen.${view.portfolio.id}`, null);

  // What another page asked for is taken over once; then the choice is the user's own again.
  const { params } = useRoute();
  const { row, position } = params;
  useEffect(() => {
    if (row === undefined && position === undefined) return;
    const node = position === undefined ? null : findPositionNode(exposure, position);
    choose(row ?? node?.id ?? null);
    navigate('exposure');
  }, [row, position, exposure, choose]);

  const toggle = useCallback((id: string) => choose(id === chosenId ? null : id), [choose, chosenId]);
  if (exposure.nodes.length === 0) {
    return (
      <Panel>
        <EmptyState
          title={t('exposure.empty.title')}
          body={t('exposure.empty.body')}
          action={<Button onClick={() => navigate('positions')}>{t('exposure.empty.action')}</Button>}
        />
      </Panel>
    );
  }
  return (
    <>
      <FlowPanel view={view} exposure={exposure} chosenId={chosenId} onChoose={choose} onToggle={toggle} />
      <HiddenShare exposure={exposure} />
      <ChangesPanel exposure={exposure} />
      <SharedPanel view={view} exposure={exposure} />
    </>
  );
}

import type { PortfolioView } from '../../../shared/contract/methods.ts';
import { usePortfolioView } from '../../state/portfolio.ts';
import { navigate } from '../../state/route.ts';
import { useText } from '../../state/text.ts';
import { useQuery } from '../../state/useQuery.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Page } from '../../ui/Page.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { QueryView } from '../../ui/QueryView.tsx';
import { NothingRead } from '../exposure/NothingRead.tsx';
import { ReadingNotices } from '../exposure/ReadingNotices.tsx';
import { LikelihoodDesk } from './likelihood/LikelihoodDesk.tsx';
import { SimulateDesk } from './SimulateDesk.tsx';
import { SimulateSkeleton } from './SimulateSkeleton.tsx';
import { SimulateTabs, useSimulateTab, type SimulateTab } from './SimulateTabs.tsx';

export function SimulatePage() {
  const { t } = useText();
  const view = usePortfolioView();
  const [tab, showTab] = useSimulateTab();
  return (
    <Page title={t('simulate.title')} lead={t(tab === 'event' ? 'simulate.lead' : 'likelihood.lead')}>
      <QueryView query={view} skeleton={<SimulateSkeleton />}>
        {(data) => <SimulateBody view={data} tab={tab} onTab={showTab} />}
      </QueryView>
    </Page>
  );
}

interface SimulateBodyProps {
  readonly view: PortfolioView;
  readonly tab: SimulateTab;
  readonly onTab: (tab: SimulateTab) => void;
}

function SimulateBody({ view, tab, onTab }: SimulateBodyProps) {
  const { t } = useText();
  const { freshness, portfolio } = view;
  const isRead = freshness.kind === 'read';
  const exposure = useQuery('portfolios.exposure', isRead ? { portfolioId: portfolio.id } : null);
  if (!isRead) return <NothingRead view={view} body={t('simulate.never')} />;
  if (view.positions.every(({ bookEth }) => bookEth.value === null)) {
    return (
      <>
        <ReadingNotices view={view} />
        <Panel>
          <EmptyState
            title={t('simulate.noValue.title')}
            body={t('simulate.noValue.body')}
            action={<Button onClick={() => navigate('positions')}>{t('simulate.noValue.action')}</Button>}
          />
        </Panel>
      </>
    );
  }
  return (
    <>
      <ReadingNotices view={view} />
      <QueryView query={exposure} skeleton={<SimulateSkeleton />}>
        {(data) => (
          <SimulateTabs
            tab={tab}
            onChange={onTab}
            event={<SimulateDesk key={portfolio.id} view={view} exposure={data} />}
            likely={<LikelihoodDesk key={portfolio.id} view={view} exposure={data} />}
          />
        )}
      </QueryView>
    </>
  );
}

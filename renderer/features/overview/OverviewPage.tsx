import { FlaskConical } from 'lucide-react';
import type { PortfolioView } from '../../../shared/contract/methods.ts';
import { formatBlock } from '../../../shared/format/numbers.ts';
import { findLatestRun } from '../../../shared/domain/scenario-figures.ts';
import { usePortfolioView } from '../../state/portfolio.ts';
import { navigate } from '../../state/route.ts';
import { useText } from '../../state/text.ts';
import { useQuery } from '../../state/useQuery.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Page } from '../../ui/Page.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { QueryView } from '../../ui/QueryView.tsx';
import { ReadingNotices } from '../exposure/ReadingNotices.tsx';
import { HistoryDesk } from '../history/HistoryDesk.tsx';
import { ValuePanel } from '../history/ValuePanel.tsx';
import { RefreshButton } from '../positions/RefreshButton.tsx';
import { AllocationPanel } from './AllocationPanel.tsx';
import { FirstRun } from './FirstRun.tsx';
import { Headline } from './Headline.tsx';
import styles from './OverviewPage.module.css';
import { OverviewSkeleton } from './OverviewSkeleton.tsx';
import { OverviewTabs, useOverviewTab } from './OverviewTabs.tsx';
import { PendingPanel } from './PendingPanel.tsx';
import { TodayPanel } from './TodayPanel.tsx';
import { ValuesBand } from './ValuesBand.tsx';

export function OverviewPage() {
  const { t } = useText();
  const view = usePortfolioView();
  const [tab, showTab] = useOverviewTab();
  const hasRead = view.data?.freshness.kind === 'read';
  return (
    <Page
      title={t('overview.title')}
      lead={t(tab === 'now' ? 'overview.lead' : 'history.lead')}
      actions={
        hasRead && (
          <>
            <RefreshButton view={view.data} />
            <Button icon={FlaskConical} onClick={() => navigate('simulate')}>
              {t('overview.simulate')}
            </Button>
          </>
        )
      }
    >
      <QueryView query={view} skeleton={<OverviewSkeleton />}>
        {(data) => (
          <OverviewTabs
            tab={tab}
            onChange={showTab}
            now={<OverviewBody view={data} />}
            history={<HistoryDesk key={data.portfolio.id} view={data} />}
          />
        )}
      </QueryView>
    </Page>
  );
}

function OverviewBody({ view }: { readonly view: PortfolioView }) {
  const { t, locale } = useText();
  const { freshness, portfolio, positions } = view;
  const isRead = freshness.kind === 'read';
  const exposure = useQuery('portfolios.exposure', isRead ? { portfolioId: portfolio.id } : null);
  const runs = useQuery('runs.list', { portfolioId: portfolio.id });
  if (!isRead) {
    return (
      <>
        {freshness.error && <ErrorNotice error={freshness.error} tone="caution" />}
        <FirstRun view={view} />
      </>
    );
  }
  if (positions.length === 0) {
    return (
      <>
        <ReadingNotices view={view} />
        <Panel>
          <EmptyState
            title={t('overview.nothingHeld.title')}
            body={t('overview.nothingHeld.body', {
              block: formatBlock(freshness.origin.block.number, locale),
            })}
            action={<Button onClick={() => navigate('positions')}>{t('overview.nothingHeld.action')}</Button>}
          />
        </Panel>
      </>
    );
  }
  return (
    <>
      <ReadingNotices view={view} />
      <Headline view={view} exposure={exposure.data ?? null} run={findLatestRun(runs.data ?? [])} />
      <ValuesBand positions={positions} />
      <div className={styles.columns}>
        <TodayPanel view={view} exposure={exposure} />
        <PendingPanel view={view} current={freshness.origin} />
      </div>
      <ValuePanel portfolioId={portfolio.id} />
      <AllocationPanel exposure={exposure} />
    </>
  );
}

import { useEffect } from 'react';
import type { PortfolioView } from '../../../shared/contract/methods.ts';
import { usePageState } from '../../state/pageState.ts';
import { usePortfolioView } from '../../state/portfolio.ts';
import { navigate, useRoute } from '../../state/route.ts';
import { useText } from '../../state/text.ts';
import { useQuery } from '../../state/useQuery.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Page } from '../../ui/Page.tsx';
import { QueryView } from '../../ui/QueryView.tsx';
import { NothingRead } from '../exposure/NothingRead.tsx';
import { ReadingNotices } from '../exposure/ReadingNotices.tsx';
import { ContentPanel } from './ContentPanel.tsx';
import { LATEST_RUN, resolveRun } from './runChoice.ts';
import styles from './ReportsPage.module.css';
import { ReportsSkeleton, SheetSkeleton } from './ReportsSkeleton.tsx';
import { SavePanel } from './SavePanel.tsx';
import { Sheet } from './Sheet.tsx';

export function ReportsPage() {
  const { t } = useText();
  const view = usePortfolioView();
  return (
    <Page title={t('reports.screen.title')} lead={t('reports.screen.lead')}>
      <QueryView query={view} skeleton={<ReportsSkeleton />}>
        {(data) =>
          data.freshness.kind === 'read' ? (
            <ReportDesk key={data.portfolio.id} view={data} />
          ) : (
            <NothingRead view={data} body={t('reports.screen.never')} />
          )
        }
      </QueryView>
    </Page>
  );
}

/** The paper, and what goes on it. */
function ReportDesk({ view }: { readonly view: PortfolioView }) {
  const portfolioId = view.portfolio.id;
  const [choice, choose] = usePageState<string>(`reports.run.${portfolioId}`, LATEST_RUN);
  const runs = useQuery('runs.list', { portfolioId });
  const runId = runs.data ? resolveRun(choice, runs.data) : undefined;
  const model = useQuery('reports.model', runId === undefined ? null : { portfolioId, runId });

  // A run that another page sent here is taken over once.
  const asked = useRoute().params['run'];
  useEffect(() => {
    if (asked === undefined) return;
    choose(asked);
    navigate('reports');
  }, [asked, choose]);

  return (
    <>
      <ReadingNotices view={view} />
      {runs.error !== null && <ErrorNotice error={runs.error} onRetry={runs.reload} />}
      <div className={styles.desk}>
        <div className={styles.choices}>
          <ContentPanel view={view} runs={runs.data ?? []} choice={choice} onChoose={choose} />
          <SavePanel portfolioId={portfolioId} runId={runId} />
        </div>
        <div className={styles.paper}>
          <QueryView query={model} skeleton={<SheetSkeleton />}>
            {(report) => <Sheet report={report} />}
          </QueryView>
        </div>
      </div>
    </>
  );
}

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
import { ExitDesk } from './ExitDesk.tsx';
import { ExitSkeleton } from './ExitSkeleton.tsx';

export function ExitPage() {
  const { t } = useText();
  const view = usePortfolioView();
  return (
    <Page title={t('exit.title')} lead={t('exit.lead')}>
      <QueryView query={view} skeleton={<ExitSkeleton />}>
        {(data) => <ExitBody view={data} />}
      </QueryView>
    </Page>
  );
}

function ExitBody({ view }: { readonly view: PortfolioView }) {
  const { t } = useText();
  const defaults = useQuery('exits.defaults', {});
  if (view.freshness.kind !== 'read') return <NothingRead view={view} body={t('exit.never')} />;
  if (view.positions.length === 0) {
    return (
      <>
        <ReadingNotices view={view} />
        <Panel>
          <EmptyState
            title={t('exit.empty.title')}
            body={t('exit.empty.body')}
            action={<Button onClick={() => navigate('positions')}>{t('exit.empty.action')}</Button>}
          />
        </Panel>
      </>
    );
  }
  return (
    <>
      <ReadingNotices view={view} />
      <QueryView query={defaults} skeleton={<ExitSkeleton />}>
        {(data) => <ExitDesk key={view.portfolio.id} view={view} defaults={data} />}
      </QueryView>
    </>
  );
}

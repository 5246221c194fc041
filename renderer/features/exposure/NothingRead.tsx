import type { PortfolioView } from '../../../shared/contract/methods.ts';
import { navigate } from '../../state/route.ts';
import { useText } from '../../state/text.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { RefreshButton } from '../positions/RefreshButton.tsx';

interface NothingReadProps {
  readonly view: PortfolioView;
  /** What to do, and what this page then shows. */
  readonly body: string;
}

/** In place of a page that rests on a reading, before there is one. */
export function NothingRead({ view, body }: NothingReadProps) {
  const { t } = useText();
  const { error } = view.freshness;
  if (view.accounts.length === 0) {
    return (
      <Panel>
        <EmptyState
          title={t('exposure.never.noAccountTitle')}
          body={t('exposure.never.noAccountBody')}
          action={
            <Button variant="primary" onClick={() => navigate('positions')}>
              {t('exposure.never.addAccount')}
            </Button>
          }
        />
      </Panel>
    );
  }
  return (
    <>
      {error && <ErrorNotice error={error} tone="caution" />}
      <Panel>
        <EmptyState
          title={t('exposure.never.title')}
          body={body}
          action={<RefreshButton view={view} isPrimary />}
        />
      </Panel>
    </>
  );
}

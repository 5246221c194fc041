import { Suspense, useMemo, useState } from 'react';
import type { Overlay } from '../registry/action.ts';
import { listActions } from '../registry/actions.ts';
import type { PageEntry } from '../registry/page.ts';
import { usePageActions } from '../registry/useActions.ts';
import { useInspector } from '../state/inspector.ts';
import { usePortfolio, usePortfolios, usePortfolioView } from '../state/portfolio.ts';
import { useRoute } from '../state/route.ts';
import { useSettings } from '../state/settings.ts';
import { useText } from '../state/text.ts';
import { useApplyTheme } from '../state/theme.ts';
import { StaleContext } from '../ui/StaleContext.ts';
import { CommandPalette } from './CommandPalette.tsx';
import { ConnectionNotice, useConnectionState, type ConnectionStates } from './ConnectionNotice.tsx';
import { CreatePortfolioDialog } from './CreatePortfolioDialog.tsx';
import styles from './Frame.module.css';
import { isStale } from './freshness.ts';
import { InspectorPane } from './InspectorPane.tsx';
import { Navigation } from './Navigation.tsx';
import { PageBoundary } from './PageBoundary.tsx';
import { PageSkeleton } from './PageSkeleton.tsx';
import { SampleNotice } from './SampleNotice.tsx';
import { ShortcutSheet } from './ShortcutSheet.tsx';
import { TopBar } from './TopBar.tsx';
import { useActionContext } from './useActionContext.ts';
import { useHostEvents } from './useHostEvents.ts';
import { useJobEnds } from './useJobEnds.ts';
import { useShortcuts } from './useShortcuts.ts';

interface FrameProps {
  readonly connection: ConnectionStates;
  readonly pages: readonly PageEntry[];
}

/** Navigation, top bar, page and inspector, and what opens over them. */
export function Frame({ connection, pages }: FrameProps) {
  const { t } = useText();
  const [overlay, setOverlay] = useState<Overlay | null>(null);
  const portfolios = usePortfolios();
  const portfolio = usePortfolio();
  const view = usePortfolioView();
  const pageActions = usePageActions();
  const actions = useMemo(
    () => listActions(pages, portfolios, pageActions),
    [pages, portfolios, pageActions],
  );
  const context = useActionContext(setOverlay);
  const connectionState = useConnectionState(connection);
  const isInspecting = useInspector((state) => state.stack.length > 0);
  const route = useRoute();
  const page = pages.find(({ id }) => id === route.page) ?? pages[0];

  useApplyTheme(useSettings().theme);
  useShortcuts(actions, context);
  useHostEvents(actions, context);
  useJobEnds();

  const closeOverlay = () => setOverlay(null);
  return (
    <div className={styles.frame} data-inspecting={isInspecting || undefined}>
      <a href="#page" className={styles.skip}>
        {t('shell.skip')}
      </a>
      <Navigation pages={pages} current={page?.id ?? null} />
      <TopBar onSearch={() => setOverlay('palette')} onCreate={() => setOverlay('new-portfolio')} />
      <div className={styles.stage}>
        <ConnectionNotice state={connectionState} />
        {portfolio?.kind === 'sample' && <SampleNotice onCreate={() => setOverlay('new-portfolio')} />}
        <main id="page" className={styles.page} tabIndex={-1}>
          <StaleContext value={isStale(view.data?.freshness) || connectionState.kind !== 'connected'}>
            {page && (
              <PageBoundary key={page.id}>
                <Suspense fallback={<PageSkeleton />}>
                  <page.Component />
                </Suspense>
              </PageBoundary>
            )}
          </StaleContext>
        </main>
      </div>
      <InspectorPane />
      <CommandPalette
        isOpen={overlay === 'palette'}
        onClose={closeOverlay}
        actions={actions}
        context={context}
      />
      <ShortcutSheet
        isOpen={overlay === 'shortcuts'}
        onClose={closeOverlay}
        actions={actions}
        context={context}
      />
      <CreatePortfolioDialog isOpen={overlay === 'new-portfolio'} onClose={closeOverlay} />
    </div>
  );
}

import { useMemo, type Dispatch, type SetStateAction } from 'react';
import { toAppError } from '../../shared/contract/errors.ts';
import type { ActionContext, Overlay } from '../registry/action.ts';
import { useInspector } from '../state/inspector.ts';
import { usePortfolio, usePortfolios } from '../state/portfolio.ts';
import { navigate } from '../state/route.ts';
import { useSaveSettings, useSettings } from '../state/settings.ts';
import { useEdits } from '../state/undo.ts';
import { toast } from '../ui/toast.ts';
import { useRefresh } from './useRefresh.ts';

/** What actions may look at and do, as things stand now. */
export function useActionContext(open: Dispatch<SetStateAction<Overlay | null>>): ActionContext {
  const settings = useSettings();
  const save = useSaveSettings();
  const portfolio = usePortfolio();
  const portfolios = usePortfolios();
  const edits = useEdits();
  const { refresh, isRefreshing } = useRefresh();
  const isInspecting = useInspector((state) => state.stack.length > 0);
  const closeInspector = useInspector((state) => state.close);
  return useMemo(
    () => ({
      settings,
      portfolio,
      portfolios,
      edits,
      isRefreshing,
      isInspecting,
      navigate,
      saveSettings: (change) => {
        save(change).catch((thrown: unknown) => toast({ title: toAppError(thrown).message, tone: 'loss' }));
      },
      refresh,
      open,
      closeInspector,
    }),
    [settings, save, portfolio, portfolios, edits, isRefreshing, isInspecting, refresh, open, closeInspector],
  );
}

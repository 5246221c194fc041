import { useCallback } from 'react';
import { usePortfolio } from '../state/portfolio.ts';
import { useText } from '../state/text.ts';
import { useJobCommand, useRunningJobs } from '../state/jobs.ts';
import { toast } from '../ui/toast.ts';

export interface Refresh {
  readonly refresh: () => void;
  /** Also true where another window started it. */
  readonly isRefreshing: boolean;
}

/** Reads the shown portfolio from its node. How it ended is told by the freshness line and JobEnds. */
export function useRefresh(): Refresh {
  const { t } = useText();
  const portfolio = usePortfolio();
  const { start, isRunning } = useJobCommand('portfolios.refresh');
  const jobs = useRunningJobs();
  const portfolioId = portfolio?.kind === 'user' ? portfolio.id : null;
  const isReading = jobs.some((job) => job.kind === 'refresh' && job.portfolioId === portfolioId);
  const refresh = useCallback(() => {
    if (portfolioId === null) return;
    void start({ portfolioId }).then((job) => {
      if (job === null) toast({ title: t('shell.freshness.refreshFailed'), tone: 'loss' });
    });
  }, [portfolioId, start, t]);
  return { refresh, isRefreshing: isReading || isRunning };
}

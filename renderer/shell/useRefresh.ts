import { useCallback } from 'react';
import { useJobsStore } from '../state/jobsStore.ts';
import { useRunningJobs } from '../state/jobs.ts';
import { usePortfolio } from '../state/portfolio.ts';
import { navigate } from '../state/route.ts';
import { useText } from '../state/text.ts';
import { useCommand } from '../state/useCommand.ts';
import { toast } from '../ui/toast.ts';
import { jobToastId } from './useJobEnds.ts';

export interface Refresh {
  readonly refresh: () => void;
  /** Also true where another window started it. */
  readonly isRefreshing: boolean;
}

/** Reads the shown portfolio from its node. How it ended is told by the freshness line and JobEnds. */
export function useRefresh(): Refresh {
  const { t } = useText();
  const portfolio = usePortfolio();
  const { run, isRunning } = useCommand('portfolios.refresh');
  const jobs = useRunningJobs();
  const portfolioId = portfolio?.kind === 'user' ? portfolio.id : null;
  const isReading = jobs.some((job) => job.kind === 'refresh' && job.portfolioId === portfolioId);
  const refresh = useCallback(() => {
    if (portfolioId === null) return;
    void run({ portfolioId }).then((outcome) => {
      if (outcome.ok) {
        useJobsStore.getState().upsert([outcome.value]);
        return;
      }
      const { code, message, help } = outcome.error;
      const openNodes = {
        label: t('shell.freshness.openSettings'),
        run: () => navigate('settings', { setting: 'rpcUrls' }),
      };
      toast({
        id: jobToastId('refresh'),
        title: t('shell.freshness.refreshFailed'),
        body: [message, help].filter(Boolean).join(' '),
        tone: 'loss',
        action: code === 'no-node' ? openNodes : undefined,
      });
    });
  }, [portfolioId, run, t]);
  return { refresh, isRefreshing: isReading || isRunning };
}

import { useEffect } from 'react';
import type { JobKind } from '../../shared/contract/jobs.ts';
import { useClient } from '../state/client.tsx';
import { isJobEndShown } from '../state/shownJobs.ts';
import { usePortfolio } from '../state/portfolio.ts';
import { useSettings } from '../state/settings.ts';
import { useText } from '../state/text.ts';
import { toast, toastManager } from '../ui/toast.ts';

const KINDS: readonly JobKind[] = [
  'refresh',
  'scenario',
  'study',
  'move',
  'report',
  'catalog',
  'history',
  'comparison',
];

/** How the latest one of a kind ended is what counts: a success takes the place of the failure before it. */
export function jobToastId(kind: JobKind): string {
  return `job-${kind}`;
}

/** Says how long work ended, where the page does not say so itself: it may have been started on another page. */
export function useJobEnds(): void {
  const client = useClient();
  const { t } = useText();
  const portfolioId = usePortfolio()?.id ?? null;
  const { rpcUrls, bitcoinServers } = useSettings();
  const nodes = JSON.stringify([rpcUrls, bitcoinServers]);

  // What was said of another portfolio, or of a node that is no longer asked, is over.
  useEffect(
    () => () => {
      for (const kind of KINDS) toastManager.close(jobToastId(kind));
    },
    [portfolioId, nodes],
  );
  useEffect(
    () =>
      client.subscribe((event) => {
        if (event.kind !== 'job') return;
        const { kind, state, error } = event.job;
        // Nobody asked for it: the figures change, and a failure stands in the freshness line.
        if (kind === 'listen' || isJobEndShown(kind)) return;
        const id = jobToastId(kind);
        if (state === 'done') toast({ id, title: t(`shell.job.done.${kind}`), tone: 'confirmed' });
        if (state !== 'failed') return;
        const title = t('shell.job.failed', { job: t(`shell.job.${kind}`) });
        // A failed reading also stands in the freshness line, and stays there.
        toast({ id, title, body: error?.message, tone: 'loss', isPassing: kind === 'refresh' });
      }),
    [client, t],
  );
}

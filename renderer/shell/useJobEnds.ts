import { useEffect } from 'react';
import { useClient } from '../state/client.tsx';
import { useText } from '../state/text.ts';
import { toast } from '../ui/toast.ts';

/** Says how long work ended: it may have been started on another page. */
export function useJobEnds(): void {
  const client = useClient();
  const { t } = useText();
  useEffect(
    () =>
      client.subscribe((event) => {
        if (event.kind !== 'job') return;
        const { kind, state, error } = event.job;
        // How the latest one of a kind ended is what counts: a success takes the place of the failure before it.
        const id = `job-${kind}`;
        if (state === 'done') toast({ id, title: t(`shell.job.done.${kind}`), tone: 'confirmed' });
        if (state !== 'failed') return;
        const title = t('shell.job.failed', { job: t(`shell.job.${kind}`) });
        toast({ id, title, body: error?.message, tone: 'loss' });
      }),
    [client, t],
  );
}

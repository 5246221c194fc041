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
        if (state === 'done') toast({ title: t(`shell.job.done.${kind}`), tone: 'confirmed' });
        if (state !== 'failed') return;
        const title = t('shell.job.failed', { job: t(`shell.job.${kind}`) });
        toast({ title, body: error?.message, tone: 'loss' });
      }),
    [client, t],
  );
}

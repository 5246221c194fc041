import { RefreshCw } from 'lucide-react';
import { useState } from 'react';
import type { CatalogView } from '../../../shared/contract/catalog-view.ts';
import { API_HOSTS } from '../../../shared/contract/settings.ts';
import { formatAge } from '../../../shared/format/time.ts';
import { useJobCommand, useRunningJobs } from '../../state/jobs.ts';
import { useSaveSettings, useSettings } from '../../state/settings.ts';
import { useText } from '../../state/text.ts';
import { useCommand } from '../../state/useCommand.ts';
import { useNow } from '../../state/useNow.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Disclosure } from '../../ui/Disclosure.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { toast } from '../../ui/toast.ts';
import { ChangeList } from './ProtocolLists.tsx';
import styles from './RefreshControl.module.css';

const MINUTE = 60_000;
const STALE_MS = 24 * 60 * MINUTE;

/** Asks the public API for newer figures: only once its hosts were allowed, by name, by the user. */
export function RefreshButton() {
  const { t, locale } = useText();
  const { allowedHosts } = useSettings();
  const saveSettings = useSaveSettings();
  const { start, isRunning: isStarting, job: started } = useJobCommand('catalog.refresh');
  const running = useRunningJobs().find(({ kind }) => kind === 'catalog');
  const { run: cancel } = useCommand('jobs.cancel');
  const [isAsking, setIsAsking] = useState(false);
  const isRunning = isStarting || running !== undefined;
  const isAllowed = API_HOSTS.every((host) => allowedHosts.includes(host));
  const allow = async () => {
    setIsAsking(false);
    try {
      await saveSettings({ allowedHosts: [...new Set([...allowedHosts, ...API_HOSTS])] });
    } catch {
      toast({ title: t('compare.refresh.notAllowed'), tone: 'loss' });
      return;
    }
    await start({});
  };
  const jobId = running?.id ?? started?.id;
  return (
    <>
      {isRunning && jobId !== undefined && (
        <Button variant="quiet" onClick={() => void cancel({ jobId })}>
          {t('compare.refresh.cancel')}
        </Button>
      )}
      <Button
        icon={RefreshCw}
        isBusy={isRunning}
        onClick={() => {
          if (isAllowed) void start({});
          else setIsAsking(true);
        }}
      >
        {t(isRunning ? 'compare.refresh.running' : 'compare.refresh.action')}
      </Button>
      <Dialog
        title={t('compare.refresh.askTitle')}
        isOpen={isAsking}
        onClose={() => setIsAsking(false)}
        actions={
          <>
            <Button onClick={() => setIsAsking(false)}>{t('shell.cancel')}</Button>
            <Button variant="primary" onClick={() => void allow()}>
              {t('compare.refresh.askConfirm')}
            </Button>
          </>
        }
      >
        <p>{t('compare.refresh.askBody', { hosts: new Intl.ListFormat(locale).format(API_HOSTS) })}</p>
        <p className={styles.quiet}>{t('compare.refresh.askRemember')}</p>
      </Dialog>
    </>
  );
}

/** How old facts and figures are, and what became of the last refresh. */
export function RefreshState({ view }: { readonly view: CatalogView }) {
  const { t, locale } = useText();
  const now = useNow(MINUTE);
  const { catalog, refreshedAt, failure, changes } = view;
  const { version, date } = catalog;
  const isStale = refreshedAt !== null && now - refreshedAt > STALE_MS;
  const figures =
    refreshedAt === null
      ? t('compare.refresh.never', { date })
      : t(isStale ? 'compare.refresh.stale' : 'compare.refresh.done', {
          age: formatAge(refreshedAt, now, locale),
        });
  return (
    <>
      <p className={styles.state}>
        <span>{t('compare.refresh.facts', { version, date })}</span>{' '}
        <span className={isStale ? styles.stale : undefined}>{figures}</span>
        {refreshedAt !== null && changes.length === 0 && <span> {t('compare.refresh.changedNone')}.</span>}
      </p>
      {changes.length > 0 && (
        <Disclosure summary={t('compare.refresh.changed', { count: changes.length })}>
          <ChangeList
            changes={changes}
            nameOf={(id) => catalog.protocols.find((protocol) => protocol.id === id)?.name ?? id}
          />
        </Disclosure>
      )}
      {failure !== null && (
        <ErrorNotice
          error={failure.error}
          tone="caution"
          kept={t('compare.refresh.failed', { age: formatAge(failure.at, now, locale) })}
        />
      )}
    </>
  );
}

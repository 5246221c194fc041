import { ArrowDown, ArrowUp } from 'lucide-react';
import { useState } from 'react';
import type { NetworkSummary } from '../../../shared/contract/methods.ts';
import type { ServerHealth } from '../../../shared/contract/server-health.ts';
import type { ServerList } from '../../../shared/contract/settings.ts';
import { findSecret, type SecretKind } from '../../../shared/domain/secrets.ts';
import { formatInstant } from '../../../shared/format/time.ts';
import { useSettings } from '../../state/settings.ts';
import { useText } from '../../state/text.ts';
import { useUndoToast } from '../../state/undo.ts';
import { useCommand } from '../../state/useCommand.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Mono } from '../../ui/Mono.tsx';
import { StateWord } from '../../ui/StateWord.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { hostOfUrl } from './listConnections.ts';
import { useServerTest } from './useServerTest.ts';
import styles from './NodeRow.module.css';

interface NodeRowProps {
  /** Nodes of Ethereum, or servers of Bitcoin. */
  readonly list: ServerList;
  readonly network: NetworkSummary;
  /** All of the network's, in the order they are tried. */
  readonly urls: readonly string[];
  /** Which of them; behind the last, the row that adds one. */
  readonly index: number;
  /** How it served lately; null where nothing is known yet. */
  readonly health: ServerHealth | null;
}

/** One node of a network. A saved URL is shown by its host only: the rest may hold a key. */
export function NodeRow({ list, network, urls, index, health }: NodeRowProps) {
  const { t } = useText();
  const words = list === 'rpcUrls' ? 'node' : 'server';
  const settings = useSettings();
  const savedUrl = urls[index] ?? '';
  const showUndo = useUndoToast();
  const update = useCommand('settings.update');
  const test = useServerTest(list);
  const [isUrlMissing, setUrlMissing] = useState(false);
  const [draft, setDraft] = useState<string | null>(null);
  const [answer, setAnswer] = useState<string | null>(null);
  const [refused, setRefused] = useState<SecretKind | null>(null);
  const host = hostOfUrl(savedUrl);
  const isEditing = draft !== null;
  const url = (draft ?? savedUrl).trim();

  const forget = () => {
    setAnswer(null);
    setRefused(null);
    setUrlMissing(false);
    update.reset();
    test.reset();
  };
  const edit = (next: string | null) => {
    forget();
    setDraft(next);
  };
  const type = (text: string) => {
    const secret = findSecret(text, 'url');
    edit(secret === null ? text : '');
    setRefused(secret);
  };
  const save = async (next: readonly string[], done: string) => {
    forget();
    const outcome = await update.run({ [list]: { ...settings[list], [network.id]: [...next] } });
    if (!outcome.ok) return;
    setDraft(null);
    showUndo(done);
  };
  const saveDraft = async () => {
    if (url === '') setUrlMissing(true);
    else await save(urls.toSpliced(index, 1, url), t(`settings.${words}.saved`, { network: network.name }));
  };
  const ask = async () => {
    forget();
    if (url === '') {
      setUrlMissing(true);
      return;
    }
    const outcome = await test.run({ networkId: network.id, url });
    if (outcome !== null) setAnswer(outcome);
  };
  const move = (by: 1 | -1) =>
    save(
      urls.toSpliced(index, 1).toSpliced(index + by, 0, savedUrl),
      t(`settings.${words}.moved`, { network: network.name }),
    );
  const turn = urls.length === 1 ? 'only' : index === 0 ? 'first' : 'spare';
  const error = update.error ?? test.error;
  return (
    <div
      className={styles.node}
      role="group"
      aria-label={host === null ? undefined : t(`settings.${words}.place`, { place: index + 1, host })}
    >
      <div className={styles.head}>
        {!isEditing && host === null && (
          <>
            {urls.length === 0 && <span className={styles.none}>{t(`settings.${words}.empty`)}</span>}
            <Button onClick={() => edit('')}>
              {t(`settings.${words}.${urls.length === 0 ? 'set' : 'add'}`)}
            </Button>
          </>
        )}
        {!isEditing && host !== null && (
          <>
            <span className={styles.host} title={t(`settings.${words}.hiddenPath`)}>
              <Mono>{host}</Mono>
            </span>
            <div className={styles.actions}>
              {urls.length > 1 && (
                <>
                  <IconButton
                    icon={ArrowUp}
                    label={t(`settings.${words}.up`, { host })}
                    disabled={index === 0 || update.isRunning}
                    onClick={() => void move(-1)}
                  />
                  <IconButton
                    icon={ArrowDown}
                    label={t(`settings.${words}.down`, { host })}
                    disabled={index === urls.length - 1 || update.isRunning}
                    onClick={() => void move(1)}
                  />
                </>
              )}
              <Button isBusy={test.isRunning} onClick={() => void ask()}>
                {t(`settings.${words}.test`)}
              </Button>
              <Button onClick={() => edit(savedUrl)}>{t(`settings.${words}.change`)}</Button>
              <Button
                variant="quiet"
                isBusy={update.isRunning}
                onClick={() =>
                  void save(
                    urls.toSpliced(index, 1),
                    t(`settings.${words}.cleared`, { network: network.name }),
                  )
                }
              >
                {t(`settings.${words}.clear`)}
              </Button>
            </div>
          </>
        )}
      </div>
      {isEditing && (
        <div className={styles.editor}>
          <TextField
            label={t(`settings.${words}.url`)}
            value={draft}
            onChange={type}
            onEnter={() => void saveDraft()}
            placeholder={t(`settings.${words}.placeholder`)}
            help={t(`settings.${words}.help`)}
            error={
              isUrlMissing
                ? t(savedUrl === '' ? `settings.${words}.needsUrl` : `settings.${words}.needsUrlOrRemove`)
                : null
            }
            isMono
            hasAutoFocus
          />
          <div className={styles.actions}>
            <Button variant="primary" isBusy={update.isRunning} onClick={() => void saveDraft()}>
              {t(`settings.${words}.save`)}
            </Button>
            <Button isBusy={test.isRunning} onClick={() => void ask()}>
              {t(`settings.${words}.test`)}
            </Button>
            <Button variant="quiet" onClick={() => edit(null)}>
              {t('shell.cancel')}
            </Button>
          </div>
        </div>
      )}
      <div aria-live="polite" className={styles.outcome}>
        {test.isRunning && <span className={styles.none}>{t(`settings.${words}.testing`)}</span>}
        {answer && <StateWord tone="confirmed">{answer}</StateWord>}
        {refused && (
          <Banner tone="loss" title={t(`settings.${words}.refused`)} isUrgent>
            {t(`secret.${refused}`)}
          </Banner>
        )}
        {error && <ErrorNotice error={error} />}
        {!isEditing && host !== null && !answer && !error && !test.isRunning && (
          <span className={styles.none}>
            {t(`settings.${words}.${turn}`, { host })} <HealthWord health={health} />
          </span>
        )}
      </div>
    </div>
  );
}

/** What the last reading that asked it met. Nobody is asked for this. */
function HealthWord({ health }: { readonly health: ServerHealth | null }) {
  const { t, locale } = useText();
  switch (health?.kind) {
    case 'served':
      return (
        <StateWord tone="confirmed">
          {t('settings.health.served', { time: formatInstant(health.at, locale) })}
        </StateWord>
      );
    case 'failed': {
      const { at, message, restsUntil } = health;
      return (
        <>
          <StateWord tone="caution">{t('settings.health.failed')}</StateWord>{' '}
          {t('settings.health.failure', {
            time: formatInstant(at, locale),
            until: formatInstant(restsUntil, locale),
            message,
          })}
        </>
      );
    }
    case 'unasked':
    case undefined:
      return null;
  }
}

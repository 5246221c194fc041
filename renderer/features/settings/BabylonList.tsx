import { useRef } from 'react';
import type { NetworkSummary } from '../../../shared/contract/methods.ts';
import { useText } from '../../state/text.ts';
import { useUndoToast } from '../../state/undo.ts';
import { useCommand } from '../../state/useCommand.ts';
import { useQuery } from '../../state/useQuery.ts';
import { Button } from '../../ui/Button.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { BabylonNodeField } from './BabylonNodeField.tsx';
import styles from './BitcoinSection.module.css';

/** What stakes with Babylon are recognised by on each network, and a way to bring other parameters. */
export function BabylonList({ networks }: { readonly networks: readonly NetworkSummary[] }) {
  const { t } = useText();
  return (
    <div className={styles.part}>
      <h4 className={styles.title}>{t('settings.babylon.title')}</h4>
      <p className={styles.note}>{t('settings.babylon.help')}</p>
      <ul>
        {networks.map((network) =>
          network.bitcoin === null ? null : <BabylonRow key={network.id} network={network} />,
        )}
      </ul>
    </div>
  );
}

function BabylonRow({ network }: { readonly network: NetworkSummary }) {
  const { t } = useText();
  const known = useQuery('babylon.get', { networkId: network.id }).data?.data ?? null;
  const take = useCommand('babylon.import');
  const reset = useCommand('babylon.reset');
  const showUndo = useUndoToast();
  const picker = useRef<HTMLInputElement>(null);
  const pick = async (file: File | undefined) => {
    if (!file) return;
    reset.reset();
    const outcome = await take.run({ networkId: network.id, text: await file.text() });
    if (outcome.ok) showUndo(t('settings.babylon.imported'));
  };
  const goBack = async () => {
    take.reset();
    const outcome = await reset.run({ networkId: network.id });
    if (outcome.ok) showUndo(t('settings.babylon.wasReset'));
  };
  const error = take.error ?? reset.error;
  return (
    <li className={styles.row}>
      <span className={styles.words}>
        <span>{network.name}</span>
        <span className={styles.note}>
          {known === null
            ? t('settings.babylon.none')
            : t(`settings.babylon.${known.isBundled ? 'bundled' : 'own'}`, {
                date: known.asOf,
                count: known.versions,
                providers: known.finalityProviders,
              })}
        </span>
        {known !== null && !known.isBundled && <span className={styles.note}>{known.source}</span>}
      </span>
      <span className={styles.actions}>
        <Button isBusy={take.isRunning} onClick={() => picker.current?.click()}>
          {t('settings.babylon.import')}
        </Button>
        {known !== null && !known.isBundled && (
          <Button variant="quiet" isBusy={reset.isRunning} onClick={() => void goBack()}>
            {t('settings.babylon.reset')}
          </Button>
        )}
      </span>
      <input
        ref={picker}
        type="file"
        accept="application/json,.json"
        aria-label={t('settings.babylon.file', { network: network.name })}
        hidden
        onChange={(event) => {
          void pick(event.target.files?.[0]);
          // The same file can be chosen again after it was corrected.
          event.target.value = '';
        }}
      />
      {error && <ErrorNotice error={error} />}
      {known !== null && <BabylonNodeField network={network} />}
    </li>
  );
}

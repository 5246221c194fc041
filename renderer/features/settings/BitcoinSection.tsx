import { useState } from 'react';
import type { SettingSectionProps } from './settingSection.ts';
import { useSettings } from '../../state/settings.ts';
import { useText } from '../../state/text.ts';
import { useUndoToast } from '../../state/undo.ts';
import { useCommand } from '../../state/useCommand.ts';
import { useQuery } from '../../state/useQuery.ts';
import { Button } from '../../ui/Button.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Mono } from '../../ui/Mono.tsx';
import { QueryView } from '../../ui/QueryView.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { SwitchField } from '../../ui/SwitchField.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { BabylonList } from './BabylonList.tsx';
import styles from './BitcoinSection.module.css';
import { EntryPanel } from './EntryPanel.tsx';
import { hostOfUrl } from './listConnections.ts';
import { NodeList } from './NodesSection.tsx';

/** The Bitcoin servers of each network, the proxy they are reached through, and the certificates that were kept. */
export function BitcoinSection({ entries }: SettingSectionProps) {
  const { t } = useText();
  const networks = useQuery('networks.list', {});
  const { bitcoinServers } = useSettings();
  return (
    <EntryPanel entries={entries}>
      <QueryView query={networks} skeleton={<Skeleton lines={2} height={28} />}>
        {(found) => (
          <>
            <ul>
              {found.map((network) =>
                network.bitcoin === null ? null : (
                  <NodeList
                    key={network.id}
                    list="bitcoinServers"
                    network={network}
                    urls={bitcoinServers[network.id] ?? []}
                    chain={t('settings.server.chain', { network: network.bitcoin })}
                  />
                ),
              )}
            </ul>
            <p className={styles.note}>{t('settings.server.privacy')}</p>
            <ProxyField />
            <FollowSwitch />
            <PinList />
            <BabylonList networks={found} />
          </>
        )}
      </QueryView>
    </EntryPanel>
  );
}

function ProxyField() {
  const { t } = useText();
  const { bitcoinProxy } = useSettings();
  const update = useCommand('settings.update');
  const showUndo = useUndoToast();
  const [draft, setDraft] = useState<string | null>(null);
  const saved = bitcoinProxy ?? '';
  const isChanged = draft !== null && draft.trim() !== saved;
  const save = async () => {
    if (!isChanged) return;
    const outcome = await update.run({ bitcoinProxy: draft.trim() === '' ? null : draft.trim() });
    if (!outcome.ok) return;
    setDraft(null);
    showUndo(t('settings.server.proxySaved'));
  };
  return (
    <div className={styles.proxy}>
      <div className={styles.field}>
        <TextField
          label={t('settings.server.proxy')}
          value={draft ?? saved}
          onChange={(text) => {
            update.reset();
            setDraft(text);
          }}
          onEnter={() => void save()}
          placeholder="127.0.0.1:9050"
          help={t('settings.server.proxyHelp')}
          isMono
        />
      </div>
      {isChanged && (
        <Button variant="primary" isBusy={update.isRunning} onClick={() => void save()}>
          {t('settings.server.save')}
        </Button>
      )}
      {update.error && <ErrorNotice error={update.error} />}
    </div>
  );
}

function FollowSwitch() {
  const { t } = useText();
  const { followBitcoin } = useSettings();
  const update = useCommand('settings.update');
  return (
    <div className={styles.part}>
      <SwitchField
        label={t('settings.server.follow')}
        help={t('settings.server.followHelp')}
        value={followBitcoin}
        onChange={(isOn) => void update.run({ followBitcoin: isOn })}
      />
      {update.error && <ErrorNotice error={update.error} />}
    </div>
  );
}

/** Certificates that were trusted when first seen. One that changed is refused until what was kept is forgotten here. */
function PinList() {
  const { t } = useText();
  const { serverPins } = useSettings();
  const update = useCommand('settings.update');
  const pins = Object.entries(serverPins);
  if (pins.length === 0) return null;
  const forget = (url: string) => {
    const { [url]: _, ...others } = serverPins;
    void update.run({ serverPins: others });
  };
  return (
    <div className={styles.part}>
      <h4 className={styles.title}>{t('settings.server.pins')}</h4>
      <p className={styles.note}>{t('settings.server.pinsHelp')}</p>
      <ul>
        {pins.map(([url, fingerprint]) => (
          <li key={url} className={styles.row}>
            <span className={styles.words}>
              <Mono>{hostOfUrl(url) ?? url}</Mono>
              <span className={styles.fingerprint}>{fingerprint}</span>
            </span>
            <Button variant="quiet" onClick={() => forget(url)}>
              {t('settings.server.forget')}
            </Button>
          </li>
        ))}
      </ul>
      {update.error && <ErrorNotice error={update.error} />}
    </div>
  );
}

import { FileInput, Trash2 } from 'lucide-react';
import { useRef, useState, type DragEvent } from 'react';
import type { NetworkSummary } from '../../../shared/contract/methods.ts';
import { useText } from '../../state/text.ts';
import { useUndoToast } from '../../state/undo.ts';
import { useCommand } from '../../state/useCommand.ts';
import { useQuery } from '../../state/useQuery.ts';
import { Button } from '../../ui/Button.tsx';
import { Disclosure } from '../../ui/Disclosure.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { QueryView } from '../../ui/QueryView.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { toast } from '../../ui/toast.ts';
import { Truncated } from '../../ui/Truncated.tsx';
import { ContractTable } from './ContractTable.tsx';
import { ImportNetworkDialog } from './ImportNetworkDialog.tsx';
import styles from './NetworksSection.module.css';
import { offerNetworkFile, type OfferedNetwork } from './offerNetworkFile.ts';

/** The networks there are, what each says of its contracts, and a way in for more. */
export function NetworksSection() {
  const { t } = useText();
  const networks = useQuery('networks.list', {});
  const picker = useRef<HTMLInputElement>(null);
  const [offered, setOffered] = useState<OfferedNetwork | null>(null);
  const [isDropping, setDropping] = useState(false);
  const offer = async (file: File | undefined) => {
    if (file) setOffered(await offerNetworkFile(file));
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setDropping(false);
    void offer(event.dataTransfer.files[0]);
  };
  const pick = () => picker.current?.click();
  return (
    <Panel
      title={t('settings.networks.title')}
      hint={t('settings.networks.description')}
      actions={
        <Button icon={FileInput} size="sm" onClick={pick}>
          {t('settings.networks.import')}
        </Button>
      }
    >
      <QueryView query={networks} skeleton={<Skeleton lines={3} height={24} />}>
        {(list) => (
          <ul>
            {list.map((network) => (
              <NetworkRow key={network.id} network={network} />
            ))}
          </ul>
        )}
      </QueryView>
      <div
        className={styles.drop}
        data-over={isDropping || undefined}
        onDragOver={(event) => {
          event.preventDefault();
          setDropping(true);
        }}
        onDragLeave={() => setDropping(false)}
        onDrop={drop}
      >
        <span>
          {t('settings.networks.drop')}{' '}
          <button type="button" className={styles.link} onClick={pick}>
            {t('settings.networks.choose')}
          </button>
          .
        </span>
        <span className={styles.format}>{t('settings.networks.format')}</span>
      </div>
      <input
        ref={picker}
        type="file"
        accept="application/json,.json"
        hidden
        onChange={(event) => {
          void offer(event.target.files?.[0]);
          // The same file can be chosen again after it was corrected.
          event.target.value = '';
        }}
      />
      <ImportNetworkDialog offered={offered} known={networks.data ?? []} onClose={() => setOffered(null)} />
    </Panel>
  );
}

function NetworkRow({ network }: { readonly network: NetworkSummary }) {
  const { t } = useText();
  const showUndo = useUndoToast();
  const removal = useCommand('networks.remove');
  const { id, name, chainId, isBundled, contracts } = network;
  const remove = async () => {
    const outcome = await removal.run({ networkId: id });
    if (outcome.ok) {
      showUndo(t('settings.networks.removed', { name }));
      return;
    }
    const { message, detail, help } = outcome.error;
    const body = [message, detail, help].filter(Boolean).join(' ');
    toast({ title: t('settings.networks.removeFailed'), body, tone: 'loss' });
  };
  return (
    <li className={styles.network}>
      <Disclosure
        summary={
          <span className={styles.summary}>
            <span className={styles.name}>
              <Truncated text={name} />
            </span>
            <span className={styles.facts}>
              {t('settings.node.chain', { chainId })},{' '}
              {t('settings.networks.contracts', { count: contracts.length })},{' '}
              {t(isBundled ? 'settings.networks.bundled' : 'settings.networks.imported')}
            </span>
          </span>
        }
      >
        <ContractTable contracts={contracts} isBundled={isBundled} />
        {!isBundled && (
          <div className={styles.remove}>
            <Button
              size="sm"
              variant="loss"
              icon={Trash2}
              isBusy={removal.isRunning}
              onClick={() => void remove()}
            >
              {t('settings.networks.remove')}
            </Button>
          </div>
        )}
      </Disclosure>
    </li>
  );
}

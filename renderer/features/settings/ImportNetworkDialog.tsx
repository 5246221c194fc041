import type { NetworkSummary } from '../../../shared/contract/methods.ts';
import { CONTRACT_NAMES } from '../../../shared/domain/network.ts';
import { useText } from '../../state/text.ts';
import { useUndoToast } from '../../state/undo.ts';
import { useCommand } from '../../state/useCommand.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { DefinitionList } from '../../ui/DefinitionList.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Mono } from '../../ui/Mono.tsx';
import { ContractTable } from './ContractTable.tsx';
import styles from './ImportNetworkDialog.module.css';
import type { OfferedNetwork } from './offerNetworkFile.ts';

interface ImportNetworkDialogProps {
  /** Null: closed. */
  readonly offered: OfferedNetwork | null;
  readonly known: readonly NetworkSummary[];
  readonly onClose: () => void;
}

/** What a network file holds, before anything is written; or what is wrong with it, field by field. */
export function ImportNetworkDialog({ offered, known, onClose }: ImportNetworkDialogProps) {
  const { t } = useText();
  const showUndo = useUndoToast();
  const importing = useCommand('networks.import');
  if (offered === null) return null;
  const close = () => {
    importing.reset();
    onClose();
  };
  const confirm = async () => {
    if (offered.kind !== 'network') return;
    const outcome = await importing.run({ text: offered.text });
    if (!outcome.ok) return;
    close();
    showUndo(t('settings.networks.importDone', { name: outcome.value.name }));
  };
  return (
    <Dialog
      title={offered.kind === 'network' ? t('settings.networks.preview.title') : offered.fileName}
      lead={offered.kind === 'network' ? t('settings.networks.preview.lead') : undefined}
      isOpen
      onClose={close}
      size="lg"
      actions={
        <>
          <Button onClick={close}>{t(offered.kind === 'network' ? 'shell.cancel' : 'shell.close')}</Button>
          {offered.kind === 'network' && (
            <Button variant="primary" isBusy={importing.isRunning} onClick={() => void confirm()}>
              {t('settings.networks.preview.confirm')}
            </Button>
          )}
        </>
      }
    >
      {importing.error && <ErrorNotice error={importing.error} />}
      <OfferedFile offered={offered} known={known} />
    </Dialog>
  );
}

interface OfferedFileProps {
  readonly offered: OfferedNetwork;
  readonly known: readonly NetworkSummary[];
}

function OfferedFile({ offered, known }: OfferedFileProps) {
  const { t } = useText();
  switch (offered.kind) {
    case 'network':
      return <NetworkPreview network={offered.network} known={known} />;
    case 'problems':
      return (
        <>
          <Banner
            tone="loss"
            title={t('settings.networks.preview.problemsTitle', { count: offered.problems.length })}
          >
            {t('settings.networks.preview.problemsHelp')}
          </Banner>
          <ul className={styles.problems}>
            {offered.problems.map(({ field, problem }) => (
              <li key={`${field} ${problem}`} className={styles.problem}>
                <Mono>{field}</Mono>
                <span>{problem}</span>
              </li>
            ))}
          </ul>
        </>
      );
    case 'secret':
      return (
        <Banner tone="loss" title={t('settings.networks.preview.secret')} isUrgent>
          {t(`secret.${offered.secret}`)}
        </Banner>
      );
    case 'too-large':
      return <Banner tone="loss">{t('settings.networks.preview.tooLarge')}</Banner>;
    case 'unreadable':
      return <Banner tone="loss">{t('settings.networks.preview.unreadable')}</Banner>;
  }
}

interface NetworkPreviewProps {
  readonly network: Extract<OfferedNetwork, { kind: 'network' }>['network'];
  readonly known: readonly NetworkSummary[];
}

function NetworkPreview({ network, known }: NetworkPreviewProps) {
  const { t } = useText();
  const { name, chainId, ethUsdHeartbeat, note } = network;
  const isReplaced = known.some(
    (other) => !other.isBundled && other.chainId === chainId && other.name === name,
  );
  const contracts = CONTRACT_NAMES.flatMap((contract) => {
    const entry = network.contracts[contract];
    return entry ? [{ name: contract, address: entry.address, certainty: entry.certainty }] : [];
  });
  return (
    <>
      {isReplaced && <Banner tone="caution">{t('settings.networks.preview.replaces')}</Banner>}
      <DefinitionList
        items={[
          { term: t('settings.networks.preview.name'), value: name },
          { term: t('settings.networks.preview.chainId'), value: String(chainId) },
          {
            term: t('settings.networks.preview.heartbeat'),
            value: t('settings.networks.preview.seconds', { count: ethUsdHeartbeat }),
          },
          ...(note === undefined ? [] : [{ term: t('settings.networks.preview.note'), value: note }]),
        ]}
      />
      <ContractTable contracts={contracts} isBundled={false} />
    </>
  );
}

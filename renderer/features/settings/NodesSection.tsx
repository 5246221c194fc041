import type { NetworkSummary } from '../../../shared/contract/methods.ts';
import { MAX_NODES } from '../../../shared/contract/settings.ts';
import { useSettings } from '../../state/settings.ts';
import { useText } from '../../state/text.ts';
import { useQuery } from '../../state/useQuery.ts';
import { QueryView } from '../../ui/QueryView.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { Truncated } from '../../ui/Truncated.tsx';
import { EntryPanel } from './EntryPanel.tsx';
import { NodeRow } from './NodeRow.tsx';
import styles from './NodeRow.module.css';
import type { SettingSectionProps } from './settingSection.ts';

/** The nodes of each network in the order they are tried, and how they answer. */
export function NodesSection({ entries }: SettingSectionProps) {
  const networks = useQuery('networks.list', {});
  const { rpcUrls } = useSettings();
  return (
    <EntryPanel entries={entries}>
      <QueryView query={networks} skeleton={<Skeleton lines={2} height={28} />}>
        {(list) => (
          <ul>
            {list.map((network) => (
              <NodeList key={network.id} network={network} urls={rpcUrls[network.id] ?? []} />
            ))}
          </ul>
        )}
      </QueryView>
    </EntryPanel>
  );
}

interface NodeListProps {
  readonly network: NetworkSummary;
  readonly urls: readonly string[];
}

/** The row behind the last is the one that adds another. */
function NodeList({ network, urls }: NodeListProps) {
  const { t } = useText();
  const rows = urls.length < MAX_NODES ? [...urls, ''] : urls;
  return (
    <li className={styles.row}>
      <div className={styles.network}>
        <span className={styles.name}>
          <Truncated text={network.name} />
        </span>
        <span className={styles.chain}>{t('settings.node.chain', { chainId: network.chainId })}</span>
      </div>
      <div className={styles.nodes}>
        {rows.map((url, index) => (
          <NodeRow key={url} network={network} urls={urls} index={index} />
        ))}
      </div>
    </li>
  );
}

import type { NetworkSummary } from '../../../shared/contract/methods.ts';
import { MAX_NODES, type ServerList } from '../../../shared/contract/settings.ts';
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
  const { t } = useText();
  const { rpcUrls } = useSettings();
  return (
    <EntryPanel entries={entries}>
      <QueryView query={networks} skeleton={<Skeleton lines={2} height={28} />}>
        {(found) => (
          <ul>
            {found.map((network) => (
              <NodeList
                key={network.id}
                list="rpcUrls"
                network={network}
                urls={rpcUrls[network.id] ?? []}
                chain={t('settings.node.chain', { chainId: network.chainId })}
              />
            ))}
          </ul>
        )}
      </QueryView>
    </EntryPanel>
  );
}

interface NodeListProps {
  readonly list: ServerList;
  readonly network: NetworkSummary;
  readonly urls: readonly string[];
  /** Which chain it is, in words. */
  readonly chain: string;
}

/** The row behind the last is the one that adds another. */
export function NodeList({ list, network, urls, chain }: NodeListProps) {
  const health = useQuery('settings.health', { list, networkId: network.id });
  const rows = urls.length < MAX_NODES ? [...urls, ''] : urls;
  return (
    <li className={styles.row}>
      <div className={styles.network}>
        <span className={styles.name}>
          <Truncated text={network.name} />
        </span>
        <span className={styles.chain}>{chain}</span>
      </div>
      <div className={styles.nodes}>
        {rows.map((url, index) => (
          <NodeRow
            key={url}
            list={list}
            network={network}
            urls={urls}
            index={index}
            health={health.data?.[index] ?? null}
          />
        ))}
      </div>
    </li>
  );
}

import { useSettings } from '../../state/settings.ts';
import { useQuery } from '../../state/useQuery.ts';
import { QueryView } from '../../ui/QueryView.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { EntryPanel } from './EntryPanel.tsx';
import { NodeRow } from './NodeRow.tsx';
import type { SettingSectionProps } from './settingSection.ts';

/** The node of each network, and how it answers. */
export function NodesSection({ entries }: SettingSectionProps) {
  const networks = useQuery('networks.list', {});
  const { rpcUrls } = useSettings();
  return (
    <EntryPanel entries={entries}>
      <QueryView query={networks} skeleton={<Skeleton lines={2} height={28} />}>
        {(list) => (
          <ul>
            {list.map((network) => (
              <NodeRow key={network.id} network={network} savedUrl={rpcUrls[network.id] ?? ''} />
            ))}
          </ul>
        )}
      </QueryView>
    </EntryPanel>
  );
}

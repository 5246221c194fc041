import type { ReactNode } from 'react';
import type { SettingEntry } from '../../registry/settings.ts';
import { useText } from '../../state/text.ts';
import { Panel } from '../../ui/Panel.tsx';

interface EntryPanelProps {
  /** The one entry of its section. */
  readonly entries: readonly SettingEntry[];
  readonly children: ReactNode;
}

/** A setting that fills a panel of its own, under its words of the registry. */
export function EntryPanel({ entries, children }: EntryPanelProps) {
  const { tKey } = useText();
  const [entry] = entries;
  if (!entry) return null;
  return (
    <Panel title={tKey(entry.title)} hint={tKey(entry.description)}>
      {children}
    </Panel>
  );
}

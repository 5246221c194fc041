import { Tabs } from '@base-ui/react/tabs';
import { useEffect, type ReactNode } from 'react';
import { usePageState } from '../../state/pageState.ts';
import { navigate, useRoute } from '../../state/route.ts';
import { useText } from '../../state/text.ts';
import styles from './OverviewTabs.module.css';

const TABS = ['now', 'history'] as const;
export type OverviewTab = (typeof TABS)[number];

function isTab(value: unknown): value is OverviewTab {
  return TABS.some((tab) => tab === value);
}

/** What the page shows. Another page, or a panel of this one, may ask for it by name. */
export function useOverviewTab(): readonly [tab: OverviewTab, show: (tab: OverviewTab) => void] {
  const [tab, show] = usePageState<OverviewTab>('overview.tab', 'now');
  const { view } = useRoute().params;
  useEffect(() => {
    if (view === undefined) return;
    if (isTab(view)) show(view);
    navigate('overview');
  }, [view, show]);
  return [tab, show];
}

interface OverviewTabsProps {
  readonly tab: OverviewTab;
  readonly onChange: (tab: OverviewTab) => void;
  readonly now: ReactNode;
  readonly history: ReactNode;
}

export function OverviewTabs({ tab, onChange, now, history }: OverviewTabsProps) {
  const { t } = useText();
  const bodies = { now, history };
  return (
    <Tabs.Root
      className={styles.tabs}
      value={tab}
      onValueChange={(value: unknown) => {
        if (isTab(value)) onChange(value);
      }}
    >
      <Tabs.List className={styles.list} aria-label={t('history.tabs.label')}>
        {TABS.map((value) => (
          <Tabs.Tab key={value} value={value} className={styles.tab}>
            {t(`history.tabs.${value}`)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {TABS.map((value) => (
        <Tabs.Panel key={value} value={value} className={styles.panel} tabIndex={-1}>
          {bodies[value]}
        </Tabs.Panel>
      ))}
    </Tabs.Root>
  );
}

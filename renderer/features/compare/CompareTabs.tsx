import { Tabs } from '@base-ui/react/tabs';
import { useEffect, type ReactNode } from 'react';
import { usePageState } from '../../state/pageState.ts';
import { navigate, useRoute } from '../../state/route.ts';
import { useText } from '../../state/text.ts';
import styles from './CompareTabs.module.css';

const TABS = ['protocols', 'sides', 'score', 'calculator', 'market'] as const;
export type CompareTab = (typeof TABS)[number];

function isTab(value: unknown): value is CompareTab {
  return TABS.some((tab) => tab === value);
}

/** Which part of the page is shown. Another page may ask for one by name. */
export function useCompareTab(): readonly [tab: CompareTab, show: (tab: CompareTab) => void] {
  const [tab, show] = usePageState<CompareTab>('compare.tab', 'protocols');
  const { view } = useRoute().params;
  useEffect(() => {
    if (view === undefined) return;
    if (isTab(view)) show(view);
    navigate('compare');
  }, [view, show]);
  return [tab, show];
}

interface CompareTabsProps {
  readonly tab: CompareTab;
  readonly onChange: (tab: CompareTab) => void;
  readonly pinCount: number;
  /** Only the one in view is drawn. */
  readonly render: (tab: CompareTab) => ReactNode;
}

export function CompareTabs({ tab, onChange, pinCount, render }: CompareTabsProps) {
  const { t } = useText();
  return (
    <Tabs.Root
      className={styles.tabs}
      value={tab}
      onValueChange={(value: unknown) => {
        if (isTab(value)) onChange(value);
      }}
    >
      <Tabs.List className={styles.list} aria-label={t('compare.tabs.label')}>
        {TABS.map((value) => (
          <Tabs.Tab key={value} value={value} className={styles.tab}>
            {value === 'sides' && pinCount > 0
              ? t('compare.tabs.sidesCount', { count: pinCount })
              : t(`compare.tabs.${value}`)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {TABS.map((value) => (
        <Tabs.Panel key={value} value={value} className={styles.panel} tabIndex={-1}>
          {render(value)}
        </Tabs.Panel>
      ))}
    </Tabs.Root>
  );
}

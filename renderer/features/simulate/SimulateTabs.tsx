import { Tabs } from '@base-ui/react/tabs';
import { useEffect, type ReactNode } from 'react';
import { usePageState } from '../../state/pageState.ts';
import { navigate, useRoute } from '../../state/route.ts';
import { useText } from '../../state/text.ts';
import styles from './SimulateTabs.module.css';

const TABS = ['event', 'likely'] as const;
export type SimulateTab = (typeof TABS)[number];

function isTab(value: unknown): value is SimulateTab {
  return TABS.some((tab) => tab === value);
}

/** Which half of the page is shown. Another page may ask for one, by name or by what only one of them can show. */
export function useSimulateTab(): readonly [tab: SimulateTab, show: (tab: SimulateTab) => void] {
  const [tab, show] = usePageState<SimulateTab>('simulate.tab', 'event');
  const { view, fault, run, replay } = useRoute().params;
  const isScenarioAsked = fault !== undefined || run !== undefined || replay !== undefined;
  useEffect(() => {
    // The desk of scenarios takes over what it was asked for, and clears the way here by itself.
    if (isScenarioAsked) show('event');
    else if (view !== undefined) {
      if (isTab(view)) show(view);
      navigate('simulate');
    }
  }, [isScenarioAsked, view, show]);
  return [tab, show];
}

interface SimulateTabsProps {
  readonly tab: SimulateTab;
  readonly onChange: (tab: SimulateTab) => void;
  readonly event: ReactNode;
  readonly likely: ReactNode;
}

export function SimulateTabs({ tab, onChange, event, likely }: SimulateTabsProps) {
  const { t } = useText();
  const bodies = { event, likely };
  return (
    <Tabs.Root
      className={styles.tabs}
      value={tab}
      onValueChange={(value: unknown) => {
        if (isTab(value)) onChange(value);
      }}
    >
      <Tabs.List className={styles.list} aria-label={t('likelihood.tabs.label')}>
        {TABS.map((value) => (
          <Tabs.Tab key={value} value={value} className={styles.tab}>
            {t(`likelihood.tabs.${value}`)}
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

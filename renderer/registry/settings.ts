/** Settings a person changes by hand: one entry feeds the settings page and the palette. */
import type { SettingKey } from '../../shared/contract/settings.ts';

/** How a setting is changed; the settings page has one control for each. */
export type SettingControl = 'theme' | 'switch' | 'node-urls' | 'price';

export interface SettingEntry {
  readonly key: SettingKey;
  /** Message keys. */
  readonly title: string;
  readonly description: string;
  readonly control: SettingControl;
}

function createEntry(key: SettingKey, control: SettingControl): SettingEntry {
  return {
    key,
    control,
    title: `shell.setting.${key}.title`,
    description: `shell.setting.${key}.description`,
  };
}

/** `lastPortfolio` has no entry: it is remembered, not set. */
export const settingEntries: readonly SettingEntry[] = [
  createEntry('rpcUrls', 'node-urls'),
  createEntry('manualEthUsd', 'price'),
  createEntry('theme', 'theme'),
  createEntry('hideAmounts', 'switch'),
];

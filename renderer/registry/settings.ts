/** Settings a person changes by hand: one entry feeds the settings page and the palette. */
import type { SettingKey } from '../../shared/contract/settings.ts';

/** How a setting is changed; the settings page has one control for each. */
export type SettingControl = 'theme' | 'switch' | 'node-urls' | 'price' | 'hosts' | 'order' | 'share';

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

/** `lastPortfolio` has no entry: it is remembered, not set. `manualPrices` are typed on the market page; the
 * proxy and the certificates stand with the Bitcoin servers. */
export const settingEntries: readonly SettingEntry[] = [
  createEntry('rpcUrls', 'node-urls'),
  createEntry('bitcoinServers', 'node-urls'),
  createEntry('manualEthUsd', 'price'),
  createEntry('allowedHosts', 'hosts'),
  createEntry('priceOrder', 'order'),
  createEntry('disagreementShare', 'share'),
  createEntry('depegShare', 'share'),
  createEntry('theme', 'theme'),
  createEntry('hideAmounts', 'switch'),
];

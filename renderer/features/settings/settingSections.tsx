/** The sections of the settings page, in order. Those with keys draw the registry's entries; the others only tell. */
import type { ComponentType } from 'react';
import type { SettingKey } from '../../../shared/contract/settings.ts';
import { ApiSection } from './ApiSection.tsx';
import { BitcoinSection } from './BitcoinSection.tsx';
import { ConnectionsSection } from './ConnectionsSection.tsx';
import { DataSection } from './DataSection.tsx';
import { MarketSection } from './MarketSection.tsx';
import { NetworksSection } from './NetworksSection.tsx';
import { NodesSection } from './NodesSection.tsx';
import { PriceSection } from './PriceSection.tsx';
import type { SettingSectionProps } from './settingSection.ts';
import { ViewSection } from './ViewSection.tsx';

export interface SettingSection {
  readonly id: string;
  /** Message keys. */
  readonly title: string;
  readonly description?: string;
  readonly keys: readonly SettingKey[];
  readonly Component: ComponentType<SettingSectionProps>;
}

export const settingSections: readonly SettingSection[] = [
  { id: 'nodes', title: 'shell.setting.rpcUrls.title', keys: ['rpcUrls'], Component: NodesSection },
  {
    id: 'bitcoin',
    title: 'shell.setting.bitcoinServers.title',
    keys: ['bitcoinServers'],
    Component: BitcoinSection,
  },
  {
    id: 'networks',
    title: 'settings.networks.title',
    description: 'settings.networks.description',
    keys: [],
    Component: NetworksSection,
  },
  { id: 'price', title: 'shell.setting.manualEthUsd.title', keys: ['manualEthUsd'], Component: PriceSection },
  { id: 'api', title: 'shell.setting.allowedHosts.title', keys: ['allowedHosts'], Component: ApiSection },
  {
    id: 'market',
    title: 'settings.market.title',
    description: 'settings.market.description',
    keys: ['priceOrder', 'disagreementShare', 'depegShare'],
    Component: MarketSection,
  },
  { id: 'view', title: 'shell.setting.group.view', keys: ['theme', 'hideAmounts'], Component: ViewSection },
  {
    id: 'data',
    title: 'settings.data.title',
    description: 'settings.data.description',
    keys: [],
    Component: DataSection,
  },
  {
    id: 'connections',
    title: 'settings.connections.title',
    description: 'settings.connections.description',
    keys: [],
    Component: ConnectionsSection,
  },
];

import { expect, type Locator, type Page } from '@playwright/test';
import { t } from '../text.ts';

export interface SettingsPage {
  /** The nodes of a network, in their order. */
  node(network: string): Locator;
  /** The hosts of a network's nodes, in their order. */
  hosts(network: string): Promise<string[]>;
  /** The part about the price typed by hand. */
  readonly price: Locator;
  /** The first node. */
  setNode(network: string, url: string): Promise<void>;
  addNode(network: string, url: string): Promise<void>;
  /** The first server of Bitcoin. */
  setBitcoinServer(network: string, url: string): Promise<void>;
  /** The first node. */
  testNode(network: string): Promise<void>;
  importNetwork(file: { readonly name: string; readonly json: unknown }): Promise<void>;
  setPrice(price: string): Promise<void>;
  setTheme(theme: 'system' | 'light' | 'dark'): Promise<void>;
}

export function createSettingsPage(page: Page): SettingsPage {
  const nodes = page.getByRole('region', { name: t('shell.setting.rpcUrls.title'), exact: true });
  const servers = page.getByRole('region', { name: t('shell.setting.bitcoinServers.title'), exact: true });
  const networks = page.getByRole('region', { name: t('settings.networks.title'), exact: true });
  const price = page.getByRole('region', { name: t('shell.setting.manualEthUsd.title'), exact: true });
  const node = (network: string): Locator => nodes.getByRole('listitem').filter({ hasText: network });
  const groups = (network: string): Locator => node(network).getByRole('group');
  const press = (part: Locator, name: string): Promise<void> =>
    part.getByRole('button', { name, exact: true }).click();
  return {
    node,
    price,
    async setNode(network, url) {
      const row = node(network);
      const change = row.getByRole('button', { name: t('settings.node.change'), exact: true }).first();
      await row
        .getByRole('button', { name: t('settings.node.set') })
        .or(change)
        .click();
      await row.getByLabel(t('settings.node.url')).fill(url);
      await press(row, t('settings.node.save'));
      await expect(change).toBeVisible();
    },
    async setBitcoinServer(network, url) {
      const row = servers.getByRole('listitem').filter({ hasText: network }).first();
      await row.getByRole('button', { name: t('settings.server.set') }).click();
      await row.getByLabel(t('settings.server.url')).fill(url);
      await press(row, t('settings.server.save'));
      await expect(row.getByRole('button', { name: t('settings.server.change'), exact: true })).toBeVisible();
    },
    async addNode(network, url) {
      const row = node(network);
      await press(row, t('settings.node.add'));
      await row.getByLabel(t('settings.node.url')).fill(url);
      await press(row, t('settings.node.save'));
      await expect(groups(network).filter({ hasText: new URL(url).host })).toBeVisible();
    },
    testNode: (network) => press(groups(network).first(), t('settings.node.test')),
    hosts: (network) => groups(network).locator('[title]').allInnerTexts(),
    async importNetwork({ name, json }) {
      const chosen = page.waitForEvent('filechooser');
      await press(networks, t('settings.networks.import'));
      await (
        await chosen
      ).setFiles({
        name,
        mimeType: 'application/json',
        buffer: Buffer.from(JSON.stringify(json)),
      });
      const preview = page.getByRole('dialog', { name: t('settings.networks.preview.title') });
      await press(preview, t('settings.networks.preview.confirm'));
      await expect(preview).toBeHidden();
    },
    async setPrice(text) {
      await price.getByLabel(t('settings.price.label')).fill(text);
      await press(price, t('settings.price.save'));
    },
    setTheme: (theme) =>
      page
        .getByRole('group', { name: t('shell.setting.theme.title') })
        .getByRole('button', { name: t(`settings.theme.${theme}`), exact: true })
        .click(),
  };
}

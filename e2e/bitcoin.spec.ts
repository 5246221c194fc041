/** Bitcoin watched in the window: an extended key on a real chain, and a stake from its first block to its withdrawal. */
import { AxeBuilder } from '@axe-core/playwright';
import { join } from 'node:path';
import { loadBabylonData } from '../electron/chain/bitcoin/load-babylon-data.ts';
import { makeStake } from '../electron/chain/bitcoin/testing/make-stake.ts';
import { idOf, keyWitness, makeRaw, ownScript, ZPUB } from '../electron/chain/bitcoin/testing/make-wallet.ts';
import {
  makeRegtestBabylon,
  REGTEST_STAKING_BLOCKS,
  writeRegtestBabylon,
} from '../electron/chain/bitcoin/testing/regtest-babylon.ts';
import {
  answerAsNode,
  writeParams,
  writeProvider,
} from '../electron/chain/bitcoin/testing/scripted-babylon.ts';
import { startScriptedEsplora } from '../electron/chain/bitcoin/testing/scripted-esplora.ts';
import { startBcoinRegtest } from './nodes/bcoin.ts';
import { startElectrumServer, type ElectrumServer } from './nodes/electrum.ts';
import type { Desk } from './support/desk.ts';
import { expect, test } from './support/fixtures.ts';
import { t } from './support/text.ts';

const BTC = 100_000_000n;
/** Readings that were not asked for are at least five seconds apart. */
const LIVE = { timeout: 30_000 };
const NETWORK = 'Test chain';
const NETWORK_FILE = {
  schema: 'ballast-network/1',
  name: NETWORK,
  chainId: 31337,
  contracts: {},
  bitcoin: 'regtest',
};

async function startChain() {
  const node = await startBcoinRegtest();
  await node.mine(440);
  const server = await startElectrumServer(node);
  return {
    node,
    server,
    stop: async () => {
      await server.stop();
      await node.stop();
    },
  };
}

async function watch(desk: Desk, server: ElectrumServer): Promise<void> {
  const { page, settings, positions } = desk;
  await desk.go('settings');
  await settings.importNetwork({ name: 'test.json', json: NETWORK_FILE });
  await settings.setBitcoinServer(NETWORK, server.url);
  await settings.setPrice('2000');
  await page.getByLabel(t('settings.babylon.file', { network: NETWORK })).setInputFiles({
    name: 'babylon.json',
    mimeType: 'application/json',
    buffer: Buffer.from(writeRegtestBabylon()),
  });
  await expect(desk.toast(t('settings.babylon.imported'))).toBeVisible();
  await desk.createPortfolio('Bitcoin', NETWORK);
  await positions.addDialog.open();
  await positions.addDialog.address.fill(ZPUB);
  await expect(positions.addDialog.root).toContainText(t('positions.add.isBitcoin.extended-key'));
  await positions.addDialog.add(ZPUB, 'Vault');
}

function listening({ port }: ElectrumServer): RegExp {
  const [, rest = ''] = t('shell.freshness.listening.listening', { endpoint: '', age: '' }).split(';');
  return new RegExp(`127\\.0\\.0\\.1:${port} .*;${rest}`, 'u');
}

async function setBtcPrice(desk: Desk, price: string): Promise<void> {
  const { page } = desk;
  await desk.go('compare');
  await page.getByRole('tab', { name: t('compare.tabs.market') }).click();
  await page.getByRole('button', { name: 'Bitcoin', exact: true }).click();
  await page.getByRole('button', { name: t('market.manual.set') }).click();
  const dialog = page.getByRole('dialog', { name: t('market.manual.title', { asset: 'BTC' }) });
  await dialog.getByLabel(t('market.manual.label', { asset: 'BTC' })).fill(price);
  await dialog.getByRole('button', { name: t('market.manual.save') }).click();
  await expect(dialog).toBeHidden();
}

test('follows a stake from its transaction to its withdrawal, told nothing but hashes of scripts', async ({
  desk,
}) => {
  const { node, server, stop } = await startChain();
  const { positions, page } = desk;
  const data = makeRegtestBabylon();
  const [version] = data.parameters.versions;
  const [provider] = data.finalityProviders.keys;
  const { script, key } = ownScript(0);
  const funding = await node.pay([{ script: Buffer.from(script).toString('hex'), value: BTC }], {
    confirm: true,
  });
  await watch(desk, server);
  await desk.refresh();
  await expect(positions.figure(positions.row('BTC', 'held'), 'amount')).toHaveText('1.0000');

  const made = makeStake(data, version!, key, provider!.key);
  const raw = makeRaw(
    [{ txid: funding, index: 0, witness: keyWitness(key) }],
    [
      { script: made.output, value: BTC / 2n },
      { script: ownScript(0, 1).script, value: BTC / 2n - 1000n },
    ],
  );
  // Nobody asks again: the server tells of it.
  await node.submit(raw, { unsigned: true });
  const staked = positions.row('BTC in Babylon', 'delegated');
  await expect(positions.figure(staked, 'amount')).toHaveText('0.5000', LIVE);
  await expect(positions.figure(positions.row('BTC', 'unconfirmed'), 'amount')).toHaveText('0.5000');

  await node.mine(1);
  await expect(positions.row('BTC', 'held')).toBeVisible(LIVE);
  await desk.freshness.click();
  await expect(page.getByText(listening(server))).toBeVisible();
  await page.keyboard.press('Escape');
  await staked.getByRole('button', { name: t('shell.table.openRow') }).click();
  await expect(page.getByText(t('positions.stake.states.active'))).toBeVisible();
  await expect(page.getByText(t('positions.stake.found.rebuilt'))).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).include('main').setLegacyMode(true).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);

  await setBtcPrice(desk, '60000');
  await desk.go('simulate');
  await desk.simulate.startFrom('provider-slash');
  await desk.simulate.run.click();
  // 0.5 BTC are 15 ETH; the rate and the fee take 0.3% of them.
  await expect(desk.simulate.loss).toHaveText('0.0450 ETH');
  await expect(desk.simulate.reasons).toContainText('0.00150000 BTC');
  await desk.go('exposure');
  await expect(
    page.getByText(`${Buffer.from(provider!.key).toString('hex').slice(0, 6)}…`).first(),
  ).toBeVisible();

  await desk.go('positions');
  const unbonding = makeRaw(
    [{ txid: idOf(raw), index: 0, witness: made.witness.unbonding }],
    [{ script: made.unbondingOutput, value: BTC / 2n - version!.unbondingFeeSat }],
  );
  await node.mineWith([unbonding]);
  await expect(positions.row('BTC in Babylon', 'queued')).toBeVisible(LIVE);
  await node.mine(version!.unbondingBlocks);
  const ready = positions.row('BTC in Babylon', 'completable');
  await expect(ready).toBeVisible(LIVE);

  await desk.go('overview');
  await expect(page.getByText('BTC in Babylon').first()).toBeVisible();
  await desk.go('reports');
  await expect(page.getByText('BTC in Babylon').first()).toBeVisible();
  const told = JSON.stringify(server.log);
  expect(told).not.toContain(ZPUB.slice(0, 20));
  expect(told).not.toContain('Vault');
  await stop();
});

test('says what is wrong with a server, and keeps what was read', async ({ desk }) => {
  const { node, server, stop } = await startChain();
  const { positions } = desk;
  await node.pay([{ script: Buffer.from(ownScript(1).script).toString('hex'), value: BTC }], {
    confirm: true,
  });
  await watch(desk, server);
  await desk.refresh();
  const held = positions.row('BTC', 'held');
  await expect(positions.figure(held, 'amount')).toHaveText('1.0000');
  server.misbehave((method, _params, truth) =>
    method === 'blockchain.block.headers' || method === 'blockchain.headers.subscribe'
      ? { height: 1, hex: 'ff' }
      : truth,
  );
  await node.mine(REGTEST_STAKING_BLOCKS);
  await desk.refresh();
  await expect(desk.freshness).toContainText(t('shell.freshness.stale'));
  await expect(positions.figure(held, 'amount')).toHaveText('1.0000');
  await stop();
});

test('reads Babylon’s parameters from a node, and asks before it takes what contradicts them', async ({
  desk,
}) => {
  const { page } = desk;
  const known = loadBabylonData(join(import.meta.dirname, '..', 'assets'));
  const honest = {
    chain: 'bbn-1',
    params: known.parameters.versions.map((version) => writeParams(known, version)),
    providers: [writeProvider('11'.repeat(32), 'A new one')],
  };
  let says = honest;
  const server = await startScriptedEsplora({ answer: (path) => answerAsNode(says)(path) });
  await desk.go('settings');
  const field = page.getByLabel(t('settings.babylon.node.label', { network: 'Ethereum' }));
  await field.fill(`http://127.0.0.1:${server.port}`);
  expect(server.paths).toEqual([]);
  const ask = page.getByRole('button', { name: t('settings.babylon.node.ask') });
  await ask.click();
  await expect(desk.toast(/1 new finality provider/u)).toBeVisible();
  await expect(page.getByText(`Babylon node 127.0.0.1:${server.port}`)).toBeVisible();
  await expect(page.getByText('4 versions, 214 finality providers')).toBeVisible();
  const connections = page.getByRole('region', { name: t('settings.connections.title'), exact: true });
  await expect(connections).toContainText(`127.0.0.1:${server.port}`);

  says = { ...honest, params: honest.params.slice(1) };
  await ask.click();
  const doubt = page.getByRole('alertdialog', { name: t('settings.babylon.node.doubtTitle') });
  await expect(doubt).toContainText('It does not have version 0.');
  await doubt.getByRole('button', { name: t('shell.cancel') }).click();
  await expect(page.getByText('4 versions, 214 finality providers')).toBeVisible();

  await server.stop();
  await ask.click();
  await expect(page.getByText('cannot be reached')).toBeVisible();
  await page.getByRole('button', { name: t('settings.babylon.reset') }).click();
  await expect(page.getByText('4 versions, 213 finality providers')).toBeVisible();
});

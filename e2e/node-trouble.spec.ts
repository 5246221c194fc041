/** What somebody sees while the node misbehaves: what is wrong and what to do, beside the figures that are still there. */
import type { ErrorCode } from '../shared/contract/errors.ts';
import type { HostileMode, HostileProxy } from './nodes/hostile.ts';
import type { Desk } from './support/desk.ts';
import { expect, test, type Chain } from './support/fixtures.ts';
import { giveHolderPositions, NETWORK, watchHolder } from './support/holder.ts';
import { t } from './support/text.ts';

const troubles: readonly { readonly what: string; readonly mode: HostileMode; readonly code: ErrorCode }[] = [
  { what: 'is down', mode: { kind: 'closed' }, code: 'node-unreachable' },
  { what: 'is on another chain', mode: { kind: 'wrong-chain', chainId: 5 }, code: 'wrong-chain' },
  { what: 'answers with a web page', mode: { kind: 'html' }, code: 'node-malformed' },
  { what: 'breaks off', mode: { kind: 'truncated' }, code: 'node-malformed' },
  {
    what: 'answers with something else',
    mode: { kind: 'wrong-result', result: { a: [1] } },
    code: 'node-malformed',
  },
  // Longer than the program waits by itself.
  {
    what: 'wants to be left alone',
    mode: { kind: 'rate-limited', retryAfterSeconds: 60 },
    code: 'node-rate-limited',
  },
];

/** The name of a figure that is older than it should be. */
const staleName = new RegExp(`${t('shell.figure.staleWord')}$`, 'u');

/** A key in the URL of the node, as hosted nodes have it: it may stand nowhere on the screen. */
const KEY = 'k3y-0f-the-user';

test('tells each trouble apart, and keeps the old figures, marked as old', async ({
  desk,
  chain,
  nodeProxy,
}) => {
  const { positions } = desk;
  await giveHolderPositions(chain);
  await watchHolder(desk, chain, `${nodeProxy.url}/v3/${KEY}`);
  await desk.refresh();
  const amount = positions.figure(positions.row('ETH in EigenLayer', 'delegated'), 'amount');
  await expect(amount).toHaveText('45.0000');
  await expect(amount).not.toHaveAccessibleName(staleName);
  const block = await chain.client.getBlockNumber();

  for (const { what, mode, code } of troubles) {
    await test.step(`the node ${what}`, async () => {
      await nodeProxy.setMode(mode);
      await desk.refresh();
      const message = desk.page.getByRole('main').getByRole('alert');
      await expect(message).toContainText(t(`error.${code}`));
      await expect(message).toContainText(new URL(nodeProxy.url).host);
      await expect(amount).toHaveText('45.0000');
      await expect(amount).toHaveAccessibleName(staleName);
      await expect(desk.freshness).toHaveAccessibleName(new RegExp(`^block ${block}\\D.*stale`, 'u'));
      await expect(desk.page.getByText(KEY)).toBeHidden();

      await nodeProxy.reset();
      await desk.refresh();
      await expect(amount).not.toHaveAccessibleName(staleName);
      await expect(message).toBeHidden();
    });
  }
});

test('says so where nothing was ever read, and reads once the node is back', async ({
  desk,
  chain,
  nodeProxy,
}) => {
  await giveHolderPositions(chain);
  await nodeProxy.setMode({ kind: 'closed' });
  await watchHolder(desk, chain, nodeProxy.url);
  await desk.refresh();
  await expect(desk.page.getByRole('main').getByRole('alert')).toContainText(t('error.node-unreachable'));
  await expect(desk.freshness).toHaveAccessibleName(t('shell.freshness.neverFailed'));
  await nodeProxy.reset();
  await desk.refresh();
  await expect(desk.positions.row('ETH in EigenLayer', 'queued')).toBeVisible();
});

test('says in Settings what is wrong with a node before it is used', async ({ desk, chain, nodeProxy }) => {
  const row = desk.settings.node('Ethereum');
  await desk.go('settings');
  await desk.settings.setNode('Ethereum', nodeProxy.url);
  for (const { mode, code } of troubles.slice(0, 3)) {
    await nodeProxy.setMode(mode);
    await desk.settings.testNode('Ethereum');
    await expect(row.getByRole('alert')).toContainText(t(`error.${code}`));
  }
  await nodeProxy.reset();
  await desk.settings.testNode('Ethereum');
  await expect(row.getByRole('alert')).toBeHidden();
  await expect(row).toContainText(
    t('settings.node.answers', { chainId: 1, block: (await chain.client.getBlockNumber()).toString() }),
  );
});

test('stops a reading that hangs when it is told to', async ({ desk, chain, nodeProxy }) => {
  await readThenHang(desk, chain, nodeProxy);
  await desk.page.getByRole('button', { name: t('positions.refresh.cancel') }).click();
  await expect(desk.page.getByRole('button', { name: t('positions.refresh.cancel') })).toBeHidden();
  const amount = desk.positions.figure(desk.positions.row('ETH in EigenLayer', 'delegated'), 'amount');
  await expect(amount).toHaveText('45.0000');
  await nodeProxy.reset();
  await desk.refresh();
  await expect(amount).not.toHaveAccessibleName(staleName);
});

test('gives up by itself on a node that never answers', async ({ desk, chain, nodeProxy }) => {
  await readThenHang(desk, chain, nodeProxy);
  // The program waits for 15 seconds.
  const message = desk.page.getByRole('main').getByRole('alert');
  await expect(message).toContainText(t('error.node-timeout'), { timeout: 25_000 });
  await expect(desk.positions.row('ETH in EigenLayer', 'delegated')).toContainText('45.0000');
});

async function readThenHang(desk: Desk, chain: Chain, nodeProxy: HostileProxy): Promise<void> {
  await giveHolderPositions(chain);
  await watchHolder(desk, chain, nodeProxy.url);
  await desk.refresh();
  await expect(desk.positions.row('ETH in EigenLayer', 'delegated')).toContainText('45.0000');
  await nodeProxy.setMode({ kind: 'hang' });
  await desk.refresh();
  await expect(desk.page.getByRole('button', { name: t('positions.refresh.cancel') })).toBeVisible();
}

test('asks the next of several nodes, says so, and lets their order be changed', async ({
  desk,
  chain,
  nodeProxy,
}) => {
  await giveHolderPositions(chain);
  await watchHolder(desk, chain, nodeProxy.url);
  await desk.go('settings');
  await desk.settings.addNode(NETWORK, chain.url);
  const [first, second] = [nodeProxy.url, chain.url].map((url) => new URL(url).host);
  expect(await desk.settings.hosts(NETWORK)).toEqual([first, second]);
  await nodeProxy.setMode({ kind: 'closed' });
  await desk.go('positions');
  await desk.refresh();
  await expect(desk.page.getByRole('main')).toContainText(t('positions.notices.node-changed'));
  const amount = desk.positions.figure(desk.positions.row('ETH in EigenLayer', 'delegated'), 'amount');
  await expect(amount).toHaveText('45.0000');

  await desk.go('settings');
  const nodes = desk.settings.node(NETWORK);
  await expect(nodes.getByText(t('settings.health.failed'))).toHaveCount(1);
  await expect(nodes.getByText(/^Served the reading of /u)).toHaveCount(1);
  await nodes.getByRole('button', { name: t('settings.node.down', { host: first ?? '' }) }).click();
  await expect.poll(() => desk.settings.hosts(NETWORK)).toEqual([second, first]);
});

/** Several portfolios side by side, and accounts that come, go and come back. */
import { getAddress } from 'viem';
import { wad } from './nodes/deployment.ts';
import { expect, test } from './support/fixtures.ts';
import { giveHolderPositions, HOLDER, LABEL, NETWORK, PORTFOLIO, watchHolder } from './support/holder.ts';
import { t } from './support/text.ts';

const OTHER = getAddress('0x0000000000000000000000000000000000000b0b');

test('keeps portfolios apart, each with its own accounts and figures', async ({ desk, chain }) => {
  const { overview, positions } = desk;
  await giveHolderPositions(chain);
  await chain.fund(OTHER, { ezETH: 10n * wad });
  await watchHolder(desk, chain, chain.url);
  await desk.refresh();
  await desk.createPortfolio('Operations', NETWORK);
  await positions.addDialog.open();
  await positions.addDialog.add(OTHER);
  await desk.refresh();
  await expect(positions.figure(positions.row('ezETH', 'held'), 'bookEth')).toHaveText('10.3000');
  await desk.go('overview');
  await expect(overview.totalEth).toHaveText('10.3000 ETH');

  await desk.choosePortfolio(PORTFOLIO);
  await expect(overview.totalEth).toHaveText('79.2000 ETH');
  await desk.choosePortfolio('Sample portfolio');
  await expect(desk.sampleNotice).toBeVisible();
  await desk.choosePortfolio('Operations');
  await expect(desk.sampleNotice).toBeHidden();
  await expect(overview.totalEth).toHaveText('10.3000 ETH');
});

test('brings a removed account back with its figures', async ({ desk, chain }) => {
  const { positions } = desk;
  await giveHolderPositions(chain);
  await watchHolder(desk, chain, chain.url);
  await desk.refresh();
  const delegated = positions.row('ETH in EigenLayer', 'delegated');
  await expect(positions.figure(delegated, 'amount')).toHaveText('45.0000');

  await positions.accounts.open();
  await positions.accounts.stopWatching(LABEL);
  await expect(desk.toast(t('positions.account.removed', { name: LABEL }))).toBeVisible();
  await positions.accounts.close();
  await expect(delegated).toBeHidden();
  await desk.undoOffer.click();
  await expect(positions.figure(delegated, 'amount')).toHaveText('45.0000');
  await positions.accounts.open();
  await expect(positions.accounts.entry(LABEL)).toContainText(HOLDER);
});

test('watches an account by its ENS name, as the node resolves it', async ({ desk, chain }) => {
  const { addDialog, accounts } = desk.positions;
  await chain.setEnsName('vault.eth', HOLDER);
  await watchHolder(desk, chain, chain.url);
  await desk.createPortfolio('By name', NETWORK);
  await addDialog.open();
  await addDialog.address.fill('nobody.eth');
  await addDialog.submit.click();
  await expect(addDialog.root.getByRole('alert')).toContainText(t('error.ens-not-found'));
  await addDialog.add('vault.eth');
  await accounts.open();
  await expect(accounts.entry('vault.eth')).toContainText(HOLDER);
});

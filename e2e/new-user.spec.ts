/** The way of somebody who has just started the program, through the real services and a real chain. */
import { wad } from './nodes/deployment.ts';
import { formatExact } from '../shared/format/numbers.ts';
import { ETH_UNIT } from '../shared/domain/figure.ts';
import { PAGE_IDS } from './support/desk.ts';
import { figureIn } from './support/figures.ts';
import { expect, openDesk, test } from './support/fixtures.ts';
import { giveHolderPositions, HOLDER, LABEL, NETWORK, PORTFOLIO, watchHolder } from './support/holder.ts';
import { runCli } from './support/program.ts';
import { t } from './support/text.ts';

test('opens on the sample, which says on every page that it is invented', async ({ desk }) => {
  await expect(desk.portfolioMenu).toContainText('Sample');
  for (const id of PAGE_IDS) {
    await desk.go(id);
    await expect(desk.sampleNotice).toBeVisible();
    await expect(desk.freshness).toHaveAccessibleName(/^Sample, fixed at block [\d,]+$/u);
  }
});

test('says of the sample what the command line says, and where each figure comes from', async ({ desk }) => {
  // Unchecked: the shape of this output has tests of its own.
  const { totals, positions } = JSON.parse(await runCli(['positions', '--sample', '--json'])) as {
    totals: { bookEth: { value: string } };
    positions: unknown[];
  };
  await desk.overview.totalEth.click();
  const { inspector } = desk;
  await expect(inspector.getByText(formatExact(BigInt(totals.bookEth.value), ETH_UNIT))).toBeVisible();
  await expect(inspector.getByText(t('figure.formula.sum'))).toBeVisible();

  // From the total down to what was read: position by position, then the call itself.
  const inputs = inspector.getByRole('region', { name: t('shell.inspector.inputs') });
  await figureIn(inputs, 'bookEth', 'weETH').first().click();
  await expect(inspector.getByText(t('figure.formula.book-eth'))).toBeVisible();
  await figureIn(inputs, 'rate', 'weETH').click();
  const source = inspector.getByRole('region', { name: t('shell.inspector.source'), exact: true });
  await expect(source).toContainText(t('shell.inspector.kind.sample'));
  await expect(source).toContainText('getRate()');

  await desk.go('positions');
  await expect(desk.page.getByText(t('shell.table.rows', { count: positions.length }))).toBeVisible();
});

test('refuses a mistyped address with help, and secrets without a trace', async ({
  desk,
  program,
  watch,
}) => {
  const secrets = [
    '4c0883a69102937d6231471b5dbb6204fe5129617082792ae468d01a3f362318',
    'legal winner thank year wave sausage worth useful legal winner thank yellow',
  ];
  await desk.createPortfolio(PORTFOLIO);
  await desk.go('positions');
  const { addDialog, accounts } = desk.positions;
  await addDialog.open();
  await addDialog.address.fill('0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96046');
  await expect(addDialog.root).toContainText(t('positions.add.problem.bad-checksum'));
  await expect(addDialog.submit).toBeDisabled();

  for (const secret of secrets) {
    for (const field of [addDialog.address, addDialog.label]) {
      await field.fill(secret);
      await expect(addDialog.refusal).toBeVisible();
      await expect(field).toHaveValue('');
      await expect(addDialog.submit).toBeDisabled();
      await field.fill('x');
    }
  }
  await addDialog.root.getByRole('button', { name: t('shell.cancel') }).click();
  await accounts.open();
  await expect(accounts.root).toContainText(t('positions.account.none'));
  await desk.page.close();
  await program.stop();

  // What is stored is sealed, so that it was never sent is what counts.
  const sent = watch.sentFrames.join('\n');
  const kept = program.readDataFolder().toString('latin1');
  for (const secret of secrets) {
    expect(sent).not.toContain(secret);
    expect(kept).not.toContain(secret);
  }
});

test('reads what an account holds, exactly, and says in which block', async ({ desk, chain }) => {
  await giveHolderPositions(chain);
  await watchHolder(desk, chain, chain.url);
  await desk.go('settings');
  await desk.settings.testNode(NETWORK);
  const block = await chain.client.getBlockNumber();
  await expect(desk.settings.node(NETWORK)).toContainText(
    t('settings.node.answers', { chainId: 1, block: block.toString() }),
  );
  await desk.go('overview');
  await expect(desk.overview.step('node')).toContainText(t('overview.firstRun.done'));
  await expect(desk.overview.step('account')).toContainText(t('overview.firstRun.done'));
  await desk.refresh();
  await expect(desk.freshness).toHaveAccessibleName(new RegExp(`^block ${block}\\D`, 'u'));
  await expect(desk.freshness).toContainText(new URL(chain.url).host);
  await expect(desk.overview.totalEth).toHaveText('79.2000 ETH');
  await expect(desk.overview.totalUsd).toHaveText('237,600.00 USD');

  await desk.go('positions');
  const { positions, inspector } = desk;
  const delegated = positions.row('ETH in EigenLayer', 'delegated');
  await expect(delegated).toContainText(LABEL);
  await expect(positions.figure(delegated, 'amount')).toHaveText('45.0000');
  await expect(positions.figure(delegated, 'rate')).toHaveText('1.000000');
  const queued = positions.row('ETH in EigenLayer', 'queued');
  await expect(positions.figure(queued, 'amount')).toHaveText('30.0000');
  const weETH = positions.row('weETH', 'held');
  await expect(positions.figure(weETH, 'rate')).toHaveText('1.050000');
  await expect(positions.figure(weETH, 'bookEth')).toHaveText('4.2000');

  // All its digits, the deposit of 60 it came from, and the block of every reading behind it.
  await positions.figure(delegated, 'amount').click();
  await expect(inspector).toContainText(/45 ETH|45\.0000 ETH/u);
  await expect(figureIn(inspector, 'depositShares')).toHaveText('60.0000 shares');
  await positions.figure(weETH, 'rate').click();
  const source = inspector.getByRole('region', { name: t('shell.inspector.source'), exact: true });
  await expect(source).toContainText('getRate()');
  await expect(source).toContainText(new URL(chain.url).host);
  await expect(source.getByText(block.toString(), { exact: true })).toBeVisible();
});

test('takes a typed price before that of the feed, and marks it as typed', async ({ desk, chain }) => {
  await giveHolderPositions(chain);
  await watchHolder(desk, chain, chain.url);
  await desk.refresh();
  await desk.go('overview');
  await expect(desk.overview.totalUsd).toHaveText('237,600.00 USD');

  await desk.go('settings');
  await desk.settings.setPrice('2000');
  await desk.go('overview');
  await expect(desk.overview.totalUsd).toHaveText('158,400.00 USD');
  await desk.overview.price.click();
  await expect(desk.inspector).toContainText(t('shell.inspector.kind.user'));
});

test('foretells what a slashing then takes', async ({ desk, chain }) => {
  const { operators, operatorSets, strategies } = chain;
  await giveHolderPositions(chain);
  await watchHolder(desk, chain, chain.url);
  await desk.refresh();
  await desk.go('simulate');
  const { simulate, positions } = desk;
  await simulate.startFrom('operator-slash');
  await simulate.setPercent(1, '50');
  await simulate.run.click();
  // Half of the quarter the service has left of the magnitude: an eighth of what was deposited.
  await expect(simulate.loss).toHaveText('12.5000 ETH');
  await expect(simulate.before).toHaveText('79.2000 ETH');
  await expect(simulate.after).toHaveText('66.7000 ETH');
  const lossOf = (name: string) => simulate.losses.getByRole('row').filter({ hasText: name });
  await expect(lossOf('Delegated')).toContainText('7.5000');
  await expect(lossOf('Withdrawal queued')).toContainText('5.0000');
  await expect(lossOf('weETH')).toContainText('0.0000');
  await expect(simulate.reasons).toContainText('0.75 → 0.625');

  await desk.go('positions');
  await expect(positions.figure(positions.row('ETH in EigenLayer', 'delegated'), 'after')).toHaveText(
    '37.5000',
  );

  await chain.slash(operators.first, operatorSets.first, wad / 2n, [strategies.beaconChainETH]);
  await desk.refresh();
  await expect(positions.figure(positions.row('ETH in EigenLayer', 'delegated'), 'amount')).toHaveText(
    '37.5000',
  );
  await expect(positions.figure(positions.row('ETH in EigenLayer', 'queued'), 'amount')).toHaveText(
    '25.0000',
  );
  // The run was of other values than these: it is no longer shown beside them.
  await desk.go('simulate');
  await expect(desk.page.getByRole('button', { name: t('simulate.result.again') })).toBeVisible();
});

test('says what the failure of a contract costs', async ({ desk, chain }) => {
  await giveHolderPositions(chain);
  await watchHolder(desk, chain, chain.url);
  await desk.refresh();
  await desk.go('simulate');
  const { simulate } = desk;
  await simulate.startFrom('contract-failure');
  await simulate.setPercent(1, '12.5');
  await simulate.run.click();
  await expect(simulate.event(1)).toContainText('EigenLayer');
  await expect(simulate.loss).toHaveText('9.9000 ETH');
});

test('finds everything again after it was killed', async ({ desk, chain, program, watch }) => {
  await giveHolderPositions(chain);
  await watchHolder(desk, chain, chain.url);
  await desk.refresh();
  await desk.go('simulate');
  await desk.simulate.startFrom('operator-slash');
  await desk.simulate.run.click();
  await expect(desk.simulate.loss).toHaveText('2.5000 ETH');
  await desk.go('settings');
  await desk.settings.setPrice('2000');
  await expect(desk.toast(t('settings.price.saved'))).toBeVisible();

  watch.allow(/WebSocket connection to .* failed/u);
  await program.kill();
  await expect(desk.page.getByText(t('shell.connection.lostTitle'))).toBeVisible();
  await program.start();
  const again = await openDesk(desk.page, program);
  await expect(again.portfolioMenu).toContainText(PORTFOLIO);
  await again.go('overview');
  await expect(again.overview.totalEth).toHaveText('79.2000 ETH');
  await expect(again.overview.after).toHaveText('76.7000 ETH');
  await again.go('simulate');
  await expect(again.simulate.loss).toHaveText('2.5000 ETH');
  await again.go('positions');
  await again.positions.accounts.open();
  await expect(again.positions.accounts.entry(LABEL)).toContainText(HOLDER);
  await again.positions.accounts.close();
  await again.go('settings');
  await expect(again.settings.price).toContainText('2,000.00 USD');
  await expect(again.settings.node(NETWORK)).toContainText(new URL(chain.url).host);
});

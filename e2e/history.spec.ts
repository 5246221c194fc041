/** Value over time: the sample's invented past, the way of a history out and in as a file, and one that grows by refreshes. */
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from './support/fixtures.ts';
import { giveHolderPositions, watchHolder } from './support/holder.ts';
import { createHistoryPage } from './support/pages/history.ts';
import { t } from './support/text.ts';

test('shows the sample’s past as invented, with its gap, and what moved it', async ({ desk }) => {
  const history = createHistoryPage(desk.page);
  await expect(history.panel).toContainText(t('history.note.synthetic'));
  await expect(history.panel.getByRole('figure')).toBeVisible();
  await history.panel.getByRole('button', { name: t('history.panel.more') }).click();
  await expect(desk.page.getByText(t('history.note.synthetic'))).toBeVisible();
  await expect(desk.page.getByText(t('history.note.gaps', { count: 1, days: 70, limit: 14 }))).toBeVisible();

  await history.chooseCurrency('ETH');
  await expect(history.chart).toHaveAccessibleName(/70 readings.*420\.1426 ETH/u);
  const wsteth = history.row('wstETH, Treasury');
  for (const figure of ['44.0525 ETH', '24.0444 ETH', '2.8140 ETH', '70.9109 ETH']) {
    await expect(wsteth).toContainText(figure);
  }
  await expect(history.row('stETH in EigenLayer, Operations').first()).toContainText(
    t('history.attribution.noneHere'),
  );
  await expect(history.table.getByRole('row').last()).toContainText('420.1426 ETH');

  await history.divideBy('protocol');
  await expect(history.row('ether.fi')).toContainText('52.4946 ETH');
  await history.chooseRange('1m');
  await expect(history.chart).toHaveAccessibleName(/5 readings/u);
  await history.value('market');
  await expect(desk.page.getByText(t('history.basisHint.market'))).toBeVisible();
  await history.chooseCurrency('BTC');
  await expect(history.chart).toHaveAccessibleName(/BTC\.$/u);
});

test('goes out as a file and comes back the same, as an edit', async ({ desk }) => {
  const history = createHistoryPage(desk.page);
  await history.open();
  await history.chooseCurrency('ETH');
  const before = await history.table.innerText();
  const file = await history.save();
  const text = file.bytes.toString('utf8');
  expect(file.name).toMatch(/^ballast-history-sample-portfolio-\d{4}-\d{2}-\d{2}\.csv$/u);
  expect(text).toContain('synthetic: invented sample');

  await desk.createPortfolio('Copy', 'Ethereum');
  await desk.go('overview');
  await history.open();
  await expect(desk.page.getByText(t('history.empty.title'))).toBeVisible();
  await history.import({ name: 'broken.csv', text: text.replace('wstETH,wstETH,18', 'wstETH,wstETH,many') });
  await expect(desk.page.getByRole('alert')).toContainText(/Line \d+: decimals “many” is not a number/u);
  await expect(history.imports).toBeHidden();

  await history.import({ name: file.name, text });
  await expect(desk.toast(t('history.files.imported', { count: 70, file: file.name }))).toBeVisible();
  await expect(history.table).toBeVisible();
  expect(await history.table.innerText()).toBe(before);
  await expect(history.imports).toContainText(file.name);
  await expect(desk.page.getByText(t('history.note.imported', { count: 70 }))).toBeVisible();

  await history.import({ name: file.name, text });
  await expect(desk.toast(t('history.files.nothingNew', { file: file.name }))).toBeVisible();
  await history.imports.getByRole('button').click();
  await expect(desk.page.getByText(t('history.empty.title'))).toBeVisible();
  await desk.undoOffer.click();
  await expect(history.imports).toContainText(file.name);
});

test('grows by a point with each refresh', async ({ desk, chain }) => {
  const history = createHistoryPage(desk.page);
  await giveHolderPositions(chain);
  await watchHolder(desk, chain, chain.url);
  await desk.refresh();
  await desk.go('overview');
  await expect(desk.overview.totalEth).toHaveText('79.2000 ETH');
  await history.open();
  await history.chooseCurrency('ETH');
  await expect(desk.page.getByText(t('history.chart.single'))).toBeVisible();
  await expect(desk.page.getByText(t('history.attribution.none'))).toBeVisible();
  await chain.client.mine({ blocks: 5 });
  await desk.page
    .getByRole('main')
    .getByRole('button', { name: t('positions.refresh.action'), exact: true })
    .click();
  await expect(history.chart).toHaveAccessibleName(/2 readings.*79\.2000 ETH/u);
  await expect(history.row('weETH')).toContainText('4.2000 ETH');
  // The feeds of the test chain: 3,000 dollars for one ETH, 90,000 for one BTC.
  await history.chooseCurrency('BTC');
  await expect(history.row('weETH')).toContainText('0.1400 BTC');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`has no serious fault in the ${colorScheme} theme, and fits a narrow window`, async ({ desk }) => {
    const { page } = desk;
    const history = createHistoryPage(page);
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width: 760, height: 900 });
    await history.open();
    await expect(history.table).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).include('main').setLegacyMode(true).analyze();
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    expect(
      serious.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`)),
    ).toEqual([]);
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBe(0);
  });
}

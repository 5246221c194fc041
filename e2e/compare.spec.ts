/** The comparison on the bundled catalogue: table, facts, side by side, score, yield, file, and 500 protocols. */
import { readCsv } from './support/report-files.ts';
import { expect, test } from './support/fixtures.ts';
import { multiplyCatalog } from './support/multiply-catalog.ts';
import { t } from './support/text.ts';

test('shows each protocol with how sure its facts are, and a disputed one as disputed', async ({ desk }) => {
  await desk.go('compare');
  const { compare } = desk;
  await expect(compare.table).toHaveAttribute('aria-rowcount', '19');
  const exit = await compare.cell('Kelp DAO (KernelDAO)', t('compare.column.exitDays'));
  await expect(exit).toContainText('8 – 21 days');
  await expect(exit).toContainText(t('catalog.status.disputed'));
  // A range that touches nothing else is not a number: the score is read out with both ends.
  const score = await compare.cell('Lido', t('compare.column.score'));
  await expect(score.getByRole('img')).toHaveAccessibleName(/\d+ to \d+, middle \d+/u);
  await expect(await compare.cell('Babylon', t('compare.column.yield'))).toHaveText(
    t('compare.cell.undated'),
  );
  await expect(await compare.cell('Lido', t('compare.column.name'))).toContainText(t('compare.table.held'));
  // A cell opens its row at the fact it shows, with status, date, source.
  await exit.click();
  const fact = compare.detail.locator('[aria-current="true"]');
  await expect(fact).toContainText(t('catalog.fact.exitDays'));
  await expect(fact).toContainText(t('catalog.status.disputed'));
  await expect(fact.getByRole('list', { name: t('compare.detail.sources') })).not.toBeEmpty();
  await expect(compare.detail).toContainText('2026-04-18');
  await exit.press('Enter');
  await expect(compare.detail).toBeHidden();
});

test('says what the world gets wrong', async ({ desk }) => {
  await desk.go('compare');
  const panel = desk.page.getByRole('region', { name: t('compare.corrections.title') });
  await expect(panel).toContainText('ezETH');
  await desk.compare.row('Puffer Finance').getByRole('rowheader').click();
  await expect(desk.compare.detail).toContainText(t('compare.detail.corrections'));
});

test('replays an incident in Simulate where the portfolio holds what it struck', async ({ desk }) => {
  await desk.go('compare');
  const { compare, page } = desk;
  await (await compare.cell('Kelp DAO (KernelDAO)', t('compare.column.name'))).click();
  await compare.detail.getByRole('button', { name: t('compare.detail.replay') }).click();
  await expect(page.getByRole('heading', { level: 1, name: t('shell.page.simulate') })).toBeVisible();
  await expect(page.getByRole('main')).toContainText(/2026-04|rsETH/u);
});

test('sorts with the unknown last, filters, and says what to clear', async ({ desk }) => {
  await desk.go('compare');
  const { compare, page } = desk;
  const exitHead = t('compare.column.exitDays');
  await compare.sortBy(exitHead);
  await expect.poll(async () => (await compare.names())[0]).toBe('Bedrock');
  const unknownLast = async (): Promise<void> => {
    const last = (await compare.names()).at(-1) ?? '';
    await expect(await compare.cell(last, exitHead)).not.toContainText(/\d/u);
  };
  await unknownLast();
  await compare.sortBy(exitHead);
  await expect.poll(async () => (await compare.names())[0]).toBe('Lido');
  await unknownLast();
  await page.getByRole('button', { name: 'BTC', exact: true }).click();
  await expect.poll(async () => (await compare.names()).length).toBe(6);
  await page.getByRole('textbox', { name: t('compare.filter.maxExitDays') }).fill('7');
  await expect.poll(() => compare.names()).toEqual(['Babylon']);
  await compare.search.fill('nothing like it');
  await expect(page.getByText(t('compare.filter.nothing'))).toBeVisible();
  await expect(
    page.getByText(/the search “nothing like it”, asset BTC and exit within 7 days/u),
  ).toBeVisible();
  await page.getByRole('button', { name: t('compare.filter.clear') }).click();
  await expect(compare.table).toHaveAttribute('aria-rowcount', '19');
  await page.getByRole('button', { name: t('compare.filter.held') }).click();
  await expect
    .poll(async () => (await compare.names()).toSorted())
    .toEqual([
      'EigenLayer (EigenCloud)',
      'Kelp DAO (KernelDAO)',
      'Lido',
      'Puffer Finance',
      'Renzo',
      'ether.fi',
    ]);
});

test('is worked with keys: cells, opening, pinning', async ({ desk }) => {
  await desk.go('compare');
  const { compare, page } = desk;
  const first = compare.table.getByRole('rowheader').first();
  await first.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  await expect(compare.row('Bedrock').locator('[data-column="1"]')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(compare.detail).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(compare.detail).toBeHidden();
  await page.keyboard.press('Control+End');
  await expect(compare.row('Symbiotic').locator(':focus')).toBeVisible();
  await page.keyboard.press('Space');
  await expect(compare.row('Symbiotic')).toHaveAttribute('aria-selected', 'true');
});

test('saves the table as it is shown, with status and date of each fact', async ({ desk }) => {
  await desk.go('compare');
  const { compare } = desk;
  await compare.toggleColumn(t('compare.column.exitDays'));
  await compare.toggleColumn(t('compare.column.bounty'));
  await compare.search.fill('bedrock');
  await expect.poll(() => compare.names()).toContain('Bedrock');
  const { name, bytes } = await compare.saveCsv();
  expect(name).toMatch(/^ballast-comparison-\d{4}-\d\d-\d\d\.csv$/u);
  const rows = readCsv(bytes);
  const row = rows.find(({ protocol }) => protocol === 'Bedrock');
  expect(row).toMatchObject({ products: 'uniBTC', held: '' });
  expect(Object.keys(row ?? {})).not.toContain('exit_days');
  expect(Object.keys(row ?? {})).toEqual(
    expect.arrayContaining(['bounty_status', 'bounty_date', 'score_low']),
  );
});

test('puts protocols side by side with what differs marked, and compares them by simulation', async ({
  desk,
}) => {
  await desk.go('compare');
  const { compare, page } = desk;
  await compare.show('sides');
  await page.getByRole('button', { name: t('compare.sides.back') }).click();
  await compare.pin('ether.fi');
  await compare.pin('Lombard');
  await compare.show('sides');
  const { sides, engine } = compare;
  const exit = sides
    .getByRole('row')
    .filter({ has: page.getByText(t('catalog.fact.exitDays'), { exact: true }) });
  // 1 to 14 days, disputed, and 9 days: nobody can say which is longer.
  await expect(exit).toContainText(t('compare.sides.overlaps'));
  await expect(exit).toContainText(t('catalog.status.disputed'));
  const kind = sides
    .getByRole('row')
    .filter({ has: page.getByText(t('compare.column.kind'), { exact: true }) });
  await expect(kind).toContainText(t('compare.sides.differs'));
  await engine.getByRole('button', { name: t('compare.engine.run') }).click();
  const figures = engine.getByRole('table', { name: t('compare.engine.tableLabel') });
  await expect(figures).toBeVisible({ timeout: 30_000 });
  const expected = figures.getByRole('row').filter({ hasText: t('comparison.figure.expectedLoss') });
  await expect(expected.getByRole('cell')).toHaveText([/≈ .*% to .*%/u, /≈ .*% to .*%/u]);
  await expect(engine.getByRole('figure')).toBeVisible();
  await engine.getByText(t('compare.engine.assumptions')).click();
  await expect(engine).toContainText(t('comparison.assumption.sameValue'));
  // The calculator takes its expected loss from it.
  await compare.show('calculator');
  await expect(page.getByText(/^Simulated .* ago, calm to stressed$/u)).toBeVisible();
});

test('ranks by weights that can be changed, never a score without its range', async ({ desk }) => {
  await desk.go('compare');
  const { compare, page } = desk;
  await compare.show('score');
  const { ranking } = compare;
  const order = (): Promise<string[]> => ranking.getByRole('rowheader').allInnerTexts();
  const before = await order();
  for (const dimension of ['code', 'control', 'backing', 'liquidity', 'operations'] as const) {
    await compare.weight(t(`score.dimension.${dimension}`)).fill('0');
  }
  await expect(page.getByText(t('compare.scoring.isOwn'))).toBeVisible();
  await expect.poll(order).not.toEqual(before);
  await compare.weight(t('score.dimension.slashing')).fill('0');
  await expect(page.getByText(t('compare.scoring.allZero'))).toBeVisible();
  await page.getByRole('button', { name: t('compare.scoring.reset') }).click();
  await expect.poll(order).toEqual(before);
  await ranking.getByRole('row').filter({ hasText: 'Kelp DAO' }).click();
  const detail = ranking.getByRole('group');
  await expect(detail).toContainText(/Capped at \d+/u);
  await expect(detail).toContainText(t('score.input.timelock'));
});

test('works out a net yield, and marks what the user typed', async ({ desk }) => {
  await desk.go('compare');
  const { compare, page } = desk;
  await compare.show('calculator');
  await expect(page.getByText(/Not known: .*the exit fee/u)).toBeVisible();
  const field = (id: 'unsplit' | 'expectedLoss' | 'exitFee') =>
    page.getByRole('textbox', { name: t(`compare.yields.field.${id}`) });
  await field('unsplit').fill('3');
  await field('expectedLoss').fill('0.5 - 1');
  await field('exitFee').fill('0');
  await expect(page.getByText(t('compare.yields.yours'), { exact: true })).toHaveCount(3);
  const net = page
    .getByRole('term')
    .filter({ hasText: t('compare.yields.net') })
    .locator('xpath=..');
  await expect(net).toContainText(/%/u);
  await field('exitFee').fill('much');
  await expect(page.getByText(t('compare.yields.wrong'))).toBeVisible();
  await page.getByRole('button', { name: t('compare.yields.reset') }).click();
  await expect(page.getByText(t('compare.yields.yours'), { exact: true })).toHaveCount(0);
});

test('asks before it asks anybody, and says whom', async ({ desk, watch }) => {
  await desk.go('compare');
  const { page } = desk;
  await page.getByRole('button', { name: t('compare.refresh.action') }).click();
  const dialog = page.getByRole('dialog', { name: t('compare.refresh.askTitle') });
  await expect(dialog).toContainText('yields.llama.fi');
  await dialog.getByRole('button', { name: t('shell.cancel') }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('button', { name: t('compare.refresh.action') })).toBeEnabled();
  expect(watch.requests.filter((url) => url.includes('llama'))).toEqual([]);
});

test('draws only what is in view of 500 protocols', async ({ desk }) => {
  const { page, compare } = desk;
  await multiplyCatalog(page, 500);
  await page.reload();
  await desk.waitUntilShown();
  await desk.go('compare');
  await expect(compare.table).toHaveAttribute('aria-rowcount', '501');
  // Only what is in view is drawn.
  expect(await compare.table.getByRole('rowheader').count()).toBeLessThan(60);
});

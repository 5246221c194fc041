/** The market: the sample's invented history, a file of the user's own, and a stand-in for the public API. */
import { Buffer } from 'node:buffer';
import { AxeBuilder } from '@axe-core/playwright';
import { startLlamaServer } from '../electron/market/testing/llama-server.ts';
import { expect, openDesk, test } from './support/fixtures.ts';
import { startProgram } from './support/program.ts';
import { t } from './support/text.ts';
import { watchPages } from './support/watch-page.ts';
import type { Desk } from './support/desk.ts';

async function openMarket(desk: Desk): Promise<void> {
  await desk.go('compare');
  await desk.page.getByRole('tab', { name: t('compare.tabs.market') }).click();
  await expect(desk.page.getByRole('table', { name: t('market.tokens.label') })).toBeVisible();
}

function row(desk: Desk, asset: string) {
  return desk.page
    .getByRole('table', { name: t('market.tokens.label') })
    .getByRole('row', { name: new RegExp(`^${asset}\\b`, 'u') });
}

test('shows an invented history as one, with its depeg found', async ({ desk }) => {
  await openMarket(desk);
  const { page } = desk;
  await row(desk, 'ezETH').click();
  await expect(page.getByRole('heading', { name: t('market.detail.peg', { asset: 'ezETH' }) })).toBeVisible();
  await expect(page.getByText(t('market.detail.synthetic'))).toBeVisible();
  await page.getByRole('button', { name: t('market.detail.ranges.all') }).click();
  await expect(page.getByText(t('market.detail.detected'))).toBeVisible();
  await expect(page.getByText('ezETH, April 2024').last()).toBeVisible();
  await expect(page.getByRole('figure', { name: /^Peg of ezETH/u })).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).include('main').setLegacyMode(true).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
});

test('takes a file once it was looked at, and says which line is wrong', async ({ desk }) => {
  await openMarket(desk);
  const { page } = desk;
  const choose = (text: string) =>
    page
      .locator('input[type=file][accept*=csv]')
      .setInputFiles({ name: 'mine.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
  await choose('date,asset,quote,price\n2026-05-01,stETH,ETH,0.9987\n2026-05-02,stETH,ETH,"0,99"\n');
  const dialog = page.getByRole('dialog', { name: t('market.files.title') });
  await expect(dialog.getByRole('alert')).toContainText('Line 3');
  await expect(dialog.getByRole('button', { name: t('market.files.confirm') })).toBeDisabled();
  await dialog.getByRole('button', { name: t('shell.cancel') }).click();
  await choose('date,asset,quote,price\n2026-05-01,stETH,ETH,0.9987\n2026-05-02,stETH,ETH,0.9991\n');
  await expect(dialog).toContainText(t('market.files.added', { count: 2 }));
  await dialog.getByRole('button', { name: t('market.files.confirm') }).click();
  await expect(dialog).toBeHidden();
  await expect(row(desk, 'stETH')).toContainText('99.91%');
  await expect(row(desk, 'stETH')).toContainText(t('market.source.imported'));
});

test('says of a file that is no text why it is not taken, in a narrow window too', async ({ desk }) => {
  const { page } = desk;
  await page.setViewportSize({ width: 700, height: 900 });
  await openMarket(desk);
  await page
    .locator('input[type=file][accept*=csv]')
    .setInputFiles({ name: 'mine.csv', mimeType: 'text/csv', buffer: Buffer.alloc(4_000_000, 1) });
  await expect(page.getByRole('alert')).toContainText(t('market.files.tooLarge'));
  const overflow = await page.getByRole('main').evaluate((main) => main.scrollWidth - main.clientWidth);
  expect(overflow).toBe(0);
  // One message of that size would have ended the connection.
  await expect(row(desk, 'stETH')).toBeVisible();
});

test('asks the public API only after its hosts were allowed by name', async ({ page, context }) => {
  const api = await startLlamaServer(Date.now);
  const env = Object.fromEntries(
    Object.entries(api.bases).map(([host, base]) => [
      `BALLAST_STAND_IN_${host.toUpperCase().replaceAll('.', '_')}`,
      base,
    ]),
  );
  const program = await startProgram({ env });
  const watch = watchPages(context, () => program.origin);
  try {
    const desk = await openDesk(page, program);
    await openMarket(desk);
    expect(api.asked).toEqual([]);
    await page.getByRole('button', { name: t('compare.refresh.action') }).click();
    const ask = page.getByRole('dialog', { name: t('compare.refresh.askTitle') });
    await expect(ask).toContainText('coins.llama.fi');
    expect(api.asked).toEqual([]);
    await ask.getByRole('button', { name: t('compare.refresh.askConfirm') }).click();
    await expect(row(desk, 'stETH')).toContainText(t('market.source.llama'), { timeout: 20_000 });
    // One for one: 1996 / 2000.
    await expect(row(desk, 'stETH')).toContainText('99.80%');
    await desk.go('settings');
    await expect(page.getByRole('switch', { name: 'coins.llama.fi' })).toBeChecked();
    // A part that fails is named; what was there stays.
    api.answer('yields.llama.fi', (_, response) => void response.writeHead(503).end());
    await openMarket(desk);
    await page.getByRole('button', { name: t('compare.refresh.action') }).click();
    await expect(page.getByText(`${t('market.part.title')}.`)).toBeVisible();
    await expect(row(desk, 'stETH')).toContainText('99.80%');
    expect(watch.complaints).toEqual([]);
  } finally {
    await program.dispose();
    await api.stop();
  }
});

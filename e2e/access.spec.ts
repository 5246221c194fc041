/** The page without a mouse, in a narrow window, enlarged, in both themes, and with the amounts covered. */
import type { Buffer } from 'node:buffer';
import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { PAGE_IDS } from './support/desk.ts';
import { expect, test } from './support/fixtures.ts';
import { t } from './support/text.ts';

/** What axe holds against the page as it is, without its smaller advice. */
async function findFaults(page: Page): Promise<string[]> {
  // Legacy mode looks at this page alone, without a helper page beside it.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`has no serious fault on any page in the ${colorScheme} theme`, async ({ desk }) => {
    const { page } = desk;
    await page.emulateMedia({ colorScheme });
    await desk.go('simulate');
    await desk.simulate.run.click();
    await expect(desk.simulate.loss).toBeVisible();
    for (const id of PAGE_IDS) {
      await desk.go(id);
      await expect(page.getByRole('main')).not.toContainText(t('shell.loading'));
      expect.soft(await findFaults(page), id).toEqual([]);
    }
    await desk.go('exposure');
    await desk.exposure.showTable();
    await expect(desk.exposure.flows).toBeVisible();
    expect.soft(await findFaults(page), 'the flows as a table').toEqual([]);
    await desk.go('overview');
    await desk.overview.totalEth.click();
    await expect(desk.inspector).toBeVisible();
    expect.soft(await findFaults(page), 'the inspector').toEqual([]);
    await page.keyboard.press('Control+k');
    await expect(page.getByRole('dialog', { name: t('shell.palette.title') })).toBeVisible();
    expect.soft(await findFaults(page), 'the palette').toEqual([]);
  });
}

/** Presses Tab until the focus is there: a person without a mouse has no other way. */
async function tabTo(target: Locator): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    await target.page().keyboard.press('Tab');
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error('the focus does not come there');
}

test('is worked with keys alone', async ({ desk }) => {
  const { page, inspector, overview } = desk;
  for (const [index, id] of (
    ['positions', 'exposure', 'simulate', 'exit', 'compare', 'reports'] as const
  ).entries()) {
    await page.keyboard.press(`Alt+${index + 2}`);
    await expect(page.getByRole('heading', { level: 1, name: t(`shell.page.${id}`) })).toBeFocused();
  }
  await page.keyboard.press('Control+,');
  await expect(page.getByRole('heading', { level: 1, name: t('shell.page.settings') })).toBeFocused();
  await tabTo(page.getByRole('button', { name: t('shell.page.overview'), exact: true }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: t('shell.page.overview') })).toBeFocused();

  await tabTo(overview.totalEth);
  await page.keyboard.press('Enter');
  await expect(inspector).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(inspector).toBeHidden();
  await expect(overview.totalEth).toBeFocused();

  await page.keyboard.press('Control+k');
  await page.keyboard.type('dark theme');
  await page.keyboard.press('Enter');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');

  const sheet = page.getByRole('dialog', { name: t('shell.shortcuts.title') });
  await page.keyboard.press('?');
  await expect(sheet).toContainText(t('shell.action.hideAmounts'));
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
});

test('covers every amount when it is told to', async ({ desk }) => {
  const { page, overview, inspector } = desk;
  const total = (await overview.totalEth.innerText()).replace(' ETH', '');
  await page.keyboard.press('Control+Shift+H');
  await expect(overview.totalEth).toHaveText('••••');
  await overview.totalEth.click();
  await expect(inspector).toContainText(t('shell.inspector.hidden'));
  for (const id of PAGE_IDS) {
    await desk.go(id);
    await expect(page.getByText(total)).toHaveCount(0);
    // No name of anything says it either, nor the window's title.
    expect(await page.locator('body').ariaSnapshot()).not.toContain(total);
    expect(await page.title()).not.toContain(total);
  }
  await desk.go('overview');
  await page.keyboard.press('Control+Shift+H');
  await expect(overview.totalEth).toHaveText(`${total} ETH`);
});

const small = [
  { what: 'a narrow window', width: 700, height: 900 },
  // What remains of 1440 x 900 when everything is drawn twice as large.
  { what: 'twice the size', width: 720, height: 450 },
];

for (const { what, ...viewport } of small) {
  test(`fits ${what} without scrolling sideways`, async ({ desk }) => {
    await desk.page.setViewportSize(viewport);
    for (const id of PAGE_IDS) {
      await desk.go(id);
      const overflow = await desk.page.getByRole('main').evaluate((main) => {
        const parts = [document.documentElement, main];
        return parts.map((part) => Math.max(0, part.scrollWidth - part.clientWidth));
      });
      expect.soft(overflow, id).toEqual([0, 0]);
    }
  });
}

/** A picture once two in a row are the same: the first may still lack its fonts or its last layout. */
async function takeSettled(drawing: Locator): Promise<Buffer> {
  let before = await drawing.screenshot();
  await expect
    .poll(async () => {
      const now = await drawing.screenshot();
      const isSame = now.equals(before);
      before = now;
      return isSame;
    }, 'the drawing stands still')
    .toBe(true);
  return before;
}

/** Share of the pixels that differ by more than a shade. 1 for pictures of other sizes. */
function findShareApart(page: Page, one: Buffer, other: Buffer): Promise<number> {
  return page.evaluate(
    async (pictures) => {
      const [first, second] = await Promise.all(
        pictures.map(async (text) => {
          const bytes = Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
          const { width, height } = await createImageBitmap(new Blob([bytes]));
          const context = new OffscreenCanvas(width, height).getContext('2d')!;
          context.drawImage(await createImageBitmap(new Blob([bytes])), 0, 0);
          return context.getImageData(0, 0, width, height);
        }),
      );
      if (first!.width !== second!.width || first!.height !== second!.height) return 1;
      const apart = first!.data.filter((value, index) => Math.abs(value - second!.data[index]!) > 48);
      return apart.length / first!.data.length;
    },
    [one.toString('base64'), other.toString('base64')],
  );
}

test('draws the same for whoever wants no motion', async ({ desk }) => {
  await desk.go('exposure');
  const moving = await takeSettled(desk.exposure.drawing);
  await desk.page.emulateMedia({ reducedMotion: 'reduce' });
  await desk.page.reload();
  await expect(desk.exposure.drawing).toBeVisible();
  const shareApart = async (): Promise<number> =>
    findShareApart(desk.page, moving, await desk.exposure.drawing.screenshot());
  // Where an edge falls between two pixels, two drawings of the same lines may differ by a shade.
  await expect.poll(shareApart, 'the drawing is the same').toBeLessThan(0.001);
});

/** How likely losses are, on the sample: the answer, the numbers behind it, a what-if, and the report of it. */
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from './support/fixtures.ts';
import { createLikelihoodPage } from './support/pages/likelihood.ts';
import { runCli } from './support/program.ts';
import { t } from './support/text.ts';

/** A study of the sample takes seconds on a busy machine. */
const LONG_MS = 120_000;
const SENTENCE =
  /In one year, with base numbers, expect to lose about [\d.]+ ETH on average; one year in a hundred loses [\d,.]+ ETH or more\./u;
const LIDO = 'Lido contracts';

test('says in a sentence what to expect, as the command line does, and opens to how it was made', async ({
  desk,
}) => {
  test.setTimeout(LONG_MS);
  const { page, inspector } = desk;
  const likelihood = createLikelihoodPage(page);
  await desk.go('simulate');
  await likelihood.open();
  await expect(page.getByText(t('likelihood.result.emptyTitle'))).toBeVisible();
  await likelihood.simulate();
  const [sentence = ''] = SENTENCE.exec(await likelihood.result.innerText()) ?? [];
  expect(sentence).not.toBe('');
  expect(await runCli(['simulate', '--sample', '--likelihood'])).toContain(sentence);

  await likelihood.expectedLoss('base').click();
  await expect(inspector).toContainText(t('figure.formula.expected-loss'));
  await expect(inspector).toContainText(t('figure.name.standardError'));
  await expect(inspector).toContainText(t('figure.name.totalEth'));
  await page.keyboard.press('Escape');

  // The tab is remembered, and so is the result.
  await desk.go('overview');
  await desk.go('simulate');
  await expect(likelihood.tab).toHaveAttribute('aria-selected', 'true');
  await expect(likelihood.result).toContainText(sentence);
  await likelihood.tab.focus();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('tab', { name: t('likelihood.tabs.event') })).toHaveAttribute(
    'aria-selected',
    'true',
  );
});

test('takes a rate of one’s own, keeps it in bounds, and goes back to the file’s', async ({ desk }) => {
  test.setTimeout(LONG_MS);
  const { page } = desk;
  const likelihood = createLikelihoodPage(page);
  await desk.go('simulate');
  await likelihood.open();
  await likelihood.simulate();
  const before = await likelihood.expectedLoss('base').innerText();
  const rate = likelihood.rate(LIDO);
  const filed = await rate.inputValue();

  await rate.fill('nothing');
  await rate.press('Enter');
  await expect(page.getByText(t('likelihood.numbers.notNumber'))).toBeVisible();
  await rate.press('Escape');
  await expect(rate).toHaveValue(filed);

  await rate.fill('900');
  await rate.press('Enter');
  await expect(rate).toHaveValue('0.1813');
  await expect(likelihood.numbers).toContainText(t('likelihood.numbers.pending'));
  await expect(page.getByText(t('likelihood.result.changed'))).toBeVisible();
  await likelihood.again.click();
  await expect(likelihood.expectedLoss('base')).not.toHaveText(before, { timeout: 45_000 });
  await expect(page.getByText(t('likelihood.result.changed'))).toBeHidden();
  await expect(likelihood.numbers).not.toContainText(t('likelihood.numbers.pending'));
  await expect(likelihood.numbers).toContainText(t('likelihood.numbers.edited'));

  await likelihood.back(LIDO).click();
  await expect(rate).toHaveValue(filed);
  await likelihood.simulate();
  await expect(likelihood.expectedLoss('base')).toHaveText(before, { timeout: 45_000 });
});

test('shows what a move changes without a jitter, and puts the study into the report', async ({ desk }) => {
  test.setTimeout(LONG_MS);
  const { page } = desk;
  const likelihood = createLikelihoodPage(page);
  await desk.go('simulate');
  await likelihood.open();
  await likelihood.simulate();
  await likelihood.moveFrom('wstETH, Treasury');
  const moveAndRead = async (step: string): Promise<string> => {
    await likelihood.slider.fill(step);
    const caption = t('likelihood.move.toEthShort');
    await expect(page.getByText(caption).last()).toBeVisible({ timeout: 45_000 });
    const amount = step === '100' ? '71 ETH from' : '35 ETH from';
    await expect(page.getByText(amount)).toBeVisible({ timeout: 45_000 });
    return likelihood.moved.innerText();
  };
  const half = await moveAndRead('50');
  expect(half).toMatch(/Expected loss\s+≈ [\d.]+\s+≈ [\d.]+\s+≈ −[\d.]+\s*± [\d.]+/u);
  expect(await moveAndRead('100')).not.toBe(half);
  expect(await moveAndRead('50')).toBe(half);

  await desk.go('reports');
  await expect(desk.reports.preview).toContainText(t('likelihood.paper.numbersTitle'));
  await expect(desk.reports.preview).toContainText(SENTENCE);
});

test('covers every amount, stops when told to, and has no serious fault', async ({ desk }) => {
  test.setTimeout(LONG_MS);
  const { page } = desk;
  const likelihood = createLikelihoodPage(page);
  await desk.go('simulate');
  await likelihood.open();
  await likelihood.run.click();
  await likelihood.stop.click();
  await expect(likelihood.run).toBeEnabled();
  await expect(page.getByText(t('likelihood.result.emptyTitle'))).toBeVisible();

  await likelihood.simulate();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    // Legacy mode looks at this page alone, without a helper page beside it.
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    expect(
      serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`),
    ).toEqual([]);
  }

  await page.keyboard.press('Control+k');
  await page.keyboard.type(t('shell.action.hideAmounts'));
  await page.keyboard.press('Enter');
  const main = page.getByRole('main');
  await expect(main).toContainText('••••');
  // Units stand in heads of columns; no number stands before one.
  expect(await main.innerText()).not.toMatch(/\d ?ETH/u);
  // Drawn text is part of the page too; what is left are chances.
  const drawn = await main.locator('svg text').allTextContents();
  expect(drawn.filter((text) => /\d/u.test(text) && !/%/u.test(text))).toEqual([]);
});

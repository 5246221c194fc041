/** Scenarios of every kind on the sample: what is lost, what stands beside the loss, and what was recorded. */
import { AxeBuilder } from '@axe-core/playwright';
import { SUGGESTED_PRESETS } from '../shared/domain/scenario-kinds.ts';
import { figureIn } from './support/figures.ts';
import { expect, test } from './support/fixtures.ts';
import { t } from './support/text.ts';

test('strings events of every kind together, and tells the loss from what only the market takes off', async ({
  desk,
}) => {
  const { simulate, page } = desk;
  await desk.go('simulate');
  await simulate.startFrom('unbacked-supply');
  await simulate.choose(1, 'tokens', 'rsETH');
  // What it started from is chosen still, and is taken back.
  await simulate.choose(1, 'tokens', 'wstETH');
  await simulate.choose(1, 'tokens', 'stETH in EigenLayer');
  await simulate.setPercent(1, '18');
  await simulate.run.click();
  // 18/118 of 31.0876 ETH.
  await expect(simulate.loss).toHaveText('4.7422 ETH');
  await expect(simulate.reasons).toContainText('15.25% of all claims after');

  await simulate.add('depeg');
  await simulate.add('queue-closed');
  await simulate.choose(3, 'term', t('simulate.edit.terms.open'));
  await simulate.run.click();
  await expect(figureIn(simulate.result, 'marketLoss')).toBeVisible();
  await expect(simulate.loss).toHaveText('4.7422 ETH');
  await expect(simulate.result).toContainText(t('simulate.result.ifSold'));
  await expect(simulate.losses).toContainText(t('simulate.result.lockOpen'));
  await expect(page.getByRole('figure', { name: t('simulate.result.waterfallLabel') })).toBeVisible();
});

test('offers every kind of event, and says why one has nothing to strike here', async ({ desk }) => {
  const { page, simulate } = desk;
  await desk.go('simulate');
  await page.getByRole('button', { name: t('simulate.scenario.add') }).click();
  for (const preset of SUGGESTED_PRESETS) {
    await expect(page.getByRole('menuitem', { name: t(`simulate.scenario.preset.${preset}`) })).toBeVisible();
  }
  const bridge = page.getByRole('menuitem', { name: t('simulate.scenario.preset.bridge-failure') });
  await expect(bridge).toHaveAttribute('aria-disabled', 'true');
  await expect(bridge).toContainText(t('simulate.scenario.presetNone.bridge-failure'));
  await page.keyboard.press('Escape');
  for (const preset of ['service-compromised', 'client-bug', 'oracle-failure'] as const) {
    await simulate.add(preset);
  }
  await simulate.run.click();
  await expect(simulate.result.getByRole('listitem')).toHaveCount(4);
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  const faults = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(faults.map(({ id, nodes }) => [id, nodes.map(({ target }) => target)])).toEqual([]);
});

test('slashes by some of an operator’s services', async ({ desk }) => {
  const { simulate } = desk;
  await desk.go('simulate');
  await simulate.startFrom('operator-slash');
  await simulate.choose(1, 'service', 'Saffron Bridge');
  await simulate.run.click();
  await expect(simulate.result).toContainText('each of Lanternfish Data and Saffron Bridge');
  await expect(simulate.reasons).toContainText('Saffron Bridge slashed');
  await simulate.choose(1, 'service', t('simulate.edit.allServices'));
  await simulate.run.click();
  await expect(simulate.result).toContainText('each of its services');
});

test('replays a recorded incident at its recorded size, and forgets it once it is changed', async ({
  desk,
}) => {
  const { simulate, page } = desk;
  await desk.go('simulate');
  await simulate.replay('Kelp bridge, April 2026 (shared by every holder)');
  await expect(page.getByText(/18% of the supply before, 15\.3% of all claims after/u)).toBeVisible();
  await simulate.run.click();
  await expect(simulate.loss).toHaveText('4.7422 ETH');
  await simulate.setPercent(1, '20');
  await expect(page.getByText(/15\.3% of all claims after/u)).toHaveCount(0);
  await expect(page.getByRole('combobox', { name: t('simulate.scenario.presets') })).toHaveText(
    t('simulate.scenario.presetOwn'),
  );
});

/** Time to exit on the sample: the calendar, its steps and their sources, the ladder, stress, and waiting against selling. */
import { expect, test } from './support/fixtures.ts';
import { t } from './support/text.ts';

test('shows every way out with its steps, and what each rests on', async ({ desk }) => {
  await desk.go('exit');
  const { exit } = desk;
  const { drawing, steps, ladder, table } = exit;
  await expect(drawing).toBeVisible();
  await expect(ladder.getByRole('row')).toHaveCount(6);
  await exit.chooseSteps('weETH, Treasury');
  await expect(steps).toContainText('4.9 days (1 day to 65 days)');
  const step = steps.getByRole('listitem').filter({ hasText: t('exit.step.etherfi-queue') });
  await step.locator('summary').click();
  await expect(step).toContainText('1, 4.9 or 17 days');
  await expect(step).toContainText(t('exit.status.disputed'));
  await expect(step).toContainText('2026-06-09');
  await exit.showTable();
  // The table carries what the drawing shows, and a row opens its steps.
  await expect(table.getByRole('row')).toHaveCount(13);
  await table.getByRole('row').filter({ hasText: 'ezETH' }).press('Enter');
  await expect(steps).toContainText(t('exit.step.renzo-cooldown'));
});

test('waits longer under stress, and says why a time is not known', async ({ desk }) => {
  await desk.go('exit');
  const { exit } = desk;
  const { stress, steps, calendar, ladder } = exit;
  await exit.chooseSteps('ETH in EigenLayer, Cold storage (Delegated)');
  await expect(steps).toContainText('14 days (14 days to 65 days)');
  await stress.click();
  await expect(steps).toContainText('25 days (14 days to 191 days)');
  await expect(calendar).toContainText(t('exit.calendar.before'));
  await exit.pause('Lido', 'open');
  await expect(calendar).toContainText(t('exit.why.paused'));
  await exit.chooseSteps('wstETH, Treasury');
  await expect(steps).toContainText(t('exit.time.noEnd'));
  await expect(ladder.getByRole('row', { name: /60/u })).not.toContainText('420.1426');
  await stress.click();
  await expect(steps).toContainText('3 days (1 day to 52 days)');
  await expect(calendar).not.toContainText(t('exit.why.paused'));
});

test('compares waiting with a sale that the user describes', async ({ desk }) => {
  await desk.go('exit');
  const { exit } = desk;
  const { choices, lossRate, ladder } = exit;
  const row = choices.getByRole('row').filter({ hasText: 'ezETH' });
  await expect(row).toContainText(t('exit.choice.reason.no-rate'));
  await expect(row).toContainText(t('exit.choice.reason.no-market'));
  await lossRate.fill('1');
  await expect(row).toContainText('0.0368');
  await exit.addPool('2000', '2010');
  await expect(row).toContainText('0.4878');
  await expect(row).toContainText(t('exit.choice.wait'));
  await expect(ladder).toContainText(t('exit.ladder.salesTypical'));
  // What makes no sense is said beside the field, and the figures stay those of the last that did.
  await lossRate.fill('200');
  await expect(desk.page.getByText(t('exit.problem.above-all'))).toBeVisible();
  await expect(desk.page.getByText(t('exit.problem.held'))).toBeVisible();
  await expect(row).toContainText('0.0368');
});

test('before anything was read says what to do', async ({ desk }) => {
  await desk.createPortfolio('Mine');
  await desk.go('exit');
  await expect(desk.page.getByText(t('exposure.never.noAccountTitle'))).toBeVisible();
});

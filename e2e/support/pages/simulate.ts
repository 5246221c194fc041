import { expect, type Locator, type Page } from '@playwright/test';
import type { Preset } from '../../../renderer/features/simulate/useDraft.ts';
import { figureIn } from '../figures.ts';
import { t } from '../text.ts';

export interface SimulatePage {
  readonly result: Locator;
  readonly loss: Locator;
  readonly before: Locator;
  readonly after: Locator;
  readonly losses: Locator;
  readonly reasons: Locator;
  readonly run: Locator;
  event(number: number): Locator;
  startFrom(preset: Preset): Promise<void>;
  setPercent(number: number, percent: string): Promise<void>;
  /** Chooses one of the parts of an event's sentence. */
  choose(number: number, part: 'operator' | 'service' | 'dependency', option: string): Promise<void>;
}

export function createSimulatePage(page: Page): SimulatePage {
  const result = page.getByRole('region', { name: t('simulate.result.title'), exact: true });
  const event = (number: number): Locator =>
    page.getByRole('listitem', { name: t('simulate.scenario.event', { number }) });
  return {
    result,
    loss: figureIn(result, 'loss'),
    before: figureIn(result, 'totalEth'),
    after: figureIn(result, 'after'),
    losses: page.getByRole('table', { name: t('simulate.result.tableLabel') }),
    reasons: page.getByRole('region', { name: t('simulate.reasons.title'), exact: true }),
    run: page.getByRole('button', { name: t('simulate.scenario.run'), exact: true }),
    event,
    async startFrom(preset) {
      const button = page.getByRole('button', { name: t(`simulate.scenario.preset.${preset}`) });
      await button.click();
      await expect(button).toHaveAttribute('aria-pressed', 'true');
    },
    setPercent: (number, percent) =>
      event(number)
        .getByRole('textbox', { name: t('simulate.edit.percent') })
        .fill(percent),
    async choose(number, part, option) {
      await event(number)
        .getByRole('combobox', { name: t(`simulate.edit.${part}`) })
        .click();
      await page.getByRole('option', { name: option }).click();
    },
  };
}

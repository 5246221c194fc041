import { expect, type Locator, type Page } from '@playwright/test';
import type { SuggestedPreset } from '../../../shared/domain/scenario-kinds.ts';
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
  /** Chooses a suggestion by its kind, or a replay by the title of its incident. */
  startFrom(preset: SuggestedPreset): Promise<void>;
  replay(title: string): Promise<void>;
  /** Adds an event of a kind to the end of the list. */
  add(preset: SuggestedPreset): Promise<void>;
  setPercent(number: number, percent: string): Promise<void>;
  /** Chooses one of the parts of an event's sentence. */
  choose(
    number: number,
    part: 'operator' | 'service' | 'dependency' | 'tokens' | 'operators' | 'term',
    option: string,
  ): Promise<void>;
}

export function createSimulatePage(page: Page): SimulatePage {
  const result = page.getByRole('region', { name: t('simulate.result.title'), exact: true });
  const startFrom = async (name: string): Promise<void> => {
    const list = page.getByRole('combobox', { name: t('simulate.scenario.presets') });
    await list.click();
    await page.getByRole('option', { name, exact: true }).click();
    await expect(list).toHaveText(name);
  };
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
    startFrom: (preset) => startFrom(t(`simulate.scenario.preset.${preset}`)),
    replay: (title) => startFrom(t('simulate.scenario.replay', { title })),
    async add(preset) {
      await page.getByRole('button', { name: t('simulate.scenario.add') }).click();
      await page.getByRole('menuitem', { name: t(`simulate.scenario.preset.${preset}`) }).click();
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
      // A list of which any number can be chosen stays open.
      await page.keyboard.press('Escape');
      await expect(page.getByRole('listbox')).toHaveCount(0);
    },
  };
}

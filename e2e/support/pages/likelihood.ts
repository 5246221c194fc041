import { expect, type Locator, type Page } from '@playwright/test';
import { figureIn } from '../figures.ts';
import { t } from '../text.ts';

/** The half of Simulate that says how likely losses are. */
export interface LikelihoodPage {
  readonly tab: Locator;
  readonly run: Locator;
  readonly stop: Locator;
  readonly again: Locator;
  readonly result: Locator;
  readonly table: Locator;
  readonly who: Locator;
  readonly numbers: Locator;
  readonly moved: Locator;
  readonly slider: Locator;
  /** The button of a figure under a set of numbers. */
  expectedLoss(set: 'calm' | 'base' | 'stressed'): Locator;
  /** The field of a source's rate. */
  rate(label: string): Locator;
  back(label: string): Locator;
  /** Opens the tab. */
  open(): Promise<void>;
  /** Runs a study and waits until its sentence stands there. */
  simulate(): Promise<void>;
  /** Chooses where value comes from. */
  moveFrom(position: string): Promise<void>;
}

const PATIENCE_MS = 45_000;

export function createLikelihoodPage(page: Page): LikelihoodPage {
  const region = (name: string): Locator => page.getByRole('region', { name, exact: true });
  const result = region(t('likelihood.result.title'));
  const tab = page.getByRole('tab', { name: t('likelihood.tabs.likely') });
  const run = page.getByRole('button', { name: t('likelihood.settings.run'), exact: true });
  return {
    tab,
    run,
    stop: page.getByRole('main').getByRole('button', { name: t('likelihood.settings.cancel'), exact: true }),
    again: page.getByRole('button', { name: t('likelihood.settings.again'), exact: true }),
    result,
    table: result.getByRole('table'),
    who: region(t('likelihood.who.title')),
    numbers: region(t('likelihood.numbers.title')),
    moved: region(t('likelihood.move.title')).getByRole('table'),
    slider: page.getByRole('slider', { name: t('likelihood.move.slider') }),
    expectedLoss: (set) =>
      figureIn(
        result,
        'expectedLoss',
        t('likelihood.subject', {
          set: t(`likelihood.set.${set}`),
          horizon: t('likelihood.horizon.years', { count: 1 }),
        }),
      ),
    rate: (label) => page.getByRole('textbox', { name: t('likelihood.numbers.rate', { label }) }),
    back: (label) => page.getByRole('button', { name: t('likelihood.numbers.back', { label }) }),
    async open() {
      await tab.click();
      await expect(tab).toHaveAttribute('aria-selected', 'true');
    },
    async simulate() {
      await run.click();
      await expect(result).toContainText('with base numbers', { timeout: PATIENCE_MS });
      await expect(run).toBeEnabled();
    },
    async moveFrom(position) {
      await page.getByRole('combobox', { name: t('likelihood.move.from') }).click();
      await page.getByRole('option', { name: position }).click();
    },
  };
}

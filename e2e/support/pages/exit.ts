import type { Locator, Page } from '@playwright/test';
import { t } from '../text.ts';

export interface ExitPage {
  readonly calendar: Locator;
  readonly drawing: Locator;
  readonly table: Locator;
  readonly steps: Locator;
  readonly ladder: Locator;
  readonly choices: Locator;
  readonly stress: Locator;
  readonly lossRate: Locator;
  showTable(): Promise<void>;
  chooseSteps(position: string): Promise<void>;
  pause(protocol: string, term: 'days' | 'open'): Promise<void>;
  /** A pool of the first token that is offered. */
  addPool(tokenSide: string, ethSide: string): Promise<void>;
}

export function createExitPage(page: Page): ExitPage {
  const pick = async (list: Locator, option: string): Promise<void> => {
    await list.click();
    await page.getByRole('option', { name: option, exact: true }).click();
  };
  const calendar = page.getByRole('region', { name: t('exit.calendar.title'), exact: true });
  const steps = page.getByRole('region', { name: t('exit.steps.title'), exact: true });
  const markets = page.getByRole('list', { name: t('exit.market.list') });
  return {
    calendar,
    drawing: calendar.getByRole('figure', { name: t('exit.calendar.label') }),
    table: page.getByRole('table', { name: t('exit.calendar.tableLabel') }),
    steps,
    ladder: page.getByRole('table', { name: t('exit.ladder.label') }),
    choices: page.getByRole('table', { name: t('exit.choice.label') }),
    stress: page.getByRole('switch', { name: t('exit.stress.switch') }),
    lossRate: page.getByRole('textbox', { name: t('exit.settings.lossRate') }),
    showTable: () => calendar.getByRole('button', { name: t('exit.calendar.asTable') }).click(),
    chooseSteps: (position) =>
      pick(steps.getByRole('combobox', { name: t('exit.calendar.choose') }), position),
    async pause(protocol, term) {
      await pick(page.getByRole('combobox', { name: t('exit.stress.pause') }), protocol);
      await page.getByRole('button', { name: t(`exit.stress.pauseTerms.${term}`) }).click();
    },
    async addPool(tokenSide, ethSide) {
      await page.getByRole('button', { name: t('exit.market.add') }).click();
      await markets.getByRole('textbox', { name: t('exit.market.reserveIn') }).fill(tokenSide);
      await markets.getByRole('textbox', { name: t('exit.market.reserveOut') }).fill(ethSide);
    },
  };
}

import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import type { CompareTab } from '../../../renderer/features/compare/CompareTabs.tsx';
import { t } from '../text.ts';
import type { SavedFile } from './reports.ts';

export interface ComparePage {
  readonly table: Locator;
  readonly detail: Locator;
  readonly search: Locator;
  readonly sides: Locator;
  readonly engine: Locator;
  readonly ranking: Locator;
  readonly yields: Locator;
  show(tab: CompareTab): Promise<void>;
  /** By its name, exactly as it stands in the first column. */
  row(name: string): Locator;
  /** The cell of a row under a head. */
  cell(name: string, head: string): Promise<Locator>;
  sortBy(head: string): Promise<void>;
  /** Names in the order shown, of the rows that are drawn. */
  names(): Promise<string[]>;
  pin(name: string): Promise<void>;
  toggleColumn(name: string): Promise<void>;
  weight(dimension: string): Locator;
  /** Saves, and waits for the browser's download. */
  saveCsv(): Promise<SavedFile>;
}

export function createComparePage(page: Page): ComparePage {
  const table = page.getByRole('grid', { name: t('compare.table.label') });
  const head = (name: string): Locator => table.getByRole('columnheader', { name, exact: true });
  const row = (name: string): Locator =>
    table.getByRole('row').filter({ has: page.getByText(name, { exact: true }) });
  const tabName = (tab: CompareTab): string | RegExp =>
    // How many are pinned stands behind it.
    tab === 'sides' ? new RegExp(`^${t('compare.tabs.sides')}`, 'u') : t(`compare.tabs.${tab}`);
  return {
    table,
    detail: table.getByRole('group', { name: t('compare.detail.label', { name: '' }).trim() }),
    search: page.getByRole('textbox', { name: t('compare.filter.search') }),
    sides: page.getByRole('table', { name: t('compare.sides.label') }),
    engine: page.getByRole('region', { name: t('compare.engine.title') }),
    ranking: page.getByRole('table', { name: t('compare.scoring.table') }),
    yields: page.getByRole('table', { name: t('compare.yields.tableLabel') }),
    show: (tab) => page.getByRole('tab', { name: tabName(tab) }).click(),
    row,
    async cell(name, headName) {
      await table.waitFor();
      const heads = await table.getByRole('columnheader').allInnerTexts();
      const column = heads.findIndex((text) => text.trim() === headName);
      // What is out of view is not drawn.
      await head(headName).scrollIntoViewIfNeeded();
      return row(name).locator(`[data-column="${column}"]`);
    },
    sortBy: (name) => head(name).getByRole('button').click(),
    names: () =>
      table.getByRole('rowheader').evaluateAll((cells) => cells.map((cell) => cell.dataset['name'] ?? '')),
    async pin(name) {
      await row(name).hover();
      await page.getByRole('button', { name: t('compare.table.pin', { name }), exact: true }).click();
    },
    async toggleColumn(name) {
      await page.getByRole('button', { name: t('compare.filter.columns') }).click();
      await page.getByRole('checkbox', { name, exact: true }).click();
      await page.keyboard.press('Escape');
    },
    weight: (dimension) =>
      page.getByRole('spinbutton', { name: t('compare.scoring.weight', { name: dimension }) }),
    async saveCsv() {
      const offered = page.waitForEvent('download');
      await page.getByRole('button', { name: t('compare.export.action') }).click();
      const download = await offered;
      return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
    },
  };
}

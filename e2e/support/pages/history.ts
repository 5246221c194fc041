import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import type {
  HistoryBasis,
  HistoryCurrency,
  HistoryGrouping,
} from '../../../shared/domain/history/history-view.ts';
import { t } from '../text.ts';
import type { SavedFile } from './reports.ts';

export interface HistoryPage {
  /** On the overview. */
  readonly panel: Locator;
  readonly chart: Locator;
  readonly table: Locator;
  readonly imports: Locator;
  /** From the panel on the overview. */
  open(): Promise<void>;
  chooseCurrency(currency: HistoryCurrency): Promise<void>;
  chooseRange(range: '1m' | '3m' | '1y' | 'all'): Promise<void>;
  divideBy(grouping: HistoryGrouping): Promise<void>;
  value(basis: HistoryBasis): Promise<void>;
  row(name: string): Locator;
  /** Saves, and waits for the browser's download. */
  save(): Promise<SavedFile>;
  import(file: { readonly name: string; readonly text: string }): Promise<void>;
}

export function createHistoryPage(page: Page): HistoryPage {
  const table = page.getByRole('table', { name: t('history.attribution.label') });
  const press = (name: string): Promise<void> =>
    page.getByRole('tabpanel').getByRole('button', { name, exact: true }).click();
  const choose = async (field: string, option: string): Promise<void> => {
    await page.getByRole('combobox', { name: field }).click();
    await page.getByRole('option', { name: option, exact: true }).click();
  };
  return {
    panel: page.getByRole('region', { name: t('history.title') }),
    chart: page.getByRole('region', { name: t('history.chart.title') }).getByRole('figure'),
    table,
    imports: page.getByRole('list', { name: t('history.files.list') }),
    open: () => page.getByRole('tab', { name: t('history.tabs.history') }).click(),
    chooseCurrency: (currency) => press(t(`history.currencies.${currency}`)),
    chooseRange: (range) => press(t(`history.ranges.${range}`)),
    divideBy: (grouping) => choose(t('history.groupBy'), t(`history.groups.${grouping}`)),
    value: (basis) => choose(t('history.basis'), t(`history.bases.${basis}`)),
    row: (name) => table.getByRole('row').filter({ hasText: name }),
    async save() {
      const offered = page.waitForEvent('download');
      await press(t('history.files.export'));
      const download = await offered;
      return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
    },
    async import({ name, text }) {
      const chosen = page.waitForEvent('filechooser');
      await press(t('history.files.import'));
      await (await chosen).setFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
    },
  };
}

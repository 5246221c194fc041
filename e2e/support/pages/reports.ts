import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import type { ReportFormat } from '../../../shared/domain/report.ts';
import { t } from '../text.ts';

export interface SavedFile {
  readonly name: string;
  readonly bytes: Buffer;
}

export interface ReportsPage {
  readonly preview: Locator;
  chooseRun(name: string): Promise<void>;
  /** Saves, and waits for the browser's download. */
  save(format: ReportFormat): Promise<SavedFile>;
}

export function createReportsPage(page: Page): ReportsPage {
  return {
    preview: page.getByRole('region', { name: t('reports.screen.preview') }),
    async chooseRun(name) {
      await page.getByRole('combobox', { name: t('reports.screen.content.run') }).click();
      await page.getByRole('option', { name, exact: true }).click();
    },
    async save(format) {
      const offered = page.waitForEvent('download', { timeout: 30_000 });
      await page.getByRole('button', { name: t(`reports.screen.save.${format}`), exact: true }).click();
      const download = await offered;
      return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
    },
  };
}

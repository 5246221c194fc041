import type { Locator, Page } from '@playwright/test';
import { t } from '../text.ts';

export interface ExposurePage {
  readonly drawing: Locator;
  readonly flows: Locator;
  readonly shared: Locator;
  /** Allocations that do not count yet. */
  readonly changes: Locator;
  showTable(): Promise<void>;
}

export function createExposurePage(page: Page): ExposurePage {
  return {
    drawing: page.getByRole('figure', { name: t('exposure.flow.label') }),
    flows: page.getByRole('table', { name: t('exposure.flow.tableLabel') }),
    changes: page.getByRole('table', { name: t('exposure.changes.label') }),
    shared: page.getByRole('table', { name: t('exposure.shared.label') }),
    showTable: () => page.getByRole('button', { name: t('exposure.flow.asTable'), exact: true }).click(),
  };
}

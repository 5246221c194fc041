import type { Locator, Page } from '@playwright/test';
import { figureIn } from '../figures.ts';
import { t } from '../text.ts';

export interface OverviewPage {
  readonly totalEth: Locator;
  readonly totalUsd: Locator;
  readonly after: Locator;
  /** Of one ETH, behind the total in dollars. */
  readonly price: Locator;
  /** One of the three steps to the first figures. */
  step(id: 'node' | 'account' | 'refresh'): Locator;
}

export function createOverviewPage(page: Page): OverviewPage {
  const headline = page.getByRole('region', { name: t('overview.figures.label') });
  return {
    totalEth: figureIn(headline, 'totalEth'),
    totalUsd: figureIn(headline, 'totalUsd'),
    after: figureIn(headline, 'after'),
    price: figureIn(headline, 'ethPrice'),
    step: (id) => page.getByRole('listitem').filter({ hasText: t(`overview.firstRun.${id}.title`) }),
  };
}

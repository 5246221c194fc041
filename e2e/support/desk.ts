/** The frame around every page as a person uses it: navigation, portfolios, palette, inspector, what floats. */
import { expect, type Locator, type Page } from '@playwright/test';
import type { PageId } from '../../renderer/registry/page.ts';
import { createComparePage, type ComparePage } from './pages/compare.ts';
import { createExitPage, type ExitPage } from './pages/exit.ts';
import { createExposurePage, type ExposurePage } from './pages/exposure.ts';
import { createOverviewPage, type OverviewPage } from './pages/overview.ts';
import { createPositionsPage, type PositionsPage } from './pages/positions.ts';
import { createReportsPage, type ReportsPage } from './pages/reports.ts';
import { createSettingsPage, type SettingsPage } from './pages/settings.ts';
import { createSimulatePage, type SimulatePage } from './pages/simulate.ts';
import { t } from './text.ts';

export const PAGE_IDS = [
  'overview',
  'positions',
  'exposure',
  'simulate',
  'exit',
  'compare',
  'reports',
  'settings',
] as const satisfies readonly PageId[];

export interface Desk {
  readonly page: Page;
  readonly overview: OverviewPage;
  readonly positions: PositionsPage;
  readonly exposure: ExposurePage;
  readonly simulate: SimulatePage;
  readonly exit: ExitPage;
  readonly compare: ComparePage;
  readonly reports: ReportsPage;
  readonly settings: SettingsPage;
  /** The button that says block, age and node. */
  readonly freshness: Locator;
  readonly inspector: Locator;
  readonly portfolioMenu: Locator;
  /** Of the sentence that nothing on the screen is real. */
  readonly sampleNotice: Locator;
  waitUntilShown(): Promise<void>;
  /** Opens a page by the navigation and waits for its heading. */
  go(id: PageId): Promise<void>;
  /** What the bar at the foot says after an edit. */
  toast(text: string | RegExp): Locator;
  /** The button beside it that takes the edit back. */
  readonly undoOffer: Locator;
  /** Creates a portfolio; the program then asks for its first account, which is left for later. */
  createPortfolio(name: string, network?: string): Promise<void>;
  choosePortfolio(name: string): Promise<void>;
  /** Asks for a new reading. What it brings, or how it fails, is for the test to wait for. */
  refresh(): Promise<void>;
}

export function createDesk(page: Page): Desk {
  const freshness = page.getByRole('banner').getByRole('button', { name: freshnessName });
  const portfolioMenu = page
    .getByRole('banner')
    .getByRole('button', { name: `${t('shell.portfolio.label')}:` });
  const dialog = (name: string): Locator => page.getByRole('dialog', { name });
  const toasts = page.getByRole('region', { name: /notification/iu });
  const openMenu = async (): Promise<Locator> => {
    await portfolioMenu.click();
    const menu = page.getByRole('menu');
    await expect(menu).toBeVisible();
    return menu;
  };
  return {
    page,
    overview: createOverviewPage(page),
    positions: createPositionsPage(page),
    exposure: createExposurePage(page),
    simulate: createSimulatePage(page),
    exit: createExitPage(page),
    compare: createComparePage(page),
    reports: createReportsPage(page),
    settings: createSettingsPage(page),
    freshness,
    inspector: page.getByRole('complementary', { name: t('shell.inspector.title') }),
    portfolioMenu,
    sampleNotice: page.getByRole('status').filter({ hasText: t('shell.sample.body') }),
    async waitUntilShown() {
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expect(freshness).toBeVisible();
    },
    async go(id) {
      const name = t(`shell.page.${id}`);
      await page
        .getByRole('navigation', { name: t('shell.navigation') })
        .getByRole('button', { name, exact: true })
        .click();
      await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
    },
    toast: (text) => toasts.getByText(text),
    undoOffer: toasts.getByRole('button', { name: t('shell.undo.action'), exact: true }),
    async createPortfolio(name, network) {
      const menu = await openMenu();
      await menu.getByRole('menuitem', { name: t('shell.portfolio.create') }).click();
      const form = dialog(t('shell.portfolio.createTitle'));
      await form.getByLabel(t('shell.portfolio.name')).fill(name);
      if (network !== undefined) {
        await form.getByRole('combobox', { name: t('shell.portfolio.network') }).click();
        await page.getByRole('option', { name: network, exact: true }).click();
      }
      await form.getByRole('button', { name: t('shell.portfolio.createAction') }).click();
      const first = dialog(t('positions.add.title'));
      await first.getByRole('button', { name: t('shell.cancel') }).click();
      await expect(first).toBeHidden();
      await expect(portfolioMenu).toContainText(name);
    },
    async choosePortfolio(name) {
      const menu = await openMenu();
      // What kind of portfolio it is stands behind some names.
      await menu.getByRole('menuitem', { name: new RegExp(`^${RegExp.escape(name)}`, 'u') }).click();
      await expect(portfolioMenu).toContainText(name);
    },
    refresh: () =>
      page
        .getByRole('main')
        .getByRole('button', { name: t('positions.refresh.action'), exact: true })
        .first()
        .click(),
  };
}

/** Every wording of the freshness note. */
const freshnessName = new RegExp(
  [
    t('shell.freshness.never'),
    t('shell.freshness.sample', { number: '' }),
    t('shell.freshness.block', { number: '' }),
  ].join('|'),
  'u',
);

/** Every action of the program that is not of one page alone. */
import type { Portfolio } from '../../shared/domain/account.ts';
import type { Action, ActionContext } from './action.ts';
import type { PageEntry } from './page.ts';
import { settingEntries } from './settings.ts';
import type { Shortcut } from './shortcuts.ts';

function isOwnPortfolio({ portfolio }: ActionContext): boolean {
  return portfolio?.kind === 'user';
}

function createThemeAction(theme: 'light' | 'dark' | 'system', key: string): Action {
  return {
    id: `view.theme.${theme}`,
    title: (tKey) => tKey(`shell.action.${key}`),
    group: 'view',
    keywords: 'theme colour color mode night',
    isEnabled: ({ settings }) => settings.theme !== theme,
    run: ({ saveSettings }) => saveSettings({ theme }),
  };
}

/** The ids are stable: the hosts' menus send them. */
const fixedActions: readonly Action[] = [
  {
    id: 'help.palette',
    title: (tKey) => tKey('shell.action.palette'),
    group: 'help',
    shortcut: 'Mod+K',
    run: ({ open }) => open('palette'),
  },
  {
    id: 'help.shortcuts',
    title: (tKey) => tKey('shell.action.shortcuts'),
    group: 'help',
    shortcut: '?',
    keywords: 'keys help',
    run: ({ open }) => open('shortcuts'),
  },
  {
    id: 'portfolio.refresh',
    title: (tKey) => tKey('shell.action.refresh'),
    group: 'portfolio',
    shortcut: 'Mod+R',
    keywords: 'reload update read node',
    isEnabled: (context) => isOwnPortfolio(context) && !context.isRefreshing,
    run: ({ refresh }) => refresh(),
  },
  {
    id: 'portfolio.history',
    title: (tKey) => tKey('shell.action.history'),
    group: 'portfolio',
    keywords: 'history past rewards performance attribution import export csv',
    run: ({ navigate }) => navigate('overview', { view: 'history' }),
  },
  {
    id: 'portfolio.new',
    title: (tKey) => tKey('shell.action.newPortfolio'),
    group: 'portfolio',
    keywords: 'create add',
    run: ({ open }) => open('new-portfolio'),
  },
  {
    id: 'account.add',
    title: (tKey) => tKey('shell.action.addAccount'),
    group: 'portfolio',
    keywords: 'watch address ens wallet',
    isEnabled: isOwnPortfolio,
    run: ({ navigate }) => navigate('positions', { add: 'account' }),
  },
  {
    id: 'view.hide-amounts',
    title: (tKey, { settings }) =>
      tKey(`shell.action.${settings.hideAmounts ? 'showAmounts' : 'hideAmounts'}`),
    group: 'view',
    shortcut: 'Mod+Shift+H',
    keywords: 'privacy cover mask',
    run: ({ settings, saveSettings }) => saveSettings({ hideAmounts: !settings.hideAmounts }),
  },
  createThemeAction('light', 'themeLight'),
  createThemeAction('dark', 'themeDark'),
  createThemeAction('system', 'themeSystem'),
  {
    id: 'view.close-inspector',
    title: (tKey) => tKey('shell.action.closeInspector'),
    group: 'view',
    shortcut: 'Escape',
    isEnabled: ({ isInspecting }) => isInspecting,
    run: ({ closeInspector }) => closeInspector(),
  },
  {
    id: 'report.print',
    title: (tKey) => tKey('shell.action.print'),
    group: 'portfolio',
    shortcut: 'Mod+P',
    keywords: 'pdf csv json export paper',
    run: ({ navigate }) => navigate('reports'),
  },
  {
    id: 'edit.undo',
    title: (tKey) => tKey('shell.action.undo'),
    group: 'edit',
    shortcut: 'Mod+Z',
    isEnabled: ({ edits }) => edits.state.undo !== null,
    run: ({ edits }) => void edits.undo(),
  },
  {
    id: 'edit.redo',
    title: (tKey) => tKey('shell.action.redo'),
    group: 'edit',
    shortcut: 'Mod+Shift+Z',
    isEnabled: ({ edits }) => edits.state.redo !== null,
    run: ({ edits }) => void edits.redo(),
  },
];

const digitShortcuts: readonly Shortcut[] = [
  'Alt+1', 'Alt+2', 'Alt+3', 'Alt+4', 'Alt+5', 'Alt+6', 'Alt+7', 'Alt+8', 'Alt+9',
]; // prettier-ignore

function createPageActions(pages: readonly PageEntry[]): readonly Action[] {
  return pages.map((page, index) => ({
    id: `go.${page.id}`,
    title: (tKey) => tKey(`shell.page.${page.id}`),
    group: 'go',
    // Settings have the key they have everywhere.
    shortcut: page.id === 'settings' ? 'Mod+,' : digitShortcuts[index],
    run: ({ navigate }) => navigate(page.id),
  }));
}

function createPortfolioActions(portfolios: readonly Portfolio[]): readonly Action[] {
  return portfolios.map((portfolio) => ({
    id: `portfolio.show.${portfolio.id}`,
    title: (tKey) => tKey('shell.portfolio.switch', { name: portfolio.name }),
    group: 'portfolio',
    isEnabled: (context) => context.portfolio?.id !== portfolio.id,
    run: ({ saveSettings }) => saveSettings({ lastPortfolio: portfolio.id }),
  }));
}

function createSettingActions(): readonly Action[] {
  return settingEntries.map((entry) => ({
    id: `setting.${entry.key}`,
    title: (tKey) => tKey(entry.title),
    group: 'setting',
    run: ({ navigate }) => navigate('settings', { setting: entry.key }),
  }));
}

/** All actions, in the order in which the palette lists them within their groups. */
export function listActions(
  pages: readonly PageEntry[],
  portfolios: readonly Portfolio[],
  pageActions: readonly Action[],
): readonly Action[] {
  return [
    ...createPageActions(pages),
    ...pageActions,
    ...fixedActions,
    ...createPortfolioActions(portfolios),
    ...createSettingActions(),
  ];
}

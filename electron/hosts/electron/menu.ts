import { Menu, type MenuItemConstructorOptions } from 'electron';
import type { Translate } from '../../../shared/text/text.ts';
import type { PlatformName } from '../../platform.ts';
import type { ShellModule } from './shell.ts';

/** Titles stand here; what an action does, and when it may, is the page's registry's to say, by its id. */
export function createMenuTemplate(
  platform: PlatformName,
  t: Translate,
  runAction: (action: string) => void,
): MenuItemConstructorOptions[] {
  const isMac = platform === 'mac';
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const item = (label: string, action: string, accelerator?: string): MenuItemConstructorOptions => ({
    label,
    click: () => runAction(action),
    // Shown here, handled by the page: its registry knows what else the keys may mean where the focus is.
    ...(accelerator === undefined ? {} : { accelerator, registerAccelerator: false }),
  });
  const settings = item(t('desktop.menu.settings'), 'go.settings', 'CmdOrCtrl+,');

  const appMenu: MenuItemConstructorOptions = {
    role: 'appMenu',
    submenu: [
      { role: 'about' },
      separator,
      settings,
      separator,
      { role: 'services' },
      separator,
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      separator,
      { role: 'quit' },
    ],
  };
  const file: MenuItemConstructorOptions = {
    label: t('desktop.menu.file'),
    submenu: [
      item(t('desktop.menu.newPortfolio'), 'portfolio.new'),
      item(t('desktop.menu.addAccount'), 'account.add'),
      separator,
      item(t('desktop.menu.refresh'), 'portfolio.refresh', 'CmdOrCtrl+R'),
      item(t('desktop.menu.print'), 'report.print', 'CmdOrCtrl+P'),
      separator,
      ...(isMac ? [{ role: 'close' } as const] : [settings, separator, { role: 'quit' } as const]),
    ],
  };
  const edit: MenuItemConstructorOptions = {
    label: t('desktop.menu.edit'),
    submenu: [
      { role: 'undo' },
      { role: 'redo' },
      separator,
      { role: 'cut' },
      { role: 'copy' },
      { role: 'paste' },
      { role: 'selectAll' },
    ],
  };
  const view: MenuItemConstructorOptions = {
    label: t('desktop.menu.view'),
    submenu: [
      item(t('desktop.menu.palette'), 'help.palette', 'CmdOrCtrl+K'),
      item(t('desktop.menu.hideAmounts'), 'view.hide-amounts', 'CmdOrCtrl+Shift+H'),
      separator,
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      separator,
      { role: 'togglefullscreen' },
    ],
  };
  const window: MenuItemConstructorOptions = {
    role: 'windowMenu',
    label: t('desktop.menu.window'),
  };
  const help: MenuItemConstructorOptions = {
    role: 'help',
    label: t('desktop.menu.help'),
    submenu: [
      item(t('desktop.menu.shortcuts'), 'help.shortcuts'),
      ...(isMac ? [] : [{ role: 'about' } as const]),
    ],
  };
  return [...(isMac ? [appMenu] : []), file, edit, view, window, help];
}

export const installMenu: ShellModule = ({ platform, t, window }) => {
  Menu.setApplicationMenu(Menu.buildFromTemplate(createMenuTemplate(platform, t, window.runAction)));
};

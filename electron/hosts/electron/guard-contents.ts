import { app, shell as desktopShell } from 'electron';
import { isExplorerLink } from './explorer-links.ts';
import type { ShellModule } from './shell.ts';

/**
 * No page leads anywhere else: no new window, no navigation, no redirect, no embedded page. A link to an explorer goes
 * to the user's browser; that is what the click asked for.
 */
export const guardContents: ShellModule = () => {
  app.on('web-contents-created', (_created, contents) => {
    const refuse = (event: Electron.Event): void => event.preventDefault();
    contents.setWindowOpenHandler(({ url }) => {
      if (isExplorerLink(url)) void desktopShell.openExternal(url);
      return { action: 'deny' };
    });
    contents.on('will-navigate', refuse);
    contents.on('will-frame-navigate', refuse);
    contents.on('will-redirect', refuse);
    contents.on('will-attach-webview', refuse);
    contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
  });
};

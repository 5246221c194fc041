import { BrowserWindow, nativeTheme, screen, type WebPreferences } from 'electron';
import { encode } from '../../../shared/contract/codec.ts';
import type { AppEvent } from '../../../shared/contract/methods.ts';
import { PAGE_ORIGIN } from './page-address.ts';
import { placeWindow } from './window-bounds.ts';
import type { WindowMemoryFile } from './window-memory.ts';

export interface MainWindow {
  /** Opens the window, or brings the open one to the front. */
  readonly show: () => void;
  readonly get: () => BrowserWindow | null;
  readonly isFocused: () => boolean;
  /** Sends an encoded event to the page; nothing where there is no window. */
  readonly send: (event: string) => void;
  /** Asks the page to run an action of its registry, opening it first if need be. */
  readonly runAction: (action: string) => void;
  /** Progress of the running jobs, 0 to 1 each, null where not known; an empty list for none. */
  readonly showProgress: (jobs: readonly (number | null)[]) => void;
}

export const EVENT_CHANNEL = 'ballast:event';

/** What every page of the program runs under, on screen and in print. */
export function createWebPreferences(preload: string, session: Electron.Session): WebPreferences {
  return {
    preload,
    session,
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    spellcheck: false,
    devTools: false,
  };
}

// --surface-0 of renderer/theme/tokens.css, so that nothing flashes before it has drawn.
const BACKGROUND = { light: '#f1f4f6', dark: '#0c1215' };

export function createMainWindow(webPreferences: WebPreferences, memory: WindowMemoryFile): MainWindow {
  let current: BrowserWindow | null = null;

  function open(): BrowserWindow {
    const { bounds, isMaximized } = memory.get();
    const primary = screen.getPrimaryDisplay();
    const others = screen.getAllDisplays().filter(({ id }) => id !== primary.id);
    const window = new BrowserWindow({
      ...placeWindow(bounds, [primary.workArea, ...others.map(({ workArea }) => workArea)]),
      minWidth: 480,
      minHeight: 400,
      title: 'Ballast',
      show: false,
      backgroundColor: nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light,
      webPreferences,
    });
    if (isMaximized) window.maximize();
    window.once('ready-to-show', () => window.show());
    window.on('close', () =>
      memory.update({ bounds: window.getNormalBounds(), isMaximized: window.isMaximized() }),
    );
    window.on('closed', () => {
      current = null;
    });
    void window.loadURL(`${PAGE_ORIGIN}/index.html`);
    return window;
  }

  function show(): void {
    if (current === null) {
      current = open();
      return;
    }
    if (current.isMinimized()) current.restore();
    current.show();
    current.focus();
  }

  const send = (event: string): void => current?.webContents.send(EVENT_CHANNEL, event);

  return {
    show,
    get: () => current,
    isFocused: () => current?.isFocused() ?? false,
    send,
    runAction(action) {
      const isNew = current === null;
      show();
      const event = encode({ kind: 'action', action } satisfies AppEvent);
      // A new page listens only once it is loaded.
      if (isNew) current?.webContents.once('did-finish-load', () => send(event));
      else send(event);
    },
    showProgress(jobs) {
      const known = jobs.filter((progress) => progress !== null);
      const average = known.reduce((sum, progress) => sum + progress, 0) / known.length;
      // Electron: below 0 takes the bar away, above 1 makes it run without an end.
      if (jobs.length === 0) current?.setProgressBar(-1);
      else current?.setProgressBar(known.length === 0 ? 2 : average);
    },
  };
}

/**
 * The program in the system's Chromium: a loopback server, a window on it, and printing. For machines without Electron's
 * runtime, for the tests, and (without a window) for the command line's PDF. Why and against whom: docs/adr/0003.
 */
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { encode } from '../../../shared/contract/codec.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import type { AppEvent } from '../../../shared/contract/methods.ts';
import { writeFragment } from '../../../shared/contract/socket.ts';
import type { Host, ServedApp } from '../../host.ts';
import { describeMissingBrowser } from '../find-browser.ts';
import { readPageFiles } from '../page-files.ts';
import { hasRunningJob } from '../running-jobs.ts';
import { watchIdle, type IdleWatch } from './idle-watch.ts';
import { openWindow, writeLauncher } from './open-window.ts';
import { startPageServer, type PageServer } from './page-server.ts';
import { printPage } from './print-page.ts';
import { createTabs, type TabLimits } from './tabs.ts';
import { createTokenBook, type TokenPurpose } from './tokens.ts';

export interface ChromiumHostOptions {
  /** The built page. Read when the server starts, which may be never. */
  readonly pageDir: string;
  readonly browser: { readonly path: string } | null;
  /** `none`: no window, only printing; `saveFile` then has to be given where files are saved at all. */
  readonly kind: 'chromium' | 'none';
  readonly saveFile?: Host['saveFile'];
  readonly notify?: Host['notify'];
  /** Folder for what the browser keeps; needed for a window only. */
  readonly dataDir?: string;
  /** After this long without a tab and without a running job, `onIdle` is called. Default 30 minutes. */
  readonly idleMs?: number;
  readonly onIdle?: () => void;
  /** The window was closed by the user, or could not be opened. The host goes on. */
  readonly onWindowClosed?: (failure: Error | null) => void;
  /** How long a file waits for a tab to come back, as one does after a reload. Default 30 seconds. */
  readonly fileWaitMs?: number;
  /** How long a page may take to get ready for printing. Default 60 seconds. */
  readonly printTimeoutMs?: number;
  readonly limits?: Partial<TabLimits>;
  /** Monotonic is not needed: it only ages tokens and counts refusals. Default Date.now. */
  readonly now?: () => number;
}

export interface ChromiumHost extends Host {
  /** Hands over what is served: the services need the host first. Once, before anything below. */
  attach(served: ServedApp): void;
  /** Starts the server if it does not run yet; returns its origin. */
  start(): Promise<string>;
  /** A fresh one-time address for a browser of the user's choice. The previous one stops working. */
  createAddress(): Promise<string>;
  /** Opens a window of Ballast's own. @throws AppError no-browser */
  openWindow(): Promise<void>;
  /** Stops the server and closes what it opened. Jobs are the services' own to stop. */
  close(): Promise<void>;
}

export const IDLE_MINUTES = 30;
const MINUTE = 60_000;
const TOKEN_LIFETIME: Readonly<Record<TokenPurpose, number>> = {
  // A cold start of a browser on a slow machine.
  window: 2 * MINUTE,
  // Read off a terminal by a person, perhaps through a tunnel; used once, and replaced by the next.
  address: Infinity,
  print: 2 * MINUTE,
};

interface Running {
  readonly server: PageServer;
  readonly idle: IdleWatch | null;
  stop(): void;
}

export function createChromiumHost(options: ChromiumHostOptions): ChromiumHost {
  const { browser, kind } = options;
  const now = options.now ?? Date.now;
  const isRoot = process.getuid?.() === 0;
  const tokens = createTokenBook(now);
  const tabsChanged = new Set<() => void>();
  const launcherRemovals = new Set<() => void>();
  let served: ServedApp | null = null;
  let running: Promise<Running> | null = null;
  let windowProcess: ChildProcess | null = null;

  const requireServed = (): ServedApp => {
    if (served === null) throw new AppError('internal', 'Ballast is still starting.', { retryable: true });
    return served;
  };
  const tabs = createTabs({
    tokens,
    served: requireServed,
    now,
    onCountChange: () => {
      for (const listener of [...tabsChanged]) listener();
    },
    ...(options.limits === undefined ? {} : { limits: options.limits }),
  });

  async function start(): Promise<Running> {
    const server = await startPageServer(readPageFiles(options.pageDir), tabs.accept);
    const stopEvents = requireServed().subscribe(tabs.broadcast);
    const { onIdle } = options;
    const idle =
      onIdle === undefined
        ? null
        : watchIdle({
            idleMs: options.idleMs ?? IDLE_MINUTES * MINUTE,
            isConnected: () => tabs.count() > 0,
            isBusy: () => hasRunningJob(requireServed()),
            onIdle,
          });
    if (idle !== null) tabsChanged.add(idle.update);
    return {
      server,
      idle,
      stop() {
        idle?.stop();
        stopEvents();
      },
    };
  }
  const ensureRunning = (): Promise<Running> => (running ??= start());
  const getOrigin = async (): Promise<string> => (await ensureRunning()).server.origin;

  function requireBrowser(): string {
    if (browser !== null) return browser.path;
    throw new AppError('no-browser', 'No Chromium browser was found.', {
      help: describeMissingBrowser(process.platform, process.env),
    });
  }

  async function openOwnWindow(): Promise<void> {
    const browserPath = requireBrowser();
    if (options.dataDir === undefined) throw new Error('a window needs a data folder for its profile');
    const origin = await getOrigin();
    const removeLauncher = (): void => {
      launcherRemovals.delete(removeLauncher);
      launcher.remove();
    };
    const token = tokens.issue('window', TOKEN_LIFETIME.window, removeLauncher);
    const launcher = writeLauncher(`${origin}/${writeFragment({ token })}`);
    launcherRemovals.add(removeLauncher);
    const profileDir = join(options.dataDir, 'browser');
    const child = openWindow(launcher, {
      browserPath,
      origin,
      profileDir,
      isRoot,
      onFailure: (error) => {
        windowProcess = null;
        options.onWindowClosed?.(error);
      },
    });
    // While a window is open, a further browser only hands its address over to it and ends.
    if (windowProcess !== null) return;
    windowProcess = child;
    child.once('exit', () => {
      if (windowProcess !== child) return;
      windowProcess = null;
      options.onWindowClosed?.(null);
    });
  }

  async function waitForTab(): Promise<boolean> {
    if (tabs.count() > 0) return true;
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const check = (): void => {
      if (tabs.count() > 0) resolve(true);
    };
    tabsChanged.add(check);
    const timer = setTimeout(() => resolve(false), options.fileWaitMs ?? MINUTE / 2);
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
      tabsChanged.delete(check);
    }
  }

  const offerDownload: Host['saveFile'] = async ({ name, mime, bytes }) => {
    const event = encode({ kind: 'file' satisfies AppEvent['kind'], name, mime, bytes });
    if ((await waitForTab()) && tabs.sendToOne(event)) return { path: null };
    throw new AppError('write-failed', 'No window was open to hand the file to.', {
      detail: name,
      help: 'Open Ballast again, and export once more.',
      retryable: true,
    });
  };

  return {
    kind,
    canPrint: browser !== null,
    saveFile: (file) => options.saveFile?.(file) ?? offerDownload(file),
    notify: (title, body) => options.notify?.(title, body),
    async printReport(ticket, signal) {
      const browserPath = requireBrowser();
      const origin = await getOrigin();
      const token = tokens.issue('print', TOKEN_LIFETIME.print);
      const timeoutMs = options.printTimeoutMs ?? MINUTE;
      return printPage(`${origin}/report.html${writeFragment({ token, ticket })}`, signal, {
        browserPath,
        isRoot,
        timeoutMs,
      });
    },
    attach(app) {
      served = app;
    },
    start: getOrigin,
    async createAddress() {
      return `${await getOrigin()}/${writeFragment({ token: tokens.issue('address', TOKEN_LIFETIME.address) })}`;
    },
    openWindow: openOwnWindow,
    async close() {
      for (const remove of [...launcherRemovals]) remove();
      const browserProcess = windowProcess;
      windowProcess = null;
      browserProcess?.kill();
      tabs.close();
      const last = await running?.catch(() => null);
      last?.stop();
      await last?.server.close();
    },
  };
}

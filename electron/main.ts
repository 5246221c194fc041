/**
 * Electron's entry: makes the process safe, then starts the services and a list of small modules around one window. Order
 * matters twice: what Electron reads before it is ready, and guards before the first page.
 */
import { randomUUID } from 'node:crypto';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { app, dialog, session } from 'electron';
import packageJson from '../package.json' with { type: 'json' };
import { toAppError } from '../shared/contract/errors.ts';
import { createText } from '../shared/text/text.ts';
import { createApp } from './app.ts';
import { answerChannels } from './hosts/electron/answer-channels.ts';
import { createElectronHost } from './hosts/electron/electron-host.ts';
import { forwardEvents, showProgress } from './hosts/electron/forward-events.ts';
import { guardContents } from './hosts/electron/guard-contents.ts';
import { guardSession } from './hosts/electron/guard-session.ts';
import { hardenProcess } from './hosts/electron/harden-process.ts';
import { askBeforeQuit, keepWindows } from './hosts/electron/life-cycle.ts';
import { createMainWindow, createWebPreferences } from './hosts/electron/main-window.ts';
import { installMenu } from './hosts/electron/menu.ts';
import { registerPageScheme, servePage } from './hosts/electron/page-protocol.ts';
import type { ShellModule } from './hosts/electron/shell.ts';
import { createWindowMemory } from './hosts/electron/window-memory.ts';
import { readPageFiles } from './hosts/page-files.ts';
import { locateProgramFiles } from './hosts/program-files.ts';
import { findDataDir, namePlatform } from './platform.ts';

const modules: readonly ShellModule[] = [
  guardContents,
  guardSession,
  servePage,
  answerChannels,
  forwardEvents,
  showProgress,
  installMenu,
  askBeforeQuit,
  keepWindows,
];

const { t } = createText();
const dataDir = readDataDir();

/** Not strict: Chromium's own switches stand on the same command line. */
function readDataDir(): string {
  const { values } = parseArgs({ options: { 'data-dir': { type: 'string' } }, strict: false });
  const given = values['data-dir'];
  if (typeof given === 'string') return resolve(given);
  return findDataDir({ platform: process.platform, env: process.env, home: homedir() });
}

function startShell(): void {
  const files = locateProgramFiles(import.meta.url);
  const platform = namePlatform(process.platform);
  // In memory: the page has nothing of its own to keep on disk.
  const pageSession = session.fromPartition('ballast');
  const memory = createWindowMemory(join(dataDir, 'window.json'));
  const webPreferences = createWebPreferences(files.preload, pageSession);
  const window = createMainWindow(webPreferences, memory);
  const services = createApp({
    dataDir,
    assetsDir: files.assetsDir,
    version: packageJson.version,
    host: createElectronHost({ window, memory, webPreferences, t }),
    now: Date.now,
    randomId: randomUUID,
    workerUrl: files.workerUrl,
    bitcoinWorkerUrl: files.bitcoinWorkerUrl,
    platform,
  });
  const shell = {
    session: pageSession,
    files: readPageFiles(files.pageDir),
    served: services.served,
    window,
    t,
    platform,
    closeApp: () => services.close(),
  };
  for (const start of modules) start(shell);
  window.show();
}

/** Says why on screen, since nobody looks at a desktop program's terminal. */
function failStart(thrown: unknown): void {
  const { message, detail, help } = toAppError(thrown);
  const lines = [message, detail, help].filter((line) => line !== undefined);
  dialog.showErrorBox(t('desktop.failedStart'), lines.join('\n\n'));
  app.exit(1);
}

hardenProcess();
registerPageScheme();
// Chromium's files beside the store's, not among them. The lock below is per folder too: one instance per data folder.
app.setPath('userData', join(dataDir, 'electron'));
if (app.requestSingleInstanceLock()) app.whenReady().then(startShell).catch(failStart);
else app.quit();

/** The command line's entry: composes the services on a host without a window, and runs one command. */
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { CommanderError } from 'commander';
import packageJson from '../package.json' with { type: 'json' };
import { toAppError } from '../shared/contract/errors.ts';
import { API_HOSTS, type ApiHost } from '../shared/contract/settings.ts';
import { createText } from '../shared/text/text.ts';
import { createApp, type App } from './app.ts';
import { EXIT, exitCodeOf, UnreadableFileError, type ExitCode, UsageError } from './cli/exit-codes.ts';
import { createLocalClient } from './cli/local-client.ts';
import { runBabylon } from './cli/babylon.ts';
import { runBabylonRefresh } from './cli/babylon-refresh.ts';
import { runCatalog } from './cli/catalog.ts';
import { runCatalogRefresh } from './cli/catalog-refresh.ts';
import { runCompare } from './cli/compare.ts';
import { runExit } from './cli/exit.ts';
import { runHistory } from './cli/history.ts';
import { runPositions } from './cli/positions.ts';
import { runNetwork } from './cli/network.ts';
import { createProgram } from './cli/program.ts';
import { refuseSecretArguments } from './cli/refuse-secrets.ts';
import { runReport, writeToTarget, type FileTarget } from './cli/report.ts';
import { checkSource, needsDataFolder, type SourceOptions } from './cli/select-portfolio.ts';
import { runSimulate } from './cli/simulate.ts';
import { createTerminal, type Terminal } from './cli/terminal.ts';
import { createChromiumHost, type ChromiumHost } from './hosts/chromium/chromium-host.ts';
import { findBrowser } from './hosts/find-browser.ts';
import { locateProgramFiles } from './hosts/program-files.ts';
import { readApiBases } from './market/api-bases.ts';
import { findDataDir, namePlatform } from './platform.ts';
import { createEngineThread } from './services/engine-thread.ts';
import type { Engine } from './services/readers.ts';

/** Everything a command runs on. Closed in the end, whatever happened. */
interface Session {
  readonly app: App;
  readonly host: ChromiumHost;
}

function chooseDataDir(options: SourceOptions): string | null {
  if (!needsDataFolder(options)) return null;
  return options.dataDir ?? findDataDir({ platform: process.platform, env: process.env, home: homedir() });
}

function openSession(
  dataDir: string | null,
  target: FileTarget,
  allowedHosts: readonly ApiHost[] = [],
): Session {
  if (dataDir !== null && !existsSync(dataDir)) {
    throw new UnreadableFileError('There is no such data folder.', {
      detail: dataDir,
      help: 'Nothing was created. Check --data-dir, or start Ballast once and create a portfolio.',
    });
  }
  const files = locateProgramFiles(import.meta.url);
  const host = createChromiumHost({
    kind: 'none',
    pageDir: files.pageDir,
    browser: findBrowser(process.env, process.platform, existsSync),
    saveFile: (file) => writeToTarget(target, file),
  });
  const app = createApp({
    dataDir,
    assetsDir: files.assetsDir,
    version: packageJson.version,
    host,
    now: Date.now,
    randomId: randomUUID,
    workerUrl: files.workerUrl,
    bitcoinWorkerUrl: files.bitcoinWorkerUrl,
    platform: namePlatform(process.platform),
    allowedHosts,
    apiBases: readApiBases(process.env),
  });
  host.attach(app.served);
  return { app, host };
}

async function withSession(
  options: SourceOptions,
  run: (session: Session, target: FileTarget) => Promise<void>,
): Promise<void> {
  checkSource(options);
  const target: FileTarget = { path: null };
  const session = openSession(chooseDataDir(options), target);
  try {
    await run(session, target);
  } finally {
    // A price on the command line is for this run: the one kept in the data folder stays what it was.
    if (options.portfolio !== undefined && options.ethUsd !== undefined) session.app.services.undo.undo();
    await session.host.close();
    await session.app.close();
  }
}

/** For commands about no portfolio. A null `dataDir` keeps everything in memory. */
async function withServices(
  dataDir: string | null,
  run: (session: Session) => Promise<void>,
  allowedHosts: readonly ApiHost[] = [],
): Promise<void> {
  const session = openSession(dataDir, { path: null }, allowedHosts);
  try {
    await run(session);
  } finally {
    await session.host.close();
    await session.app.close();
  }
}

/** For commands that need no portfolio. A solver cannot be interrupted: its thread is ended instead. */
async function withEngine(run: (engine: Engine) => Promise<void>): Promise<void> {
  const engine = createEngineThread(locateProgramFiles(import.meta.url).workerUrl, randomUUID);
  const stop = (): void => void engine.close();
  interrupt.signal.addEventListener('abort', stop, { once: true });
  try {
    await run(engine);
  } finally {
    interrupt.signal.removeEventListener('abort', stop);
    await engine.close();
  }
}

async function runCommand(argv: readonly string[], terminal: Terminal): Promise<ExitCode> {
  refuseSecretArguments(argv);
  let exitCode: ExitCode = EXIT.ok;
  const program = createProgram(packageJson.version, {
    positions: (options) =>
      withSession(options, ({ app }) => runPositions(createLocalClient(app.served), options, terminal)),
    simulate: (options) =>
      withSession(options, ({ app }) => runSimulate(createLocalClient(app.served), options, terminal)),
    exit: (options) =>
      withSession(options, ({ app }) => runExit(createLocalClient(app.served), options, terminal)),
    history: (options) =>
      withSession(options, ({ app }, target) =>
        runHistory(createLocalClient(app.served), options, target, terminal),
      ),
    report: (options) =>
      withSession(options, async ({ app }, target) => {
        exitCode = await runReport(createLocalClient(app.served), options, target, terminal);
      }),
    catalog: (options) =>
      withServices(options.dataDir ?? null, ({ app }) =>
        runCatalog(createLocalClient(app.served), options, terminal),
      ),
    catalogRefresh: (options) =>
      withServices(
        options.dataDir ?? findDataDir({ platform: process.platform, env: process.env, home: homedir() }),
        ({ app }) => runCatalogRefresh(createLocalClient(app.served), options, terminal),
        API_HOSTS.filter((host) => options.allowHost?.includes(host)),
      ),
    compare: (names, options) =>
      withServices(options.dataDir ?? null, ({ app }) =>
        runCompare(createLocalClient(app.served), names, options, terminal),
      ),
    babylon: (options) => {
      runBabylon(locateProgramFiles(import.meta.url).assetsDir, options, terminal);
    },
    babylonRefresh: (options) =>
      runBabylonRefresh(locateProgramFiles(import.meta.url).assetsDir, options, terminal),
    network: (file, options) => withEngine((engine) => runNetwork(engine, file, options, terminal)),
  });
  await program.parseAsync(argv, { from: 'user' });
  return exitCode;
}

/** Says what went wrong on stderr, in the program's words, and chooses the exit code. */
function explainFailure(thrown: unknown, terminal: Terminal): ExitCode {
  // Commander has printed its own message; help and version are not failures.
  if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? EXIT.ok : EXIT.usage;
  if (thrown instanceof UsageError) {
    terminal.warn(thrown.message);
    return EXIT.usage;
  }
  const error = toAppError(thrown);
  const { t } = terminal;
  terminal.warn(`${t(`error.${error.code}`)}: ${error.message}`);
  // Of a file with one fault, the sentence says it already.
  if (error.detail !== undefined && !error.message.includes(error.detail)) terminal.warn(error.detail);
  if (error.help !== undefined) terminal.warn(error.help);
  return exitCodeOf(error);
}

// A reader that has seen enough (`| head -1`) closes the pipe. The rest is for nobody, and that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});
const interrupt = new AbortController();
process.once('SIGINT', () => {
  interrupt.abort();
});
const terminal = createTerminal(process, interrupt.signal, Date.now, createText().t);
try {
  process.exitCode = await runCommand(process.argv.slice(2), terminal);
} catch (thrown) {
  process.exitCode = explainFailure(thrown, terminal);
}

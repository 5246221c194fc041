/** Entry of the Chromium host: the same services and page as under Electron, in the system's browser. */
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import packageJson from '../package.json' with { type: 'json' };
import { toAppError } from '../shared/contract/errors.ts';
import { createText } from '../shared/text/text.ts';
import { createApp, type App } from './app.ts';
import { createChromiumHost, IDLE_MINUTES, type ChromiumHost } from './hosts/chromium/chromium-host.ts';
import { findBrowser } from './hosts/find-browser.ts';
import { hasRunningJob } from './hosts/running-jobs.ts';
import { locateProgramFiles } from './hosts/program-files.ts';
import { readApiBases } from './market/api-bases.ts';
import { findDataDir, namePlatform } from './platform.ts';

const { t } = createText();

/** The terminal is this host's only screen of its own. */
function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

interface Started {
  readonly app: App;
  readonly host: ChromiumHost;
}

interface Choices {
  readonly dataDir: string;
  readonly opensWindow: boolean;
}

function readChoices(): Choices {
  const { values } = parseArgs({
    options: { 'data-dir': { type: 'string' }, 'no-open': { type: 'boolean' } },
  });
  const { platform, env } = process;
  const given = values['data-dir'];
  const hasDisplay = platform !== 'linux' || Boolean(env['DISPLAY'] ?? env['WAYLAND_DISPLAY']);
  return {
    dataDir: given === undefined ? findDataDir({ platform, env, home: homedir() }) : resolve(given),
    opensWindow: values['no-open'] !== true && hasDisplay,
  };
}

function compose(dataDir: string, stop: (line?: string) => void): Started {
  const files = locateProgramFiles(import.meta.url);
  const host = createChromiumHost({
    kind: 'chromium',
    pageDir: files.pageDir,
    browser: findBrowser(process.env, process.platform, existsSync),
    dataDir,
    notify: (title, body) => say(`${title}: ${body}`),
    onIdle: () => stop(t('desktop.terminal.idle', { count: IDLE_MINUTES })),
    onWindowClosed: (failure) =>
      say(
        failure === null
          ? t('desktop.terminal.windowClosed')
          : t('desktop.terminal.windowFailed', { reason: failure.message }),
      ),
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
    apiBases: readApiBases(process.env),
  });
  host.attach(app.served);
  return { app, host };
}

async function openOrPrint(host: ChromiumHost, opensWindow: boolean): Promise<void> {
  if (opensWindow && host.canPrint) {
    await host.openWindow();
    say(t('desktop.terminal.openedWindow'));
    return;
  }
  say(t('desktop.terminal.address', { address: await host.createAddress() }));
  say(t('desktop.terminal.addressHelp'));
}

function explainFailure(thrown: unknown): void {
  const { message, detail, help } = toAppError(thrown);
  const lines = [`${t('desktop.failedStart')}: ${message}`, detail, help].filter(
    (line) => line !== undefined,
  );
  process.stderr.write(`${lines.join('\n')}\n`);
}

async function main(): Promise<void> {
  const { dataDir, opensWindow } = readChoices();
  let isStopping = false;
  let wasWarned = false;
  const stop = async (line?: string): Promise<void> => {
    if (isStopping) return;
    isStopping = true;
    if (line !== undefined) say(line);
    process.stdin.destroy();
    await started.host.close();
    await started.app.close();
  };
  const interrupt = async (): Promise<void> => {
    if (!wasWarned && (await hasRunningJob(started.app.served))) {
      wasWarned = true;
      say(t('desktop.terminal.busy'));
    } else await stop();
  };
  const started = compose(dataDir, (line) => void stop(line));
  process.on('SIGINT', () => void interrupt());
  process.on('SIGTERM', () => void stop());
  process.on('SIGHUP', () => void stop());
  try {
    await openOrPrint(started.host, opensWindow);
  } catch (error) {
    await stop();
    throw error;
  }
  // Without a terminal there is nobody to press Enter, and an end of input is no wish to stop.
  if (!process.stdin.isTTY) return;
  process.stdin.on('data', () => void openOrPrint(started.host, opensWindow).catch(explainFailure));
}

try {
  await main();
} catch (thrown) {
  const isUsage =
    thrown instanceof TypeError && 'code' in thrown && String(thrown.code).startsWith('ERR_PARSE_ARGS');
  if (isUsage) process.stderr.write(`${thrown.message}\n${t('desktop.terminal.usage')}`);
  else explainFailure(thrown);
  process.exitCode = isUsage ? 2 : 1;
}

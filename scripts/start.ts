// `npm start`: builds what is out of date, then opens Ballast in Electron, or in the system's Chromium where Electron's
// runtime is not there. The only thing ever fetched is that runtime, by Electron's own installer, and not more than
// once a day where that fails.
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createText } from '../shared/text/text.ts';
import { ensureBuilt } from './build-lib.ts';
import { projectRoot, runNode, runProgram } from './processes.ts';
import { chooseStart, findElectron, summarizeFailure, type StartChoice } from './start-choice.ts';

const FETCH_LIMIT_MS = 3 * 60_000;
const failureStamp = join(projectRoot, 'dist', '.electron-fetch-failed');

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

function lookForElectron(): string | null {
  const folder = join(projectRoot, 'node_modules', 'electron');
  return findElectron({
    folder,
    override: process.env['ELECTRON_OVERRIDE_DIST_PATH'],
    platform: process.platform,
    exists: existsSync,
    read: (file) => readFileSync(file, 'utf8'),
  });
}

/** Runs Electron's installer; why it failed, in one line, where it did. */
async function fetchElectron(): Promise<{ path: string } | { failure: string }> {
  const stopClock = showClock("Fetching Electron's runtime (once; about 110 MB) …");
  const outcome = await runNode('node_modules/electron/install.js', [], {
    output: 'capture',
    timeoutMs: FETCH_LIMIT_MS,
  });
  stopClock();
  const path = lookForElectron();
  if (path === null) {
    mkdirSync(dirname(failureStamp), { recursive: true });
    writeFileSync(failureStamp, '');
    return { failure: summarizeFailure(outcome.output) };
  }
  rmSync(failureStamp, { force: true });
  return { path };
}

/** A line with the seconds that passed, on a terminal; the plain line elsewhere. Returns how to end it. */
function showClock(line: string): () => void {
  const { stderr } = process;
  if (!stderr.isTTY) {
    say(line);
    return () => undefined;
  }
  const begun = performance.now();
  const draw = (): void =>
    void stderr.write(`\r${line} ${Math.round((performance.now() - begun) / 1000)} s (Ctrl+C gives up)`);
  draw();
  const timer = setInterval(draw, 1000);
  return () => {
    clearInterval(timer);
    stderr.write('\n');
  };
}

async function explainAndFetch(choice: StartChoice): Promise<string | null> {
  if (choice.kind === 'electron') return choice.path;
  if (choice.kind === 'chromium') {
    if (choice.reason !== null) say(choice.reason);
    return null;
  }
  const fetched = await fetchElectron();
  if ('path' in fetched) return fetched.path;
  say(
    `Electron's runtime could not be fetched (${fetched.failure}); Ballast runs in this system's Chromium instead, ` +
      'and tries again tomorrow or with --fetch-electron.',
  );
  return null;
}

function readFailureAge(): number | null {
  return existsSync(failureStamp) ? Date.now() - statSync(failureStamp).mtimeMs : null;
}

async function start(args: readonly string[]): Promise<number> {
  if (args.includes('--help') || args.includes('-h')) {
    say(createText().t('desktop.terminal.usage').trimEnd());
    return 0;
  }
  await ensureBuilt();
  const choice = chooseStart({
    args,
    env: process.env,
    platform: process.platform,
    electron: lookForElectron(),
    failedFetchAgeMs: readFailureAge(),
  });
  const electron = await explainAndFetch(choice);
  const rest = args.filter((arg) => arg !== '--fetch-electron');
  // Relative paths among the arguments are relative to where the user stands; npm moved us to the project's root.
  const cwd = process.env['INIT_CWD'] ?? process.cwd();
  const options = { cwd, output: 'inherit' } as const;
  const outcome =
    electron === null
      ? await runNode('dist/main/chromium-main.js', rest, options)
      : await runProgram(electron, [join(projectRoot, 'dist', 'main', 'main.js'), ...rest], options);
  return outcome.code;
}

try {
  process.exitCode = await start(process.argv.slice(2));
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

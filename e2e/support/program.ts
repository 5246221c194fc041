/** The built program as a child process: the Chromium host without a window of its own, on a data folder of its own. */
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from '../../scripts/processes.ts';

const runFile = promisify(execFile);

const START_LIMIT_MS = 20_000;
const STOP_LIMIT_MS = 10_000;

export interface Program {
  readonly dataDir: string;
  readonly pid: number;
  /** The one-time address it has printed: it lets one tab in, once. */
  readonly address: string;
  readonly origin: string;
  /** All it has written to the error stream, over restarts. A program that is well says nothing there. */
  readonly errorOutput: string;
  /** As a crash or a power cut would end it: without any word. */
  kill(): Promise<void>;
  /** As Ctrl+C's sibling SIGTERM ends it. */
  stop(): Promise<void>;
  /** Starts it again on the same data folder, with a fresh address. */
  start(): Promise<void>;
  /** The command line on this program's data folder, which only one process may hold: stop the program first. */
  runCli(args: readonly string[]): Promise<string>;
  /** Every byte it keeps on disk, for looking through; the browser it may have opened keeps nothing here. */
  readDataFolder(): Buffer;
  /** Ends it if it still runs, and removes its data folder. */
  dispose(): Promise<void>;
}

interface Started {
  readonly child: ChildProcess;
  readonly address: string;
}

interface ProgramOptions {
  /** Where every connection it tries to make is written down, a line each; without it nobody looks. */
  readonly connectionsFile?: string;
  /** More variables of its environment: servers that stand in for public hosts. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts the program on an empty data folder and resolves when it has printed its address. */
export async function startProgram(options: ProgramOptions = {}): Promise<Program> {
  const dataDir = mkdtempSync(join(tmpdir(), 'ballast-e2e-'));
  let errorOutput = '';
  const start = (): Promise<Started> => spawnProgram(dataDir, options, (text) => (errorOutput += text));
  let running = await start();
  const isRunning = (): boolean => running.child.exitCode === null && running.child.signalCode === null;
  const end = async (signal: 'SIGKILL' | 'SIGTERM'): Promise<void> => {
    if (!isRunning()) return;
    const ended = new Promise<void>((resolve) => running.child.once('exit', () => resolve()));
    running.child.kill(signal);
    // A program that does not heed the polite request is a failure, but must not be left behind.
    const timer = setTimeout(() => {
      errorOutput += `It did not stop within ${STOP_LIMIT_MS} ms of ${signal}.\n`;
      running.child.kill('SIGKILL');
    }, STOP_LIMIT_MS);
    await ended;
    clearTimeout(timer);
  };
  return {
    dataDir,
    // A child that has printed its address has a pid.
    get pid() {
      return running.child.pid as number;
    },
    get address() {
      return running.address;
    },
    get origin() {
      return new URL(running.address).origin;
    },
    get errorOutput() {
      return errorOutput;
    },
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    async start() {
      if (!isRunning()) running = await start();
    },
    runCli: (args) => runCli([...args, '--data-dir', dataDir]),
    readDataFolder: () => Buffer.concat(listFiles(dataDir).map((file) => readFileSync(file))),
    async dispose() {
      await end('SIGTERM');
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Runs the command line to its end and gives what it printed. Rejects, with its error output, where it fails. */
export async function runCli(args: readonly string[]): Promise<string> {
  const cli = join(projectRoot, 'dist', 'main', 'cli.js');
  // Every figure comes with its derivation: the models are long.
  const { stdout } = await runFile(process.execPath, [cli, ...args], { maxBuffer: 2 ** 28 });
  return stdout;
}

async function spawnProgram(
  dataDir: string,
  { connectionsFile, env = {} }: ProgramOptions,
  onError: (text: string) => void,
): Promise<Started> {
  const entry = join(projectRoot, 'dist', 'main', 'chromium-main.js');
  const watching =
    connectionsFile === undefined ? [] : ['--import', new URL('watch-connections.ts', import.meta.url).href];
  const child = spawn(process.execPath, [...watching, entry, '--no-open', '--data-dir', dataDir], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      ...env,
      ...(connectionsFile === undefined ? {} : { BALLAST_CONNECTIONS_FILE: connectionsFile }),
    },
  });
  // The program dies with the tests, at the latest.
  const kill = (): void => void child.kill('SIGKILL');
  process.once('exit', kill);
  child.once('exit', () => process.off('exit', kill));
  child.stderr.setEncoding('utf8').on('data', onError);
  try {
    return { child, address: await readAddress(child) };
  } catch (error) {
    kill();
    throw error;
  }
}

function readAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const fail = (why: string): void => reject(new Error(`The program did not start: ${why}\n${text}`));
    const timer = setTimeout(() => fail('no address within 20 seconds'), START_LIMIT_MS);
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      const address = /http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]{43}/u.exec(text)?.[0];
      if (address === undefined) return;
      clearTimeout(timer);
      resolve(address);
    });
    child.stderr?.on('data', (chunk: string) => (text += chunk));
    child.once('error', (error) => fail(error.message));
    child.once('exit', (code) => {
      clearTimeout(timer);
      fail(`it ended with code ${code ?? 'none'}`);
    });
  });
}

function listFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

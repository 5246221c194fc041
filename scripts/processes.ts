import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { basename, join } from 'node:path';

export const projectRoot: string = join(import.meta.dirname, '..');

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** `inherit` shows the child's output as it comes, `capture` returns it, `stderr` shows all of it on stderr. */
  readonly output: 'inherit' | 'capture' | 'stderr';
  readonly shell?: boolean;
  /** The program is ended after this long. */
  readonly timeoutMs?: number;
}

export interface Outcome {
  readonly code: number;
  readonly output: string;
}

/** Runs a program to its end. A program that cannot be started counts as exit code 127, as in a shell. */
export function runProgram(program: string, args: readonly string[], options: RunOptions): Promise<Outcome> {
  const stdio = {
    inherit: 'inherit',
    capture: ['ignore', 'pipe', 'pipe'],
    stderr: ['ignore', 2, 2],
  } as const;
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: options.cwd ?? projectRoot,
      env: options.env ?? process.env,
      // A copy: Node's types want a mutable list.
      stdio: options.output === 'inherit' ? 'inherit' : [...stdio[options.output]],
      shell: options.shell ?? false,
      ...(options.timeoutMs === undefined ? {} : { timeout: options.timeoutMs }),
    });
    const chunks: Buffer[] = [];
    child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk));

    // Ctrl+C reaches the child by itself (same terminal); this process only has to outlive it.
    const ignore = (): void => undefined;
    const forward = (): void => void child.kill('SIGTERM');
    process.on('SIGINT', ignore);
    process.on('SIGTERM', forward);

    const finish = (code: number): void => {
      process.off('SIGINT', ignore);
      process.off('SIGTERM', forward);
      resolve({ code, output: Buffer.concat(chunks).toString('utf8') });
    };
    child.on('error', (error) => {
      chunks.push(Buffer.from(`${program}: ${error.message}\n`));
      finish(127);
    });
    child.on('close', (code, signal) => {
      finish(code ?? (signal === null ? 1 : 128 + constants.signals[signal]));
    });
  });
}

/** Runs a script with the same Node as this one. `script` is a path from the project's root. */
export function runNode(script: string, args: readonly string[], options: RunOptions): Promise<Outcome> {
  return runProgram(process.execPath, [join(projectRoot, script), ...args], options);
}

/** Runs npm: the one that started us if there is one, else the one on the PATH. */
export function runNpm(args: readonly string[], options: RunOptions): Promise<Outcome> {
  const current = process.env['npm_execpath'];
  if (current !== undefined && basename(current) === 'npm-cli.js') {
    return runProgram(process.execPath, [current, ...args], options);
  }
  // On Windows npm is a .cmd file, which Node starts through a shell only.
  return process.platform === 'win32'
    ? runProgram('npm.cmd', args, { ...options, shell: true })
    : runProgram('npm', args, options);
}

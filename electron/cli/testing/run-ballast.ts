/** The command line in a process of its own, for tests. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/**
 * What is run: the sources, or the built program that `npm test` names. That starts in a fifth of the time, and is what
 * users have.
 */
export const cliEntry = process.env['BALLAST_CLI'] ?? fileURLToPath(new URL('../../cli.ts', import.meta.url));

interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line as a person would, in a process of its own. */
export function runBallast(args: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<Outcome> {
  const { promise, resolve } = Promise.withResolvers<Outcome>();
  const child = spawn(process.execPath, [cliEntry, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  child.on('close', (code) => resolve({ code, stdout, stderr }));
  return promise;
}

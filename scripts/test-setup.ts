import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeMissingBrowser, findBrowser } from '../electron/hosts/find-browser.ts';
import { projectRoot, runNpm, runProgram } from './processes.ts';

/** Installs the chain nodes and the compiler the tests use; nothing is done when they match the lock file. */
export async function installTestNodes(): Promise<void> {
  const folder = join(projectRoot, 'e2e', 'nodes');
  const lock = createHash('sha256')
    .update(readFileSync(join(folder, 'package-lock.json')))
    .digest('hex');
  const stampFile = join(folder, 'node_modules', '.ballast-lock');
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === lock) return;

  process.stderr.write('installing the test nodes (e2e/nodes)\n');
  // Without scripts: what they would compile has a JavaScript twin, and a test needs no compiler on the machine.
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const { code } = await runNpm(args, { cwd: folder, output: 'stderr' });
  if (code !== 0) throw new Error(`npm ci failed in e2e/nodes with exit code ${code}.`);
  writeFileSync(stampFile, lock);
}

/**
 * True when there is a browser for the end-to-end tests. A container that may install one gets it; anyone else is told
 * what to install, since nobody's machine is changed unasked.
 */
export async function ensureBrowser(): Promise<boolean> {
  const find = (): boolean => findBrowser(process.env, process.platform, existsSync) !== null;
  if (find()) return true;
  const isNamed = (process.env['BALLAST_BROWSER'] ?? '') !== '';
  if (!isNamed && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    process.stderr.write('installing chromium for the end-to-end tests\n');
    if (!(await installChromium())) {
      await runProgram('apt-get', ['update', '-qq'], { output: 'stderr' });
      await installChromium();
    }
    if (find()) return true;
  }
  process.stderr.write(`${describeMissingBrowser(process.platform, process.env)}\n`);
  return false;
}

async function installChromium(): Promise<boolean> {
  const args = ['install', '-y', '-qq', '--no-install-recommends', 'chromium'];
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return (await runProgram('apt-get', args, { env, output: 'stderr' })).code === 0;
}

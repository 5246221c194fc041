import { Console } from 'node:console';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, createLogger } from 'vite';
import { fingerprintFiles } from './fingerprint.ts';
import { findInlineCode } from './inline-code.ts';
import { projectRoot } from './processes.ts';

interface Target {
  readonly name: string;
  /** What the result depends on, from the project's root. */
  readonly sources: readonly string[];
  /** Built one after the other. */
  readonly configs: readonly string[];
  readonly outputs: readonly string[];
  readonly verify?: () => void;
}

const dist = join(projectRoot, 'dist');

const targets: readonly Target[] = [
  {
    name: 'page',
    sources: ['renderer', 'shared'],
    configs: ['vite.page.config.ts'],
    outputs: ['page/index.html', 'page/report.html'],
    verify: verifyPage,
  },
  {
    name: 'main',
    sources: ['electron', 'shared'],
    configs: ['vite.main.config.ts', 'vite.preload.config.ts'],
    outputs: [
      'main/main.js',
      'main/cli.js',
      'main/chromium-main.js',
      'main/risk-worker.js',
      'main/bitcoin-worker.js',
      'main/preload.cjs',
    ],
  },
];

/** The chatter of a build goes to stderr: stdout belongs to the command that needed it (`ballast positions --json`). */
function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

function verifyPage(): void {
  const folder = join(dist, 'page');
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.html'))) {
    const found = findInlineCode(readFileSync(join(folder, file), 'utf8'));
    if (found.length > 0) throw new Error(`dist/page/${file} breaks the page's CSP: ${found.join('; ')}`);
  }
}

async function buildTarget(target: Target, isForced: boolean): Promise<void> {
  const stampFile = join(dist, `.${target.name}.stamp`);
  // Taken before the build: a file saved while it runs makes the next call build again.
  const stamp = fingerprintFiles(projectRoot, [
    ...target.sources,
    ...target.configs,
    'package-lock.json',
    'scripts/build-lib.ts',
  ]);
  const isComplete = target.outputs.every((file) => existsSync(join(dist, file)));
  if (!isForced && isComplete && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;

  const begun = performance.now();
  rmSync(stampFile, { force: true });
  const customLogger = createLogger('warn', { console: new Console(process.stderr) });
  for (const config of target.configs) {
    await build({
      configFile: join(projectRoot, config),
      configLoader: 'native',
      mode: 'production',
      logLevel: 'warn',
      customLogger,
    });
  }
  target.verify?.();
  mkdirSync(dist, { recursive: true });
  writeFileSync(stampFile, stamp);
  say(`built ${target.name} in ${((performance.now() - begun) / 1000).toFixed(1)} s`);
}

/**
 * Builds what is out of date below dist/, page and main side by side. Throws one error that names every part that
 * failed, after both have ended.
 */
export async function ensureBuilt(options: { isForced?: boolean } = {}): Promise<void> {
  const results = await Promise.allSettled(
    targets.map((target) => buildTarget(target, options.isForced ?? false)),
  );
  const failures = results.flatMap((result, index) =>
    result.status === 'rejected' ? [`${targets[index]?.name ?? ''}: ${describeError(result.reason)}`] : [],
  );
  if (failures.length > 0) throw new Error(`The build failed.\n${failures.join('\n')}`);
}

function describeError(reason: unknown): string {
  return reason instanceof Error ? reason.message : String(reason);
}

import { basename, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export interface ProgramFiles {
  /** The built page. */
  readonly pageDir: string;
  readonly assetsDir: string;
  /** The engine's worker. */
  readonly workerUrl: URL;
  /** What reads Bitcoin. */
  readonly bitcoinWorkerUrl: URL;
  /** The built preload script; only Electron needs it. */
  readonly preload: string;
}

/**
 * Where the program's own files are, seen from an entry: `dist/main/<entry>.js` when built, `electron/<entry>.ts` when
 * run from its source. The page and the preload script exist built only.
 */
export function locateProgramFiles(entryUrl: string): ProgramFiles {
  const folder = dirname(fileURLToPath(entryUrl));
  const isSource = basename(folder) === 'electron';
  const root = isSource ? dirname(folder) : dirname(dirname(folder));
  return {
    pageDir: join(root, 'dist', 'page'),
    assetsDir: join(root, 'assets'),
    workerUrl: pathToFileURL(isSource ? join(folder, 'risk', 'worker.ts') : join(folder, 'risk-worker.js')),
    bitcoinWorkerUrl: pathToFileURL(
      isSource ? join(folder, 'chain', 'bitcoin', 'bitcoin-worker.ts') : join(folder, 'bitcoin-worker.js'),
    ),
    preload: join(root, 'dist', 'main', 'preload.cjs'),
  };
}

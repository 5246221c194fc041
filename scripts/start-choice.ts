import { join } from 'node:path';

export interface ElectronPlace {
  /** The installed package `electron`. */
  readonly folder: string;
  /** ELECTRON_OVERRIDE_DIST_PATH: a runtime that is there already. */
  readonly override: string | undefined;
  readonly platform: NodeJS.Platform;
  readonly exists: (path: string) => boolean;
  readonly read: (path: string) => string;
}

/** Where the executable stands within a runtime, as Electron's own installer has it. */
function nameExecutable(platform: NodeJS.Platform): string {
  if (platform === 'darwin') return join('Electron.app', 'Contents', 'MacOS', 'Electron');
  return platform === 'win32' ? 'electron.exe' : 'electron';
}

/**
 * Path of Electron's executable, or null where its runtime is not installed. `require('electron')` is not asked: it would
 * start a download.
 */
export function findElectron({ folder, override, platform, exists, read }: ElectronPlace): string | null {
  if (override !== undefined && override !== '') {
    const path = join(override, nameExecutable(platform));
    return exists(path) ? path : null;
  }
  const note = join(folder, 'path.txt');
  if (!exists(note)) return null;
  const path = join(folder, 'dist', read(note));
  return exists(path) ? path : null;
}

export type StartChoice =
  | { readonly kind: 'electron'; readonly path: string }
  | { readonly kind: 'fetch' }
  /** `reason` is for the user, null where the choice was the user's own. */
  | { readonly kind: 'chromium'; readonly reason: string | null };

interface Situation {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly electron: string | null;
  /** How long ago fetching the runtime failed; null where it never did. */
  readonly failedFetchAgeMs: number | null;
}

const RETRY_AFTER_MS = 24 * 3_600_000;

function isSet(text: string | undefined): boolean {
  return text !== undefined && text !== '';
}

/** How `npm start` opens Ballast. Pure. */
export function chooseStart({ args, env, platform, electron, failedFetchAgeMs }: Situation): StartChoice {
  const isAsked = args.includes('--fetch-electron');
  if (args.includes('--no-open') || env['BALLAST_SKIP_ELECTRON'] === '1') {
    return { kind: 'chromium', reason: null };
  }
  const hasDisplay = platform !== 'linux' || isSet(env['DISPLAY']) || isSet(env['WAYLAND_DISPLAY']);
  if (!hasDisplay && !isAsked) {
    return { kind: 'chromium', reason: 'There is no display here; open the address below in a browser.' };
  }
  if (electron !== null) return { kind: 'electron', path: electron };
  if (!isAsked && failedFetchAgeMs !== null && failedFetchAgeMs < RETRY_AFTER_MS) {
    return {
      kind: 'chromium',
      reason:
        "Electron's runtime could not be fetched lately; Ballast runs in this system's Chromium " +
        '(npm start -- --fetch-electron tries again).',
    };
  }
  return { kind: 'fetch' };
}

/** The installer's failure in a few words: the error's own message, or that it took too long. */
export function summarizeFailure(output: string): string {
  const message = /^(?:\w*Error(?: \[\w+\])?): (.+)$/mu.exec(output)?.[1];
  return message?.slice(0, 120) ?? 'it took too long';
}

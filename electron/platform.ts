/** Where each system keeps an application's data. Pure: what the process knows is handed in. */
import { posix, win32 } from 'node:path';

export type PlatformName = 'mac' | 'windows' | 'linux';

/** Ballast's three platforms; any other Unix follows the same rules as Linux. */
export function namePlatform(platform: NodeJS.Platform): PlatformName {
  if (platform === 'darwin') return 'mac';
  return platform === 'win32' ? 'windows' : 'linux';
}

export interface Surroundings {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The user's home folder, absolute. */
  readonly home: string;
}

/** `XDG_DATA_HOME` counts only where it is absolute (XDG Base Directory Specification 0.8). */
function findXdgDataHome({ env, home }: Surroundings): string {
  const given = env['XDG_DATA_HOME'] ?? '';
  return posix.isAbsolute(given) ? given : posix.join(home, '.local', 'share');
}

/** The data folder of this user; it need not exist. */
export function findDataDir(surroundings: Surroundings): string {
  const { env, home } = surroundings;
  switch (namePlatform(surroundings.platform)) {
    case 'mac':
      return posix.join(home, 'Library', 'Application Support', 'Ballast');
    case 'windows': {
      const given = env['APPDATA'] ?? '';
      return win32.join(win32.isAbsolute(given) ? given : win32.join(home, 'AppData', 'Roaming'), 'Ballast');
    }
    case 'linux':
      return posix.join(findXdgDataHome(surroundings), 'Ballast');
  }
}

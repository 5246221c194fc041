import { posix, win32 } from 'node:path';

export type Environment = Readonly<Record<string, string | undefined>>;

const LINUX_NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'microsoft-edge-stable',
];

const MAC_APPS = ['Google Chrome', 'Chromium', 'Microsoft Edge'];

const WINDOWS_PATHS = [
  ['Google', 'Chrome', 'Application', 'chrome.exe'],
  ['Chromium', 'Application', 'chrome.exe'],
  ['Microsoft', 'Edge', 'Application', 'msedge.exe'],
];

function isSet(text: string | undefined): text is string {
  return text !== undefined && text !== '';
}

function listLinux(env: Environment): string[] {
  const places = ['/usr/bin', ...(env['PATH'] ?? '').split(':').filter((place) => place.startsWith('/'))];
  const found = [...new Set(places)].flatMap((place) => LINUX_NAMES.map((name) => posix.join(place, name)));
  // Snap's Chromium comes last: its confinement hides much of the disk from it.
  const isSnap = (path: string): boolean => path.startsWith('/snap/');
  return [
    ...found.filter((path) => !isSnap(path)),
    '/opt/google/chrome/chrome',
    ...found.filter(isSnap),
    '/snap/bin/chromium',
  ];
}

function listMac(env: Environment): string[] {
  const home = env['HOME'];
  const places = ['/Applications', ...(isSet(home) ? [posix.join(home, 'Applications')] : [])];
  return MAC_APPS.flatMap((app) =>
    places.map((place) => posix.join(place, `${app}.app`, 'Contents', 'MacOS', app)),
  );
}

function listWindows(env: Environment): string[] {
  const places = [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']].filter(isSet);
  return WINDOWS_PATHS.flatMap((path) => places.map((place) => win32.join(place, ...path)));
}

/** Where a Chromium-family browser may be, best first. Pure: nothing is looked at. */
export function listBrowserCandidates(env: Environment, platform: NodeJS.Platform): string[] {
  if (platform === 'darwin') return listMac(env);
  if (platform === 'win32') return listWindows(env);
  return listLinux(env);
}

/**
 * The browser to use, or null. `BALLAST_BROWSER` decides alone when set: a wrong path there is not papered over with
 * another browser than the one the user named.
 */
export function findBrowser(
  env: Environment,
  platform: NodeJS.Platform,
  exists: (path: string) => boolean,
): { path: string } | null {
  const named = env['BALLAST_BROWSER'];
  const candidates = isSet(named) ? [named] : listBrowserCandidates(env, platform);
  const path = candidates.find(exists);
  return path === undefined ? null : { path };
}

/** What to tell the user when `findBrowser` returned null. */
export function describeMissingBrowser(platform: NodeJS.Platform, env: Environment = {}): string {
  const named = env['BALLAST_BROWSER'];
  if (isSet(named)) return `BALLAST_BROWSER names ${named}, which does not exist. Correct it or unset it.`;
  const remedies: Partial<Record<NodeJS.Platform, string>> = {
    darwin: 'Install Google Chrome, Chromium or Microsoft Edge into Applications',
    win32: 'Install Google Chrome, Chromium or Microsoft Edge',
    linux:
      'Install one, for example "sudo apt install chromium" (Debian), "sudo dnf install chromium" (Fedora), or Google Chrome',
  };
  return `No Chromium browser was found. ${remedies[platform] ?? 'Install Chromium'}; or set BALLAST_BROWSER to the path of one.`;
}

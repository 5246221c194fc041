import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { chooseStart, findElectron, summarizeFailure, type ElectronPlace } from './start-choice.ts';

const place: ElectronPlace = {
  folder: '/p/electron',
  override: undefined,
  platform: 'linux',
  exists: () => false,
  read: () => 'electron',
};

describe('findElectron', () => {
  it('finds what the installer left, and only if it is all there', () => {
    const files = new Set([join('/p/electron', 'path.txt'), join('/p/electron', 'dist', 'electron')]);
    const exists = (path: string): boolean => files.has(path);
    expect(findElectron({ ...place, exists })).toBe(join('/p/electron', 'dist', 'electron'));
    files.delete(join('/p/electron', 'dist', 'electron'));
    expect(findElectron({ ...place, exists })).toBeNull();
    expect(findElectron(place)).toBeNull();
  });

  it('takes a runtime that is elsewhere by the variable Electron itself uses', () => {
    const exists = (path: string): boolean => path === join('/opt/e', 'electron.exe');
    expect(findElectron({ ...place, platform: 'win32', override: '/opt/e', exists })).toBe(
      join('/opt/e', 'electron.exe'),
    );
    expect(findElectron({ ...place, override: '/opt/e', exists })).toBeNull();
  });
});

describe('chooseStart', () => {
  const here = {
    args: [],
    env: { DISPLAY: ':0' },
    platform: 'linux' as const,
    electron: null,
    failedFetchAgeMs: null,
  };
  const hour = 3_600_000;

  it('opens Electron where its runtime is', () => {
    expect(chooseStart({ ...here, electron: '/e' })).toEqual({ kind: 'electron', path: '/e' });
  });

  it('fetches the runtime where it is missing, and not again for a day where that failed', () => {
    expect(chooseStart(here)).toEqual({ kind: 'fetch' });
    expect(chooseStart({ ...here, failedFetchAgeMs: hour })).toMatchObject({
      kind: 'chromium',
      reason: expect.stringContaining('--fetch-electron') as string,
    });
    expect(chooseStart({ ...here, failedFetchAgeMs: 25 * hour })).toEqual({ kind: 'fetch' });
    expect(chooseStart({ ...here, failedFetchAgeMs: hour, args: ['--fetch-electron'] })).toEqual({
      kind: 'fetch',
    });
  });

  it('fetches nothing where the user or the machine has no use for it', () => {
    const own = { kind: 'chromium', reason: null };
    expect(chooseStart({ ...here, electron: '/e', args: ['--no-open'] })).toEqual(own);
    expect(chooseStart({ ...here, env: { DISPLAY: ':0', BALLAST_SKIP_ELECTRON: '1' } })).toEqual(own);
    expect(chooseStart({ ...here, electron: '/e', env: {} })).toMatchObject({ kind: 'chromium' });
    expect(chooseStart({ ...here, env: { DISPLAY: '' } })).toMatchObject({ kind: 'chromium' });
    expect(chooseStart({ ...here, env: {}, platform: 'darwin' })).toEqual({ kind: 'fetch' });
  });
});

describe('summarizeFailure', () => {
  it('says in one line what the installer said in many', () => {
    const output =
      'Downloading\nRequestError: getaddrinfo ENOTFOUND github.com\n    at ClientRequest.<anonymous>\n';
    expect(summarizeFailure(output)).toBe('getaddrinfo ENOTFOUND github.com');
    expect(summarizeFailure('')).toBe('it took too long');
  });
});

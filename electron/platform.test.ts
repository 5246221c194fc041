import { describe, expect, it } from 'vitest';
import { findDataDir, namePlatform } from './platform.ts';

describe('the data folder', () => {
  it('is where each system keeps such data', () => {
    expect(findDataDir({ platform: 'linux', env: {}, home: '/home/ada' })).toBe(
      '/home/ada/.local/share/Ballast',
    );
    expect(findDataDir({ platform: 'freebsd', env: {}, home: '/home/ada' })).toBe(
      '/home/ada/.local/share/Ballast',
    );
    expect(findDataDir({ platform: 'darwin', env: {}, home: '/Users/ada' })).toBe(
      '/Users/ada/Library/Application Support/Ballast',
    );
    expect(findDataDir({ platform: 'win32', env: {}, home: 'C:\\Users\\ada' })).toBe(
      'C:\\Users\\ada\\AppData\\Roaming\\Ballast',
    );
  });

  it('follows the user’s own choice where that is an absolute path', () => {
    const home = '/home/ada';
    expect(findDataDir({ platform: 'linux', env: { XDG_DATA_HOME: '/data' }, home })).toBe('/data/Ballast');
    for (const value of ['', 'data', './data']) {
      expect(findDataDir({ platform: 'linux', env: { XDG_DATA_HOME: value }, home })).toBe(
        '/home/ada/.local/share/Ballast',
      );
    }
    expect(findDataDir({ platform: 'win32', env: { APPDATA: 'D:\\Roaming' }, home: 'C:\\Users\\ada' })).toBe(
      'D:\\Roaming\\Ballast',
    );
  });

  it('knows three platforms', () => {
    expect((['darwin', 'win32', 'linux', 'openbsd'] as const).map(namePlatform)).toEqual([
      'mac',
      'windows',
      'linux',
      'linux',
    ]);
  });
});

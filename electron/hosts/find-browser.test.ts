import { describe, expect, it } from 'vitest';
import { describeMissingBrowser, findBrowser, listBrowserCandidates } from './find-browser.ts';

const nothing = (): boolean => false;

describe('findBrowser', () => {
  it('prefers the distribution’s Chromium on Linux', () => {
    const present = new Set(['/usr/bin/google-chrome', '/usr/bin/chromium']);
    expect(findBrowser({}, 'linux', (path) => present.has(path))).toEqual({ path: '/usr/bin/chromium' });
  });

  it('searches the PATH on Linux, and takes a snap only when nothing else is there', () => {
    const env = { PATH: '/snap/bin:relative:/home/ann/bin' };
    const present = new Set(['/snap/bin/chromium', '/home/ann/bin/chromium']);
    expect(findBrowser(env, 'linux', (path) => present.has(path))).toEqual({
      path: '/home/ann/bin/chromium',
    });
    present.delete('/home/ann/bin/chromium');
    expect(findBrowser(env, 'linux', (path) => present.has(path))).toEqual({ path: '/snap/bin/chromium' });
  });

  it('lets BALLAST_BROWSER decide alone', () => {
    const env = { BALLAST_BROWSER: '/opt/own' };
    expect(findBrowser(env, 'linux', () => true)).toEqual({ path: '/opt/own' });
    expect(findBrowser(env, 'linux', (path) => path === '/usr/bin/chromium')).toBeNull();
    expect(describeMissingBrowser('linux', env)).toContain('/opt/own');
  });

  it('uses the platform’s own path rules wherever it runs', () => {
    expect(listBrowserCandidates({ PROGRAMFILES: 'C:\\Program Files' }, 'win32')).toContain(
      'C:\\Program Files\\Microsoft\\Edge\\Application\\msedge.exe',
    );
    expect(listBrowserCandidates({ HOME: '/Users/ann' }, 'darwin')).toContain(
      '/Users/ann/Applications/Chromium.app/Contents/MacOS/Chromium',
    );
  });

  it('says what to install when there is none', () => {
    for (const platform of ['linux', 'darwin', 'win32', 'freebsd'] as const) {
      expect(findBrowser({}, platform, nothing)).toBeNull();
      expect(describeMissingBrowser(platform)).toMatch(/Install .*BALLAST_BROWSER/);
    }
  });
});

// The real binary, where it is installed. What can be asserted without it is in electron/hosts/electron/*.test.ts; only a
// real Chromium can prove that the page is sandboxed and cut off.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, expect, test as base, type ElectronApplication, type Page } from '@playwright/test';
import { METHOD_NAMES } from '../shared/contract/methods.ts';
import { projectRoot } from '../scripts/processes.ts';
import { findElectron } from '../scripts/start-choice.ts';

const executablePath = findElectron({
  folder: join(projectRoot, 'node_modules', 'electron'),
  override: process.env['ELECTRON_OVERRIDE_DIST_PATH'],
  platform: process.platform,
  exists: existsSync,
  read: (file) => readFileSync(file, 'utf8'),
});
const hasDisplay =
  process.platform !== 'linux' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);

const test = base.extend<{ program: { app: ElectronApplication; page: Page } }>({
  // Playwright reads the fixtures a fixture needs from this pattern; this one needs none.
  program: async ({}, use) => {
    const dataDir = mkdtempSync(join(tmpdir(), 'ballast-electron-'));
    const app = await _electron.launch({
      executablePath: executablePath ?? '',
      args: [
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        join(projectRoot, 'dist', 'main', 'main.js'),
        '--data-dir',
        dataDir,
      ],
    });
    await use({ app, page: await app.firstWindow() });
    await app.close();
    rmSync(dataDir, { recursive: true, force: true });
  },
});

test.describe('Electron', () => {
  test.skip(executablePath === null, "Electron's runtime is not installed");
  test.skip(!hasDisplay, 'there is no display');

  test('shows the page in one window', async ({ program: { app, page } }) => {
    expect(page.url()).toMatch(/^app:\/\/ballast\/index\.html/u);
    await expect(page).toHaveTitle(/Ballast/u);
    expect(app.windows()).toHaveLength(1);
  });

  test('gives the page no Node, and one function per method', async ({ program: { page } }) => {
    const seen = await page.evaluate(() => ({
      node: [typeof Reflect.get(window, 'process'), typeof Reflect.get(window, 'require')],
      bridge: Object.keys(window.ballast ?? {}),
      methods: Object.keys(window.ballast?.methods ?? {}),
    }));
    expect(seen).toEqual({
      node: ['undefined', 'undefined'],
      bridge: ['methods', 'subscribe'],
      methods: [...METHOD_NAMES],
    });
  });

  test('answers the page and cuts it off from everything else', async ({ program: { page } }) => {
    const info = await page.evaluate(() => window.ballast?.methods['app.info']('{}'));
    expect(info).toContain('"host":"electron"');
    const reached = await page.evaluate(async () => {
      const attempts = ['https://example.org/', 'http://127.0.0.1:8545/', 'app://ballast/index.html'];
      return Promise.all(
        attempts.map((url) =>
          fetch(url).then(
            () => url,
            () => null,
          ),
        ),
      );
    });
    expect(reached).toEqual([null, null, null]);
  });

  test('stays where it is', async ({ program: { app, page } }) => {
    const before = page.url();
    await page.evaluate(() => {
      window.open('https://example.org/');
      window.location.href = 'https://example.org/';
    });
    // A round trip to the main process: by then a navigation would have begun.
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
    expect(page.url()).toBe(before);
    expect(app.windows()).toHaveLength(1);
  });

  test('keeps the page in a session of its own, which grants nothing', async ({ program: { app, page } }) => {
    const isDefault = await app.evaluate(({ BrowserWindow, session }) =>
      BrowserWindow.getAllWindows().some(({ webContents }) => webContents.session === session.defaultSession),
    );
    expect(isDefault).toBe(false);
    const answer = await page.evaluate(async () => {
      const { state } = await navigator.permissions.query({ name: 'geolocation' });
      return [state, await Notification.requestPermission()];
    });
    expect(answer).toEqual(['denied', 'denied']);
  });
});

import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { listWindowArguments } from './browser-arguments.ts';
import { createChromiumHost } from './chromium-host.ts';
import { writeLauncher } from './open-window.ts';
import { createPageFolder, createServices, openTab, tokenOf } from './testing.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const TOKEN = 'T'.repeat(43);
const ORIGIN = 'http://127.0.0.1:4000';
const ADDRESS = `${ORIGIN}/#token=${TOKEN}`;

describe('the launcher', () => {
  it.skipIf(process.platform === 'win32')('can be read by this user alone', () => {
    const launcher = writeLauncher(ADDRESS);
    const file = fileURLToPath(launcher.url);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(dirname(file)).mode & 0o777).toBe(0o700);
    launcher.remove();
    expect(existsSync(dirname(file))).toBe(false);
  });

  it('leads to the address, and keeps it out of the command line', () => {
    const launcher = writeLauncher(`${ADDRESS}&ticket="a"`);
    cleanups.push(() => launcher.remove());
    const html = readFileSync(fileURLToPath(launcher.url), 'utf8');
    expect(html).toContain(`content="0; url=${ADDRESS}&amp;ticket=&quot;a&quot;"`);
    const args = listWindowArguments(launcher.url, ORIGIN, '/data/browser', false);
    expect(args.join(' ')).not.toContain(TOKEN);
    expect(args[0]).toBe(`--app=${launcher.url}`);
  });

  it('gives up the browser’s sandbox for root only', () => {
    expect(listWindowArguments('file:///a', ORIGIN, '/b', false)).not.toContain('--no-sandbox');
    expect(listWindowArguments('file:///a', ORIGIN, '/b', true)).toContain('--no-sandbox');
  });
});

describe.skipIf(process.platform === 'win32')('openWindow', () => {
  /** A program that notes its arguments and then waits like a browser does. */
  function createBrowser(): { path: string; readArguments: () => Promise<string[]> } {
    const folder = mkdtempSync(join(tmpdir(), 'ballast-browser-'));
    cleanups.push(() => rmSync(folder, { recursive: true, force: true }));
    const path = join(folder, 'browser');
    const notes = join(folder, 'arguments.json');
    writeFileSync(
      path,
      `#!${process.execPath}
const { writeFileSync, renameSync } = require('node:fs');
writeFileSync(${JSON.stringify(`${notes}.part`)}, JSON.stringify(process.argv.slice(2)));
renameSync(${JSON.stringify(`${notes}.part`)}, ${JSON.stringify(notes)});
setInterval(() => undefined, 1000);
`,
    );
    chmodSync(path, 0o755);
    const readArguments = async (): Promise<string[]> => {
      await expect.poll(() => existsSync(notes), { timeout: 10_000 }).toBe(true);
      // The program above wrote its own arguments there.
      return JSON.parse(readFileSync(notes, 'utf8')) as string[];
    };
    return { path, readArguments };
  }

  function createHost(browserPath: string, onWindowClosed: (failure: Error | null) => void) {
    const folder = createPageFolder();
    const host = createChromiumHost({
      pageDir: folder.pageDir,
      browser: { path: browserPath },
      kind: 'chromium',
      dataDir: join(folder.root, 'data'),
      onWindowClosed,
    });
    host.attach(createServices());
    cleanups.push(folder.remove, () => host.close());
    return host;
  }

  it('starts the browser on a file that is gone as soon as the page is connected', async () => {
    const browser = createBrowser();
    let closings = 0;
    const host = createHost(browser.path, () => (closings += 1));
    await host.openWindow();
    const [app = ''] = await browser.readArguments();
    const file = fileURLToPath(app.replace('--app=', ''));
    const address = /url=([^"]+)/u.exec(readFileSync(file, 'utf8'))?.[1] ?? '';
    await openTab(await host.start(), { token: tokenOf(address) });
    expect(existsSync(file)).toBe(false);
    await host.close();
    expect(closings).toBe(0);
  });

  it('leaves no file behind when the page never came', async () => {
    const browser = createBrowser();
    const host = createHost(browser.path, () => undefined);
    await host.openWindow();
    const [app = ''] = await browser.readArguments();
    await host.close();
    expect(existsSync(fileURLToPath(app.replace('--app=', '')))).toBe(false);
  });

  it('tells when the browser cannot be started', async () => {
    const closed = Promise.withResolvers<Error | null>();
    const host = createHost('/nonexistent/browser', closed.resolve);
    await host.openWindow();
    expect(await closed.promise).toMatchObject({ code: 'ENOENT' });
  });
});

import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Bridge } from '../../../shared/contract/bridge.ts';
import { decode, encode } from '../../../shared/contract/codec.ts';
import { METHOD_NAMES } from '../../../shared/contract/methods.ts';
import { createPageFolder, INDEX_HTML } from '../chromium/testing.ts';
import { loadStubbed } from './testing/load-stubbed.ts';

const folder = createPageFolder();
const dataDir = mkdtempSync(join(tmpdir(), 'ballast-data-'));
const program = loadStubbed({ pageDir: folder.pageDir, preload: '/program/preload.cjs' });
const { record, app, stubSession, StubEvent, ipcRenderer } = program.stub;
const main = join(import.meta.dirname, '..', '..', 'main.ts');
const preload = join(import.meta.dirname, '..', '..', 'preload.ts');

beforeAll(async () => {
  process.argv.push('--data-dir', dataDir);
  program.load(main);
  await vi.waitFor(() => expect([...record.errors, ...record.windows]).toHaveLength(1), { timeout: 20_000 });
  expect(record.errors).toEqual([]);
});

afterAll(() => {
  program.stop();
  process.argv.splice(-2);
  rmSync(dataDir, { recursive: true, force: true });
  folder.remove();
});

/** A handler the program registered, to be called as Electron would. */
function handlerOf(name: string): (...args: unknown[]) => unknown {
  const handler = stubSession.handlers.get(name);
  if (handler === undefined) throw new Error(`no handler for ${name}`);
  // Electron calls it with whatever the event has; the stub does not know each signature.
  return handler as (...args: unknown[]) => unknown;
}

const mainWindow = () => record.windows[0]!;

describe('the process', () => {
  it('is hardened before Electron is ready', () => {
    expect(app.isSandboxed).toBe(true);
    expect(app.switches.get('host-resolver-rules')).toBe('MAP * ~NOTFOUND');
    expect(app.switches.has('no-proxy-server')).toBe(true);
    expect(record.schemes).toMatchObject([{ scheme: 'app', privileges: { standard: true, secure: true } }]);
    expect(record.schemes).not.toMatchObject([{ privileges: { bypassCSP: true } }]);
    expect(app.getPath('userData')).toBe(join(dataDir, 'electron'));
    // Without persist: nothing of the page reaches the disk.
    expect(record.partitions).toEqual(['ballast']);
  });
});

describe('the window', () => {
  it('runs the page isolated, sandboxed and without Node', () => {
    expect(mainWindow().loaded).toEqual(['app://ballast/index.html']);
    expect(mainWindow().options['webPreferences']).toEqual({
      preload: '/program/preload.cjs',
      session: stubSession,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: false,
    });
  });

  it('leads nowhere: no navigation, redirect, frame or embedded page', () => {
    for (const name of ['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview']) {
      const event = new StubEvent();
      mainWindow().webContents.emit(name, event, 'app://ballast/index.html');
      expect([name, event.isPrevented]).toEqual([name, true]);
    }
    expect(mainWindow().webContents.webRtcPolicy).toBe('disable_non_proxied_udp');
  });

  it('opens no window, and hands only links to explorers to the browser', () => {
    const open = (url: string) => mainWindow().webContents.windowOpenHandler?.({ url });
    for (const url of [
      'http://etherscan.io/',
      'https://etherscan.io.evil.example/',
      'https://evil.example/?https://etherscan.io/',
      'https://user@etherscan.io/',
      'https://etherscan.io/anything/else',
      'https://etherscan.io/address/0x0000000000000000000000000000000000000000?q=x',
      'https://etherscan.io:8443/',
      'file:///etc/passwd',
      'javascript:alert(1)',
      'app://ballast/index.html',
      'not a url',
    ]) {
      expect(open(url)).toEqual({ action: 'deny' });
    }
    expect(record.opened).toEqual([]);
    const link = 'https://etherscan.io/address/0x0000000000000000000000000000000000000000';
    expect(open(link)).toEqual({ action: 'deny' });
    expect(record.opened).toEqual([link]);
  });
});

describe('the session', () => {
  it.each([
    ['clipboard-sanitized-write', 'app://ballast/index.html', true, true],
    ['clipboard-sanitized-write', 'app://ballast/index.html', false, false],
    ['clipboard-sanitized-write', 'https://evil.example/', true, false],
    ['clipboard-read', 'app://ballast/index.html', true, false],
    ['geolocation', 'app://ballast/index.html', true, false],
    ['openExternal', 'app://ballast/index.html', true, false],
  ])(
    'grants its own page to copy, and nothing else (%s, %s, %s)',
    (permission, url, isMainFrame, expected) => {
      let isGranted: unknown = null;
      const details = { isMainFrame, requestingUrl: url };
      handlerOf('permissionRequest')({}, permission, (answer: boolean) => (isGranted = answer), details);
      expect(isGranted).toBe(expected);
      expect(handlerOf('permissionCheck')({}, permission, new URL('/', url).href, { isMainFrame })).toBe(
        expected,
      );
    },
  );

  it('lets it near no device, no screen and no download', () => {
    let isGranted: unknown = null;
    expect(handlerOf('devicePermission')({})).toBe(false);
    handlerOf('displayMedia')({}, (streams: unknown) => (isGranted = streams));
    expect(isGranted).toBeNull();
    expect(stubSession.isSpellChecking).toBe(false);
    const download = new StubEvent();
    stubSession.emit('will-download', download);
    expect(download.isPrevented).toBe(true);
  });

  it.each([
    ['app://ballast/index.html', false],
    ['app://ballast/assets/app.js', false],
    ['app://evil/index.html', true],
    ['app://ballast@evil/index.html', true],
    ['app://user@ballast/index.html', true],
    ['apps://ballast/index.html', true],
    ['https://example.org/', true],
    ['http://127.0.0.1:8545/', true],
    ['file:///etc/passwd', true],
    ['ws://127.0.0.1/', true],
    ['devtools://devtools/bundled/x.html', true],
  ])('lets %s through or cancels it', (url, isCancelled) => {
    let answer: unknown = null;
    handlerOf('onBeforeRequest')({ url }, (given: unknown) => (answer = given));
    expect(answer).toEqual({ cancel: isCancelled });
  });

  async function request(url: string, method = 'GET'): Promise<Response> {
    // The handler of a protocol answers with a Response.
    return (await handlerOf('protocol:app')(new Request(url, { method }))) as Response;
  }

  it('serves the page with its policy', async () => {
    const response = await request('app://ballast/index.html');
    expect(response.status).toBe(200);
    expect(await response.text()).toBe(INDEX_HTML);
    expect(response.headers.get('content-security-policy')).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
        "connect-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
    );
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect((await request('app://ballast/')).status).toBe(200);
    expect((await request('app://ballast/report.html#ticket=1')).status).toBe(200);
  });

  it.each([
    'app://ballast/../outside.html',
    'app://ballast/%2e%2e/outside.html',
    'app://ballast/..%2foutside.html',
    'app://ballast/..%5coutside.html',
    'app://ballast/assets/../../outside.html',
    'app://ballast//outside.html',
    'app://ballast/notes.txt',
    'app://ballast/assets/',
    'app://evil/index.html',
    'app:index.html',
    'app:///index.html',
  ])('does not serve %s', async (url) => {
    const response = await request(url);
    expect(response.status).toBe(404);
    expect(await response.text()).not.toContain('outside');
  });

  it('answers GET only', async () => {
    expect((await request('app://ballast/index.html', 'POST')).status).toBe(404);
  });
});

describe('the channels', () => {
  const page = { parent: null, origin: 'app://ballast', url: 'app://ballast/index.html' };
  const call = async (senderFrame: object | null, ...args: unknown[]): Promise<unknown> =>
    decode(await record.channels.get('ballast:app.info')!({ senderFrame }, ...args));

  it('are the methods of the contract, and nothing more', () => {
    expect([...record.channels.keys()]).toEqual(METHOD_NAMES.map((name) => `ballast:${name}`));
  });

  it('answer the page', async () => {
    expect(await call(page, encode({}))).toMatchObject({ ok: true, value: { host: 'electron', dataDir } });
    expect(await call({ ...page, url: 'app://ballast/report.html#ticket=1' }, encode({}))).toMatchObject({
      ok: true,
    });
  });

  it('refuse every other sender, on every channel', async () => {
    const strangers = [
      null,
      { ...page, parent: page },
      { ...page, origin: 'app://evil' },
      { ...page, origin: 'null' },
      { ...page, origin: 'https://ballast' },
      { ...page, url: 'https://example.org/' },
      { ...page, url: 'app://evil/' },
    ];
    for (const [channel, handle] of record.channels) {
      for (const senderFrame of strangers) {
        const answer = decode(await handle({ senderFrame }, encode({})));
        expect([channel, answer]).toMatchObject([channel, { ok: false, error: { code: 'foreign-sender' } }]);
      }
    }
  });

  it('refuse what is not one encoded text', async () => {
    for (const args of [[], [{}], [encode({}), 'more'], [null], ['not json'], [encode({ extra: 1 })]]) {
      expect(await call(page, ...args)).toMatchObject({ ok: false, error: { code: 'bad-request' } });
    }
  });

  it('send events to the page', async () => {
    const created = await record.channels.get('ballast:portfolios.create')!(
      { senderFrame: page },
      encode({ name: 'Treasury', networkId: 'ethereum' }),
    );
    expect(decode(created)).toMatchObject({ ok: true });
    const [channel, text] = mainWindow().webContents.sent.at(-1)!;
    expect(channel).toBe('ballast:event');
    expect(decode(text)).toMatchObject({ kind: 'changed' });
  });
});

describe('the preload script', () => {
  let bridge: Bridge;
  beforeAll(() => {
    program.load(preload);
    // What the script exposed, which the stub keeps as it is.
    bridge = record.exposed.get('ballast') as Bridge;
  });

  it('gives the page one function per method, and no other way to send', async () => {
    expect([...record.exposed.keys()]).toEqual(['ballast']);
    expect(Object.keys(bridge)).toEqual(['methods', 'subscribe']);
    expect(Object.keys(bridge.methods)).toEqual([...METHOD_NAMES]);
    for (const name of METHOD_NAMES) {
      expect(await bridge.methods[name]('input')).toBe('answer');
      expect(record.invoked.at(-1)).toEqual([`ballast:${name}`, 'input']);
    }
  });

  it('passes on the text of events, without the event, until told to stop', () => {
    const heard: unknown[][] = [];
    const stop = bridge.subscribe((...args) => heard.push(args));
    ipcRenderer.emit('ballast:event', { sender: 'secret' }, 'text');
    stop();
    ipcRenderer.emit('ballast:event', {}, 'late');
    expect(heard).toEqual([['text']]);
  });

  it('contains no library', () => {
    const imports = [...readFileSync(preload, 'utf8').matchAll(/^import (?!type).* from '(.*)'/gmu)];
    expect(imports.map(([, name]) => name)).toEqual(['electron']);
  });
});

describe('the life of the program', () => {
  beforeEach(() => {
    record.questions.length = 0;
  });

  it('has menus whose items run actions of the page', () => {
    const items = record.menu.flatMap(({ submenu }) => submenu ?? []);
    const palette = items.find(({ label }) => label === 'Command palette…');
    palette?.click?.();
    const [, text] = mainWindow().webContents.sent.at(-1)!;
    expect(decode(text)).toEqual({ kind: 'action', action: 'help.palette' });
  });

  it('shows the open window instead of starting twice, and remembers where it was', () => {
    const before = record.shown;
    app.emit('second-instance');
    expect(record.windows).toHaveLength(1);
    expect(record.shown).toBe(before + 1);
    mainWindow().emit('close', new StubEvent());
    const saved: unknown = JSON.parse(readFileSync(join(dataDir, 'window.json'), 'utf8'));
    expect(saved).toMatchObject({ bounds: { x: 10, y: 20, width: 800, height: 600 } });
  });

  it('quits when nothing runs, closing the store first', async () => {
    const quit = new Promise((resolve) => app.once('quit', resolve));
    app.quit();
    expect(app.quits).toBe(0);
    await quit;
    expect(app.quits).toBe(1);
    expect(record.questions).toEqual([]);
    expect(existsSync(dataDir)).toBe(true);
  });
});

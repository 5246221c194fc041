import { Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { decode, encode } from '../../../shared/contract/codec.ts';
import type { Job } from '../../../shared/contract/jobs.ts';
import { CLOSE_MALFORMED, CLOSE_MOVED, CLOSE_REFUSED } from '../../../shared/contract/socket.ts';
import { createChromiumHost, type ChromiumHost, type ChromiumHostOptions } from './chromium-host.ts';
import { connectSocket, createPageFolder, createServices, openTab, tokenOf } from './testing.ts';

const UNKNOWN_SECRET = 'A'.repeat(43);
const cleanups: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

function createHost(
  options: Partial<ChromiumHostOptions> = {},
  services = createServices(),
): { host: ChromiumHost; services: typeof services } {
  const folder = createPageFolder();
  const host = createChromiumHost({ pageDir: folder.pageDir, browser: null, kind: 'chromium', ...options });
  host.attach(services);
  cleanups.push(folder.remove, () => host.close());
  return { host, services };
}

const issueToken = async (host: ChromiumHost): Promise<string> => tokenOf(await host.createAddress());

/** The close code a greeting is answered with. */
async function greet(host: ChromiumHost, hello: object | string): Promise<number> {
  const client = await connectSocket(await host.start());
  client.send(hello);
  return client.closed;
}

describe('the token', () => {
  it('is 256 bits in the fragment, different every time, and opens the page once', async () => {
    const { host } = createHost();
    const address = await host.createAddress();
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#token=[A-Za-z0-9_-]{43}$/u);
    const token = tokenOf(address);
    await openTab(await host.start(), { token });
    expect(await greet(host, { type: 'hello', token })).toBe(CLOSE_REFUSED);
    expect(await issueToken(host)).not.toBe(token);
  });

  it('stops working when a fresh address is given out', async () => {
    const { host } = createHost();
    const first = await issueToken(host);
    const second = await issueToken(host);
    expect(await greet(host, { type: 'hello', token: first })).toBe(CLOSE_REFUSED);
    await openTab(await host.start(), { token: second });
  });

  it.each([
    { type: 'hello', token: UNKNOWN_SECRET },
    { type: 'hello', token: '' },
    { type: 'hello', resume: UNKNOWN_SECRET },
    { type: 'hello' },
    { type: 'call', id: 0, method: 'app.info', input: '{}' },
    'not json',
    `"${'x'.repeat(5000)}"`,
  ])('refuses a greeting without one (%#)', async (hello) => {
    const { host } = createHost();
    expect(await greet(host, hello)).toBe(CLOSE_REFUSED);
  });

  it('refuses a stranger who says nothing', async () => {
    const { host } = createHost({ limits: { helloMs: 1 } });
    const client = await connectSocket(await host.start());
    expect(await client.closed).toBe(CLOSE_REFUSED);
  });

  it('hangs up on a stranger who sends more than a greeting, before the frame is whole', async () => {
    const { host } = createHost();
    const client = await connectSocket(await host.start());
    // The first 2000 bytes of a frame that claims to be 16 million long, RFC 6455 section 5.2.
    const header = Buffer.alloc(14);
    header.writeUInt16BE(0x81ff);
    header.writeBigUInt64BE(16_000_000n, 2);
    const stream: unknown = Reflect.get(client.socket, '_socket');
    if (!(stream instanceof Socket)) throw new Error('ws keeps its socket elsewhere now');
    stream.write(Buffer.concat([header, Buffer.alloc(2000)]));
    expect(await client.closed).toBe(1006);
  });

  it('opens one page only where two come with it at once', async () => {
    const { host } = createHost();
    const origin = await host.start();
    const hello = { type: 'hello', token: await issueToken(host) };
    const clients = await Promise.all([connectSocket(origin), connectSocket(origin)]);
    for (const client of clients) client.send(hello);
    const outcomes = await Promise.all(
      clients.map((client) => Promise.race([client.next().then(({ type }) => type), client.closed])),
    );
    expect(outcomes.sort()).toEqual([CLOSE_REFUSED, 'welcome']);
  });

  it('takes no more connections for a minute after ten refusals', async () => {
    let time = 0;
    const { host } = createHost({ now: () => time });
    const origin = await host.start();
    for (let attempt = 0; attempt < 10; attempt++) {
      expect(await greet(host, { type: 'hello', token: UNKNOWN_SECRET })).toBe(CLOSE_REFUSED);
    }
    await expect(connectSocket(origin)).rejects.toThrow('status 429');
    time = 60_000;
    await openTab(origin, { token: await issueToken(host) });
  });

  it('refuses a page of another origin before it can say anything', async () => {
    const { host } = createHost();
    const origin = await host.start();
    await expect(connectSocket(origin, { headers: { Origin: 'http://evil.example' } })).rejects.toThrow(
      'status 403',
    );
    await expect(connectSocket(origin, {})).rejects.toThrow('status 403');
  });
});

describe('the resume secret', () => {
  it('brings a reloaded page back, again and again', async () => {
    const { host } = createHost();
    const origin = await host.start();
    const tab = await openTab(origin, { token: await issueToken(host) });
    await tab.close();
    const again = await openTab(origin, { resume: tab.resume });
    await again.close();
    expect((await openTab(origin, { resume: again.resume })).resume).toBe(tab.resume);
  });

  it('belongs to one connection: the newer one has it, the older one is told', async () => {
    const { host, services } = createHost();
    const origin = await host.start();
    const first = await openTab(origin, { token: await issueToken(host) });
    const second = await openTab(origin, { resume: first.resume });
    expect(await first.closed).toBe(CLOSE_MOVED);
    services.emit('"still here"');
    expect(await second.next()).toEqual({ type: 'event', event: '"still here"' });
  });

  it('differs from tab to tab, and is no token', async () => {
    const { host } = createHost();
    const origin = await host.start();
    const token = await issueToken(host);
    const first = await openTab(origin, { token });
    const second = await openTab(origin, { token: await issueToken(host) });
    expect(first.resume).not.toBe(second.resume);
    expect(first.resume).not.toBe(token);
    expect(await greet(host, { type: 'hello', token: first.resume })).toBe(CLOSE_REFUSED);
    expect(await greet(host, { type: 'hello', resume: token })).toBe(CLOSE_REFUSED);
  });

  it('of another host opens nothing', async () => {
    const [one, other] = [createHost().host, createHost().host];
    const tab = await openTab(await one.start(), { token: await issueToken(one) });
    expect(await greet(other, { type: 'hello', resume: tab.resume })).toBe(CLOSE_REFUSED);
  });

  it('is forgotten for the tab that is away the longest, when there are too many', async () => {
    const { host } = createHost({ limits: { tabs: 2 } });
    const origin = await host.start();
    const secrets: string[] = [];
    for (let count = 0; count < 3; count++) {
      const tab = await openTab(origin, { token: await issueToken(host) });
      secrets.push(tab.resume);
      await tab.close();
    }
    expect(await greet(host, { type: 'hello', resume: secrets[0] })).toBe(CLOSE_REFUSED);
    await openTab(origin, { resume: secrets[1]! });
  });
});

describe('calls over the wire', () => {
  const info = {
    version: '1.2.3',
    host: 'chromium',
    dataDir: '/d',
    platform: 'linux',
    canPrint: false,
  } as const;

  async function openWith(handlers: Parameters<typeof createServices>[0], limits = {}) {
    const { host, services } = createHost({ limits }, createServices(handlers));
    const tab = await openTab(await host.start(), { token: await issueToken(host) });
    const call = async (method: string, input: string): Promise<unknown> => {
      tab.send({ type: 'call', id: 7, method, input });
      const frame = await tab.next();
      expect(frame).toMatchObject({ type: 'result', id: 7 });
      return frame.type === 'result' ? decode(frame.result) : null;
    };
    return { host, services, tab, call };
  }

  it('carries input and output unchanged', async () => {
    const { call } = await openWith({
      'app.info': () => info,
      'settings.testNode': ({ networkId }) => ({ chainId: 1, blockNumber: 2n ** 80n, endpoint: networkId }),
    });
    expect(await call('app.info', encode({}))).toEqual({ ok: true, value: info });
    expect(await call('settings.testNode', encode({ networkId: 'ä', url: 'u' }))).toEqual({
      ok: true,
      value: { chainId: 1, blockNumber: 2n ** 80n, endpoint: 'ä' },
    });
  });

  it('answers unknown methods and bad payloads with errors, and goes on', async () => {
    const { call } = await openWith({ 'app.info': () => info });
    for (const method of ['app.nothing', '__proto__', 'constructor', 'dispatch', '']) {
      expect(await call(method, '{}')).toMatchObject({ ok: false, error: { code: 'unknown-method' } });
    }
    for (const input of ['', 'not json', '[]', '{"extra":1}', '{"$bytes":"?"}']) {
      expect(await call('app.info', input)).toMatchObject({ ok: false, error: { code: 'bad-request' } });
    }
    expect(await call('app.info', '{}')).toMatchObject({ ok: true });
  });

  it.each([
    'not json',
    '[]',
    '{"type":"call"}',
    '{"type":"call","id":-1,"method":"app.info","input":"{}"}',
    '{"type":"call","id":1,"method":"app.info","input":{}}',
    '{"type":"call","id":1,"method":"app.info","input":"{}","more":1}',
    `{"type":"hello","token":"${UNKNOWN_SECRET}"}`,
  ])('hangs up on a frame that is none of ours: %s', async (frame) => {
    const { tab } = await openWith({ 'app.info': () => info });
    tab.send(frame);
    expect(await tab.closed).toBe(CLOSE_MALFORMED);
  });

  it('hangs up on binary and on oversize frames', async () => {
    const { tab } = await openWith({});
    tab.socket.send(new Uint8Array([1, 2, 3]));
    expect(await tab.closed).toBe(CLOSE_MALFORMED);
    const { tab: other } = await openWith({}, { maxFrameBytes: 1000 });
    other.send({ type: 'call', id: 0, method: 'app.info', input: 'x'.repeat(1000) });
    expect(await other.closed).toBe(1009);
  });

  it('sends events to every tab, and none to a stranger', async () => {
    const { host, services, tab } = await openWith({});
    const stranger = await connectSocket(await host.start());
    const heard: unknown[] = [];
    stranger.socket.on('message', (data) => heard.push(data));
    const other = await openTab(await host.start(), { token: await issueToken(host) });
    services.emit('"one"');
    expect(await tab.next()).toEqual({ type: 'event', event: '"one"' });
    expect(await other.next()).toEqual({ type: 'event', event: '"one"' });
    stranger.send({ type: 'hello', token: UNKNOWN_SECRET });
    await stranger.closed;
    expect(heard).toEqual([]);
  });

  it('drops a connection that no longer answers, and keeps one that does', async () => {
    const { host } = createHost({ limits: { pingMs: 20 } });
    const origin = await host.start();
    const alive = await openTab(origin, { token: await issueToken(host) });
    const dead = await openTab(origin, { token: await issueToken(host) }, { autoPong: false });
    expect(await dead.closed).toBe(1006);
    expect(alive.socket.readyState).toBe(alive.socket.OPEN);
  });
});

describe('files', () => {
  const file = { name: 'ballast.pdf', mime: 'application/pdf', bytes: new Uint8Array([37, 80, 0, 255]) };
  it('go to the tab that asked for an export last, and to no other', async () => {
    const { host, services } = createHost(
      {},
      createServices({ 'reports.export': () => createJob({ kind: 'report' }) }),
    );
    const origin = await host.start();
    const asking = await openTab(origin, { token: await issueToken(host) });
    const other = await openTab(origin, { token: await issueToken(host) });
    const input = encode({ portfolioId: 'p', runId: null, format: 'pdf' });
    asking.send({ type: 'call', id: 0, method: 'reports.export', input });
    await asking.next();
    expect(await host.saveFile(file)).toEqual({ path: null });
    const frame = await asking.next();
    expect(frame.type === 'event' && decode(frame.event)).toEqual({ kind: 'file', ...file });
    services.emit('"after"');
    expect(await other.next()).toEqual({ type: 'event', event: '"after"' });
  });

  it('wait for a page that is reloading', async () => {
    const { host } = createHost();
    const origin = await host.start();
    const tab = await openTab(origin, { token: await issueToken(host) });
    await tab.close();
    const saved = host.saveFile(file);
    const again = await openTab(origin, { resume: tab.resume });
    expect(await saved).toEqual({ path: null });
    expect(await again.next()).toMatchObject({ type: 'event' });
  });

  it('are not claimed to be saved where nobody took them', async () => {
    const { host } = createHost({ fileWaitMs: 1 });
    await host.start();
    await expect(host.saveFile(file)).rejects.toMatchObject({ code: 'write-failed', retryable: true });
  });

  it('go where the command line says, without a server', async () => {
    const saved: string[] = [];
    const { host } = createHost({
      kind: 'none',
      pageDir: '/nowhere',
      saveFile: async ({ name }) => {
        saved.push(name);
        return { path: name };
      },
    });
    expect(await host.saveFile(file)).toEqual({ path: 'ballast.pdf' });
    expect(saved).toEqual(['ballast.pdf']);
  });
});

describe('stopping', () => {
  it('tells when nobody came and nothing runs', async () => {
    const idle = Promise.withResolvers<boolean>();
    const { host } = createHost(
      { idleMs: 1, onIdle: () => idle.resolve(true) },
      createServices({ 'jobs.list': () => [] }),
    );
    await host.start();
    expect(await idle.promise).toBe(true);
  });

  it('waits for a running job and for a connected tab', async () => {
    let asked = 0;
    let isRunning = true;
    let isIdle = false;
    const idle = Promise.withResolvers<boolean>();
    const askedTwice = Promise.withResolvers<boolean>();
    const services = createServices({
      'jobs.list': () => {
        asked += 1;
        if (asked === 2) askedTwice.resolve(true);
        return isRunning ? [createJob({ state: 'running' })] : [];
      },
    });
    const { host } = createHost(
      {
        idleMs: 5,
        onIdle: () => {
          isIdle = true;
          idle.resolve(true);
        },
      },
      services,
    );
    const origin = await host.start();
    await askedTwice.promise;
    const tab = await openTab(origin, { token: await issueToken(host) });
    isRunning = false;
    const before = asked;
    expect(isIdle).toBe(false);
    await tab.close();
    await idle.promise;
    expect(asked).toBeGreaterThan(before);
  });

  it('closes its tabs and answers no more', async () => {
    const { host } = createHost();
    const origin = await host.start();
    const tab = await openTab(origin, { token: await issueToken(host) });
    await host.close();
    await tab.closed;
    await expect(fetch(origin)).rejects.toThrow();
  });
});

function createJob(change: Partial<Job>): Job {
  return {
    id: 'j',
    kind: 'refresh',
    portfolioId: 'p',
    startedAt: 0,
    endedAt: null,
    state: 'running',
    progress: 0.5,
    step: 's',
    error: null,
    resultId: null,
    ...change,
  };
}

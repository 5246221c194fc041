import { describe, expect, it } from 'vitest';
import { METHOD_NAMES, type AppEvent } from '../shared/contract/methods.ts';
import { decode, encode } from '../shared/contract/codec.ts';
import { CLOSE_MOVED, CLOSE_REFUSED } from '../shared/contract/socket.ts';
import { connectBridge, createBridgeClient, type TransportEnvironment } from './transport.ts';

type Handlers = Parameters<TransportEnvironment['openSocket']>[0];

class FakeSocket {
  readonly sent: unknown[] = [];
  readonly handlers: Handlers;

  constructor(handlers: Handlers) {
    this.handlers = handlers;
  }

  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }

  close(): void {
    this.handlers.onClose(1000);
  }

  answer(frame: object): void {
    this.handlers.onMessage(JSON.stringify(frame));
  }
}

function createEnvironment(token: string | null, resume: string | null) {
  const sockets: FakeSocket[] = [];
  const delays: { run: () => void; milliseconds: number }[] = [];
  const state = { resume, isTokenInAddress: token !== null };
  const environment: TransportEnvironment = {
    native: undefined,
    token,
    openSocket(handlers) {
      const socket = new FakeSocket(handlers);
      sockets.push(socket);
      return socket;
    },
    loadResume: () => state.resume,
    saveResume: (next) => {
      state.resume = next;
    },
    forgetToken: () => {
      state.isTokenInAddress = false;
    },
    delay: (run, milliseconds) => void delays.push({ run, milliseconds }),
  };
  return { environment, sockets, delays, state };
}

const TOKEN = 't'.repeat(43);
const RESUME = 'r'.repeat(43);

async function connect(browser: ReturnType<typeof createEnvironment>) {
  const connecting = connectBridge(browser.environment);
  browser.sockets[0]!.handlers.onOpen();
  browser.sockets[0]!.answer({ type: 'welcome', resume: RESUME });
  return connecting;
}

describe('connecting', () => {
  it('offers the token of the address first, then keeps the tab’s own secret and cleans the address', async () => {
    const browser = createEnvironment(TOKEN, null);
    const connection = await connect(browser);
    expect(browser.sockets[0]!.sent).toEqual([{ type: 'hello', token: TOKEN }]);
    expect(browser.state).toEqual({ resume: RESUME, isTokenInAddress: false });
    expect(connection.getState()).toEqual({ kind: 'connected' });
  });

  it('resumes after a reload, when the address carries no token any more', async () => {
    const browser = createEnvironment(null, RESUME);
    await connect(browser);
    expect(browser.sockets[0]!.sent).toEqual([{ type: 'hello', resume: RESUME }]);
  });

  it('falls back to the tab’s secret where the address was used before', async () => {
    const browser = createEnvironment(TOKEN, RESUME);
    const connecting = connectBridge(browser.environment);
    browser.sockets[0]!.handlers.onClose(CLOSE_REFUSED);
    browser.sockets[1]!.handlers.onOpen();
    browser.sockets[1]!.answer({ type: 'welcome', resume: RESUME });
    expect((await connecting).getState().kind).toBe('connected');
    expect(browser.sockets[1]!.sent).toEqual([{ type: 'hello', resume: RESUME }]);
  });

  it('does not try at all without a token or a secret', async () => {
    const browser = createEnvironment(null, null);
    const connection = await connectBridge(browser.environment);
    expect(connection.getState()).toEqual({ kind: 'refused', reason: 'no-token' });
    expect(browser.sockets).toHaveLength(0);
    await expect(createBridgeClient(connection).call('app.info', {})).rejects.toMatchObject({
      code: 'disconnected',
      retryable: false,
    });
  });

  it('ends, and forgets its secret, when the host refuses it', async () => {
    const browser = createEnvironment(null, RESUME);
    const connecting = connectBridge(browser.environment);
    browser.sockets[0]!.handlers.onClose(CLOSE_REFUSED);
    expect((await connecting).getState()).toEqual({ kind: 'refused', reason: 'refused' });
    expect(browser.state.resume).toBeNull();
    expect(browser.delays).toEqual([]);
  });

  it('leaves the connection to the tab that took it over, instead of fighting for it', async () => {
    const browser = createEnvironment(TOKEN, null);
    const connection = await connect(browser);
    browser.sockets[0]!.handlers.onClose(CLOSE_MOVED);
    expect(connection.getState()).toEqual({ kind: 'refused', reason: 'moved' });
    expect(browser.delays).toEqual([]);
  });

  it('uses the preload’s bridge under Electron', async () => {
    const browser = createEnvironment(null, null);
    const native = {
      methods: (await connect(createEnvironment(TOKEN, null))).methods,
      subscribe: () => () => undefined,
    };
    const connection = await connectBridge({ ...browser.environment, native });
    expect(connection.methods).toBe(native.methods);
    expect(connection.getState()).toEqual({ kind: 'connected' });
  });
});

describe('calling', () => {
  it('has one function per method, and pairs answers with calls in any order', async () => {
    const browser = createEnvironment(TOKEN, null);
    const connection = await connect(browser);
    expect(Object.keys(connection.methods)).toEqual([...METHOD_NAMES]);
    const client = createBridgeClient(connection);
    const info = client.call('app.info', {});
    const tested = client.call('settings.testNode', { networkId: 'hoodi', url: 'http://127.0.0.1:8545' });
    const [socket] = browser.sockets;
    expect(socket!.sent.slice(1)).toEqual([
      { type: 'call', id: 0, method: 'app.info', input: encode({}) },
      {
        type: 'call',
        id: 1,
        method: 'settings.testNode',
        input: encode({ networkId: 'hoodi', url: 'http://127.0.0.1:8545' }),
      },
    ]);
    const answer = { chainId: 560048, blockNumber: 2n ** 70n, endpoint: '127.0.0.1' };
    socket!.answer({ type: 'result', id: 1, result: encode({ ok: true, value: answer }) });
    socket!.answer({ type: 'result', id: 0, result: encode({ ok: true, value: { version: '1' } }) });
    expect(await tested).toEqual(answer);
    expect(await info).toEqual({ version: '1' });
  });

  it('throws the error value it is answered with', async () => {
    const browser = createEnvironment(TOKEN, null);
    const client = createBridgeClient(await connect(browser));
    const call = client.call('jobs.list', {});
    const error = { code: 'node-timeout', message: 'Too slow.', retryable: true };
    browser.sockets[0]!.answer({ type: 'result', id: 0, result: encode({ ok: false, error }) });
    await expect(call).rejects.toMatchObject({ name: 'AppError', code: 'node-timeout', retryable: true });
  });
});

describe('losing the connection', () => {
  it('fails what was pending, waits longer each time, and tells the page to read everything again', async () => {
    const browser = createEnvironment(TOKEN, null);
    const connection = await connect(browser);
    const client = createBridgeClient(connection);
    const states: string[] = [];
    const events: AppEvent[] = [];
    connection.subscribeState(() => states.push(connection.getState().kind));
    client.subscribe((event) => events.push(event));

    const call = client.call('jobs.list', {});
    browser.sockets[0]!.handlers.onClose(1006);
    await expect(call).rejects.toMatchObject({ code: 'disconnected', retryable: true });
    await expect(client.call('jobs.list', {})).rejects.toMatchObject({
      code: 'disconnected',
      retryable: true,
    });

    for (let attempt = 1; attempt <= 6; attempt++) {
      browser.delays.at(-1)!.run();
      browser.sockets.at(-1)!.handlers.onClose(1006);
    }
    expect(browser.delays.map(({ milliseconds }) => milliseconds)).toEqual([
      250, 500, 1000, 2000, 4000, 5000, 5000,
    ]);
    expect(connection.getState()).toEqual({ kind: 'reconnecting', attempts: 6 });

    browser.delays.at(-1)!.run();
    browser.sockets.at(-1)!.handlers.onOpen();
    browser.sockets.at(-1)!.answer({ type: 'welcome', resume: RESUME });
    expect(browser.sockets.at(-1)!.sent).toEqual([{ type: 'hello', resume: RESUME }]);
    expect(states.at(-1)).toBe('connected');
    expect(events).toEqual([{ kind: 'changed', methods: [...METHOD_NAMES], portfolioId: null }]);
  });

  it('delivers bytes unchanged, and stops when asked', async () => {
    const browser = createEnvironment(TOKEN, null);
    const connection = await connect(browser);
    const received: unknown[] = [];
    const stop = connection.subscribe((event) => received.push(decode(event)));
    const file = { kind: 'file', name: 'a.pdf', mime: 'application/pdf', bytes: new Uint8Array([0, 255, 7]) };
    browser.sockets[0]!.answer({ type: 'event', event: encode(file) });
    stop();
    browser.sockets[0]!.answer({ type: 'event', event: encode(file) });
    expect(received).toEqual([file]);
  });
});

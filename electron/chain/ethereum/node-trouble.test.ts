import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { inspect } from 'node:util';
import { createGzip } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startAnvil, type Anvil } from '../../../e2e/nodes/anvil.ts';
import { deployEverything, wad, type Deployment } from '../../../e2e/nodes/deployment.ts';
import { startProxy, type HostileMode, type HostileProxy } from '../../../e2e/nodes/hostile.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import { toEvmAddress, type EvmAddress } from '../../../shared/domain/address.ts';
import { CONTRACT_NAMES, type Network } from '../../../shared/domain/network.ts';
import type { Observation } from '../../../shared/domain/observation.ts';
import { parseNetworkFile } from '../networks.ts';
import type { TransportOptions } from './client.ts';
import { observeAccounts } from './observe.ts';
import { probeNode } from './probe.ts';

const secret = 'k3y-that-must-not-be-shown';
const holder = toEvmAddress('0x00000000000000000000000000000000000a11ce');

let anvil: Anvil;
let proxy: HostileProxy;
let chain: Deployment;
let network: Network;

beforeAll(async () => {
  anvil = await startAnvil();
  chain = await deployEverything(anvil);
  const contracts = Object.fromEntries(
    CONTRACT_NAMES.map((name) => [name, chain.networkFile.contracts[name]]),
  );
  network = parseNetworkFile(JSON.stringify({ ...chain.networkFile, contracts }));
  await chain.fund(holder, { eth: wad, wstETH: wad });
  await chain.depositAndDelegate(holder, chain.strategies.beaconChainETH, wad, chain.operators.first);
  proxy = await startProxy(anvil.url);
});

afterAll(async () => {
  await proxy.stop();
  await anvil.stop();
});

afterEach(() => proxy.reset());

interface Options extends TransportOptions {
  readonly url?: string;
  readonly signal?: AbortSignal;
  readonly addresses?: readonly EvmAddress[];
  readonly onProgress?: (progress: number) => void;
}

function observe({
  url,
  signal,
  addresses = [holder],
  onProgress,
  ...transport
}: Options = {}): Promise<Observation> {
  return observeAccounts({
    network,
    rpcUrl: url ?? `${proxy.url}/v2/${secret}?key=${secret}`,
    addresses,
    signal: signal ?? new AbortController().signal,
    onProgress: onProgress ?? (() => undefined),
    now: () => 0,
    transportOptions: transport,
  });
}

/** The error of a refresh, after making sure that nothing of it shows the key, not even to a logger. */
async function errorOf(work: Promise<unknown>): Promise<AppError> {
  const error = await work.then(
    () => new Error('it succeeded'),
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(AppError);
  expect(inspect(error, { depth: 20, showHidden: true })).not.toContain(secret);
  expect(JSON.stringify((error as AppError).toValue())).not.toContain('/v2');
  return error as AppError;
}

async function errorUnder(mode: HostileMode, options: Options = {}): Promise<AppError> {
  await proxy.setMode(mode);
  return errorOf(observe({ timeoutMs: 500, ...options }));
}

describe('a node in trouble', () => {
  it('on another chain is named with both chains', async () => {
    const error = await errorUnder({ kind: 'wrong-chain', chainId: 11155111 });
    expect(error.code).toBe('wrong-chain');
    expect(error.message).toContain('11155111');
    expect(error.message).toContain('chain 1.');
  });

  it('that is down is unreachable', async () => {
    const error = await errorUnder({ kind: 'closed' });
    expect(error).toMatchObject({ code: 'node-unreachable', retryable: true });
    expect(error.detail).toContain('ECONNREFUSED');
  });

  it('that hangs, before or in the middle, times out', async () => {
    expect(await errorUnder({ kind: 'hang' })).toMatchObject({ code: 'node-timeout', retryable: true });
    expect(await errorUnder({ kind: 'hang', only: ['eth_call'] })).toMatchObject({ code: 'node-timeout' });
  });

  it.each<[string, HostileMode]>([
    ['sends a web page', { kind: 'html' }],
    ['sends half an answer', { kind: 'truncated' }],
    ['sends a number for the chain', { kind: 'wrong-result', result: 1, only: ['eth_chainId'] }],
    [
      'sends an endless chain id',
      { kind: 'wrong-result', result: `0x${'f'.repeat(64)}`, only: ['eth_chainId'] },
    ],
    ['sends no block', { kind: 'wrong-result', result: null, only: ['eth_getBlockByNumber'] }],
    [
      'sends a block without a hash',
      { kind: 'wrong-result', result: { number: '0x1', timestamp: '0x1' }, only: ['eth_getBlockByNumber'] },
    ],
    ['sends an object for a call', { kind: 'wrong-result', result: {}, only: ['eth_call'] }],
    ['sends half a byte for a call', { kind: 'wrong-result', result: '0x123', only: ['eth_call'] }],
    [
      'sends other bytes for a call',
      { kind: 'wrong-result', result: `0x${'11'.repeat(96)}`, only: ['eth_call'] },
    ],
  ])('that %s is malformed', async (_what, mode) => {
    expect(await errorUnder(mode)).toMatchObject({ code: 'node-malformed' });
  });

  it('that refuses, refuses; and where it is about the key, says so', async () => {
    const method = { only: ['eth_call'] };
    const lost = await errorUnder({
      kind: 'rpc-error',
      code: -32000,
      message: 'header not found',
      ...method,
    });
    expect(lost).toMatchObject({ code: 'node-refused', retryable: true });
    expect(lost.detail).toContain('header not found');
    const denied = await errorUnder({
      kind: 'rpc-error',
      code: -32001,
      message: `invalid API key ${secret}`,
    });
    expect(denied).toMatchObject({ code: 'node-refused', retryable: false });
    expect(denied.help).toContain('key');
    expect(denied.detail).toContain('invalid API key …');
  });

  it('that asks to wait is asked again after as long as it says', async () => {
    await proxy.setMode({ kind: 'rate-limited', retryAfterSeconds: 1, times: 1 });
    const started = performance.now();
    await expect(observe()).resolves.toMatchObject({ schema: 'ballast-observation/1' });
    expect(performance.now() - started).toBeGreaterThan(990);
    // One was refused; four rounds, of which the last two are Symbiotic's, the proxies, and what is asked for events.
    expect(proxy.requests.length).toBe(1 + 8 + 3);
  });

  it('that asks to wait for ever is given up, after a bounded number of tries', async () => {
    const error = await errorUnder({ kind: 'rate-limited', retryAfterSeconds: 0 });
    expect(error).toMatchObject({ code: 'node-rate-limited', retryable: true });
    expect(proxy.requests.length).toBe(3);
  });

  it('that asks to wait longer than is allowed is given up at once, saying how long', async () => {
    const error = await errorUnder({ kind: 'rate-limited', retryAfterSeconds: 3600 }, { maxWaitMs: 1000 });
    expect(error.code).toBe('node-rate-limited');
    expect(error.help).toContain('3600 s');
    expect(proxy.requests.length).toBe(1);
  });

  it('that takes only small requests is asked in small ones', async () => {
    const addresses = Array.from({ length: 30 }, (_, index) =>
      toEvmAddress(`0x${(0xfeed00 + index).toString(16).padStart(40, '0')}`),
    );
    await proxy.setMode({ kind: 'too-large', limitBytes: 20_000 });
    const observation = await observe({ addresses: [holder, ...addresses] });
    expect(observation.notices).toEqual([]);
    expect(
      observation.accounts[0]?.balances.find(({ instrument }) => instrument === 'wstETH')?.amount,
    ).toMatchObject({
      ok: true,
      value: wad,
    });
    const refused = proxy.requests.filter(({ bodyBytes }) => bodyBytes > 20_000).length;
    expect(refused).toBeLessThanOrEqual(6);
    expect(proxy.requests.length).toBeLessThan(70);
  });

  it('that takes no request of the size of one call fails the refresh, after a bounded number of tries', async () => {
    const error = await errorUnder({ kind: 'too-large', limitBytes: 400 });
    expect(error).toMatchObject({ code: 'node-refused', detail: expect.stringContaining('413') as string });
    expect(proxy.requests.length).toBeLessThan(80);
  });

  it('that replaces the block meanwhile fails the refresh, which may be tried again', async () => {
    const block = await anvil.client.getBlock();
    const fake = { number: `0x${block.number.toString(16)}`, hash: `0x${'ab'.repeat(32)}`, timestamp: '0x1' };
    const observation = observe({
      onProgress: (progress) => {
        if (progress === 0.95)
          void proxy.setMode({ kind: 'wrong-result', result: fake, only: ['eth_getBlockByNumber'] });
      },
    });
    const error = await errorOf(observation);
    expect(error).toMatchObject({ code: 'block-changed', retryable: true });
    expect(error.detail).toContain(block.hash);
  });
});

describe('cancelling', () => {
  it('stops a refresh that waits for an answer', async () => {
    await proxy.setMode({ kind: 'hang', only: ['eth_call'] });
    const controller = new AbortController();
    const work = observe({
      signal: controller.signal,
      onProgress: (progress) => {
        if (progress === 0.1) setImmediate(() => controller.abort());
      },
    });
    expect(await errorOf(work)).toMatchObject({ code: 'cancelled' });
  });

  it('stops a refresh that waits because the node asked for it', async () => {
    await proxy.setMode({ kind: 'rate-limited', retryAfterSeconds: 15 });
    const controller = new AbortController();
    const started = Date.now();
    const work = observe({ signal: controller.signal });
    setTimeout(() => controller.abort(), 50);
    expect(await errorOf(work)).toMatchObject({ code: 'cancelled' });
    expect(Date.now() - started).toBeLessThan(5000);
  });

  it('sends nothing when cancelled before the start', async () => {
    expect(await errorOf(observe({ signal: AbortSignal.abort() }))).toMatchObject({ code: 'cancelled' });
    expect(proxy.requests).toEqual([]);
  });
});

describe('a hostile server', () => {
  let server: Server;
  let answer: (method: string, response: ServerResponse) => void;
  let url: string;

  beforeAll(async () => {
    server = createServer((request, response) => {
      request.resume().on('end', () => answer(request.method ?? '', response));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v2/${secret}`;
  });

  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  const probe = (transportOptions: TransportOptions = {}): Promise<unknown> =>
    probeNode({ network, rpcUrl: url, signal: new AbortController().signal, now: () => 0, transportOptions });

  it('cannot fill the memory: an endless answer is cut off', async () => {
    let sent = 0;
    answer = (_method, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const chunk = Buffer.alloc(64 * 1024, 0x20);
      const push = (): void => {
        while (!response.destroyed && response.write(chunk)) sent += chunk.length;
        sent += chunk.length;
        if (!response.destroyed) response.once('drain', push);
      };
      push();
    };
    const error = await errorOf(probe({ maxBodyBytes: 1024 * 1024 }));
    expect(error.code).toBe('node-refused');
    expect(sent).toBeLessThan(64 * 1024 * 1024);
  });

  it('cannot fill the memory with little that unpacks to much', async () => {
    // 400 KB that are 400 MB of spaces; packed piece by piece, because all of them at once would hide what is measured.
    const spaces = Array<Buffer>(400).fill(Buffer.alloc(2 ** 20, 0x20));
    const bomb = await buffer(Readable.from(spaces).pipe(createGzip({ level: 9 })));
    expect(bomb.length).toBeLessThan(2 ** 20);
    answer = (_method, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(bomb);
    };
    const before = process.memoryUsage().rss;
    const error = await errorOf(probe());
    expect(error.code).toBe('node-refused');
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * 2 ** 20);
  });

  it('cannot send the program on to another address', async () => {
    const seen: string[] = [];
    answer = (method, response) => {
      seen.push(method);
      response.writeHead(307, { location: `${proxy.url}/elsewhere` }).end();
    };
    expect(await errorOf(probe())).toMatchObject({ code: 'node-refused' });
    expect(seen).toEqual(['POST']);
    expect(proxy.requests).toEqual([]);
  });

  it.each([
    [401, 'node-refused', /key/u],
    [403, 'node-refused', /key/u],
    [404, 'node-refused', /URL/u],
    [502, 'node-unreachable', /later/u],
  ])('with HTTP %i is %s', async (status, code, help) => {
    answer = (_method, response) => response.writeHead(status).end(`<h1>no: ${secret}</h1>`);
    const error = await errorOf(probe());
    expect(error.code).toBe(code);
    expect(error.help).toMatch(help);
  });

  it.each(['null', '[]', '5', '""', '{}', '{"error":"no"}', '{"error":{}}', '{"result":null}', ''])(
    'that answers %s is not taken for a node',
    async (body) => {
      answer = (_method, response) =>
        response.writeHead(200, { 'content-type': 'application/json' }).end(body);
      expect(['node-malformed', 'node-refused']).toContain((await errorOf(probe())).code);
    },
  );
});

describe('asking a node who it is', () => {
  it('tells chain, block and endpoint', async () => {
    const probed = await probeNode({
      network,
      rpcUrl: `${proxy.url}/${secret}`,
      signal: new AbortController().signal,
      now: () => 0,
    });
    expect(probed).toEqual({
      chainId: 1,
      blockNumber: await anvil.client.getBlockNumber({ cacheTime: 0 }),
      endpoint: new URL(proxy.url).host,
    });
    expect(proxy.requests.length).toBe(2);
  });
});

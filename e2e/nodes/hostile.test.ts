import { createPublicClient, http } from 'viem';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Anvil } from './anvil.ts';
import { startAnvil } from './anvil.ts';
import type { HostileProxy } from './hostile.ts';
import { startProxy } from './hostile.ts';

let anvil: Anvil;
let proxy: HostileProxy;

beforeAll(async () => {
  anvil = await startAnvil();
  proxy = await startProxy(anvil.url);
});

afterEach(() => proxy.reset());

afterAll(async () => {
  await proxy.stop();
  await anvil.stop();
});

const ask = (method: string, signal?: AbortSignal): Promise<Response> =>
  fetch(proxy.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 7, method, params: [] }),
    ...(signal && { signal }),
  });
const askJson = async (method: string): Promise<unknown> => (await ask(method)).json();

test('passes everything on and counts requests, calls and methods', async () => {
  const client = createPublicClient({ transport: http(proxy.url, { batch: true, retryCount: 0 }) });
  const [chainId] = await Promise.all([client.getChainId(), client.getBlockNumber(), client.getGasPrice()]);
  expect(chainId).toBe(1);
  expect(await askJson('eth_chainId')).toEqual({ jsonrpc: '2.0', id: 7, result: '0x1' });
  expect(proxy.requests.map((request) => request.methods)).toEqual([
    ['eth_chainId', 'eth_blockNumber', 'eth_gasPrice'],
    ['eth_chainId'],
  ]);
  expect(proxy.countCalls()).toBe(4);
  expect(proxy.countCalls('eth_chainId')).toBe(2);
  await proxy.reset();
  expect(proxy.requests).toEqual([]);
});

test('closed refuses connections; the same address answers again afterwards', async () => {
  await proxy.setMode({ kind: 'closed' });
  const refused = await ask('eth_chainId').catch((error: unknown) => error);
  expect(refused).toMatchObject({ cause: { code: 'ECONNREFUSED' } });
  await proxy.reset();
  expect((await ask('eth_chainId')).status).toBe(200);
});

test('rate-limited answers 429 with Retry-After as often as told, then as usual', async () => {
  await proxy.setMode({ kind: 'rate-limited', retryAfterSeconds: 2, times: 2 });
  const responses = [await ask('eth_chainId'), await ask('eth_chainId'), await ask('eth_chainId')];
  expect(responses.map((response) => response.status)).toEqual([429, 429, 200]);
  expect(responses[0]?.headers.get('retry-after')).toBe('2');
});

test('hang takes the request and never answers', async () => {
  await proxy.setMode({ kind: 'hang', only: ['eth_call'] });
  expect((await ask('eth_chainId')).status).toBe(200);
  await expect(ask('eth_call', AbortSignal.timeout(100))).rejects.toThrow(/timeout/);
  expect(proxy.countCalls('eth_call')).toBe(1);
});

test('html answers a page with status 200', async () => {
  await proxy.setMode({ kind: 'html' });
  const response = await ask('eth_chainId');
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html']);
  expect(await response.text()).toMatch(/^<!doctype html>/);
});

test('truncated cuts the JSON', async () => {
  await proxy.setMode({ kind: 'truncated' });
  await expect(askJson('eth_chainId')).rejects.toThrow(SyntaxError);
});

test('wrong-chain changes the chain id and nothing else, in batches too', async () => {
  await proxy.setMode({ kind: 'wrong-chain', chainId: 10 });
  const client = createPublicClient({ transport: http(proxy.url, { batch: true, retryCount: 0 }) });
  expect(await Promise.all([client.getBlockNumber({ cacheTime: 0 }), client.getChainId()])).toEqual([0n, 10]);
});

test.each([42, '0x', 'f'.repeat(1_000_000), null])(
  'wrong-result puts any value in place of the result',
  async (result) => {
    await proxy.setMode({ kind: 'wrong-result', result, only: ['eth_blockNumber'] });
    expect(await askJson('eth_blockNumber')).toEqual({ jsonrpc: '2.0', id: 7, result });
    expect(await askJson('eth_chainId')).toMatchObject({ result: '0x1' });
  },
);

test('rpc-error answers with an error object', async () => {
  await proxy.setMode({ kind: 'rpc-error', code: -32_005, message: 'limit exceeded' });
  expect(await askJson('eth_chainId')).toEqual({
    jsonrpc: '2.0',
    id: 7,
    error: { code: -32_005, message: 'limit exceeded' },
  });
});

test('too-large refuses long bodies only', async () => {
  await proxy.setMode({ kind: 'too-large', limitBytes: 200 });
  expect((await ask('eth_chainId')).status).toBe(200);
  expect((await ask(`eth_${'x'.repeat(200)}`)).status).toBe(413);
});

test('slow answers late', async () => {
  await proxy.setMode({ kind: 'slow', milliseconds: 150 });
  const start = performance.now();
  expect((await ask('eth_chainId')).status).toBe(200);
  expect(performance.now() - start).toBeGreaterThan(140);
});

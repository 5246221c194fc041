import type { ServerResponse } from 'node:http';
import { inspect } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '../../shared/contract/errors.ts';
import { sendJson, startLlamaServer, type LlamaServer } from './testing/llama-server.ts';
import { createFetchJson, type FetchLimits } from './fetch-json.ts';

const HOST = 'api.llama.fi';
const SECRET = 'path-that-must-not-be-shown';

let server: LlamaServer;

beforeAll(async () => {
  server = await startLlamaServer(() => 0);
});
afterAll(() => server.stop());
afterEach(() => server.reset());

interface Options extends FetchLimits {
  readonly isAllowed?: boolean;
  readonly signal?: AbortSignal;
}

function ask({ isAllowed = true, signal, ...limits }: Options = {}): Promise<unknown> {
  const fetchJson = createFetchJson({
    isAllowed: () => isAllowed,
    now: () => 0,
    bases: server.bases,
    limits,
  });
  return fetchJson(HOST, `/${SECRET}?key=${SECRET}`, signal ?? new AbortController().signal);
}

async function errorOf(work: Promise<unknown>): Promise<AppError> {
  const error = await work.then(
    () => new Error('it succeeded'),
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(AppError);
  expect(inspect(error, { depth: 20, showHidden: true })).not.toContain(SECRET);
  // The line above has made sure of it.
  return error as AppError;
}

function send(type: string, body: string | Uint8Array, headers: Record<string, string> = {}) {
  server.answer(HOST, (_, response: ServerResponse) => {
    response.writeHead(200, { 'content-type': type, ...headers });
    response.end(body);
  });
}

describe('asking a public API', () => {
  it('gives the JSON of a host that is allowed', async () => {
    server.answer(HOST, (_, response) => sendJson(response, { a: 1 }));
    expect(await ask()).toEqual({ a: 1 });
  });

  it('connects to nobody without permission', async () => {
    expect(await errorOf(ask({ isAllowed: false }))).toMatchObject({ code: 'host-not-allowed' });
    expect(server.asked).toEqual([]);
  });

  it('sends no cookie, no credential and nothing of the machine', async () => {
    let seen: string[] = [];
    server.answer(HOST, (request, response) => {
      seen = Object.keys(request.headers);
      sendJson(response, 1);
    });
    await ask();
    expect(seen).not.toContain('cookie');
    expect(seen).not.toContain('authorization');
    expect(seen).not.toContain('referer');
  });

  it('follows no redirect, not even to itself', async () => {
    server.answer(HOST, (_, response) => {
      response.writeHead(302, { location: '/elsewhere' });
      response.end();
    });
    expect(await errorOf(ask())).toMatchObject({ code: 'api-refused' });
    expect(server.asked).toHaveLength(1);
  });

  it('ends an answer that grows beyond the limit', async () => {
    send('application/json', JSON.stringify('x'.repeat(5000)));
    const error = await errorOf(ask({ maxBytes: 4000 }));
    expect(error).toMatchObject({ code: 'api-malformed', detail: 'the answer exceeds 4000 bytes' });
  });

  it('counts what comes out of a packed answer, not what was sent', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000, 0x20));
    expect(bomb.length).toBeLessThan(60_000);
    send('application/json', bomb, { 'content-encoding': 'gzip' });
    expect(await errorOf(ask({ maxBytes: 1_000_000 }))).toMatchObject({ code: 'api-malformed' });
  });

  it('refuses a web page, broken JSON, broken UTF-8 and nesting without end', async () => {
    send('text/html', '<html></html>');
    expect(await errorOf(ask())).toMatchObject({ code: 'api-malformed' });
    send('application/json', '{"a": NaN}');
    expect(await errorOf(ask())).toMatchObject({ detail: 'the answer is not JSON' });
    send('application/json', Uint8Array.of(0x22, 0xff, 0x22));
    expect(await errorOf(ask())).toMatchObject({ detail: 'the answer is not UTF-8' });
    send('application/json', '['.repeat(100_000));
    expect(await errorOf(ask())).toMatchObject({ detail: 'nested deeper than 32' });
  });

  it('gives up on a host that does not answer, and on one that stops in the middle', async () => {
    server.answer(HOST, () => undefined);
    expect(await errorOf(ask({ timeoutMs: 50 }))).toMatchObject({ code: 'api-timeout', retryable: true });
    server.answer(HOST, (_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('[1,');
    });
    expect(await errorOf(ask({ timeoutMs: 50 }))).toMatchObject({ code: 'api-timeout' });
  });

  it('says when a host that asks for fewer requests wants the next one', async () => {
    server.answer(HOST, (_, response) => void response.writeHead(429, { 'retry-after': '90' }).end());
    const error = await errorOf(ask());
    expect(error).toMatchObject({
      code: 'api-rate-limited',
      retryable: true,
      help: 'Refresh again in 90 s.',
    });
  });

  it('tells a server out of order from a machine without a connection', async () => {
    server.answer(HOST, (_, response) => void response.writeHead(503).end());
    expect(await errorOf(ask())).toMatchObject({ code: 'api-unreachable', detail: 'HTTP 503' });
    server.answer(HOST, (request) => void request.socket.destroy());
    expect(await errorOf(ask())).toMatchObject({ code: 'api-unreachable', retryable: true });
  });

  it('stops when it is told to', async () => {
    const controller = new AbortController();
    server.answer(HOST, () => controller.abort());
    expect(await errorOf(ask({ signal: controller.signal }))).toMatchObject({ code: 'cancelled' });
  });

  it.each(['http://example.org', 'https://example.org'])('takes no stand-in elsewhere: %s', (base) => {
    const bases = { [HOST]: base };
    expect(() => createFetchJson({ isAllowed: () => true, now: () => 0, bases })).toThrow('this machine');
  });
});

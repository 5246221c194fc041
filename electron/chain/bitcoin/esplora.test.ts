import { createHash, X509Certificate } from 'node:crypto';
import { inspect } from 'node:util';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../../shared/contract/errors.ts';
import { readHeader } from './block-header.ts';
import { connectEsplora, type EsploraOptions } from './esplora.ts';
import { checkProof } from './merkle.ts';
import type { BitcoinServer } from './server.ts';
import {
  EMPTY_SCRIPT_HASH,
  HEADERS,
  PLACE,
  SCRIPT_HASH,
  TIP,
  TRANSACTION,
  WAITING,
} from './testing/made-world.ts';
import {
  SCRIPT_PATH,
  startScriptedEsplora,
  statsOf,
  type EsploraTransaction,
  type Reply,
  type ScriptedEsplora,
} from './testing/scripted-esplora.ts';
import { startScriptedSocks } from './testing/scripted-socks.ts';
import { OTHER_TEST_CERTIFICATE, TEST_CERTIFICATE } from './testing/test-certificates.ts';

const SECRET = 'k3y-that-must-not-be-shown';

const stops: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function start(options: Parameters<typeof startScriptedEsplora>[0] = {}): Promise<ScriptedEsplora> {
  const server = await startScriptedEsplora(options);
  stops.push(() => server.stop());
  return server;
}

async function connect(
  { port }: Pick<ScriptedEsplora, 'port'>,
  options: Partial<EsploraOptions> = {},
): Promise<BitcoinServer> {
  const server = await connectEsplora({
    url: `http://127.0.0.1:${port}`,
    network: 'regtest',
    signal: new AbortController().signal,
    proxy: null,
    pinned: null,
    onCertificate: () => undefined,
    timeoutMs: 5000,
    ...options,
  });
  stops.push(() => server.close());
  return server;
}

/** A server that answers one path, or those it begins, otherwise. */
function replacing(part: string, reply: Reply): Parameters<typeof startScriptedEsplora>[0] {
  return { answer: (path, honest) => (path.startsWith(part) ? reply : honest(path)) };
}

async function errorOf(work: Promise<unknown>): Promise<AppError> {
  const error = await work.then(
    () => new Error('it succeeded'),
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(AppError);
  expect(inspect(error, { depth: 20, showHidden: true })).not.toContain(SECRET);
  // The lines above have made sure of it.
  return error as AppError;
}

describe('an honest Esplora server', () => {
  it('answers every question in order', async () => {
    const scripted = await start();
    const server = await connect(scripted);
    expect(server).toMatchObject({
      kind: 'esplora',
      hasHeaderChain: false,
      endpoint: `127.0.0.1:${scripted.port}`,
    });
    expect(await server.getTip()).toEqual({ height: TIP, header: HEADERS[TIP] });
    expect(await server.getStatuses([EMPTY_SCRIPT_HASH, SCRIPT_HASH])).toEqual([
      null,
      '1:1:1000:0:0|1:1:1000:0:0',
    ]);
    expect(await server.getHistories([SCRIPT_HASH, EMPTY_SCRIPT_HASH])).toEqual([
      [
        { txid: WAITING.txid, height: 0 },
        { txid: TRANSACTION.txid, height: PLACE },
      ],
      [],
    ]);
    const raws = await server.getTransactions([WAITING.txid, TRANSACTION.txid]);
    expect(raws.map((raw) => Buffer.from(raw).toString('hex'))).toEqual([WAITING.raw, TRANSACTION.raw]);
    expect(await server.getHeadersAt([3, 1])).toEqual([HEADERS[3], HEADERS[1]]);
    await expect(server.getHeaders(0, 1)).rejects.toThrow(/no chain of headers/u);
  });

  it('proves that a block holds a transaction', async () => {
    const server = await connect(await start());
    const [proof] = await server.getProofs([{ txid: TRANSACTION.txid, height: PLACE }]);
    const [header] = await server.getHeadersAt([PLACE]);
    const raw = Buffer.from(TRANSACTION.raw, 'hex');
    const proven = { txid: TRANSACTION.txid, raw, proof: proof!, header: readHeader(header!) };
    expect(() => checkProof(proven)).not.toThrow();
  });

  it('gives a long history page by page', async () => {
    const all: EsploraTransaction[] = Array.from({ length: 60 }, (_, index) => ({
      txid: createHash('sha256').update(`${index}`).digest('hex'),
      status: { confirmed: true, block_height: 1000 - index },
    }));
    const scripted = await start({
      answer(path, honest) {
        if (path === SCRIPT_PATH) return statsOf(60, 0);
        if (!path.startsWith(SCRIPT_PATH)) return honest(path);
        const from = all.findIndex(({ txid }) => path.endsWith(`/chain/${txid}`)) + 1;
        return all.slice(from, from + 25);
      },
    });
    const server = await connect(scripted);
    const [history] = await server.getHistories([SCRIPT_HASH]);
    expect(history!.map(({ txid }) => txid)).toEqual(all.map(({ txid }) => txid));
    expect(scripted.paths.filter((path) => path.includes('/txs'))).toEqual([
      `${SCRIPT_PATH}/txs`,
      `${SCRIPT_PATH}/txs/chain/${all[24]!.txid}`,
      `${SCRIPT_PATH}/txs/chain/${all[49]!.txid}`,
    ]);
  });

  it('is asked again where its history grows meanwhile', async () => {
    let asked = 0;
    const scripted = await start({
      answer: (path, honest) => (path === SCRIPT_PATH && asked++ === 0 ? statsOf(0, 1) : honest(path)),
    });
    const server = await connect(scripted);
    expect((await server.getHistories([SCRIPT_HASH]))[0]).toHaveLength(2);
    expect(asked).toBe(2);
  });

  it('is asked four things at a time', async () => {
    let held: (() => void)[] = [];
    const scripted = await start(
      replacing('/scripthash', (_, response) => {
        held.push(() => response.end(JSON.stringify(statsOf(0, 0))));
        if (held.length < 4) return;
        const whole = held;
        held = [];
        // Others would come meanwhile, if more than four were asked at once.
        setTimeout(() => whole.forEach((release) => release()), 5);
      }),
    );
    const server = await connect(scripted);
    expect(await server.getStatuses(Array.from({ length: 40 }, () => EMPTY_SCRIPT_HASH))).toHaveLength(40);
    expect(scripted.mostAtOnce).toBe(4);
  });

  it('may stand below a path, behind a password, and is told nothing else', async () => {
    const scripted = await start({ answer: (path, honest) => honest(path.replace(`/${SECRET}/api`, '')) });
    const url = `http://me:${SECRET}%21@127.0.0.1:${scripted.port}/${SECRET}/api/`;
    const server = await connect(scripted, { url });
    expect((await server.getTip()).height).toBe(TIP);
    expect(scripted.paths[0]).toBe(`/${SECRET}/api/block-height/0`);
    expect(scripted.headers[0]).toEqual({
      host: server.endpoint,
      accept: 'application/json, text/plain',
      authorization: `Basic ${btoa(`me:${SECRET}!`)}`,
      connection: 'keep-alive',
    });
    expect(JSON.stringify(server)).not.toContain(SECRET);
  });
});

describe('a lying Esplora server', () => {
  const confirmed = { txid: TRANSACTION.txid, status: { confirmed: true, block_height: PLACE } };

  it.each([
    ['a page about something else', '/blocks/tip', '<!doctype html>Sign in'],
    ['an absurd height', '/blocks/tip', '99999999'],
    ['statistics without numbers', SCRIPT_PATH, { chain_stats: {}, mempool_stats: {} }],
    ['a list where there should be none', SCRIPT_PATH, [1, 2]],
    ['too many transactions', SCRIPT_PATH, statsOf(200_001, 0)],
    ['more than it lists', SCRIPT_PATH, statsOf(9, 0)],
    ['a history that is no list', `${SCRIPT_PATH}/txs`, { a: 1 }],
    ['a transaction twice', `${SCRIPT_PATH}/txs`, [confirmed, confirmed]],
    ['a block without a height', `${SCRIPT_PATH}/txs`, [{ ...confirmed, status: { confirmed: true } }]],
    ['another transaction', '/tx', WAITING.raw],
    ['half a transaction', '/tx', TRANSACTION.raw.slice(0, -2)],
    ['a proof of another block', '/tx', { block_height: 9, merkle: [], pos: 0 }],
    ['a proof that is none', '/tx', { block_height: PLACE, merkle: 'abc', pos: 0 }],
    ['the header of another block', '/block/', HEADERS[5]!.toString('hex')],
    ['half a header', '/block/', HEADERS[5]!.toString('hex').slice(80)],
    [
      'no UTF-8',
      SCRIPT_PATH,
      (_: unknown, response: { end(body: Buffer): void }) => response.end(Buffer.of(0xff)),
    ],
  ] as const)('that sends %s is not believed', async (name, part, reply) => {
    const server = await connect(await start(replacing(part, reply)));
    const error = await errorOf(
      part === '/blocks/tip' || part === '/block/'
        ? server.getTip()
        : part !== '/tx'
          ? server.getHistories([SCRIPT_HASH])
          : name.includes('proof')
            ? server.getProofs([{ txid: TRANSACTION.txid, height: PLACE }])
            : server.getTransactions([TRANSACTION.txid]),
    );
    expect(error.code).toBe('node-malformed');
  });

  it('is not asked for more transactions than are believed', async () => {
    const scripted = await start(replacing(SCRIPT_PATH, statsOf(200_001, 0)));
    const error = await errorOf((await connect(scripted)).getHistories([SCRIPT_HASH]));
    expect(error.detail).toBe('/scripthash: too many transactions');
    expect(scripted.paths.some((path) => path.includes('/txs'))).toBe(false);
  });

  it('is on another chain', async () => {
    const error = await errorOf(connect(await start(), { network: 'signet' }));
    expect(error.code).toBe('wrong-chain');
  });

  it('sends a body without end, of which not all is taken', async () => {
    const piece = Buffer.alloc(2 ** 20, 'a');
    let sent = 0;
    const scripted = await start(
      replacing('/blocks/tip', (_, response) => {
        const flood = (): void => {
          while (sent < 100 && !response.destroyed) {
            sent++;
            if (!response.write(piece)) {
              response.once('drain', flood);
              return;
            }
          }
        };
        flood();
      }),
    );
    const server = await connect(scripted);
    expect((await errorOf(server.getTip())).detail).toMatch(/exceeds 33554432 bytes/u);
    expect(sent).toBeLessThan(60);
  });
});

describe('a failing Esplora server', () => {
  const status = (code: number, headers: Record<string, string> = {}): Reply => {
    return (_, response) => response.writeHead(code, headers).end(SECRET);
  };

  it.each([
    [301, 'node-refused', /on to another address/u],
    [401, 'node-refused', /does not let this request in/u],
    [404, 'node-refused', /does not know/u],
    [500, 'node-unreachable', /out of order/u],
    [204, 'node-refused', /does not know/u],
  ])('that answers %i says so', async (code, expected, message) => {
    const scripted = await start(replacing('/', status(code, { location: '/elsewhere' })));
    const url = `http://127.0.0.1:${scripted.port}/${SECRET}`;
    const error = await errorOf(connect(scripted, { url }));
    expect(error.code).toBe(expected);
    expect(error.message).toMatch(message);
    expect(error.detail).toContain(`HTTP ${code} for /block-height`);
    expect(scripted.paths).toHaveLength(1);
  });

  it('is waited for where it asks to slow down', async () => {
    let refusals = 2;
    const scripted = await start({
      answer: (path, honest) =>
        path === '/blocks/tip/height' && refusals-- > 0 ? status(429, { 'retry-after': '0' }) : honest(path),
    });
    expect((await (await connect(scripted)).getTip()).height).toBe(TIP);
  });

  it.each([
    ['0', 3, /^Refresh again in 0 s/u],
    ['31', 1, /^Refresh again in 31 s/u],
    ['99999999999', 1, /^Wait a little/u],
  ])('that asks to wait %s s is asked %i times', async (seconds, times, help) => {
    const scripted = await start(replacing('/blocks', status(429, { 'retry-after': seconds })));
    const error = await errorOf((await connect(scripted)).getTip());
    expect(error).toMatchObject({ code: 'node-rate-limited', retryable: true });
    expect(error.help).toMatch(help);
    expect(scripted.paths.filter((path) => path.startsWith('/blocks'))).toHaveLength(times);
  });

  it('is silent', async () => {
    const scripted = await start(replacing('/blocks', () => undefined));
    const server = await connect(scripted, { timeoutMs: 100 });
    expect((await errorOf(server.getTip())).code).toBe('node-timeout');
  });

  it('breaks off in the middle of an answer', async () => {
    const scripted = await start(
      replacing('/blocks', (_, response) => {
        response.writeHead(200, { 'content-length': '10' });
        response.write('12');
        setImmediate(() => response.destroy());
      }),
    );
    const server = await connect(scripted);
    expect((await errorOf(server.getTip())).message).toBe(
      `${server.endpoint} broke off in the middle of an answer.`,
    );
  });

  it('packs what it was not asked to pack', async () => {
    const packed: Reply = (_, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(String(TIP));
    const server = await connect(await start(replacing('/blocks', packed)));
    expect((await errorOf(server.getTip())).code).toBe('node-malformed');
  });

  it('hangs up on a connection that was kept', async () => {
    const scripted = await start({
      answer(path, honest) {
        if (path !== '/blocks/tip/height') return honest(path);
        return (request, response) => {
          const isFirst = scripted.paths.filter((one) => one === path).length === 1;
          if (isFirst) request.socket.destroy();
          else response.end(String(TIP));
        };
      },
    });
    expect((await (await connect(scripted)).getTip()).height).toBe(TIP);
  });

  it('is not there', async () => {
    const scripted = await startScriptedEsplora();
    await scripted.stop();
    expect(await errorOf(connect(scripted))).toMatchObject({
      code: 'node-unreachable',
      detail: 'ECONNREFUSED',
    });
  });

  it('is left where the user cancels, or is done', async () => {
    const controller = new AbortController();
    const scripted = await start(replacing('/blocks', () => controller.abort()));
    const server = await connect(scripted, { signal: controller.signal });
    expect((await errorOf(server.getTip())).code).toBe('cancelled');
    const other = await connect(scripted);
    other.close();
    expect((await errorOf(other.getStatuses([SCRIPT_HASH]))).code).toBe('cancelled');
  });
});

describe('an Esplora server behind TLS or a proxy', () => {
  const fingerprintOf = ({ cert }: { cert: string }): string =>
    createHash('sha256').update(new X509Certificate(cert).raw).digest('hex');

  it('tells its certificate once, however many connections there are', async () => {
    const scripted = await start({ tls: TEST_CERTIFICATE });
    const onCertificate = vi.fn();
    const server = await connect(scripted, { url: `https://localhost:${scripted.port}`, onCertificate });
    await server.getStatuses(Array.from({ length: 20 }, () => SCRIPT_HASH));
    expect(onCertificate.mock.calls).toEqual([[fingerprintOf(TEST_CERTIFICATE)]]);
  });

  it('that shows another certificate is asked nothing', async () => {
    const scripted = await start({ tls: OTHER_TEST_CERTIFICATE });
    const url = `https://localhost:${scripted.port}`;
    const error = await errorOf(connect(scripted, { url, pinned: fingerprintOf(TEST_CERTIFICATE) }));
    expect(error.code).toBe('certificate-changed');
    expect(scripted.paths).toEqual([]);
  });

  it.each(['http', 'https'])('is named to the proxy over %s', async (scheme) => {
    const scripted = await start(scheme === 'https' ? { tls: TEST_CERTIFICATE } : {});
    const socks = await startScriptedSocks(scripted.port);
    stops.push(() => socks.stop());
    const server = await connect(scripted, { url: `${scheme}://esploraexample.onion`, proxy: socks.address });
    expect((await server.getTip()).height).toBe(TIP);
    const port = scheme === 'https' ? 443 : 80;
    expect(socks.asked[0]).toEqual({ kind: 'name', host: 'esploraexample.onion', port });
    expect(scripted.headers[0]?.host).toBe('esploraexample.onion');
  });

  it('is not reached where the proxy does not get through', async () => {
    const socks = await startScriptedSocks(1, 5);
    stops.push(() => socks.stop());
    const error = await errorOf(connect({ port: 1 }, { url: 'https://a.example/api', proxy: socks.address }));
    expect(error.message).toBe(`The proxy ${socks.address} does not get through to a.example.`);
  });
});

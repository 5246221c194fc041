import type { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import {
  connect,
  connectTo,
  errorOf,
  start,
  stopAfterEach,
  type Script,
} from './testing/electrum-harness.ts';
import {
  headerHexAt,
  HEADERS,
  HONEST,
  PLACE,
  RAWS,
  SCRIPT_HASH,
  STATUS,
  TIP,
  TRANSACTION,
  WAITING,
} from './testing/made-world.ts';
import {
  answerCall,
  ScriptedFault,
  startScriptedServer,
  type ScriptedCall,
} from './testing/scripted-server.ts';

stopAfterEach();

describe('a lying Electrum server', () => {
  const history = 'blockchain.scripthash.get_history';
  const entry = { tx_hash: TRANSACTION.txid, height: PLACE };
  const tooMany = Array.from({ length: 200_001 }, (_, index) => ({
    tx_hash: index.toString(16).padStart(64, '0'),
    height: 1,
  }));

  it.each([
    ['a history that is no list', history, { a: 1 }],
    ['an id that is none', history, [{ tx_hash: 'xyz', height: 1 }]],
    ['an absurd height', history, [{ tx_hash: TRANSACTION.txid, height: 1e12 }]],
    ['a broken height', history, [{ tx_hash: TRANSACTION.txid, height: 1.5 }]],
    ['a height below the possible', history, [{ tx_hash: TRANSACTION.txid, height: -2 }]],
    ['a transaction twice', history, [entry, entry]],
    ['too many transactions', history, tooMany],
    ['something nested without end', history, JSON.parse(`${'['.repeat(99)}${']'.repeat(99)}`) as unknown],
    ['a status that is none', 'blockchain.scripthash.subscribe', 'new'],
    ['a number for a status', 'blockchain.scripthash.subscribe', 7],
    ['a transaction that is none', 'blockchain.transaction.get', 'abcd'],
    ['a transaction that is no hex', 'blockchain.transaction.get', 'zz'.repeat(80)],
    ['a transaction cut off', 'blockchain.transaction.get', TRANSACTION.raw.slice(0, -2)],
    ['a transaction as an object', 'blockchain.transaction.get', { hex: TRANSACTION.raw }],
    ['another transaction', 'blockchain.transaction.get', WAITING.raw],
    [
      'a proof of another block',
      'blockchain.transaction.get_merkle',
      { block_height: 9, merkle: [], pos: 0 },
    ],
    ['a proof without a place', 'blockchain.transaction.get_merkle', { block_height: PLACE, merkle: [] }],
    [
      'a proof without end',
      'blockchain.transaction.get_merkle',
      { block_height: PLACE, merkle: Array.from({ length: 25 }, () => STATUS), pos: 0 },
    ],
    ['a tip of 79 bytes', 'blockchain.headers.subscribe', { height: 5, hex: headerHexAt(5).slice(2) }],
    [
      'a tip with more than a header',
      'blockchain.headers.subscribe',
      { height: 5, hex: `${headerHexAt(5)}zz` },
    ],
    ['a tip at no height', 'blockchain.headers.subscribe', { height: '5', hex: headerHexAt(5) }],
    ['a header cut off', 'blockchain.block.headers', { count: 1, hex: headerHexAt(0).slice(2), max: 2016 }],
    ['headers cut off', 'blockchain.block.headers', { count: 2, hex: headerHexAt(0), max: 2016 }],
    [
      'more headers than asked for',
      'blockchain.block.headers',
      { count: 2, hex: headerHexAt(0).repeat(2), max: 9 },
    ],
    ['nothing', 'blockchain.headers.subscribe', undefined],
  ])('that sends %s is not believed', async (_, method, result) => {
    const server = await connectTo({ [method]: () => result });
    const asked = {
      [history]: () => server.getHistories([SCRIPT_HASH]),
      'blockchain.scripthash.subscribe': () => server.getStatuses([SCRIPT_HASH]),
      'blockchain.transaction.get': () => server.getTransactions([TRANSACTION.txid]),
      'blockchain.transaction.get_merkle': () =>
        server.getProofs([{ txid: TRANSACTION.txid, height: PLACE }]),
      'blockchain.headers.subscribe': () => server.getTip(),
      'blockchain.block.headers': () => server.getHeaders(0, 1),
    }[method]!;
    const error = await errorOf(asked());
    expect(error.code).toBe('node-malformed');
    expect(error.toValue().help).toBeTruthy();
  });

  it('is told from one that sends another transaction', async () => {
    const server = await connectTo({ 'blockchain.transaction.get': () => WAITING.raw });
    const error = await errorOf(server.getTransactions([WAITING.txid, TRANSACTION.txid]));
    expect(error.message).toMatch(/sent another transaction than the one asked for/u);
    expect(error.detail).toBe(`asked for ${TRANSACTION.txid}, got ${WAITING.txid}`);
  });

  it('is caught where headers are left out in the middle', async () => {
    const server = await connectTo({
      'blockchain.block.headers': (from: number, count: number) => {
        const given = HEADERS.slice(from, from + (from === 2016 ? 7 : count));
        return { count: given.length, hex: Buffer.concat(given).toString('hex'), max: 2016 };
      },
    });
    expect((await errorOf(server.getHeaders(0, TIP))).detail).toMatch(/left out/u);
  });

  it.each([
    ['what was not asked', '{"id":12345,"result":1}', 'node-malformed'],
    ['a question', '{"id":0,"method":"give.keys","params":[]}', 'node-malformed'],
    ['no JSON', 'HTTP/1.1 400 Bad Request', 'node-malformed'],
    ['no UTF-8', Buffer.from([0xff, 0xfe, 0x0a]), 'node-malformed'],
    ['a number', '42', 'node-malformed'],
    ['an id that is none', '{"id":"one","result":1}', 'node-malformed'],
    ['a batch with nothing of the kind', '[null]', 'node-malformed'],
    ['an error about nothing', '{"id":null,"error":"go away"}', 'node-refused'],
    [
      'that it is too much',
      '{"id":null,"error":{"code":-101,"message":"excessive resource usage"}}',
      'node-rate-limited',
    ],
  ] as const)('that sends %s is hung up on', async (_, line, code) => {
    const scripted = await start({
      onLine(message, socket) {
        if ((message as ScriptedCall).method !== 'blockchain.headers.subscribe') return false;
        socket.write(typeof line === 'string' ? `${line}\n` : line);
        return true;
      },
    });
    const server = await connect(scripted);
    expect((await errorOf(server.getTip())).code).toBe(code);
    expect((await errorOf(server.getStatuses([SCRIPT_HASH]))).code).toBe(code);
  });

  it('is hung up on where it tells nonsense unasked', async () => {
    const scripted = await start();
    const server = await connect(scripted, { onChange: () => undefined });
    scripted.push('{"method":"blockchain.headers.subscribe","params":[{"height":-1}]}');
    expect((await errorOf(server.getTip())).code).toBe('node-malformed');
  });

  it('may not answer a part of a batch', async () => {
    const scripted = await start({
      onLine(message, socket) {
        if (!Array.isArray(message) || message.length < 3) return false;
        socket.write(`${JSON.stringify([answerCall(HONEST, message[0] as ScriptedCall)])}\n`);
        return true;
      },
    });
    const server = await connect(scripted);
    expect((await errorOf(server.getHeadersAt([1, 2, 3]))).detail).toMatch(/in part/u);
  });

  it('speaks another version of the protocol', async () => {
    const error = await errorOf(connectTo({ 'server.version': () => ['X', '1.2'] }));
    expect(error.code).toBe('node-malformed');
  });

  it('is on another chain', async () => {
    const scripted = await start();
    const error = await errorOf(connect(scripted, { network: 'mainnet' }));
    expect(error.code).toBe('wrong-chain');
    expect(error.message).toBe(`127.0.0.1:${scripted.port} is not on Bitcoin’s mainnet.`);
  });
});

describe('a failing Electrum server', () => {
  /** Deals with the question for the tip in its own way. */
  const onTip = (deal: (socket: Socket) => void): Script => ({
    onLine(message, socket) {
      if ((message as ScriptedCall).method !== 'blockchain.headers.subscribe') return false;
      deal(socket);
      return true;
    },
  });

  it('breaks off in the middle of a line', async () => {
    const server = await connect(await start(onTip((socket) => socket.end('{"id":3,"resu'))));
    expect(await errorOf(server.getTip())).toMatchObject({
      code: 'node-malformed',
      message: `${server.endpoint} broke off in the middle of an answer.`,
      retryable: true,
    });
  });

  it('closes the connection', async () => {
    const server = await connect(await start(onTip((socket) => socket.end())));
    expect((await errorOf(server.getTip())).message).toBe(`${server.endpoint} closed the connection.`);
  });

  it('is silent', async () => {
    const server = await connect(await start(onTip(() => undefined)), { timeoutMs: 100 });
    for (const error of await Promise.all([server.getTip(), server.getTip()].map(errorOf)))
      expect(error).toMatchObject({ code: 'node-timeout', detail: 'blockchain.headers.subscribe' });
  });

  it('drips', async () => {
    let drip: NodeJS.Timeout | undefined;
    const scripted = await start(onTip((socket) => (drip = setInterval(() => socket.write(' '), 5))));
    const server = await connect(scripted, { timeoutMs: 40 });
    const error = await errorOf(server.getTip());
    clearInterval(drip);
    expect(error.code).toBe('node-timeout');
  });

  it('may take longer than it may be silent, as long as something comes', async () => {
    const dribble = (socket: Socket, pieces: readonly string[]): void => {
      const [piece = '', ...rest] = pieces;
      socket.write(piece);
      if (rest.length > 0) setTimeout(() => dribble(socket, rest), 40);
    };
    const scripted = await start({
      onLine(message, socket) {
        const call = message as ScriptedCall;
        if (call.method !== 'blockchain.headers.subscribe') return false;
        dribble(socket, [...(JSON.stringify(answerCall(HONEST, call)).match(/.{1,50}/gu) ?? []), '\n']);
        return true;
      },
    });
    const server = await connect(scripted, { timeoutMs: 120 });
    expect((await server.getTip()).height).toBe(TIP);
  });

  it('sends a line of 100 MB, of which not all is taken', async () => {
    const piece = Buffer.alloc(2 ** 20, 'a');
    let sent = 0;
    const flood = (socket: Socket): void => {
      while (sent < 100 && !socket.destroyed) {
        sent++;
        if (!socket.write(piece)) {
          socket.once('drain', () => flood(socket));
          return;
        }
      }
    };
    const server = await connect(await start(onTip(flood)));
    const before = process.memoryUsage().rss;
    const error = await errorOf(server.getTip());
    expect(error).toMatchObject({ code: 'node-malformed', detail: 'an answer exceeds 32 MiB' });
    expect(sent).toBeLessThan(60);
    expect(process.memoryUsage().rss - before).toBeLessThan(250 * 2 ** 20);
  });

  it('sends small values without end', async () => {
    const many = `[${'[],'.repeat(4_000_001)}0]\n`;
    const server = await connect(await start(onTip((socket) => socket.write(many))));
    expect((await errorOf(server.getTip())).detail).toBe('the answer holds too many values');
  });

  it('refuses, in words that are shown on one line', async () => {
    const server = await connectTo({
      'blockchain.headers.subscribe': () => {
        throw new ScriptedFault(1, 'daemon\n\u202ebusy');
      },
    });
    expect(await errorOf(server.getTip())).toMatchObject({
      code: 'node-refused',
      detail: 'daemon busy (code 1)',
    });
    expect(await server.getStatuses([SCRIPT_HASH])).toEqual([STATUS]);
  });

  it('does not know a transaction', async () => {
    const server = await connectTo({});
    const error = await errorOf(server.getTransactions([...RAWS.keys(), 'ee'.repeat(32)]));
    expect(error).toMatchObject({ code: 'node-refused', retryable: true });
    expect(error.detail).toMatch(/No such mempool/u);
  });

  it('is not there', async () => {
    const scripted = await startScriptedServer({ answers: {} });
    await scripted.stop();
    expect(await errorOf(connect(scripted))).toMatchObject({
      code: 'node-unreachable',
      detail: 'ECONNREFUSED',
      message: `127.0.0.1:${scripted.port} cannot be reached.`,
    });
  });

  it('is left where the user cancels', async () => {
    const controller = new AbortController();
    const scripted = await start(onTip(() => controller.abort()));
    const server = await connect(scripted, { signal: controller.signal });
    expect((await errorOf(server.getTip())).code).toBe('cancelled');
    expect((await errorOf(server.getTip())).code).toBe('cancelled');
    expect((await errorOf(connect(scripted, { signal: controller.signal }))).code).toBe('cancelled');
  });

  it('is not asked once it was closed', async () => {
    const server = await connectTo({});
    server.close();
    expect((await errorOf(server.getTip())).code).toBe('cancelled');
  });
});

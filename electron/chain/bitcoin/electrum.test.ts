import type { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { checkHeaderChain, readHeader } from './block-header.ts';
import type { ServerNote } from './electrum.ts';
import { checkProof } from './merkle.ts';
import {
  connect,
  connectTo,
  errorOf,
  start,
  stopAfterEach,
  type Script,
} from './testing/electrum-harness.ts';
import {
  EMPTY_SCRIPT_HASH,
  headerHexAt,
  HEADERS,
  HONEST,
  PLACE,
  SCRIPT_HASH,
  STATUS,
  TIP,
  TRANSACTION,
  WAITING,
} from './testing/made-world.ts';
import { realHeader } from './testing/real-headers.ts';
import { answerCall, ScriptedFault, type ScriptedCall } from './testing/scripted-server.ts';

stopAfterEach();

describe('an honest Electrum server', () => {
  it('is greeted, and answers every question in order', async () => {
    const scripted = await start();
    const server = await connect(scripted);
    expect(server).toMatchObject({
      kind: 'electrum',
      hasHeaderChain: true,
      endpoint: `127.0.0.1:${scripted.port}`,
    });
    expect(scripted.calls[0]).toMatchObject({ method: 'server.version', params: ['Ballast', '1.4'] });
    expect(await server.getTip()).toEqual({ height: TIP, header: HEADERS[TIP] });
    expect(await server.getStatuses([EMPTY_SCRIPT_HASH, SCRIPT_HASH])).toEqual([null, STATUS]);
    expect(await server.getHistories([SCRIPT_HASH, EMPTY_SCRIPT_HASH])).toEqual([
      [
        { txid: TRANSACTION.txid, height: PLACE },
        { txid: WAITING.txid, height: 0 },
      ],
      [],
    ]);
    const raws = await server.getTransactions([WAITING.txid, TRANSACTION.txid]);
    expect(raws.map((raw) => Buffer.from(raw).toString('hex'))).toEqual([WAITING.raw, TRANSACTION.raw]);
    expect(await server.getHeadersAt([3, 1])).toEqual([HEADERS[3], HEADERS[1]]);
    expect(await server.getStatuses([])).toEqual([]);
  });

  it('proves a transaction up to the tip', async () => {
    const server = await connectTo({});
    const [proof] = await server.getProofs([{ txid: TRANSACTION.txid, height: PLACE }]);
    const headers = await server.getHeaders(0, TIP + 1);
    expect(checkHeaderChain({ network: 'regtest', start: 0, headers, anchor: null }).height).toBe(TIP);
    const header = readHeader(headers.subarray(PLACE * 80, (PLACE + 1) * 80));
    const raw = Buffer.from(TRANSACTION.raw, 'hex');
    expect(() => checkProof({ txid: TRANSACTION.txid, raw, proof: proof!, header })).not.toThrow();
    const wrong = { ...proof!, siblings: [TRANSACTION.txid] };
    expect(() => checkProof({ txid: TRANSACTION.txid, raw, proof: wrong, header })).toThrow(/does not hold/u);
  });

  it.each([
    [0, 10, 10],
    [4990, 100, 11],
    [0, 2016, 2016],
    [900, 2016 * 3, 4101],
    [TIP + 1, 5, 0],
    [0, 0, 0],
  ])('gives headers from %i on, at most %i of them: %i', async (from, count, given) => {
    const server = await connectTo({});
    const expected = Buffer.concat(HEADERS.slice(from, from + count));
    const headers = await server.getHeaders(from, count);
    expect(headers).toHaveLength(given * 80);
    expect(Buffer.compare(headers, expected)).toBe(0);
  });

  it('may give fewer headers at once than others do', async () => {
    const server = await connectTo({
      'blockchain.block.headers': (from: number, count: number) => {
        const given = HEADERS.slice(from, from + Math.min(count, 300));
        return { count: given.length, hex: Buffer.concat(given).toString('hex'), max: 300 };
      },
    });
    expect(Buffer.compare(await server.getHeaders(0, 2500), Buffer.concat(HEADERS.slice(0, 2500)))).toBe(0);
  });

  it('is asked in batches, a few at a time', async () => {
    const sizes: number[] = [];
    const scripted = await start({
      onLine(message) {
        if (Array.isArray(message)) sizes.push(message.length);
        return false;
      },
    });
    const server = await connect(scripted);
    sizes.length = 0;
    expect(await server.getStatuses(Array.from({ length: 250 }, () => SCRIPT_HASH))).toHaveLength(250);
    expect(sizes).toEqual([100, 100, 50]);
  });

  it('tells of new blocks and changed scripts', async () => {
    const notes: ServerNote[] = [];
    const scripted = await start();
    const server = await connect(scripted, { onChange: (note) => notes.push(note) });
    const params = [{ height: 4, hex: headerHexAt(4) }];
    scripted.push(JSON.stringify({ jsonrpc: '2.0', method: 'blockchain.headers.subscribe', params }));
    const changed = { method: 'blockchain.scripthash.subscribe', params: [SCRIPT_HASH, null] };
    scripted.push(JSON.stringify(changed));
    scripted.push(JSON.stringify({ method: 'something.new', params: 3 }));
    await server.getTip();
    expect(notes).toEqual([
      { kind: 'tip', tip: { height: 4, header: HEADERS[4] } },
      { kind: 'status', scriptHash: SCRIPT_HASH, status: null },
    ]);
  });

  it('is identified by its first header where it tells no features', async () => {
    const answers = {
      'server.features': () => {
        throw new ScriptedFault(-32601, 'unknown method');
      },
    };
    const scripted = await start({ answers });
    expect((await connect(scripted)).kind).toBe('electrum');
    expect((await errorOf(connect(scripted, { network: 'signet' }))).code).toBe('wrong-chain');
  });

  it.each(['testnet3 0', 'testnet4 0'] as const)('of testnet may be that of %s', async (name) => {
    const genesis_hash = readHeader(realHeader(name)).hash;
    const scripted = await start({ answers: { 'server.features': () => ({ genesis_hash }) } });
    expect((await connect(scripted, { network: 'testnet' })).kind).toBe('electrum');
  });
});

describe('a server and batches', () => {
  /** Answers everything but batches, for which there is `refuse`. */
  const refusing = (refuse: (socket: Socket, size: number) => boolean): Script => ({
    onLine: (message, socket) => Array.isArray(message) && refuse(socket, message.length),
  });
  const hashes = Array.from({ length: 350 }, (_, index) => (index === 299 ? SCRIPT_HASH : EMPTY_SCRIPT_HASH));
  const statuses = hashes.map((hash) => (hash === SCRIPT_HASH ? STATUS : null));
  const refusal = JSON.stringify({ error: { code: -32600, message: 'batch limit exceeded' }, id: null });

  it('are asked singly where it refuses every batch', async () => {
    const scripted = await start(refusing((socket) => socket.write(`${refusal}\n`) || true));
    expect(await (await connect(scripted)).getStatuses(hashes)).toEqual(statuses);
    expect(scripted.connections).toBe(1);
  });

  it('are asked singly where it refuses large batches', async () => {
    const refuse = (socket: Socket, size: number): boolean => {
      if (size > 60) socket.write(`${refusal}\n`);
      return size > 60;
    };
    const scripted = await start(refusing(refuse));
    expect(await (await connect(scripted)).getStatuses(hashes)).toEqual(statuses);
  });

  it('are asked singly, over a new connection, where it hangs up on batches', async () => {
    const scripted = await start(refusing((socket) => socket.destroy() === socket));
    expect(await (await connect(scripted)).getStatuses(hashes)).toEqual(statuses);
    expect(scripted.connections).toBe(2);
  });

  it('are asked singly where it leaves batches unanswered', async () => {
    const scripted = await start(refusing(() => true));
    const server = await connect(scripted, { timeoutMs: 100 });
    expect(await server.getStatuses(hashes)).toEqual(statuses);
  });

  it('are asked once more for what was refused within a batch', async () => {
    const isBatched = new Set<number>();
    const scripted = await start({
      onLine(message, socket) {
        if (!Array.isArray(message)) return false;
        const calls = message as ScriptedCall[];
        const answers = calls.map((call, index) => {
          if (index < 2) return answerCall(HONEST, call);
          isBatched.add(call.id);
          return { id: call.id, error: { code: -32600, message: 'response too large' } };
        });
        socket.write(`${JSON.stringify(answers)}\n`);
        return true;
      },
    });
    const server = await connect(scripted);
    expect(await server.getHeadersAt([1, 2, 3, 4])).toEqual(HEADERS.slice(1, 5));
    expect(isBatched.size).toBe(2);
  });

  it('are answered in any order, in one line or in many', async () => {
    const answerEach = (message: unknown, socket: Socket): boolean => {
      const calls = [message].flat() as ScriptedCall[];
      if (calls.length < 4) return false;
      const lines = calls.map((call) => JSON.stringify(answerCall(HONEST, call))).reverse();
      const [one = '', two = '', ...rest] = lines;
      socket.write(`${one}\n${two.slice(0, 9)}`);
      // The other half comes in a packet of its own.
      setImmediate(() => socket.write(`${two.slice(9)}\n[${rest.join(',')}]\n`));
      return true;
    };
    const server = await connect(await start({ onLine: answerEach }));
    expect(await server.getHeadersAt([1, 2, 3, 4, 5])).toEqual(HEADERS.slice(1, 6));
  });
});

import { createHash } from 'node:crypto';
import { connect as connectTcp, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { connect as connectTls } from 'node:tls';
import { Transaction } from 'bitcoinjs-lib';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { TEST_CERTIFICATE } from '../../electron/chain/bitcoin/testing/test-certificates.ts';
import { startBcoinRegtest, type BcoinRegtest } from './bcoin.ts';
import { startElectrumServer, type ElectrumServer } from './electrum.ts';

const GENESIS_HASH = '0f9188f13cb7b2c71f2a335e3a4fc328bf5beb436012afca590b1a11466e2206';

let node: BcoinRegtest;
let server: ElectrumServer;
let client: Client;
let scripts = 0;

beforeAll(async () => {
  node = await startBcoinRegtest();
  await node.mine(440);
  server = await startElectrumServer(node);
});
afterAll(async () => {
  await server.stop();
  await node.stop();
});
beforeEach(() => {
  client = openClient(connectTcp(server.port, '127.0.0.1'));
});
afterEach(() => {
  server.misbehave(null);
  client.close();
});

interface Client {
  /** Any line, and the next line that is no notification. */
  exchange(message: unknown): Promise<unknown>;
  ask(method: string, ...params: unknown[]): Promise<unknown>;
  /** The next notification. */
  hear(): Promise<unknown>;
  close(): void;
}

function openClient(socket: Socket): Client {
  const lines = { answers: makeQueue(), notes: makeQueue() };
  createInterface(socket).on('line', (line) => {
    const message = JSON.parse(line) as { method?: string };
    lines[message.method === undefined ? 'answers' : 'notes'].push(message);
  });
  const exchange = (message: unknown): Promise<unknown> => {
    socket.write(`${JSON.stringify(message)}\n`);
    return lines.answers.next();
  };
  return {
    exchange,
    async ask(method, ...params) {
      const answer = (await exchange({ jsonrpc: '2.0', id: 7, method, params })) as Record<string, unknown>;
      expect(answer).toMatchObject({ jsonrpc: '2.0', id: 7 });
      if ('error' in answer) throw new Error(JSON.stringify(answer['error']));
      return answer['result'];
    },
    hear: lines.notes.next,
    close: () => void socket.destroy(),
  };
}

function makeQueue(): { push(item: unknown): void; next: () => Promise<unknown> } {
  const items: unknown[] = [];
  const waiting: ((item: unknown) => void)[] = [];
  return {
    push(item) {
      const resolve = waiting.shift();
      if (resolve) resolve(item);
      else items.push(item);
    },
    next: () => new Promise((resolve) => (items.length > 0 ? resolve(items.shift()) : waiting.push(resolve))),
  };
}

function sha256(bytes: string | Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}

/** One that no other test uses. */
function makeScript(kind: '0014' | '5120'): { script: string; hash: string } {
  const program = sha256(`script ${scripts++}`).subarray(0, kind === '0014' ? 20 : 32);
  const script = `${kind}${program.toString('hex')}`;
  return { script, hash: sha256(Buffer.from(script, 'hex')).reverse().toString('hex') };
}

function spend(txid: string, value: bigint, script: string): string {
  const made = new Transaction();
  made.version = 2;
  made.addInput(Buffer.from(txid, 'hex').reverse(), 0);
  made.setWitness(0, [new Uint8Array(64)]);
  made.addOutput(Buffer.from(script, 'hex'), value);
  return made.toHex();
}

function idOf(raw: string): string {
  return Transaction.fromHex(raw).getId();
}

function statusOf(history: readonly [txid: string, height: number][]): string {
  return sha256(history.map(([txid, height]) => `${txid}:${height}:`).join('')).toString('hex');
}

/** What the header commits to, and what the branch leads to: both as they lie in a block. */
async function readRoots(txid: string, height: number): Promise<[string, string]> {
  const header = (await client.ask('blockchain.block.header', height)) as string;
  const proof = await client.ask('blockchain.transaction.get_merkle', txid, height);
  const { merkle, pos, block_height } = proof as { merkle: string[]; pos: number; block_height: number };
  expect(block_height).toBe(height);
  let hash: Buffer = Buffer.from(txid, 'hex').reverse();
  merkle.forEach((text, level) => {
    const sibling = Buffer.from(text, 'hex').reverse();
    hash = sha256(sha256(Buffer.concat((pos >> level) % 2 === 1 ? [sibling, hash] : [hash, sibling])));
  });
  return [header.slice(72, 136), hash.toString('hex')];
}

test('greets as a server of regtest', async () => {
  expect(await client.ask('server.version', 'a test', '1.4')).toEqual([expect.any(String), '1.4']);
  expect(await client.ask('server.features')).toMatchObject({
    genesis_hash: GENESIS_HASH,
    protocol_min: '1.4',
    protocol_max: '1.4',
    hash_function: 'sha256',
  });
  expect(await client.ask('server.ping')).toBeNull();
  expect(await client.ask('blockchain.relayfee')).toBe(0.00001);
  expect(await client.ask('blockchain.estimatefee', 6)).toBe(0.00001);
});

test.each(['0014', '5120'] as const)(
  'shows a payment to a %s script as it waits and settles',
  async (kind) => {
    const { script, hash } = makeScript(kind);
    expect(await client.ask('blockchain.scripthash.subscribe', hash)).toBeNull();
    const txid = await node.pay([{ script, value: 5000n }]);
    const method = 'blockchain.scripthash.subscribe';
    expect(await client.hear()).toMatchObject({ method, params: [hash, statusOf([[txid, 0]])] });
    expect(await client.ask('blockchain.scripthash.get_history', hash)).toEqual([
      { tx_hash: txid, height: 0, fee: 10_000 },
    ]);
    expect(await client.ask('blockchain.scripthash.get_balance', hash)).toEqual({
      confirmed: 0,
      unconfirmed: 5000,
    });

    const height = await node.mine(1);
    expect(await client.hear()).toMatchObject({ method, params: [hash, statusOf([[txid, height]])] });
    expect(await client.ask('blockchain.scripthash.get_history', hash)).toEqual([{ tx_hash: txid, height }]);
    expect(await client.ask('blockchain.scripthash.get_balance', hash)).toEqual({
      confirmed: 5000,
      unconfirmed: 0,
    });
    expect(await client.ask('blockchain.scripthash.listunspent', hash)).toEqual([
      { tx_hash: txid, tx_pos: 0, height, value: 5000 },
    ]);
    expect(idOf((await client.ask('blockchain.transaction.get', txid)) as string)).toBe(txid);
  },
);

test('indexes spends by the script of what is spent, and tells of unconfirmed parents', async () => {
  const { script, hash } = makeScript('5120');
  const other = makeScript('5120');
  const paid = await node.pay([{ script, value: 5000n }], { confirm: true });
  const height = await node.height();
  const spent = await node.submit(spend(paid, 4000n, script), { unsigned: true });
  const last = await node.submit(spend(spent, 3000n, other.script), { unsigned: true });
  expect(await client.ask('blockchain.scripthash.get_history', hash)).toEqual([
    { tx_hash: paid, height },
    { tx_hash: spent, height: 0, fee: 1000 },
    { tx_hash: last, height: -1, fee: 1000 },
  ]);
  expect(await client.ask('blockchain.scripthash.subscribe', hash)).toBe(
    statusOf([
      [paid, height],
      [spent, 0],
      [last, -1],
    ]),
  );
  expect(await client.ask('blockchain.scripthash.get_balance', hash)).toEqual({
    confirmed: 5000,
    unconfirmed: -5000,
  });
  expect(await client.ask('blockchain.scripthash.listunspent', hash)).toEqual([]);
  // Only what waits before it is put into a block: its own status is another all the same.
  await client.ask('blockchain.scripthash.subscribe', other.hash);
  await node.mineWith([spend(paid, 4000n, script)]);
  const notes = [await client.hear(), await client.hear()];
  expect(notes).toContainEqual(expect.objectContaining({ params: [other.hash, statusOf([[last, 0]])] }));
});

test('proves every transaction of a block by its header', async () => {
  const { script, hash } = makeScript('0014');
  // With the coinbase that is a block of six: rows of six, and of three, whose last is paired with itself.
  for (let paid = 0; paid < 5; paid++) await node.pay([{ script, value: 1000n }]);
  const height = await node.mine(1);
  const history = (await client.ask('blockchain.scripthash.get_history', hash)) as { tx_hash: string }[];
  expect(history).toHaveLength(5);
  for (const { tx_hash } of history) {
    const [committed, proven] = await readRoots(tx_hash, height);
    expect(proven).toBe(committed);
  }
  const txid = history[0]!.tx_hash;
  await expect(client.ask('blockchain.transaction.get_merkle', txid, height - 1)).rejects.toThrow(
    'not in block',
  );
});

test('serves headers that lead to the tip, and tells of new ones', async () => {
  const height = await node.height();
  const tip = (await client.ask('blockchain.headers.subscribe')) as { height: number; hex: string };
  expect(tip.height).toBe(height);
  const page = await client.ask('blockchain.block.headers', 0, 10_000);
  const { count, hex, max } = page as { count: number; hex: string; max: number };
  expect({ count, max, digits: hex.length }).toEqual({
    count: height + 1,
    max: 2016,
    digits: (height + 1) * 160,
  });
  const headers = hex.match(/.{160}/gu)!.map((header) => Buffer.from(header, 'hex'));
  const hashes = headers.map((header) => sha256(sha256(header)));
  expect(Buffer.from(hashes[0]!).reverse().toString('hex')).toBe(GENESIS_HASH);
  headers.slice(1).forEach((header, before) => expect(header.subarray(4, 36)).toEqual(hashes[before]));
  expect(headers.at(-1)!.toString('hex')).toBe(tip.hex);
  expect(await client.ask('blockchain.block.headers', height, 5)).toMatchObject({ count: 1, hex: tip.hex });
  await expect(client.ask('blockchain.block.header', height + 1)).rejects.toThrow('out of range');

  await node.mine(2);
  const next = await client.ask('blockchain.block.header', height + 2);
  expect(await client.hear()).toEqual({
    jsonrpc: '2.0',
    method: 'blockchain.headers.subscribe',
    params: [{ height: height + 2, hex: next }],
  });
});

test('forgets what a reorganisation took away', async () => {
  const { script, hash } = makeScript('5120');
  const txid = await node.pay([{ script, value: 5000n }], { confirm: true });
  const height = await node.height();
  await client.ask('blockchain.scripthash.subscribe', hash);
  await client.ask('blockchain.headers.subscribe');
  await node.reorganise(1, [], { dropMempool: true });
  const header = await client.ask('blockchain.block.header', height + 1);
  expect(await client.hear()).toMatchObject({ params: [hash, null] });
  expect(await client.hear()).toMatchObject({ params: [{ height: height + 1, hex: header }] });
  expect(await client.ask('blockchain.scripthash.get_history', hash)).toEqual([]);
  await expect(client.ask('blockchain.transaction.get', txid)).rejects.toThrow('No such');
});

test('answers batches, refuses what it does not know, and keeps a log', async () => {
  server.log.length = 0;
  const before = { ...server.bytes };
  const batch = [
    { jsonrpc: '2.0', id: 'a', method: 'server.ping', params: [] },
    { jsonrpc: '2.0', id: 'b', method: 'server.donate', params: [1] },
    { jsonrpc: '2.0', id: 'c', method: 'blockchain.scripthash.get_history', params: ['short'] },
  ];
  const answers = await client.exchange(batch);
  expect(answers).toEqual([
    { jsonrpc: '2.0', id: 'a', result: null },
    { jsonrpc: '2.0', id: 'b', error: { code: -32601, message: 'unknown method "server.donate"' } },
    { jsonrpc: '2.0', id: 'c', error: { code: 1, message: 'short should be a hash of 64 hex digits' } },
  ]);
  expect(server.log).toEqual(batch.map(({ method, params }) => ({ method, params })));
  expect(server.bytes).toEqual({
    in: before.in + JSON.stringify(batch).length + 1,
    out: before.out + JSON.stringify(answers).length + 1,
  });
});

test('lies as it is told, in notifications too', async () => {
  server.misbehave((method, _params, result) => {
    if (method === 'server.ping') throw new Error('no');
    return method === 'blockchain.headers.subscribe' ? { ...(result as object), height: 3 } : result;
  });
  expect(await client.ask('blockchain.headers.subscribe')).toMatchObject({ height: 3 });
  await expect(client.ask('server.ping')).rejects.toThrow('no');
  await node.mine(1);
  expect(await client.hear()).toMatchObject({ params: [{ height: 3 }] });
  server.misbehave(null);
  expect(await client.ask('blockchain.headers.subscribe')).toMatchObject({ height: await node.height() });
});

test('speaks TLS with the key it is given', async () => {
  const secure = await startElectrumServer(node, { tls: TEST_CERTIFICATE });
  expect(secure.url).toBe(`ssl://127.0.0.1:${secure.port}`);
  const socket = connectTls({ port: secure.port, host: '127.0.0.1', ca: TEST_CERTIFICATE.cert });
  const other = openClient(socket);
  expect(await other.ask('server.ping')).toBeNull();
  other.close();
  await secure.stop();
});

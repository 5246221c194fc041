import { createHash } from 'node:crypto';
import { Transaction } from 'bitcoinjs-lib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startBcoinRegtest, type BcoinRegtest } from './bcoin.ts';
import { startEsploraServer, type EsploraServer } from './esplora.ts';

let node: BcoinRegtest;
let server: EsploraServer;

beforeAll(async () => {
  node = await startBcoinRegtest();
  await node.mine(440);
  server = await startEsploraServer(node);
});
afterAll(async () => {
  await server.stop();
  await node.stop();
});

async function get(path: string): Promise<string> {
  const response = await fetch(`${server.url}${path}`);
  expect(response.status).toBe(200);
  return response.text();
}

async function getJson(path: string): Promise<unknown> {
  return JSON.parse(await get(path));
}

async function statusOf(path: string, method = 'GET'): Promise<number> {
  return (await fetch(`${server.url}${path}`, { method })).status;
}

function sha256(bytes: string | Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}

/** Of a script that no other test uses. The hash of it is not reversed. */
function makeScript(name: string): { script: string; path: string } {
  const script = `5120${sha256(name).toString('hex')}`;
  return { script, path: `/scripthash/${sha256(Buffer.from(script, 'hex')).toString('hex')}` };
}

function spend(txid: string, value: bigint, script: string): string {
  const made = new Transaction();
  made.version = 2;
  made.addInput(Buffer.from(txid, 'hex').reverse(), 0, 0xffff_fffd);
  made.setWitness(0, [new Uint8Array(64), Uint8Array.of(0x51)]);
  made.addOutput(Buffer.from(script, 'hex'), value);
  return made.toHex();
}

async function listTxids(path: string): Promise<string[]> {
  return ((await getJson(path)) as { txid: string }[]).map(({ txid }) => txid);
}

const nothing = { tx_count: 0, funded_txo_count: 0, funded_txo_sum: 0, spent_txo_count: 0, spent_txo_sum: 0 };

test('serves the tip, and headers that hash to what it names', async () => {
  const height = await node.height();
  expect(await get('/blocks/tip/height')).toBe(String(height));
  const hash = await get('/blocks/tip/hash');
  expect(await get(`/block-height/${height}`)).toBe(hash);
  const header = Buffer.from(await get(`/block/${hash}/header`), 'hex');
  expect(header).toHaveLength(80);
  expect(sha256(sha256(header)).reverse().toString('hex')).toBe(hash);
  expect(await statusOf(`/block-height/${height + 1}`)).toBe(404);
  expect(await statusOf(`/block/${'11'.repeat(32)}/header`)).toBe(404);
});

test('shows a payment and its spend as they wait and settle', async () => {
  const { script, path } = makeScript('one');
  const other = makeScript('other');
  expect(await getJson(path)).toMatchObject({ chain_stats: nothing, mempool_stats: nothing });
  const paid = await node.pay([{ script, value: 5000n }]);
  const funded = { ...nothing, tx_count: 1, funded_txo_count: 1, funded_txo_sum: 5000 };
  expect(await getJson(path)).toMatchObject({ chain_stats: nothing, mempool_stats: funded });
  expect(await getJson(`${path}/txs`)).toMatchObject([{ txid: paid, status: { confirmed: false } }]);
  expect(await statusOf(`/tx/${paid}/merkle-proof`)).toBe(404);

  const height = await node.mine(1);
  const status = { confirmed: true, block_height: height, block_hash: await get('/blocks/tip/hash') };
  expect(await getJson(`/tx/${paid}/status`)).toMatchObject(status);
  const raw = spend(paid, 4000n, other.script);
  await node.mineWith([raw]);
  const txid = Transaction.fromHex(raw).getId();
  expect(await get(`/tx/${txid}/hex`)).toBe(raw);
  expect(await getJson(path)).toMatchObject({
    chain_stats: { ...funded, tx_count: 2, spent_txo_count: 1, spent_txo_sum: 5000 },
    mempool_stats: nothing,
  });
  expect(await getJson(`${path}/txs`)).toMatchObject([
    {
      txid,
      version: 2,
      locktime: 0,
      fee: 1000,
      size: raw.length / 2,
      weight: Transaction.fromHex(raw).weight(),
      vin: [
        {
          txid: paid,
          vout: 0,
          prevout: { scriptpubkey: script, value: 5000 },
          scriptsig: '',
          witness: ['00'.repeat(64), '51'],
          is_coinbase: false,
          sequence: 0xffff_fffd,
        },
      ],
      vout: [{ scriptpubkey: other.script, value: 4000 }],
      status: { confirmed: true, block_height: height + 1 },
    },
    { txid: paid, status },
  ]);
});

test('proves a transaction by the header of its block', async () => {
  const { script } = makeScript('proven');
  const txid = await node.pay([{ script, value: 5000n }], { confirm: true });
  const proof = await getJson(`/tx/${txid}/merkle-proof`);
  const { block_height, merkle, pos } = proof as { block_height: number; merkle: string[]; pos: number };
  expect({ block_height, pos, length: merkle.length }).toEqual({
    block_height: await node.height(),
    pos: 1,
    length: 1,
  });
  const pair = [merkle[0]!, txid].map((text) => Buffer.from(text, 'hex').reverse());
  const header = await get(`/block/${await get('/blocks/tip/hash')}/header`);
  expect(sha256(sha256(Buffer.concat(pair))).toString('hex')).toBe(header.slice(72, 136));
});

test('lists a long history newest first, and page by page', async () => {
  const { script, path } = makeScript('long');
  const output = { script, value: 1000n };
  const confirmed: string[] = [];
  for (let paid = 0; paid < 60; paid++) confirmed.unshift(await node.pay([output]));
  await node.mine(1);
  const waiting = await node.pay([output]);
  expect(await listTxids(`${path}/txs`)).toEqual([waiting, ...confirmed.slice(0, 25)]);
  expect(await listTxids(`${path}/txs/mempool`)).toEqual([waiting]);
  expect(await listTxids(`${path}/txs/chain`)).toEqual(confirmed.slice(0, 25));
  expect(await listTxids(`${path}/txs/chain/${confirmed[24]!}`)).toEqual(confirmed.slice(25, 50));
  expect(await listTxids(`${path}/txs/chain/${confirmed[49]!}`)).toEqual(confirmed.slice(50));
  expect(await listTxids(`${path}/txs/chain/${confirmed[59]!}`)).toEqual([]);
});

test('forgets what a reorganisation took away', async () => {
  const { script, path } = makeScript('gone');
  const txid = await node.pay([{ script, value: 5000n }], { confirm: true });
  const hash = await get('/blocks/tip/hash');
  await node.reorganise(1, [], { dropMempool: true });
  expect(await getJson(`${path}/txs`)).toEqual([]);
  expect(await statusOf(`/tx/${txid}/hex`)).toBe(404);
  expect(await statusOf(`/block/${hash}/header`)).toBe(404);
});

test('keeps a log, lies as it is told, and only reads', async () => {
  server.log.length = 0;
  server.misbehave((path, answer) => (path === '/blocks/tip/height' ? { ...answer, body: '7' } : answer));
  expect(await get('/blocks/tip/height')).toBe('7');
  server.misbehave(null);
  expect(await get('/blocks/tip/height')).toBe(String(await node.height()));
  expect(await statusOf('/tx', 'POST')).toBe(405);
  expect(server.log).toEqual([
    { method: 'GET', path: '/blocks/tip/height' },
    { method: 'GET', path: '/blocks/tip/height' },
    { method: 'POST', path: '/tx' },
  ]);
});

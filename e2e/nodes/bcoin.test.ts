import { Transaction } from 'bitcoinjs-lib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startBcoinRegtest, type BcoinRegtest } from './bcoin.ts';

const P2WPKH = `0014${'21'.repeat(20)}`;
const P2TR = `5120${'22'.repeat(32)}`;
const ELSEWHERE = `0014${'23'.repeat(20)}`;

/** Spends the first output, with a signature that is none. */
function spend(txid: string, value: bigint, script = ELSEWHERE, sequence?: number): string {
  const made = new Transaction();
  made.version = 2;
  made.addInput(Buffer.from(txid, 'hex').reverse(), 0, sequence);
  made.setWitness(0, [new Uint8Array(64)]);
  made.addOutput(Buffer.from(script, 'hex'), value);
  return made.toHex();
}

function idOf(raw: string): string {
  return Transaction.fromHex(raw).getId();
}

test('a regtest node mines ten blocks and stops', async () => {
  const node = await startBcoinRegtest();
  expect(await node.height()).toBe(0);
  expect(await node.mine(10)).toBe(10);
  expect(await node.height()).toBe(10);
  await node.stop();
  expect(() => process.kill(node.pid, 0)).toThrow('ESRCH');
  await expect(node.mine(1)).rejects.toThrow('bcoin ended');
});

describe('a node with coins', () => {
  let node: BcoinRegtest;

  beforeAll(async () => {
    node = await startBcoinRegtest();
    await node.mine(440);
  });
  afterAll(() => node.stop());

  /** The block that holds it, 0 in the mempool, undefined nowhere. */
  async function heightOf(txid: string): Promise<number | undefined> {
    const { status, body } = await node.askEsplora(`/tx/${txid}/status`);
    if (status === 404) return undefined;
    // as: the node's own server wrote it.
    return (JSON.parse(body) as { block_height?: number }).block_height ?? 0;
  }

  test('pays to any script, into the mempool or into a block', async () => {
    const outputs = [
      { script: P2WPKH, value: 1000n },
      { script: P2TR, value: 2000n },
      { script: '6a0462626e31', value: 0n },
    ];
    const txid = await node.pay(outputs);
    expect(await heightOf(txid)).toBe(0);
    const [answer] = await node.askElectrum([{ method: 'blockchain.transaction.get', params: [txid] }]);
    // as: not refused, and so a text.
    const paid = Transaction.fromHex((answer as { result: string }).result);
    expect(
      paid.outs
        .slice(0, 3)
        .map(({ script, value }) => ({ script: Buffer.from(script).toString('hex'), value })),
    ).toEqual(outputs);
    const other = await node.pay(outputs, { confirm: true });
    const height = await node.height();
    // The block takes all that waits.
    expect([await heightOf(txid), await heightOf(other)]).toEqual([height, height]);
  });

  test('pays more than one coin holds, and no more than there is', async () => {
    expect(await heightOf(await node.pay([{ script: P2WPKH, value: 12_000_000_000n }]))).toBe(0);
    await expect(node.pay([{ script: P2WPKH, value: 10n ** 15n }])).rejects.toThrow('mine more blocks');
  });

  test('makes more payments than it has confirmed coins', async () => {
    const asked = Array.from({ length: 400 }, () => node.pay([{ script: P2WPKH, value: 1000n }]));
    const txids = await Promise.all(asked);
    expect(new Set(txids).size).toBe(400);
    const height = await node.mine(1);
    expect(await heightOf(txids[399]!)).toBe(height);
  });

  test.each([P2WPKH, P2TR])('takes a spend of %s without a signature into a block', async (script) => {
    const funding = await node.pay([{ script, value: 50_000n }], { confirm: true });
    const raw = spend(funding, 49_000n);
    await expect(node.submit(raw)).rejects.toThrow('script-verify-flag');
    const height = await node.mineWith([raw]);
    expect(await heightOf(idOf(raw))).toBe(height);
  });

  test('takes a spend without a signature into the mempool where it is told to', async () => {
    const funding = await node.pay([{ script: P2TR, value: 50_000n }]);
    const txid = await node.submit(spend(funding, 49_000n), { unsigned: true });
    expect(await heightOf(txid)).toBe(0);
    const height = await node.mine(1);
    expect(await heightOf(txid)).toBe(height);
  });

  test('refuses what consensus refuses, signature or not', async () => {
    const funding = await node.pay([{ script: P2TR, value: 50_000n }], { confirm: true });
    const height = await node.height();
    await expect(node.mineWith([spend(funding, 50_001n)])).rejects.toThrow('bad-txns-in-belowout');
    await expect(node.mineWith([spend('77'.repeat(32), 1n)])).rejects.toThrow('missingorspent');
    await expect(node.submit(spend('77'.repeat(32), 1n))).rejects.toThrow('coins that do not exist');
    // A relative timelock of three blocks (BIP 68), of which one has passed when the next block comes.
    const early = spend(funding, 49_000n, ELSEWHERE, 3);
    await expect(node.mineWith([early])).rejects.toThrow('bad-txns-nonfinal');
    expect(await node.height()).toBe(height);
    await node.mine(2);
    expect(await node.mineWith([early])).toBe(height + 3);
  });

  test('keeps nothing for later that comes before its parent', async () => {
    const funding = await node.pay([{ script: P2WPKH, value: 50_000n }]);
    const parent = spend(funding, 49_000n);
    const child = spend(idOf(parent), 48_000n);
    await expect(node.submit(child, { unsigned: true })).rejects.toThrow('coins that do not exist');
    await node.submit(parent, { unsigned: true });
    expect(await heightOf(idOf(child))).toBeUndefined();
    await node.submit(child, { unsigned: true });
    const height = await node.mine(1);
    expect([await heightOf(idOf(parent)), await heightOf(idOf(child))]).toEqual([height, height]);
  });

  test('lets a block replace what waits', async () => {
    const funding = await node.pay([{ script: P2WPKH, value: 50_000n }], { confirm: true });
    const first = await node.submit(spend(funding, 49_000n), { unsigned: true });
    const child = await node.submit(spend(first, 48_000n), { unsigned: true });
    await expect(node.submit(spend(funding, 45_000n), { unsigned: true })).rejects.toThrow('inputs-spent');
    await node.mineWith([spend(funding, 45_000n)]);
    expect([await heightOf(first), await heightOf(child)]).toEqual([undefined, undefined]);
  });

  test('drops from the mempool, with what spends it', async () => {
    const first = await node.pay([{ script: P2WPKH, value: 50_000n }]);
    const child = await node.submit(spend(first, 49_000n), { unsigned: true });
    await node.dropFromMempool(first);
    expect([await heightOf(first), await heightOf(child)]).toEqual([undefined, undefined]);
    await expect(node.dropFromMempool(first)).rejects.toThrow('not in the mempool');
    // Its coins can be spent again.
    expect(await heightOf(await node.pay([{ script: P2WPKH, value: 1000n }], { confirm: true }))).toBe(
      await node.height(),
    );
  });

  test('a reorganisation takes payments back to the mempool, or for good', async () => {
    const paid = await node.pay([{ script: P2WPKH, value: 50_000n }], { confirm: true });
    const spent = spend(paid, 49_000n);
    const height = await node.mineWith([spent]);
    expect(await node.reorganise(2)).toBe(height + 1);
    expect([await heightOf(paid), await heightOf(idOf(spent))]).toEqual([0, 0]);
    expect(await node.mine(1)).toBe(height + 2);
    expect([await heightOf(paid), await heightOf(idOf(spent))]).toEqual([height + 2, height + 2]);

    const waiting = await node.pay([{ script: P2WPKH, value: 60_000n }]);
    expect(await node.reorganise(1, [], { dropMempool: true })).toBe(height + 3);
    expect([await heightOf(paid), await heightOf(idOf(spent))]).toEqual([undefined, undefined]);
    // It was in none of the blocks.
    expect(await heightOf(waiting)).toBe(0);
    expect(await node.mine(1)).toBe(height + 4);
    expect(await heightOf(waiting)).toBe(height + 4);
  });

  test('a new branch holds what is given, and keeps out what conflicts', async () => {
    const funding = await node.pay([{ script: P2TR, value: 50_000n }], { confirm: true });
    const old = spend(funding, 49_000n);
    const height = await node.mineWith([old]);
    const other = spend(funding, 40_000n);
    const child = spend(idOf(other), 39_000n);
    expect(await node.reorganise(1, [[other], [child]])).toBe(height + 1);
    expect(await heightOf(idOf(old))).toBeUndefined();
    expect([await heightOf(idOf(other)), await heightOf(idOf(child))]).toEqual([height, height + 1]);
    await expect(node.reorganise(1, [[], [], []])).rejects.toThrow('only 2 blocks');
    await expect(node.reorganise(0)).rejects.toThrow('no 0 blocks');
  });
});

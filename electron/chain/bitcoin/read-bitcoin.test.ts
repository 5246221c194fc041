import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBcoinRegtest, type BcoinRegtest } from '../../../e2e/nodes/bcoin.ts';
import { startElectrumServer, type ElectrumServer } from '../../../e2e/nodes/electrum.ts';
import { startEsploraServer, type EsploraServer } from '../../../e2e/nodes/esplora.ts';
import { stateOfStake, type BitcoinAccountObservation } from '../../../shared/domain/bitcoin.ts';
import type { BabylonData } from './load-babylon-data.ts';
import { readBitcoin, type BitcoinAnswer } from './read-bitcoin.ts';
import { makeStake } from './testing/make-stake.ts';
import { idOf, keyWitness, makeRaw, ownScript, ZPUB, ZPUB_DESCRIPTORS } from './testing/make-wallet.ts';
import {
  makeRegtestBabylon,
  REGTEST_STAKING_BLOCKS,
  REGTEST_UNBONDING_BLOCKS,
} from './testing/regtest-babylon.ts';

const BTC = 100_000_000n;
const FOREIGN = Buffer.from(`0014${'77'.repeat(20)}`, 'hex');

let node: BcoinRegtest;
let electrum: ElectrumServer;
let esplora: EsploraServer;

beforeAll(async () => {
  node = await startBcoinRegtest();
  // Segwit is in force from block 432 on, and coinbases can be spent after a hundred blocks.
  await node.mine(440);
  electrum = await startElectrumServer(node);
  esplora = await startEsploraServer(node);
});
afterAll(async () => {
  await electrum.stop();
  await esplora.stop();
  await node.stop();
});

/** Each test has a wallet of its own: the same words, from another index on. */
interface Reader {
  read(): Promise<BitcoinAccountObservation>;
  readonly last: () => BitcoinAnswer;
}

function makeReader(babylon: BabylonData | null = null, url = electrum.url): Reader {
  let last: BitcoinAnswer | null = null;
  return {
    last: () => last!,
    async read() {
      last = await readBitcoin(
        {
          network: 'regtest',
          url,
          proxy: null,
          pinned: null,
          babylon,
          headers: last?.headers.length ? last.headers : [],
          accounts: [
            { id: 'a', descriptors: ZPUB_DESCRIPTORS, gapLimit: 20, kept: last?.wallets[0]?.wallet ?? null },
          ],
        },
        { signal: new AbortController().signal, onCertificate: () => undefined, onProgress: () => undefined },
      );
      return last.observation.accounts[0]!;
    },
  };
}

/** From the node's own coins, in a block at once unless it is to wait. */
function pay(script: Uint8Array, value: bigint, confirm = true): Promise<string> {
  return node.pay([{ script: Buffer.from(script).toString('hex'), value }], { confirm });
}

/** Nobody signed it. */
function submit(raw: string): Promise<string> {
  return node.submit(raw, { unsigned: true });
}

/** Of the old blocks nothing comes back. */
function replaceBlocks(depth: number): Promise<number> {
  return node.reorganise(depth, [], { dropMempool: true });
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : error;
}

describe('a wallet on a real chain', () => {
  it('holds what was paid, says what waits, and follows it through a reorganisation, once', async () => {
    const reader = makeReader();
    const before = await reader.read();
    await pay(ownScript(0).script, BTC);
    const waiting = await pay(ownScript(5, 1).script, 2n * BTC, false);
    const paid = await reader.read();
    expect(paid.confirmed - before.confirmed).toBe(BTC);
    expect(paid.unconfirmed).toBe(2n * BTC);

    await node.mine(1);
    expect(await reader.read()).toMatchObject({ confirmed: before.confirmed + 3n * BTC, unconfirmed: 0n });

    // The block with the second payment is replaced by two without it; the payment is gone with it.
    await replaceBlocks(1);
    const after = await reader.read();
    expect(after).toMatchObject({ confirmed: before.confirmed + BTC, unconfirmed: 0n });
    expect(reader.last().wallets[0]!.wallet.transactions.map(({ txid }) => txid)).not.toContain(waiting);
  });

  it('is read again by asking for what changed only', async () => {
    const reader = makeReader();
    await pay(ownScript(1).script, BTC);
    const first = await reader.read();
    electrum.log.length = 0;
    expect(await reader.read()).toEqual(first);
    const methods = new Set(electrum.log.map(({ method }) => method));
    expect(methods).not.toContain('blockchain.scripthash.get_history');
    expect(methods).not.toContain('blockchain.transaction.get');
    expect(methods).not.toContain('blockchain.transaction.get_merkle');
  });

  it('counts the spend in a block where two contradict each other', async () => {
    const reader = makeReader();
    const { script, key } = ownScript(2);
    const txid = await pay(script, BTC);
    const { confirmed } = await reader.read();
    const index = 0;
    const spend = (value: bigint) =>
      makeRaw([{ txid, index, witness: keyWitness(key) }], [{ script: FOREIGN, value }]);
    const first = await submit(spend(BTC - 1000n));
    expect(await reader.read()).toMatchObject({ confirmed: confirmed - BTC });
    // Replaced by another: the first vanishes, the coin stays spent.
    await node.dropFromMempool(first);
    const second = await submit(spend(BTC - 5000n));
    expect(second).not.toBe(first);
    await node.mine(1);
    expect(await reader.read()).toMatchObject({ confirmed: confirmed - BTC, unconfirmed: 0n });
    expect(reader.last().wallets[0]!.wallet.transactions.map(({ txid: id }) => id)).not.toContain(first);
  });

  it('is the same by an Esplora server, which says that it proves less', async () => {
    const byElectrum = makeReader();
    const byEsplora = makeReader(null, esplora.url);
    const one = await byElectrum.read();
    const other = await byEsplora.read();
    expect(other).toEqual(one);
    expect(byElectrum.last().observation.proof).toBe('chain');
    expect(byEsplora.last().observation.proof).toBe('block');
    await pay(ownScript(3).script, BTC);
    await replaceBlocks(1);
    expect(await byEsplora.read()).toEqual(await byElectrum.read());
  });

  it('tells the server hashes of scripts and ids of transactions, and nothing else', async () => {
    await makeReader(makeRegtestBabylon()).read();
    const heard = JSON.stringify(electrum.log);
    expect(heard).toMatch(/blockchain\.scripthash\.subscribe/u);
    for (const secret of [ZPUB, ZPUB.slice(4, 60), 'xpub', 'wpkh', 'bcrt1'])
      expect(heard).not.toContain(secret);
    const own = Buffer.from(ownScript(0).script.slice(2)).toString('hex');
    expect(heard).not.toContain(own);
    const methods = new Set(electrum.log.map(({ method }) => method.split('.').slice(0, 2).join('.')));
    expect([...methods].toSorted()).toEqual([
      'blockchain.block',
      'blockchain.headers',
      'blockchain.scripthash',
      'blockchain.transaction',
      'server.features',
      'server.ping',
      'server.version',
    ]);
  });
});

describe('a server that lies', () => {
  async function readWith(method: string, lie: (truth: never) => unknown): Promise<unknown> {
    electrum.misbehave((asked, _params, truth) => (asked === method ? lie(truth as never) : truth));
    try {
      await makeReader().read();
      return 'nothing';
    } catch (error) {
      return codeOf(error);
    } finally {
      electrum.misbehave(null);
    }
  }

  it.each<[string, string, (truth: never) => unknown]>([
    [
      'a wrong proof',
      'blockchain.transaction.get_merkle',
      (truth: { merkle: string[] }) => ({ ...truth, merkle: ['11'.repeat(32), ...truth.merkle] }),
    ],
    [
      'a header of another block',
      'blockchain.block.headers',
      // A digit in the middle of the third header.
      (truth: { hex: string }) => ({
        ...truth,
        hex: truth.hex.replace(
          /^(.{400})(.)/u,
          (_all, before: string, digit: string) => `${before}${digit === '0' ? '1' : '0'}`,
        ),
      }),
    ],
    ['another transaction', 'blockchain.transaction.get', (truth: string) => truth.replace(/..$/u, 'ff')],
    [
      'headers left out',
      'blockchain.block.headers',
      (truth: { hex: string }) => ({ ...truth, hex: truth.hex.slice(160), count: 1 }),
    ],
    [
      'a block that is not there',
      'blockchain.headers.subscribe',
      (truth: { height: number }) => ({ ...truth, height: truth.height + 1 }),
    ],
    ['a transaction left out', 'blockchain.scripthash.get_history', (truth: unknown[]) => truth.slice(1)],
    ['the wrong type', 'blockchain.scripthash.get_history', () => 'nothing to see'],
    [
      'a history of another height',
      'blockchain.scripthash.get_history',
      (truth: { height: number }[]) => truth.map((entry) => ({ ...entry, height: 1 })),
    ],
  ] as [string, string, (truth: never) => unknown][])('is found out by %s', async (_name, method, lie) => {
    await pay(ownScript(4).script, BTC);
    expect(await readWith(method, lie)).toMatch(/^node-(?:malformed|refused)$/u);
  });

  it('is told apart from one that is behind', async () => {
    const reader = makeReader();
    await reader.read();
    const height = await node.height();
    const [header] = await node.askElectrum([{ method: 'blockchain.block.header', params: [height - 2] }]);
    electrum.misbehave((method, _params, truth) =>
      method === 'blockchain.headers.subscribe'
        ? { height: height - 2, hex: header && 'result' in header ? header.result : '' }
        : truth,
    );
    await expect(reader.read()).rejects.toMatchObject({ code: 'node-behind' });
    electrum.misbehave(null);
  });
});

describe('a stake with Babylon', () => {
  const stakeValue = BTC / 2n;
  const provider = (data: BabylonData) => data.finalityProviders.keys[7]!;

  /** A stake from the wallet's own coin at that index, in a block. */
  async function stake(data: BabylonData, index: number) {
    const { script, key } = ownScript(index);
    const funding = await pay(script, BTC);
    const made = makeStake(data, data.parameters.versions[0]!, key, provider(data).key);
    const raw = makeRaw(
      [{ txid: funding, index: 0, witness: keyWitness(key) }],
      [
        { script: made.output, value: stakeValue },
        { script: ownScript(index, 1).script, value: BTC - stakeValue - 1000n },
      ],
    );
    return { key, made, raw, txid: idOf(raw) };
  }

  function stateIn(reader: Reader, account: BitcoinAccountObservation, txid: string): string | undefined {
    const found = account.stakes.find((one) => one.txid === txid);
    return found && stateOfStake(found, Number(reader.last().observation.tip.number));
  }

  it('is recognised from the account’s keys alone, and followed to its withdrawal', async () => {
    const data = makeRegtestBabylon();
    const reader = makeReader(data);
    const { raw, txid, made } = await stake(data, 10);
    const before = await reader.read();
    await submit(raw);
    const pending = await reader.read();
    expect(stateIn(reader, pending, txid)).toBe('pending');
    expect(pending.stakes.find((one) => one.txid === txid)).toMatchObject({
      value: stakeValue,
      finalityProvider: Buffer.from(provider(data).key).toString('hex'),
      foundBy: 'rebuilt',
      stakingBlocks: REGTEST_STAKING_BLOCKS,
      height: null,
    });
    // The coin went into the stake and into change, and nothing was lost but the fee.
    expect(before.confirmed - pending.confirmed).toBe(BTC);
    expect(pending.unconfirmed).toBe(BTC - stakeValue - 1000n);

    const included = await node.mine(1);
    const active = await reader.read();
    expect(stateIn(reader, active, txid)).toBe('active');
    expect(active.stakes.find((one) => one.txid === txid)).toMatchObject({ height: included, versions: [0] });

    await node.mine(REGTEST_STAKING_BLOCKS - REGTEST_UNBONDING_BLOCKS);
    expect(stateIn(reader, await reader.read(), txid)).toBe('ending');
    await node.mine(REGTEST_UNBONDING_BLOCKS - 1);
    expect(stateIn(reader, await reader.read(), txid)).toBe('withdrawable');

    const withdrawal = makeRaw(
      [{ txid, index: 0, witness: made.witness.withdrawal, sequence: REGTEST_STAKING_BLOCKS }],
      [{ script: ownScript(10).script, value: stakeValue - 500n }],
    );
    await submit(withdrawal);
    await node.mine(1);
    const ended = await reader.read();
    expect(stateIn(reader, ended, txid)).toBe('withdrawn');
    expect(ended.confirmed).toBe(before.confirmed - 1000n - 500n);
  });

  it('is followed through an early unbonding, of which the wallet itself sees nothing', async () => {
    const data = makeRegtestBabylon();
    const reader = makeReader(data);
    const { raw, txid, made } = await stake(data, 11);
    await submit(raw);
    await node.mine(1);
    await reader.read();
    const fee = data.parameters.versions[0]!.unbondingFeeSat;
    const unbonding = makeRaw(
      [{ txid, index: 0, witness: made.witness.unbonding }],
      [{ script: made.unbondingOutput, value: stakeValue - fee }],
    );
    await submit(unbonding);
    await node.mine(1);
    const account = await reader.read();
    expect(stateIn(reader, account, txid)).toBe('unbonding');
    expect(account.stakes.find((one) => one.txid === txid)?.unbonding).toMatchObject({
      txid: idOf(unbonding),
      value: stakeValue - fee,
      blocks: REGTEST_UNBONDING_BLOCKS,
    });
    await node.mine(REGTEST_UNBONDING_BLOCKS - 1);
    expect(stateIn(reader, await reader.read(), txid)).toBe('withdrawable');
    // The unbonding's block is replaced, and the stake stands where it stood.
    await replaceBlocks(REGTEST_UNBONDING_BLOCKS);
    expect(stateIn(reader, await reader.read(), txid)).toBe('active');
  });

  it('says that it was slashed', async () => {
    const data = makeRegtestBabylon();
    const reader = makeReader(data);
    const { raw, txid, made } = await stake(data, 12);
    await submit(raw);
    await node.mine(1);
    await submit(
      makeRaw(
        [{ txid, index: 0, witness: made.witness.slashing }],
        [{ script: FOREIGN, value: stakeValue - 100_000n }],
      ),
    );
    await node.mine(1);
    expect(stateIn(reader, await reader.read(), txid)).toBe('slashed');
  });

  it('is of the version that is in force in its block, and of none where its limits forbid it', async () => {
    const reach = (await node.height()) + 3;
    const data = makeRegtestBabylon(reach);
    const reader = makeReader(data);
    const early = await stake(data, 13);
    await submit(early.raw);
    await node.mine(1);
    const late = await stake(data, 14);
    await node.mine(2);
    await submit(late.raw);
    await node.mine(1);
    const { stakes } = await reader.read();
    expect(stakes.find(({ txid }) => txid === early.txid)?.versions).toEqual([0]);
    expect(stakes.find(({ txid }) => txid === late.txid)?.versions).toEqual([1]);
  });

  it('is said to look like one where no parameters give its output', async () => {
    const data = makeRegtestBabylon();
    const reader = makeReader(data);
    const { script, key } = ownScript(15);
    const funding = await pay(script, BTC);
    const declared = Buffer.concat([
      Buffer.from('6a47', 'hex'),
      Buffer.from('bbn1', 'latin1'),
      Buffer.from([0]),
      key,
      provider(data).key,
      Buffer.from([0, 99]),
    ]);
    await submit(
      makeRaw(
        [{ txid: funding, index: 0, witness: keyWitness(key) }],
        [
          { script: Buffer.concat([Buffer.from([0x51, 0x20]), Buffer.alloc(32, 5)]), value: stakeValue },
          { script: declared, value: 0n },
        ],
      ),
    );
    await node.mine(1);
    const { unrecognised } = await reader.read();
    expect(unrecognised).toMatchObject([{ stakingBlocks: 99, outputIndex: 1 }]);
    // Once more: it is said as long as it is so.
    expect((await reader.read()).unrecognised).toHaveLength(1);
  });
});

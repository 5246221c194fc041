/** Blocks and mempool of the node, driven as the tests say. In the node's own process. */
import type { BcoinCommands } from './bcoin.commands.ts';
import type { ChainIndex } from './bcoin.index.ts';
import { FullNode, TX, type BcoinEntry, type BcoinNode, type BcoinTransaction } from './bcoin.library.ts';

/** Room for the coinbase is left. */
const MOST_BLOCK_WEIGHT = 3_990_000;

type ChainCommands = Pick<
  BcoinCommands,
  'mine' | 'height' | 'submit' | 'mineWith' | 'reorganise' | 'dropFromMempool'
>;

export interface DrivenChain extends ChainCommands {
  /** Into the mempool. */
  add: (tx: BcoinTransaction) => Promise<string>;
}

/** A node on regtest with its chain in memory and without peers, that follows it into the index. */
export async function openNode(index: ChainIndex): Promise<BcoinNode> {
  const node = new FullNode({
    network: 'regtest',
    memory: true,
    workers: false,
    listen: false,
    noDns: true,
    env: false,
    argv: false,
    config: false,
  });
  // Its own RPC server has a fixed port, which two test runs would fight for.
  node.http.open = () => Promise.resolve();
  // Told when a transaction of a block that was replaced finds no way back into the mempool.
  node.on('error', () => undefined);
  node.chain.on('connect', ({ height }, block) => index.connect(height, block));
  node.chain.on('disconnect', () => index.disconnect());
  node.mempool.on('add entry', ({ tx }) => index.addWaiting(tx));
  node.mempool.on('remove entry', ({ tx }) => index.removeWaiting(tx.txid()));
  node.mempool.fees = null;
  Object.assign(node.mempool.options, {
    // What cannot be put in is told at once and not kept for later.
    maxOrphans: 0,
    // Tests make long chains of payments, and pay what fee they like.
    maxAncestors: 10_000,
    relayPriority: false,
    limitFree: false,
    rejectAbsurdFees: false,
  });
  // What a block holds is decided here.
  node.miner.mempool = null;
  await node.open();
  const genesis = await node.chain.getBlock(node.chain.tip.hash);
  if (genesis === null) throw new Error('there is no first block');
  index.connect(0, genesis);
  return node;
}

export function driveChain({ chain, mempool, miner }: BcoinNode, index: ChainIndex): DrivenChain {
  const unsigned = letUnsignedPass();

  /** On top of `tip`, which need not be the tip of the best chain. Fees are left to nobody. */
  async function addBlock(tip: BcoinEntry, txs: readonly BcoinTransaction[]): Promise<BcoinEntry> {
    const job = await miner.cpu.createJob(tip);
    if (txs.length > 0) {
      job.attempt.items = txs.map((tx) => ({ tx }));
      job.attempt.refresh();
    }
    const entry = await chain.add(await job.mineAsync());
    if (entry === null) throw new Error('the block does not join the chain');
    return entry;
  }

  function listWaiting(): BcoinTransaction[] {
    return [...mempool.map.values()].map(({ tx }) => tx);
  }

  /** Parents came into the mempool before their children, so that what is left out is no parent of what is taken. */
  function takeForBlock(): BcoinTransaction[] {
    let weight = 0;
    const waiting = listWaiting();
    const end = waiting.findIndex((tx) => (weight += tx.getWeight()) > MOST_BLOCK_WEIGHT);
    return end === -1 ? waiting : waiting.slice(0, end);
  }

  async function add(tx: BcoinTransaction): Promise<string> {
    const missing = await mempool.addTX(tx);
    if (missing !== null) throw new Error(`${tx.txid()} spends coins that do not exist`);
    return tx.txid();
  }

  function readUnsigned(rawHexes: readonly string[]): BcoinTransaction[] {
    const txs = rawHexes.map((raw) => TX.fromRaw(raw, 'hex'));
    for (const tx of txs) unsigned.add(tx.hash('hex'));
    return txs;
  }

  function evict(tx: BcoinTransaction): void {
    const entry = mempool.getEntry(tx.hash('hex'));
    if (entry) mempool.evictEntry(entry);
  }

  async function listBlocks(from: number, to: number): Promise<BcoinTransaction[]> {
    const txs: BcoinTransaction[] = [];
    for (let height = from; height <= to; height++) {
      const block = await chain.getBlock((await entryAt(height)).hash);
      txs.push(...(block?.txs.slice(1) ?? []));
    }
    return txs;
  }

  async function entryAt(height: number): Promise<BcoinEntry> {
    const entry = await chain.getEntry(height);
    if (entry === null) throw new Error(`there is no block ${height}`);
    return entry;
  }

  return {
    add,
    height: async () => chain.height,
    async mine(blocks) {
      for (let mined = 0; mined < blocks; mined++) await addBlock(chain.tip, takeForBlock());
      return chain.height;
    },
    async submit(rawHex, { unsigned: isUnsigned = false } = {}) {
      return add(isUnsigned ? readUnsigned([rawHex])[0]! : TX.fromRaw(rawHex, 'hex'));
    },
    async mineWith(rawHexes) {
      return (await addBlock(chain.tip, readUnsigned(rawHexes))).height;
    },
    async reorganise(depth, branch = [], { dropMempool = false } = {}) {
      if (!Number.isInteger(depth) || depth < 1 || depth > chain.height) {
        throw new RangeError(`there are no ${depth} blocks to replace`);
      }
      if (branch.length > depth + 1) throw new RangeError(`the new branch has only ${depth + 1} blocks`);
      const fork = chain.height - depth;
      const replaced = await listBlocks(fork + 1, chain.height);
      const waiting = listWaiting();
      let tip = await entryAt(fork);
      for (let block = 0; block <= depth; block++)
        tip = await addBlock(tip, readUnsigned(branch[block] ?? []));
      // bcoin takes them back only if its mempool was not empty, and then drops what spends a coinbase.
      if (dropMempool) replaced.forEach(evict);
      for (const tx of dropMempool ? waiting : [...replaced, ...waiting]) {
        // What conflicts with the new branch, or is in it, stays out.
        if (!mempool.map.has(tx.hash('hex'))) await add(tx).catch(() => undefined);
      }
      return chain.height;
    },
    async dropFromMempool(txid) {
      const raw = index.get(txid)?.isWaiting === true ? index.get(txid)?.raw : undefined;
      if (raw === undefined) throw new Error(`${txid} is not in the mempool`);
      evict(TX.fromRaw(raw.toString('hex'), 'hex'));
    },
  };
}

/**
 * Neither the flags of `chain.add` nor its checkpoints leave out the scripts alone: checkpoints would let coins be made
 * from nothing as well. Blocks and mempool both run them through this one function, which is told here of the
 * transactions it is to believe: tests hold no keys. bcoin would not fail a taproot spend in a block anyway (to it,
 * version 1 is not decided yet), but its mempool would.
 */
function letUnsignedPass(): Set<string> {
  const unsigned = new Set<string>();
  const verify = Reflect.get(TX.prototype, 'verifyAsync');
  TX.prototype.verifyAsync = async function (this: BcoinTransaction, ...args) {
    return unsigned.has(this.hash('hex')) || verify.apply(this, args);
  };
  return unsigned;
}

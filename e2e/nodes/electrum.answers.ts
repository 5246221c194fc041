/** What an Electrum server says of the indexed chain (https://electrumx.readthedocs.io, protocol 1.4). */
import { createHash } from 'node:crypto';
import type { ElectrumAnswer, ElectrumCall } from './bcoin.commands.ts';
import type { ChainIndex, IndexedBlock, IndexedTransaction } from './bcoin.index.ts';

/** Headers of one period of the difficulty: what servers give at once. */
const HEADERS_AT_ONCE = 2016;
/** BTC per 1000 bytes. */
const RELAY_FEE = 0.00001;

const CODES = { badRequest: 1, daemonError: 2, unknownMethod: -32601 } as const;

class Refusal extends Error {
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

type Answers = Readonly<Record<string, (index: ChainIndex, params: readonly unknown[]) => unknown>>;

const answers: Answers = {
  'server.version': () => ['bcoin on regtest, for tests', '1.4'],
  'server.ping': () => null,
  // What wallets ask beside the chain: they hang up on a server that does not know it.
  'server.banner': () => 'bcoin on regtest, for tests',
  'server.donation_address': () => '',
  'server.peers.subscribe': () => [],
  'mempool.get_fee_histogram': () => [],
  'server.features': (index) => ({
    genesis_hash: index.blocks[0]!.hash,
    hosts: {},
    protocol_max: '1.4',
    protocol_min: '1.4',
    pruning: null,
    server_version: 'bcoin on regtest, for tests',
    hash_function: 'sha256',
  }),
  'blockchain.headers.subscribe': (index) => ({
    hex: index.blocks[index.tipHeight]!.header,
    height: index.tipHeight,
  }),
  'blockchain.scripthash.subscribe': (index, [scripthash]) => statusOf(index, readHash(scripthash)),
  'blockchain.scripthash.get_history': (index, [scripthash]) =>
    index.historyOf(readHash(scripthash)).map((transaction) => ({
      tx_hash: transaction.txid,
      height: heightOf(index, transaction),
      ...(transaction.height === null ? { fee: transaction.fee } : {}),
    })),
  'blockchain.scripthash.get_balance': (index, [scripthash]) => balanceOf(index, readHash(scripthash)),
  'blockchain.scripthash.listunspent': (index, [scripthash]) =>
    index
      .coinsOf(readHash(scripthash))
      .filter(({ spentBy }) => spentBy === undefined)
      .map(({ made, vout, value }) => ({
        tx_hash: made.txid,
        tx_pos: vout,
        height: made.height ?? 0,
        value,
      })),
  'blockchain.transaction.get': (index, [txid, isVerbose = false]) => {
    if (isVerbose !== false) throw new Refusal(CODES.badRequest, 'verbose transactions are not served');
    return find(index, txid).raw.toString('hex');
  },
  'blockchain.transaction.get_merkle': (index, [txid, height]) => {
    const transaction = find(index, txid);
    if (transaction.height === null || transaction.height !== height) {
      throw new Refusal(CODES.badRequest, `tx ${String(txid)} not in block at height ${String(height)}`);
    }
    return proveMerkle(index, transaction);
  },
  'blockchain.block.header': (index, [height, checkpoint = 0]) => {
    refuseCheckpoint(checkpoint);
    return blockAt(index, height).header;
  },
  'blockchain.block.headers': (index, [start, count, checkpoint = 0]) => {
    refuseCheckpoint(checkpoint);
    const from = readNumber(start);
    const headers = index.blocks.slice(from, from + Math.min(readNumber(count), HEADERS_AT_ONCE));
    return {
      count: headers.length,
      hex: headers.map(({ header }) => header).join(''),
      max: HEADERS_AT_ONCE,
    };
  },
  'blockchain.estimatefee': () => RELAY_FEE,
  'blockchain.relayfee': () => RELAY_FEE,
};

export function answerElectrum(index: ChainIndex, { method, params }: ElectrumCall): ElectrumAnswer {
  try {
    const answer = Object.hasOwn(answers, method) ? answers[method] : undefined;
    if (!answer) throw new Refusal(CODES.unknownMethod, `unknown method "${method}"`);
    return { result: answer(index, params) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { error: { code: error.code, message: error.message } };
  }
}

/** Of whole blocks: thousands of proofs are asked of one. */
const trees = new WeakMap<IndexedBlock, readonly (readonly Buffer[])[]>();

/** The branch from a transaction up to the root of its block, in Electrum's form and in Esplora's, which is the same. */
export function proveMerkle(index: ChainIndex, { height, position }: IndexedTransaction): object {
  const block = index.blocks[height ?? -1]!;
  let rows = trees.get(block);
  if (!rows) trees.set(block, (rows = growTree(block.txids.map(reverse))));
  const merkle = rows.slice(0, -1).map((row, level) => {
    // The last of an odd row is paired with itself.
    const sibling = row[(position >> level) ^ 1] ?? row.at(-1)!;
    return reverse(sibling).toString('hex');
  });
  return { block_height: height, merkle, pos: position };
}

/** From the leaves to the root. */
function growTree(leaves: readonly Buffer[]): (readonly Buffer[])[] {
  const rows = [leaves];
  for (let row = leaves; row.length > 1; rows.push(row)) {
    const below = row;
    row = Array.from({ length: Math.ceil(below.length / 2) }, (_, pair) => {
      const left = below[pair * 2]!;
      return hashTwice(Buffer.concat([left, below[pair * 2 + 1] ?? left]));
    });
  }
  return rows;
}

function reverse(hash: string | Buffer): Buffer {
  return (typeof hash === 'string' ? Buffer.from(hash, 'hex') : Buffer.from(hash)).reverse();
}

function hashTwice(bytes: Buffer): Buffer {
  const once = createHash('sha256').update(bytes).digest();
  return createHash('sha256').update(once).digest();
}

/** 0 where no block holds it, -1 where it also spends what no block holds. */
function heightOf(index: ChainIndex, { height, inputs }: IndexedTransaction): number {
  if (height !== null) return height;
  return inputs.some(({ txid }) => index.get(txid)?.height === null) ? -1 : 0;
}

function statusOf(index: ChainIndex, scripthash: string): string | null {
  const history = index.historyOf(scripthash);
  if (history.length === 0) return null;
  const text = history.map((transaction) => `${transaction.txid}:${heightOf(index, transaction)}:`).join('');
  return createHash('sha256').update(text).digest('hex');
}

/** `unconfirmed` is what the mempool changes: below zero where it spends. */
function balanceOf(index: ChainIndex, scripthash: string): { confirmed: number; unconfirmed: number } {
  let confirmed = 0;
  let final = 0;
  for (const { made, value, spentBy } of index.coinsOf(scripthash)) {
    if (made.height !== null && (spentBy?.height ?? null) === null) confirmed += value;
    if (spentBy === undefined) final += value;
  }
  return { confirmed, unconfirmed: final - confirmed };
}

function find(index: ChainIndex, txid: unknown): IndexedTransaction {
  const found = index.get(readHash(txid));
  if (found === undefined) {
    throw new Refusal(
      CODES.daemonError,
      "daemon error: DaemonError({'code': -5, 'message': 'No such transaction'})",
    );
  }
  return found;
}

function blockAt(index: ChainIndex, height: unknown): IndexedBlock {
  const block = index.blocks[readNumber(height)];
  if (block === undefined) throw new Refusal(CODES.badRequest, `height ${String(height)} out of range`);
  return block;
}

function readHash(value: unknown): string {
  if (typeof value === 'string' && /^[\da-f]{64}$/iu.test(value)) return value.toLowerCase();
  throw new Refusal(CODES.badRequest, `${String(value)} should be a hash of 64 hex digits`);
}

function readNumber(value: unknown): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return value;
  throw new Refusal(CODES.badRequest, `${String(value)} should be a non-negative integer`);
}

function refuseCheckpoint(height: unknown): void {
  if (height !== 0) throw new Refusal(CODES.badRequest, 'proofs to a checkpoint are not served');
}

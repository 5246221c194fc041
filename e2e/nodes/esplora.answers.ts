/**
 * What an Esplora server says of the indexed chain. Made by hand after its API document
 * (https://github.com/Blockstream/esplora/blob/master/API.md), not recorded from a real server; the readable forms of
 * scripts (asm, type, address) are left out of transactions.
 */
import type { EsploraAnswer } from './bcoin.commands.ts';
import type { ChainIndex, IndexedOutput, IndexedTransaction } from './bcoin.index.ts';
import { TX } from './bcoin.library.ts';
import { proveMerkle } from './electrum.answers.ts';

const WAITING_LISTED = 50;
const PAGE = 25;

type Found = string | object | undefined;

/** `path` without the query. */
export function answerEsplora(index: ChainIndex, path: string): EsploraAnswer {
  const found = find(index, path.split('/').slice(1));
  if (found === undefined) return { status: 404, type: 'text/plain', body: 'not found' };
  return typeof found === 'string'
    ? { status: 200, type: 'text/plain', body: found }
    : { status: 200, type: 'application/json', body: JSON.stringify(found) };
}

function find(index: ChainIndex, [kind, id = '', ...rest]: readonly string[]): Found {
  const what = rest.join('/');
  switch (kind) {
    case 'blocks':
      if (id !== 'tip') return undefined;
      return what === 'height'
        ? String(index.tipHeight)
        : what === 'hash'
          ? hashAt(index, index.tipHeight)
          : undefined;
    case 'block-height':
      return /^\d+$/u.test(id) && what === '' ? hashAt(index, Number(id)) : undefined;
    case 'block':
      return what === 'header' ? index.blocks[index.heightOf(id) ?? -1]?.header : undefined;
    case 'scripthash':
      return /^[\da-f]{64}$/u.test(id) ? findScript(index, id, rest) : undefined;
    case 'tx': {
      const transaction = index.get(id);
      return transaction && findOfTransaction(index, transaction, what);
    }
    default:
      return undefined;
  }
}

function findOfTransaction(index: ChainIndex, transaction: IndexedTransaction, what: string): Found {
  const { height, raw } = transaction;
  switch (what) {
    case '':
      return describe(index, transaction);
    case 'hex':
      return raw.toString('hex');
    case 'status':
      return statusOf(index, transaction);
    case 'merkle-proof':
      return height === null ? undefined : proveMerkle(index, transaction);
    default:
      return undefined;
  }
}

/** Newest first. */
function findScript(index: ChainIndex, id: string, [what, part, last]: readonly string[]): Found {
  // Electrum, for whom the index was made, reverses the hash of a script; Esplora does not.
  const scripthash = Buffer.from(id, 'hex').reverse().toString('hex');
  const history = index.historyOf(scripthash);
  if (what === undefined) return countScript(index, id, scripthash, history);
  if (what !== 'txs') return undefined;
  const newest = history.toReversed();
  const confirmed = newest.filter(({ height }) => height !== null);
  const waiting = newest.filter(({ height }) => height === null).slice(0, WAITING_LISTED);
  const describeAll = (listed: readonly IndexedTransaction[]) => listed.map((one) => describe(index, one));
  switch (part) {
    case undefined:
      return describeAll([...waiting, ...confirmed.slice(0, PAGE)]);
    case 'mempool':
      return describeAll(waiting);
    case 'chain': {
      const start = last === undefined ? 0 : confirmed.findIndex(({ txid }) => txid === last) + 1;
      // Something that was not seen here: a page seen before a reorganisation, for example.
      if (last !== undefined && start === 0) return undefined;
      return describeAll(confirmed.slice(start, start + PAGE));
    }
    default:
      return undefined;
  }
}

function countScript(
  index: ChainIndex,
  id: string,
  scripthash: string,
  history: readonly IndexedTransaction[],
): object {
  const coins = index.coinsOf(scripthash);
  const count = (isConfirmed: boolean): object => {
    const isHere = (transaction: IndexedTransaction | undefined): boolean =>
      transaction !== undefined && (transaction.height !== null) === isConfirmed;
    const funded = coins.filter(({ made }) => isHere(made));
    const spent = coins.filter(({ spentBy }) => isHere(spentBy));
    return {
      tx_count: history.filter(isHere).length,
      funded_txo_count: funded.length,
      funded_txo_sum: sum(funded),
      spent_txo_count: spent.length,
      spent_txo_sum: sum(spent),
    };
  };
  return { scripthash: id, chain_stats: count(true), mempool_stats: count(false) };
}

function describe(index: ChainIndex, indexed: IndexedTransaction): object {
  const { txid, raw, isCoinbase, fee, outputs } = indexed;
  const transaction = TX.fromRaw(raw.toString('hex'), 'hex');
  return {
    txid,
    version: transaction.version,
    locktime: transaction.locktime,
    vin: transaction.inputs.map(({ prevout, sequence, script, witness }) => {
      const spent = isCoinbase ? undefined : index.get(prevout.rhash())?.outputs[prevout.index];
      return {
        txid: prevout.rhash(),
        vout: prevout.index,
        prevout: spent === undefined ? null : describeOutput(spent),
        scriptsig: script.toRaw().toString('hex'),
        witness: witness.items.map((item) => item.toString('hex')),
        is_coinbase: isCoinbase,
        sequence,
      };
    }),
    vout: outputs.map(describeOutput),
    size: raw.length,
    weight: transaction.getWeight(),
    fee,
    status: statusOf(index, indexed),
  };
}

function describeOutput({ script, value }: IndexedOutput): object {
  return { scriptpubkey: script.toString('hex'), value };
}

function statusOf(index: ChainIndex, { height }: IndexedTransaction): object {
  if (height === null) return { confirmed: false };
  const { hash, time } = index.blocks[height]!;
  return { confirmed: true, block_height: height, block_hash: hash, block_time: time };
}

function hashAt(index: ChainIndex, height: number): string | undefined {
  return index.blocks[height]?.hash;
}

function sum(coins: readonly { value: number }[]): number {
  return coins.reduce((total, { value }) => total + value, 0);
}

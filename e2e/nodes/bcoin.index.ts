/** All transactions of the best chain and of the mempool, by txid and by the scripts they touch. */
import { createHash } from 'node:crypto';
import type { BcoinBlock, BcoinTransaction } from './bcoin.library.ts';

export interface IndexedOutput {
  readonly script: Buffer;
  readonly scripthash: string;
  /** Satoshi. */
  readonly value: number;
}

export interface IndexedTransaction {
  readonly txid: string;
  readonly raw: Buffer;
  readonly isCoinbase: boolean;
  /** Null while no block holds it. */
  height: number | null;
  /** In its block, or else in the order of arrival. */
  position: number;
  isWaiting: boolean;
  /** Satoshi. */
  readonly fee: number;
  readonly inputs: readonly { readonly txid: string; readonly vout: number }[];
  readonly outputs: readonly IndexedOutput[];
  /** Of outputs made and of outputs spent. */
  readonly scripthashes: ReadonlySet<string>;
}

export interface IndexedBlock {
  readonly hash: string;
  /** Hex digits of 80 bytes. */
  readonly header: string;
  readonly time: number;
  readonly txids: readonly string[];
}

export interface IndexedCoin {
  readonly made: IndexedTransaction;
  readonly vout: number;
  readonly value: number;
  readonly spentBy: IndexedTransaction | undefined;
}

/** Behind every block. */
const NOWHERE = Number.MAX_SAFE_INTEGER;

/** As Electrum writes it: SHA-256 of the script, with its bytes reversed. */
export function hashScript(script: Buffer): string {
  return createHash('sha256').update(script).digest().reverse().toString('hex');
}

/**
 * Scripts are told apart by their bytes: bcoin's own addresses are wrong for taproot. Events of blocks and of the
 * mempool may come in any order, as bcoin sends them: a transaction is forgotten once neither has it.
 */
export class ChainIndex {
  readonly blocks: IndexedBlock[] = [];
  /** Goes up with every change. */
  version = 0;
  #arrivals = 0;
  readonly #transactions = new Map<string, IndexedTransaction>();
  readonly #histories = new Map<string, Set<IndexedTransaction>>();
  readonly #spenders = new Map<string, IndexedTransaction>();
  readonly #heights = new Map<string, number>();

  connect(height: number, block: BcoinBlock): void {
    this.version++;
    const txids = block.txs.map((tx) => tx.txid());
    const hash = block.rhash();
    this.blocks[height] = { hash, header: block.toHead().toString('hex'), time: block.time, txids };
    this.#heights.set(hash, height);
    block.txs.forEach((tx, position) =>
      Object.assign(this.#insert(tx, txids[position]!), { height, position }),
    );
  }

  /** Always the last one. */
  disconnect(): void {
    this.version++;
    const block = this.blocks.pop();
    if (block === undefined) return;
    this.#heights.delete(block.hash);
    for (const txid of block.txids.toReversed()) {
      const known = this.#transactions.get(txid);
      if (known === undefined) continue;
      known.height = null;
      known.position = this.#arrivals++;
      this.#removeUnlessKept(known);
    }
  }

  addWaiting(tx: BcoinTransaction): void {
    this.version++;
    const known = this.#insert(tx, tx.txid());
    known.isWaiting = true;
    if (known.height === null) known.position = this.#arrivals++;
  }

  removeWaiting(txid: string): void {
    this.version++;
    const known = this.#transactions.get(txid);
    if (known === undefined) return;
    known.isWaiting = false;
    this.#removeUnlessKept(known);
  }

  get tipHeight(): number {
    return this.blocks.length - 1;
  }

  heightOf(blockHash: string): number | undefined {
    return this.#heights.get(blockHash);
  }

  get(txid: string): IndexedTransaction | undefined {
    return this.#transactions.get(txid);
  }

  spenderOf(txid: string, vout: number): IndexedTransaction | undefined {
    return this.#spenders.get(`${txid}:${vout}`);
  }

  /** In the order of the chain, and then those that wait, as they came. */
  historyOf(scripthash: string): IndexedTransaction[] {
    const found = [...(this.#histories.get(scripthash) ?? [])];
    return found.sort(
      (one, other) => (one.height ?? NOWHERE) - (other.height ?? NOWHERE) || one.position - other.position,
    );
  }

  /** Every output with this script, the spent ones too. */
  coinsOf(scripthash: string): IndexedCoin[] {
    return this.historyOf(scripthash).flatMap((made) =>
      made.outputs.flatMap(({ scripthash: own, value }, vout) =>
        own === scripthash ? [{ made, vout, value, spentBy: this.spenderOf(made.txid, vout) }] : [],
      ),
    );
  }

  #insert(tx: BcoinTransaction, txid: string): IndexedTransaction {
    const known = this.#transactions.get(txid);
    if (known) return known;
    const isCoinbase = tx.isCoinbase();
    const inputs = isCoinbase
      ? []
      : tx.inputs.map(({ prevout }) => ({ txid: prevout.rhash(), vout: prevout.index }));
    const outputs = tx.outputs.map(({ script, value }) => {
      const bytes = script.toRaw();
      return { script: bytes, scripthash: hashScript(bytes), value };
    });
    const spent = inputs.flatMap((input) => this.#transactions.get(input.txid)?.outputs[input.vout] ?? []);
    const added: IndexedTransaction = {
      txid,
      raw: tx.toRaw(),
      isCoinbase,
      height: null,
      position: 0,
      isWaiting: false,
      fee: isCoinbase ? 0 : sum(spent) - sum(outputs),
      inputs,
      outputs,
      scripthashes: new Set([...outputs, ...spent].map(({ scripthash }) => scripthash)),
    };
    this.#transactions.set(txid, added);
    for (const input of inputs) this.#spenders.set(`${input.txid}:${input.vout}`, added);
    for (const scripthash of added.scripthashes) {
      const history = this.#histories.get(scripthash);
      if (history) history.add(added);
      else this.#histories.set(scripthash, new Set([added]));
    }
    return added;
  }

  #removeUnlessKept(known: IndexedTransaction): void {
    if (known.isWaiting || known.height !== null) return;
    this.#transactions.delete(known.txid);
    for (const { txid, vout } of known.inputs) {
      // In case what conflicts with it came first.
      if (this.spenderOf(txid, vout) === known) this.#spenders.delete(`${txid}:${vout}`);
    }
    for (const scripthash of known.scripthashes) {
      const history = this.#histories.get(scripthash);
      history?.delete(known);
      if (history?.size === 0) this.#histories.delete(scripthash);
    }
  }
}

function sum(outputs: readonly IndexedOutput[]): number {
  return outputs.reduce((total, { value }) => total + value, 0);
}

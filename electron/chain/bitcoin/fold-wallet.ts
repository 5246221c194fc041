/**
 * From a wallet's transactions to what it holds. Nothing is carried over from an earlier fold: a transaction that a
 * reorganisation took away is not among them any more, and so its amount is where it was, once. Pure.
 */
import { toHex } from './bytes.ts';
import type { BitcoinTransaction } from './transaction.ts';

/** A transaction and the height of the block that includes it; 0 while none does. */
export interface PlacedTransaction {
  readonly transaction: BitcoinTransaction;
  readonly height: number;
}

export interface Coin {
  readonly txid: string;
  readonly index: number;
  readonly value: bigint;
  readonly script: Uint8Array;
  /** 0 while no block holds it. */
  readonly height: number;
}

export interface WalletState {
  /** Outputs to the wallet that nothing spends, a transaction that waits for a block included. */
  readonly coins: readonly Coin[];
  /** Satoshi in coins that a block holds. */
  readonly confirmed: bigint;
  /** Satoshi in coins that no block holds yet. */
  readonly unconfirmed: bigint;
}

/** As inputs name an output. */
export function outpointOf(txid: string, index: number): string {
  return `${txid}:${index}`;
}

/** What spends each output: by outpoint, the transaction and the place of its input. */
export function indexSpends(
  transactions: readonly PlacedTransaction[],
): ReadonlyMap<string, { readonly by: PlacedTransaction; readonly inputIndex: number }> {
  const spends = new Map<string, { readonly by: PlacedTransaction; readonly inputIndex: number }>();
  for (const by of transactions) {
    by.transaction.inputs.forEach(({ txid, index }, inputIndex) => {
      const outpoint = outpointOf(txid, index);
      const known = spends.get(outpoint);
      // Of two that contradict each other the one in a block counts.
      if (known === undefined || (known.by.height <= 0 && by.height > 0)) {
        spends.set(outpoint, { by, inputIndex });
      }
    });
  }
  return spends;
}

/**
 * @param scripts the wallet's own, in hex
 * @param transactions every transaction that pays one of them or spends what did, each once
 */
export function foldWallet(
  scripts: ReadonlySet<string>,
  transactions: readonly PlacedTransaction[],
): WalletState {
  const spends = indexSpends(transactions);
  const valid = transactions.filter((placed) => !isReplaced(placed, spends));
  const spent = indexSpends(valid);
  const coins = valid.flatMap(({ transaction: { txid, outputs }, height }) =>
    outputs.flatMap(({ script, value }, index): Coin[] => {
      const isOwn = scripts.has(toHex(script)) && !spent.has(outpointOf(txid, index));
      return isOwn ? [{ txid, index, value, script, height: Math.max(0, height) }] : [];
    }),
  );
  const sum = (isConfirmed: boolean): bigint =>
    coins.reduce((total, { value, height }) => (height > 0 === isConfirmed ? total + value : total), 0n);
  return { coins, confirmed: sum(true), unconfirmed: sum(false) };
}

/** A transaction that waits, and one of whose coins something else has spent in a block: it can never be included. */
function isReplaced(placed: PlacedTransaction, spends: ReturnType<typeof indexSpends>): boolean {
  if (placed.height > 0) return false;
  return placed.transaction.inputs.some(({ txid, index }) => {
    const spend = spends.get(outpointOf(txid, index));
    return spend !== undefined && spend.by !== placed && spend.by.height > 0;
  });
}

/** What the node's process is told to do, and what it says. */

export interface PaidOutput {
  /** Hex digits of any script: P2WPKH, P2TR, OP_RETURN. */
  script: string;
  /** Satoshi. */
  value: bigint;
}

export interface ElectrumCall {
  method: string;
  params: readonly unknown[];
}

export type ElectrumAnswer = { result: unknown } | { error: { code: number; message: string } };

export interface EsploraAnswer {
  status: number;
  type: 'application/json' | 'text/plain';
  body: string;
}

/**
 * Done one after another, in the order they were given. Transactions are hex digits, and txids are written as people
 * read them.
 */
export interface BcoinCommands {
  /** Blocks with what the mempool holds. Resolves with the new height. Segwit is active from block 432 on. */
  mine: (blocks: number) => Promise<number>;
  height: () => Promise<number>;
  /**
   * Pays from the node's own coins (mature coinbases and change; confirmed ones as long as there are some) and resolves
   * with the txid. It waits in the mempool, unless `confirm` mines a block with all that waits there.
   */
  pay: (outputs: readonly PaidOutput[], options?: { confirm?: boolean }) => Promise<string>;
  /** Into the mempool. `unsigned`: its scripts are not run, now or later. Resolves with the txid. */
  submit: (rawHex: string, options?: { unsigned?: boolean }) => Promise<string>;
  /**
   * A block of these transactions and no others, whose scripts are not run: made-up witnesses will do. Everything else
   * that consensus asks for holds: coins that exist, no more out than in, locktimes and sequences, an order in which none
   * stands before what it spends. What conflicts with them leaves the mempool. Resolves with the new height.
   */
  mineWith: (rawHexes: readonly string[]) => Promise<number>;
  /**
   * Replaces the last `depth` blocks by `depth` + 1 others, the first of which hold the transactions given (as mineWith
   * takes them). The other transactions of the old blocks go back to the mempool as far as nothing conflicts; with
   * `dropMempool` they are gone. Resolves with the new height. A refused branch leaves the node at the fork.
   */
  reorganise: (
    depth: number,
    rawHexesOfNewBranch?: readonly (readonly string[])[],
    options?: { dropMempool?: boolean },
  ) => Promise<number>;
  /** With everything in the mempool that spends it. */
  dropFromMempool: (txid: string) => Promise<void>;
  /** Calls of Electrum's protocol, as electrum.ts serves them. */
  askElectrum: (calls: readonly ElectrumCall[]) => Promise<ElectrumAnswer[]>;
  /** A path of Esplora's API, as esplora.ts serves it. */
  askEsplora: (path: string) => Promise<EsploraAnswer>;
}

export interface BcoinRequest {
  id: number;
  name: keyof BcoinCommands;
  args: readonly unknown[];
}

export type BcoinMessage =
  /** The node is there. */
  | { kind: 'ready' }
  | { kind: 'done'; id: number; result: unknown }
  | { kind: 'failed'; id: number; message: string }
  /** The chain or the mempool is another than before. */
  | { kind: 'changed' };

/** Loads bcoin where its native parts were not built, and types what is used of it: it ships no types. */
import { createRequire, registerHooks } from 'node:module';

export interface BcoinTransaction {
  readonly version: number;
  readonly locktime: number;
  readonly inputs: readonly BcoinInput[];
  readonly outputs: readonly { readonly value: number; readonly script: { toRaw(): Buffer } }[];
  /** As bytes lie in a block; `txid` is the form people read. */
  hash(encoding: 'hex'): string;
  txid(): string;
  toRaw(): Buffer;
  getWeight(): number;
  isCoinbase(): boolean;
  /** Runs the scripts. */
  verifyAsync(view: unknown, flags: number, workers: unknown): Promise<boolean>;
}

interface BcoinInput {
  readonly prevout: { readonly index: number; rhash(): string };
  readonly sequence: number;
  readonly script: { toRaw(): Buffer };
  readonly witness: { readonly items: readonly Buffer[] };
}

export interface BcoinBlock {
  readonly txs: readonly BcoinTransaction[];
  readonly time: number;
  rhash(): string;
  /** The header: 80 bytes. */
  toHead(): Buffer;
}

export interface BcoinEntry {
  readonly height: number;
  readonly hash: string;
}

interface Job {
  readonly attempt: { items: { tx: BcoinTransaction }[]; refresh(): void };
  mineAsync(): Promise<BcoinBlock>;
}

interface MempoolEntry {
  readonly tx: BcoinTransaction;
}

interface BcoinChain {
  readonly height: number;
  readonly tip: BcoinEntry;
  /** Throws where it refuses the block; null where it does not know the block before. */
  add(block: BcoinBlock): Promise<BcoinEntry | null>;
  getEntry(height: number): Promise<BcoinEntry | null>;
  getBlock(hash: string): Promise<BcoinBlock | null>;
  on(event: 'connect' | 'disconnect', listener: (entry: BcoinEntry, block: BcoinBlock) => void): void;
}

interface BcoinMempool {
  readonly map: ReadonlyMap<string, MempoolEntry>;
  readonly options: {
    maxOrphans: number;
    maxAncestors: number;
    relayPriority: boolean;
    limitFree: boolean;
    rejectAbsurdFees: boolean;
  };
  /** Only guesses fees, and costs time with every transaction. */
  fees: unknown;
  getEntry(hash: string): MempoolEntry | undefined;
  /** With everything that spends it. */
  evictEntry(entry: MempoolEntry): void;
  /** Something other than null where inputs are missing. */
  addTX(tx: BcoinTransaction): Promise<unknown>;
  on(event: 'add entry' | 'remove entry', listener: (entry: MempoolEntry) => void): void;
}

export interface BcoinNode {
  readonly chain: BcoinChain;
  readonly mempool: BcoinMempool;
  readonly miner: {
    readonly addresses: unknown[];
    /** Where it takes transactions from. */
    mempool: unknown;
    readonly cpu: { createJob(tip: BcoinEntry): Promise<Job> };
  };
  readonly http: { open(): Promise<void> };
  open(): Promise<void>;
  on(event: 'error', listener: (error: unknown) => void): void;
}

interface DraftTransaction {
  addOutpoint(outpoint: { hash: string; index: number }): { witness: { items: Buffer[] } };
  addOutput(script: unknown, value: number): void;
  toTX(): BcoinTransaction;
}

interface Bcoin {
  FullNode: new (options: Record<string, unknown>) => BcoinNode;
  TX: { prototype: BcoinTransaction; fromRaw(hex: string, encoding: 'hex'): BcoinTransaction };
  MTX: new () => DraftTransaction;
  Script: { fromRaw(hex: string, encoding: 'hex'): unknown };
  Address: { fromWitnessScripthash(hash: Buffer): unknown };
}

// leveldown is native and was not built; the chain is kept in memory, so it is never called.
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'leveldown' ? { url: 'stub:leveldown', shortCircuit: true } : next(specifier, context),
  load: (url, context, next) =>
    url === 'stub:leveldown'
      ? { format: 'commonjs', source: 'module.exports = class {};', shortCircuit: true }
      : next(url, context),
});

// as: the part of it described above.
const { FullNode, TX, MTX, Script, Address } = createRequire(import.meta.url)('bcoin') as Bcoin;
export { FullNode, TX, MTX, Script, Address };

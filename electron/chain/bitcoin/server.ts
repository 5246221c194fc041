/**
 * What a Bitcoin server is asked: the same questions of an Electrum server and of an Esplora one. A server is told
 * hashes of scripts and ids of transactions, and nothing else: no extended key, no descriptor, no label.
 */
import type { BitcoinNetwork } from '../../../shared/domain/bitcoin.ts';

export interface ChainTip {
  readonly height: number;
  /** 80 bytes. */
  readonly header: Uint8Array;
}

export interface HistoryEntry {
  readonly txid: string;
  /** Height of the block that includes it; 0 or below while none does. */
  readonly height: number;
}

export interface TransactionPlace {
  readonly txid: string;
  readonly height: number;
}

/** Siblings from the transaction up to the root, as hashes are written (reversed bytes), and its place in the block. */
export interface MerkleProof {
  readonly position: number;
  readonly siblings: readonly string[];
}

/** Lists are answered in the order asked, one answer each. Everything thrown is an AppError without a secret in it. */
export interface BitcoinServer {
  readonly kind: 'electrum' | 'esplora';
  /** Host and port. */
  readonly endpoint: string;
  /** Whether {@link BitcoinServer.getHeaders} answers: Esplora has no way to ask for a long chain of headers. */
  readonly hasHeaderChain: boolean;
  getTip(): Promise<ChainTip>;
  /** A text that changes whenever a script's history does; null where it has none. */
  getStatuses(scriptHashes: readonly string[]): Promise<readonly (string | null)[]>;
  getHistories(scriptHashes: readonly string[]): Promise<readonly (readonly HistoryEntry[])[]>;
  /** Raw transactions, whose ids were checked against their bytes. */
  getTransactions(txids: readonly string[]): Promise<readonly Uint8Array[]>;
  getProofs(places: readonly TransactionPlace[]): Promise<readonly MerkleProof[]>;
  /** `count` headers of 80 bytes from `start` on, fewer at the tip. */
  getHeaders(start: number, count: number): Promise<Uint8Array>;
  /** One header of 80 bytes for each height. */
  getHeadersAt(heights: readonly number[]): Promise<readonly Uint8Array[]>;
  close(): void;
}

export interface ConnectOptions {
  /** As {@link parseServerUrl} wrote it. */
  readonly url: string;
  /** A server of another chain is refused: wrong-chain. */
  readonly network: BitcoinNetwork;
  readonly signal: AbortSignal;
  /** A SOCKS5 proxy, such as Tor's: `host:port`. Names are then resolved by the proxy, never here. */
  readonly proxy: string | null;
  /** SHA-256 of the certificate that this server showed at first, in hex; null where it was never seen. */
  readonly pinned: string | null;
  /** Called with the fingerprint of a certificate that no authority vouches for, when none is pinned yet. */
  readonly onCertificate: (fingerprint: string) => void;
}

/** What the services ask of the rest of the program. Handed in by app.ts, and by tests. */
import type { AppError } from '../../shared/contract/errors.ts';
import type { Account, BitcoinAccount, EvmAccount, Portfolio } from '../../shared/domain/account.ts';
import type { BitcoinNetwork, BitcoinObservation } from '../../shared/domain/bitcoin.ts';
import type { BitcoinWallet, HeaderPeriod } from '../../shared/domain/bitcoin-wallet.ts';
import type { EvmAddress } from '../../shared/domain/address.ts';
import type { Exposure } from '../../shared/domain/exposure.ts';
import type { Network } from '../../shared/domain/network.ts';
import type { Block } from '../../shared/domain/source.ts';
import type { Implementation, Observation } from '../../shared/domain/observation.ts';
import type { Trail } from '../../shared/domain/trail.ts';
import type { Position, Totals } from '../../shared/domain/position.ts';
import type { ValuedPosition } from '../../shared/domain/position-values.ts';
import type { BabylonReading, BabylonSummary } from '../../shared/contract/babylon.ts';
import type { EngineTasks, TaskName } from '../risk/tasks.ts';
import type { KnownPrices } from '../../shared/domain/value-rates.ts';

/** One node, as the user entered it. The URL may hold an API key: it goes to the node and nowhere else. */
export interface NodeRef {
  readonly network: Network;
  readonly rpcUrl: string;
  readonly signal: AbortSignal;
}

export interface ObserveRequest extends NodeRef {
  readonly addresses: readonly EvmAddress[];
  /** Of the portfolio's last reading: the chain and its contracts are compared with it. */
  readonly previous: {
    readonly block: Block;
    readonly implementations: readonly Implementation[];
    readonly trails: readonly Trail[];
  } | null;
  /** `progress` 0 to 1. `step`: a message key below `jobs.step`. */
  readonly onProgress: (progress: number, step: string) => void;
}

export interface NodeProbe {
  readonly chainId: number;
  readonly blockNumber: bigint;
  /** Host and port. */
  readonly endpoint: string;
}

/** The only thing here that reaches the network. Everything it throws is an AppError without a URL in it. */
export interface ChainReader {
  observe(request: ObserveRequest): Promise<Observation>;
  /** @throws AppError ens-not-found, ens-unavailable, node-* */
  resolveName(node: NodeRef, name: string): Promise<EvmAddress>;
  /** @throws AppError wrong-chain, node-* */
  probe(node: NodeRef): Promise<NodeProbe>;
  /** The URL in its normal form. @throws AppError bad-url */
  parseUrl(text: string): string;
}

/** What of a Bitcoin account is kept, once its text was read. */
export interface BitcoinText {
  readonly form: BitcoinAccount['form'];
  readonly text: string;
}

/** One Bitcoin server, as the user entered it. */
export interface ServerRef {
  readonly network: BitcoinNetwork;
  readonly url: string;
  /** `host:port` of a SOCKS5 proxy. */
  readonly proxy: string | null;
  /** SHA-256 of the certificate it has to show; null where none was kept. */
  readonly pinned: string | null;
  readonly signal: AbortSignal;
}

export interface ServerProbe {
  readonly kind: 'electrum' | 'esplora';
  readonly network: BitcoinNetwork;
  readonly height: number;
  /** Host and port. */
  readonly endpoint: string;
}

export interface BitcoinReadRequest extends Omit<ServerRef, 'signal'> {
  readonly accounts: readonly { readonly account: BitcoinAccount; readonly kept: BitcoinWallet | null }[];
  readonly headers: readonly HeaderPeriod[];
  /** Babylon's parameters the user brought, as text; null: what comes with the program. */
  readonly babylonFile: string | null;
}

export interface BitcoinReadHooks {
  readonly signal: AbortSignal;
  /** `progress` 0 to 1. `step`: a message key below `jobs.step`. */
  readonly onProgress: (progress: number, step: string) => void;
  /** SHA-256 of a certificate that nobody vouches for and nothing was kept of. */
  readonly onCertificate: (fingerprint: string) => void;
}

export interface BitcoinReading {
  readonly observation: BitcoinObservation;
  readonly wallets: readonly { readonly accountId: string; readonly wallet: BitcoinWallet }[];
  readonly headers: readonly HeaderPeriod[];
}

/** What the last reading saw: that which a server says later is compared with. */
export interface BitcoinLastRead {
  /** Hash of the newest block. */
  readonly tipHash: string;
  /** By script hash; null where it has no history. */
  readonly statuses: ReadonlyMap<string, string | null>;
}

export interface BitcoinFollowHooks extends Pick<BitcoinReadHooks, 'onCertificate'> {
  readonly onChange: () => void;
  readonly onEnd: (reason: AppError) => void;
}

/** A connection that stays open between readings. */
export interface BitcoinFollowing {
  /** Whether the server says what was read. @throws AppError as read */
  compare(read: BitcoinLastRead): Promise<boolean>;
  close(): void;
}

/** Reads Bitcoin. A server is told hashes of scripts and ids of transactions, and nothing else. */
export interface BitcoinReader {
  /** @throws AppError secret-refused, bad-address, bad-checksum */
  readAccount(text: string, network: BitcoinNetwork): BitcoinText;
  /**
   * What stakes are recognised by: the user's file, or what comes with the program; null where nothing is known.
   * @throws AppError bad-babylon-file
   */
  describeBabylon(network: BitcoinNetwork, file: string | null): BabylonSummary['data'];
  /**
   * Asks a Babylon node for newer ones, and says what they change; `file` as above.
   * @throws AppError bad-babylon-file where nothing is known of the network yet; as read
   */
  readBabylonNode(
    node: ServerRef,
    file: string | null,
    hooks: Pick<BitcoinReadHooks, 'onCertificate'>,
  ): Promise<BabylonReading>;
  /** @throws AppError bad-url */
  parseBabylonNode(text: string): { readonly url: string; readonly endpoint: string };
  /** In its normal form, with host and port. @throws AppError bad-url */
  parseServer(text: string): { readonly url: string; readonly endpoint: string };
  /** Nothing is kept of it, a certificate seen for the first time neither. @throws AppError as read */
  probe(server: ServerRef): Promise<ServerProbe>;
  /** @throws AppError node-*, wrong-chain, certificate-changed, block-changed, cancelled */
  read(request: BitcoinReadRequest, hooks: BitcoinReadHooks): Promise<BitcoinReading>;
  /** Listens to an Electrum server for what changes after a reading. @throws AppError as read */
  follow(server: ServerRef, read: BitcoinLastRead, hooks: BitcoinFollowHooks): Promise<BitcoinFollowing>;
}

export interface Sample {
  readonly portfolio: Portfolio;
  readonly accounts: readonly EvmAccount[];
  readonly observation: Observation;
}

export interface Valuation {
  readonly positions: readonly Position[];
  readonly totals: Totals;
}

/** The pure steps after observing: value, look through. */
export interface Domain {
  value(observation: Observation, accounts: readonly Account[], prices: KnownPrices): Valuation;
  lookThrough(observation: Observation, positions: readonly Position[]): Exposure;
  /** What each is worth on the market, redeemed now, and after slashing. */
  addValues(
    observation: Observation,
    positions: readonly Position[],
    exposure: Exposure,
    prices: KnownPrices,
  ): readonly ValuedPosition[];
}

export interface EngineHooks {
  readonly signal: AbortSignal;
  /** 0 to 1. */
  readonly onProgress: (progress: number) => void;
}

/** The risk engine, in a thread of its own. */
export interface Engine {
  /** @throws AppError what the task throws (electron/risk/tasks.ts), and cancelled */
  run<Name extends TaskName>(
    task: Name,
    input: EngineTasks[Name]['input'],
    hooks: EngineHooks,
  ): Promise<EngineTasks[Name]['output']>;
  close(): Promise<void>;
}

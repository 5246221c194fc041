/** One reading of all Bitcoin accounts of a portfolio from one server. Runs in a thread of its own: bitcoin-worker.ts. */
import type {
  BitcoinAccountObservation,
  BitcoinNetwork,
  BitcoinObservation,
} from '../../../shared/domain/bitcoin.ts';
import type { BitcoinWallet, HeaderPeriod } from '../../../shared/domain/bitcoin-wallet.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import { toHex } from './bytes.ts';
import { connectServer } from './connect-server.ts';
import { splitBranches } from './derive.ts';
import { foldWallet, indexSpends } from './fold-wallet.ts';
import { openHeaderBook, type HeaderBook } from './header-book.ts';
import type { BabylonData } from './load-babylon-data.ts';
import { scanAccount, type Scan } from './scan.ts';
import type { BitcoinServer, ConnectOptions } from './server.ts';
import { createStakeIndex } from './stake-index.ts';
import { describeUnrecognised, followStake } from './wallet-stakes.ts';

export interface WatchedAccount {
  readonly id: string;
  readonly descriptors: readonly string[];
  readonly gapLimit: number;
  readonly kept: BitcoinWallet | null;
}

export interface BitcoinRequest extends Omit<ConnectOptions, 'signal' | 'onCertificate'> {
  readonly network: BitcoinNetwork;
  readonly accounts: readonly WatchedAccount[];
  readonly headers: readonly HeaderPeriod[];
  /** Null where Babylon has no parameters on this network. */
  readonly babylon: BabylonData | null;
}

export interface BitcoinAnswer {
  readonly observation: Omit<BitcoinObservation, 'readAt'>;
  readonly wallets: readonly { readonly accountId: string; readonly wallet: BitcoinWallet }[];
  readonly headers: readonly HeaderPeriod[];
}

export type BitcoinStep = 'connecting' | 'headers' | 'scanning';

export interface ReadHooks extends Pick<ConnectOptions, 'signal' | 'onCertificate'> {
  /** 0 to 1. */
  readonly onProgress: (progress: number, step: BitcoinStep) => void;
}

/** A block that comes in the middle starts the reading over. */
const MOST_TRIES = 3;

/** @throws AppError node-*, wrong-chain, certificate-changed, block-changed, cancelled */
export async function readBitcoin(request: BitcoinRequest, hooks: ReadHooks): Promise<BitcoinAnswer> {
  hooks.onProgress(0, 'connecting');
  const server = await connectServer({ ...request, ...hooks });
  try {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await readAll(request, server, hooks);
      } catch (error) {
        const isRace = error instanceof AppError && error.code === 'block-changed';
        if (!isRace || attempt >= MOST_TRIES) throw error;
      }
    }
  } finally {
    server.close();
  }
}

async function readAll(
  { network, accounts, headers: kept, babylon }: BitcoinRequest,
  server: BitcoinServer,
  { onProgress }: ReadHooks,
): Promise<BitcoinAnswer> {
  const headers = await openHeaderBook({
    server,
    network,
    kept,
    onProgress: (done, total) => onProgress(0.3 * (done / total), 'headers'),
  });
  const index = babylon && createStakeIndex(babylon);
  const scans: { readonly account: WatchedAccount; readonly scan: Scan }[] = [];
  for (const account of accounts) {
    const share = (done: number, total: number): number =>
      (scans.length + (total === 0 ? 0 : done / total)) / accounts.length;
    onProgress(0.3 + 0.7 * share(0, 1), 'scanning');
    const scan = await scanAccount({
      server,
      network,
      branches: account.descriptors.flatMap(splitBranches),
      gapLimit: account.gapLimit,
      kept: account.kept,
      headers,
      babylon,
      index,
      onProgress: (done, total) => onProgress(0.3 + 0.7 * share(done, total), 'scanning'),
    });
    scans.push({ account, scan });
  }
  return {
    observation: {
      network,
      server: { kind: server.kind, endpoint: server.endpoint },
      tip: headers.tip,
      proof: headers.proof,
      babylon: babylon && { asOf: babylon.asOf, source: babylon.parameters.source },
      accounts: scans.map(({ account, scan }) => observeAccount(account.id, scan, headers, babylon)),
    },
    wallets: scans.map(({ account, scan }) => ({ accountId: account.id, wallet: scan.wallet })),
    headers: headers.listChanged(),
  };
}

function observeAccount(
  accountId: string,
  { wallet, transactions, unrecognised }: Scan,
  { tipHeight }: HeaderBook,
  babylon: BabylonData | null,
): BitcoinAccountObservation {
  const own = wallet.scripts.filter(({ branch }) => branch !== null);
  const ownHex = new Set(own.map(({ script }) => toHex(script)));
  const placed = [...transactions.values()];
  const { coins, confirmed, unconfirmed } = foldWallet(ownHex, placed);
  const spends = indexSpends(placed);
  const ownHashes = new Set(own.map(({ scriptHash }) => scriptHash));
  const touching = new Set(
    Object.entries(wallet.histories).flatMap(([hash, txids]) => (ownHashes.has(hash) ? txids : [])),
  );
  return {
    accountId,
    confirmed,
    unconfirmed,
    coinCount: coins.length,
    transactionCount: touching.size,
    usedScripts: own.filter(({ status }) => status !== null).length,
    stakes: babylon
      ? wallet.stakes.flatMap(
          (stake) => followStake(stake, babylon, transactions, spends, tipHeight)?.stake ?? [],
        )
      : [],
    unrecognised: unrecognised.map(({ placed: by, stake }) => describeUnrecognised(by, stake)),
  };
}

/**
 * From one reading to what is kept of it for ever. Every account that was read is in it, whoever is watched by now: a
 * snapshot made late, of a reading that lay there, is the same as one made at once.
 */
import type { Account } from '../account.ts';
import type { BitcoinAccountObservation } from '../bitcoin.ts';
import { shortenAddress } from '../address.ts';
import type { Figure } from '../figure.ts';
import { BABYLON_STAKE } from '../instrument.ts';
import { nameAccount, nameWatched } from '../names.ts';
import type { AccountObservation, Observation } from '../observation.ts';
import type { Position } from '../position.ts';
import { nameVaultList } from '../vault-instrument.ts';
import { nameNetwork } from '../observation.ts';
import { nameRequestList } from '../request-instrument.ts';
import { valuePositions } from '../value-positions.ts';
import {
  findBtcRate,
  makeBtcPriceFigure,
  makePriceFigure,
  type StoredPrices,
  type ManualPrice,
} from '../value-rates.ts';
import {
  READ_DEPOSITS,
  READ_QUEUE,
  type GapReason,
  type Snapshot,
  type SnapshotAccount,
  type SnapshotPosition,
} from './snapshot.ts';

interface SnapshotOptions {
  /** For the names of the accounts that are watched. */
  readonly accounts: readonly Account[];
  /** Used only where the reading has no price, and it was typed before: later it would be a price of another time. */
  readonly manualEthUsd: ManualPrice | null;
  /** What other sources said near the time of the reading. */
  readonly stored?: StoredPrices;
  /** Dollars per BTC at the time of the block, 8 decimals; null where not known. */
  readonly btcUsd: (at: number) => bigint | null;
  /** ETH per whole token on the market at the time of the block, 18 decimals; null where not known. */
  readonly market: (symbol: string, at: number) => bigint | null;
}

export function makeSnapshot(observation: Observation, options: SnapshotOptions): Snapshot {
  const { origin, readAt } = observation;
  const at = origin.block.time * 1000;
  const { manualEthUsd } = options;
  const manual = manualEthUsd !== null && manualEthUsd.enteredAt <= readAt ? manualEthUsd : null;
  const accounts = observation.accounts.map((observed) => findAccount(observed, options.accounts));
  const inBitcoin = (observation.bitcoin?.accounts ?? []).map((observed) =>
    findBitcoinAccount(observed, options.accounts),
  );
  const { positions } = valuePositions(observation, [...accounts, ...inBitcoin], {
    manualEthUsd: manual,
    stored: options.stored,
  });
  const feed = makePriceFigure(observation, { manualEthUsd: null });
  // Kept for ever: what was observed is not lost to what somebody typed for the present.
  const price = feed.value === null ? makePriceFigure(observation, { manualEthUsd: manual }) : feed;
  return {
    schema: 'ballast-snapshot/1',
    at,
    readAt,
    block: origin.block.number,
    origin:
      origin.kind === 'sample'
        ? { kind: 'synthetic' }
        : { kind: 'refresh', network: nameNetwork(origin), endpoint: origin.endpoint },
    ethUsd: price.value,
    btcUsd: makeBtcPriceFigure(observation, {}).value ?? options.btcUsd(at),
    whyNoPrice: price.value === null ? whyUnknown(price) : null,
    accounts: [
      ...observation.accounts.map((observed, index) => ({
        address: observed.address,
        name: nameOf(accounts[index], observed),
        read: listRead(observed),
      })),
      ...inBitcoin.map((account) => ({
        address: nameWatched(account),
        name: nameAccount(account),
        read: ['BTC', BABYLON_STAKE.id],
      })),
    ],
    positions: positions.map((position) => keepPosition(position, (symbol) => options.market(symbol, at))),
  };
}

/** Its name, or a nameless stand-in where it is no longer watched. */
function findAccount({ address }: AccountObservation, watched: readonly Account[]): Account {
  const found = watched.find((account) => account.kind === 'evm' && account.address === address);
  const standIn = { portfolioId: '', kind: 'evm', label: '', ensName: null, createdAt: 0 } as const;
  return found ?? { ...standIn, id: address, address };
}

function findBitcoinAccount({ accountId }: BitcoinAccountObservation, watched: readonly Account[]): Account {
  const found = watched.find(({ id }) => id === accountId);
  const standIn = { portfolioId: '', kind: 'bitcoin', form: 'address', label: '', createdAt: 0 } as const;
  return found ?? { ...standIn, id: accountId, text: accountId, gapLimit: 1 };
}

function nameOf(account: Account | undefined, { address }: AccountObservation): string {
  return account ? nameAccount(account) : shortenAddress(address);
}

function listRead({
  balances,
  requests = [],
  vaults = [],
  eigenlayer,
}: AccountObservation): SnapshotAccount['read'] {
  return [
    ...balances.filter(({ amount }) => amount.ok).map(({ instrument }) => instrument),
    ...requests.filter(({ read }) => read.ok).map(({ instrument }) => nameRequestList(instrument)),
    ...vaults
      .filter(({ stakesRead }) => stakesRead.ok)
      .map(({ protocol }) => nameVaultList(protocol, 'restaked')),
    ...vaults
      .filter(({ queuedRead }) => queuedRead.ok)
      .map(({ protocol }) => nameVaultList(protocol, 'leaving')),
    ...(eigenlayer?.depositsRead.ok === true ? [READ_DEPOSITS] : []),
    ...(eigenlayer?.queuedRead.ok === true ? [READ_QUEUE] : []),
  ];
}

function keepPosition(position: Position, market: (symbol: string) => bigint | null): SnapshotPosition {
  const { address, instrument, state, amount, rate, restaking } = position;
  const unknown = [amount, rate].find(({ value }) => value === null);
  const btcRate = findBtcRate(rate)?.value ?? null;
  const deposit = restaking?.depositShares.value ?? null;
  const withdrawable = restaking?.withdrawableShares.value ?? null;
  return {
    address,
    instrument: instrument.id,
    symbol: instrument.symbol,
    decimals: instrument.decimals,
    protocol: instrument.issuer,
    state,
    amount: amount.value,
    rate: rate.value,
    ...(btcRate === null ? {} : { btcRate }),
    // The market trades the token, not its deposit: what is restaked or leaving has no price of its own.
    market: state === 'held' ? market(instrument.symbol) : null,
    shares: deposit === null || withdrawable === null ? null : { deposit, withdrawable },
    why: unknown ? whyUnknown(unknown) : null,
  };
}

function whyUnknown({ reason }: Figure): GapReason {
  return reason?.code ?? 'input-unknown';
}

/**
 * Holdings over all snapshots: what is one holding though its state changes, and what each was at each time. A holding
 * is nothing only where its account was read and it was not there.
 */
import { BABYLON_STAKE } from '../instrument.ts';
import { nameRequestList, parseRequestInstrument } from '../request-instrument.ts';
import { nameVaultList, parseVaultInstrument } from '../vault-instrument.ts';
import { WAD } from '../units.ts';
import type { HistoryBasis, HistoryCurrency } from './history-view.ts';
import {
  READ_DEPOSITS,
  READ_QUEUE,
  stageOf,
  type GapReason,
  type Snapshot,
  type SnapshotAccount,
  type SnapshotPosition,
  type Stage,
} from './snapshot.ts';

export interface Holding {
  readonly key: string;
  readonly address: string;
  readonly instrument: string;
  readonly symbol: string;
  readonly decimals: number;
  readonly protocol: string | null;
  readonly stage: Stage;
}

/** What a holding was in one snapshot. */
export type HoldingState =
  | {
      readonly isKnown: true;
      readonly amount: bigint;
      /** ETH per unit; null where nothing is held, and no rate was kept. */
      readonly rate: bigint | null;
      /** Of a claim on bitcoin, BTC per unit. */
      readonly btcRate: bigint | null;
      readonly market: bigint | null;
      readonly shares: SnapshotPosition['shares'];
    }
  | { readonly isKnown: false; readonly why: GapReason };

const NOTHING: HoldingState = {
  isKnown: true,
  amount: 0n,
  rate: null,
  btcRate: null,
  market: null,
  shares: null,
};

export function holdingKey(position: SnapshotPosition): string {
  return `${position.address}:${position.instrument}:${stageOf(position)}`;
}

/** Every holding that any snapshot names, in the order met. */
export function listHoldings(snapshots: readonly Snapshot[]): Holding[] {
  const found = new Map<string, Holding>();
  for (const { positions } of snapshots) {
    for (const position of positions) {
      const key = holdingKey(position);
      if (found.has(key)) continue;
      const { address, instrument, symbol, decimals, protocol } = position;
      found.set(key, { key, address, instrument, symbol, decimals, protocol, stage: stageOf(position) });
    }
  }
  return [...found.values()];
}

/** One snapshot, prepared for being asked about many holdings. */
export interface IndexedSnapshot {
  readonly snapshot: Snapshot;
  readonly accounts: ReadonlyMap<string, ReadonlySet<string>>;
  readonly positions: ReadonlyMap<string, readonly SnapshotPosition[]>;
  /** What was found of holdings already: asked for again by every question about the snapshot. */
  readonly states: Map<string, HoldingState>;
}

export function indexSnapshot(snapshot: Snapshot): IndexedSnapshot {
  const positions = new Map<string, SnapshotPosition[]>();
  for (const position of snapshot.positions) {
    const key = holdingKey(position);
    const others = positions.get(key);
    if (others) others.push(position);
    else positions.set(key, [position]);
  }
  const readOf = ({ address, read }: SnapshotAccount) => [address, new Set(read)] as const;
  return { snapshot, accounts: new Map(snapshot.accounts.map(readOf)), positions, states: new Map() };
}

/** What must have been read for a holding that is not there to be none. */
function whereItWouldBe({ stage, instrument }: Holding): string {
  if (stage === 'held') return instrument;
  const request = parseRequestInstrument(instrument);
  if (request) return nameRequestList(request.given);
  if (instrument === BABYLON_STAKE.id) return instrument;
  const vault = parseVaultInstrument(instrument);
  if (vault) return nameVaultList(vault.protocol, stage);
  return stage === 'leaving' ? READ_QUEUE : READ_DEPOSITS;
}

export function stateOfHolding(holding: Holding, indexed: IndexedSnapshot): HoldingState {
  const known = indexed.states.get(holding.key);
  if (known) return known;
  const state = findState(holding, indexed);
  indexed.states.set(holding.key, state);
  return state;
}

function findState(holding: Holding, { accounts, positions }: IndexedSnapshot): HoldingState {
  const parts = positions.get(holding.key);
  if (parts) return joinParts(parts);
  const read = accounts.get(holding.address);
  if (!read) return { isKnown: false, why: 'not-watched' };
  return read.has(whereItWouldBe(holding)) ? NOTHING : { isKnown: false, why: 'not-read' };
}

/** Several positions of one holding (withdrawals queued one by one) as one; unknown where one of them is. */
function joinParts(parts: readonly SnapshotPosition[]): HoldingState {
  const [first] = parts;
  if (!first) return NOTHING;
  let amount = 0n;
  let deposit = 0n;
  let withdrawable = 0n;
  for (const part of parts) {
    if (part.amount === null) return { isKnown: false, why: part.why ?? 'input-unknown' };
    if (part.rate === null && part.amount !== 0n) return { isKnown: false, why: part.why ?? 'no-rate' };
    amount += part.amount;
    deposit += part.shares?.deposit ?? 0n;
    withdrawable += part.shares?.withdrawable ?? 0n;
  }
  const hasShares = parts.every(({ shares }) => shares !== null);
  const { rate, btcRate = null, market } = first;
  const shares = hasShares ? { deposit, withdrawable } : null;
  return { isKnown: true, amount, rate, btcRate, market, shares };
}

/** Prices of one moment, as far as known. */
export interface Prices {
  readonly ethUsd: bigint | null;
  readonly btcUsd: bigint | null;
}

/** From wei to the currency, as a ratio: exact until the one division at the end. */
export interface Quote {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** USD has 8 decimals, ETH 18, BTC 8. */
export function quoteOf(currency: HistoryCurrency, { ethUsd, btcUsd }: Prices): Quote | GapReason {
  if (currency === 'ETH') return { numerator: 1n, denominator: 1n };
  if (ethUsd === null) return 'no-price';
  if (currency === 'USD') return { numerator: ethUsd, denominator: WAD };
  if (btcUsd === null) return 'no-btc-price';
  return { numerator: ethUsd * 10n ** 8n, denominator: btcUsd * WAD };
}

/** What one ETH of book value fetches: its currency's quote, and on the market the token's premium over its rate. */
export function quoteOfState(
  quote: Quote,
  state: Extract<HoldingState, { isKnown: true }>,
  holding: Pick<Holding, 'instrument' | 'stage'>,
  basis: HistoryBasis,
): Quote | GapReason {
  // What is restaked or leaving cannot be sold: it has no market but the books.
  if (basis === 'book' || state.amount === 0n || holding.stage !== 'held' || holding.instrument === 'ETH')
    return quote;
  if (state.market === null || state.rate === null) return 'no-market-price';
  return { numerator: quote.numerator * state.market, denominator: quote.denominator * state.rate };
}

/** Of every number of decimals a token may have. */
const POWERS: readonly bigint[] = Array.from({ length: 37 }, (_, decimals) => 10n ** BigInt(decimals));

/** Amount times rate, rounded down to a wei, times quote, rounded down. */
export function valueAt(amount: bigint, decimals: number, rate: bigint, quote: Quote): bigint {
  const wei = (amount * rate) / (POWERS[decimals] ?? 10n ** BigInt(decimals));
  return (wei * quote.numerator) / quote.denominator;
}

/** The value of a holding in one snapshot, or why it has none. */
export function valueOfHolding(
  holding: Holding,
  state: HoldingState,
  quote: Quote | GapReason,
  basis: HistoryBasis,
): bigint | GapReason {
  if (!state.isKnown) return state.why;
  if (state.amount === 0n) return 0n;
  if (typeof quote === 'string') return quote;
  if (state.rate === null) return 'no-rate';
  const full = quoteOfState(quote, state, holding, basis);
  return typeof full === 'string' ? full : valueAt(state.amount, holding.decimals, state.rate, full);
}

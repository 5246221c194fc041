/** What one unit of a token is worth in ETH by the protocol's own books, and what one ETH is worth in dollars. */
import { figureOfReading, sourceOfCall } from './figure-of-reading.ts';
import {
  BTC_RATE_UNIT,
  computeFigure,
  RATE_UNIT,
  readFigure,
  unknownFigure,
  USD_UNIT,
  type Figure,
} from './figure.ts';
import { findInstrument } from './instrument.ts';
import type { MarketPrices } from './market-value.ts';
import type { Observation, PriceReading } from './observation.ts';
import type { Source } from './source.ts';
import { mulDivFloor, WAD } from './units.ts';

/** Price typed by the user: dollars per ETH with 8 decimals, and when (Unix milliseconds). */
export interface ManualPrice {
  readonly price: bigint;
  readonly enteredAt: number;
}

/** A price that another source said near the time of the reading: units as above, `at` in Unix milliseconds. */
export interface StoredPrice {
  readonly price: bigint;
  readonly at: number;
  readonly provider: string;
}

export interface StoredPrices {
  readonly ethUsd: StoredPrice | null;
  readonly btcUsd: StoredPrice | null;
}

/** Prices that come before and after what the reading itself holds. */
export interface KnownPrices {
  readonly manualEthUsd: ManualPrice | null;
  readonly manualBtcUsd?: ManualPrice | null | undefined;
  /** Used where the reading has none of its own. */
  readonly stored?: StoredPrices | undefined;
  /** What tokens cost on the market about then; left out where only book values are wanted. */
  readonly market?: MarketPrices | undefined;
}

/**
 * Tokens worth one ETH by what they are: their balances move instead of their rate. A loss shows in the amount.
 * Lido: stETH.balanceOf is shares x pooled ether; ether.fi: eETH.balanceOf is shares x pooled ether.
 */
const WORTH_ONE_ETH: Readonly<Record<string, string>> = {
  ETH: 'figure.why.eth',
  WETH: 'figure.why.weth',
  stETH: 'figure.why.stEth',
  eETH: 'figure.why.eEth',
};

/** Tokens whose issuer promises one BTC for one of them; no contract says what they are worth. */
const WORTH_ONE_BTC: Readonly<Record<string, string>> = {
  BTC: 'figure.why.btc',
  WBTC: 'figure.why.wbtc',
  cbBTC: 'figure.why.cbBtc',
  SolvBTC: 'figure.why.solvBtc',
  uniBTC: 'figure.why.uniBtc',
  pumpBTC: 'figure.why.pumpBtc',
};

/** Whether its balance grows instead of its rate. */
export function isWorthOneEth(instrumentId: string): boolean {
  return Object.hasOwn(WORTH_ONE_ETH, instrumentId);
}

export interface RateContext {
  readonly observation: Observation;
  /** Dollars per ETH. */
  readonly price: Figure;
  /** Dollars per BTC. */
  readonly btcPrice: Figure;
}

/**
 * ETH per unit of `instrumentId`; null asks for a token nothing is known of. Of a claim on bitcoin it is what its books say
 * in BTC, times the price of BTC over that of ETH.
 */
export function makeRateFigure(
  { observation, price, btcPrice }: RateContext,
  instrumentId: string | null,
  symbol: string,
): Figure {
  const head = { name: 'figure.name.rate', subject: symbol, unit: RATE_UNIT };
  if (instrumentId === null) return unknownFigure(head, { code: 'no-rate', detail: symbol });
  if (!isClaimOnBtc(instrumentId)) return makeBookRate(observation, instrumentId, head, WORTH_ONE_ETH);
  const btcHead = { name: 'figure.name.btcRate', subject: symbol, unit: BTC_RATE_UNIT };
  const rate = makeBookRate(observation, instrumentId, btcHead, WORTH_ONE_BTC);
  return computeFigure(head, 'rate-of-btc', [rate, btcPrice, price], mulDivFloor);
}

/** Whether its books count in BTC. */
export function isClaimOnBtc(instrumentId: string): boolean {
  return findInstrument(instrumentId)?.family === 'btc';
}

/** BTC per unit by the books, of a position's rate; null for what is no claim on bitcoin. */
export function findBtcRate({ basis }: Figure): Figure | null {
  const isInBtc = basis.kind === 'computed' && basis.formula === 'rate-of-btc';
  return isInBtc ? (basis.inputs[0] ?? null) : null;
}

/** The same where it says something: one bitcoin is one bitcoin. */
export function findTokenRate(rate: Figure): Figure | null {
  const found = findBtcRate(rate);
  return found?.subject === 'BTC' ? null : found;
}

function makeBookRate(
  observation: Observation,
  instrumentId: string,
  head: FigureHead,
  worthOne: Readonly<Record<string, string>>,
): Figure {
  const why = Object.hasOwn(worthOne, instrumentId) ? worthOne[instrumentId] : undefined;
  if (why !== undefined) return readFigure(head, WAD, { kind: 'definition', why });
  const entry = observation.rates.find(({ instrument }) => instrument === instrumentId);
  if (!entry) return unknownFigure(head, { code: 'no-rate', detail: head.subject });
  const figure = figureOfReading(head, entry.rate, observation);
  if (figure.value === null || figure.value > 0n) return figure;
  // A rate of zero or below is a broken answer, not a token worth nothing.
  return unknownFigure(head, { code: 'protocol-changed', detail: figure.value.toString() }, figure.basis);
}

/**
 * Dollars per ETH: what the user typed, else the feed while it is younger than its heartbeat at the pinned block, else what
 * another source said about then, else unknown. A typed price stands until it is taken away, as on the market page.
 */
export function makePriceFigure(observation: Observation, { manualEthUsd, stored }: KnownPrices): Figure {
  const head = { name: 'figure.name.ethPrice', subject: 'ETH', unit: USD_UNIT };
  return (
    readTyped(head, manualEthUsd, 'figure.what.manualEthUsd') ??
    orStored(judgeFeed(observation, observation.ethUsd, head), stored?.ethUsd)
  );
}

/** Dollars per BTC, by the same order. */
export function makeBtcPriceFigure(
  observation: Observation,
  { manualBtcUsd = null, stored }: Omit<KnownPrices, 'manualEthUsd'>,
): Figure {
  const head = { name: 'figure.name.btcPrice', subject: 'BTC', unit: USD_UNIT };
  return (
    readTyped(head, manualBtcUsd, 'figure.what.manualBtcUsd') ??
    orStored(judgeFeed(observation, observation.btcUsd ?? null, head), stored?.btcUsd)
  );
}

type FigureHead = Parameters<typeof unknownFigure>[0];

function readTyped(head: FigureHead, manual: ManualPrice | null, what: string): Figure | null {
  if (manual === null || manual.price <= 0n) return null;
  return readFigure(head, manual.price, { kind: 'user', what, enteredAt: manual.enteredAt });
}

function orStored(figure: Figure, stored: StoredPrice | null | undefined): Figure {
  if (figure.value !== null || !stored) return figure;
  const { name, subject, unit } = figure;
  const { price, provider, at } = stored;
  return readFigure({ name, subject, unit }, price, {
    kind: 'market',
    provider,
    asset: subject,
    quote: 'USD',
    at,
  });
}

function judgeFeed(observation: Observation, feed: PriceReading | null, head: FigureHead): Figure {
  if (feed === null) return unknownFigure(head, { code: 'no-price' });
  const read = figureOfReading(head, feed.price, observation);
  if (read.value === null) return read;
  const figure: Figure = { ...read, basis: { kind: 'read', source: sourceOfFeed(observation, feed) } };
  if (read.value <= 0n) {
    return unknownFigure(head, { code: 'no-price', detail: read.value.toString() }, figure.basis);
  }
  const age = observation.origin.block.time - feed.updatedAt;
  if (age <= feed.heartbeat) return figure;
  const detail = `updatedAt ${feed.updatedAt}, ${age} s > ${feed.heartbeat} s`;
  return unknownFigure(head, { code: 'stale-price', detail }, figure.basis);
}

/** A feed's answer is as old as its last update, not as the block it was read in. */
function sourceOfFeed(observation: Observation, { price, updatedAt }: PriceReading): Source {
  const source = sourceOfCall(observation, price);
  const isOlder = updatedAt < observation.origin.block.time;
  return source.kind === 'chain' && isOlder ? { ...source, updatedAt } : source;
}

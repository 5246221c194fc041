/** What one unit of a token is worth in ETH by the protocol's own books, and what one ETH is worth in dollars. */
import { figureOfReading, sourceOfCall } from './figure-of-reading.ts';
import { RATE_UNIT, readFigure, unknownFigure, USD_UNIT, type Figure } from './figure.ts';
import type { Observation, PriceReading } from './observation.ts';
import type { Source } from './source.ts';
import { WAD } from './units.ts';

/** Price typed by the user: dollars per ETH with 8 decimals, and when (Unix milliseconds). */
export interface ManualPrice {
  readonly price: bigint;
  readonly enteredAt: number;
}

/**
 * Tokens worth one ETH by what they are: their balances move instead of their rate. A loss shows in the amount.
 * Lido: stETH.balanceOf is shares x pooled ether; ether.fi: eETH.balanceOf is shares x pooled ether.
 */
const WORTH_ONE_ETH: Readonly<Record<string, string>> = {
  ETH: 'figure.why.eth',
  stETH: 'figure.why.stEth',
  eETH: 'figure.why.eEth',
};

/** Whether its balance grows instead of its rate. */
export function isWorthOneEth(instrumentId: string): boolean {
  return Object.hasOwn(WORTH_ONE_ETH, instrumentId);
}

/** ETH per unit of `instrumentId`; null asks for a token nothing is known of. */
export function makeRateFigure(
  observation: Observation,
  instrumentId: string | null,
  symbol: string,
): Figure {
  const head = { name: 'figure.name.rate', subject: symbol, unit: RATE_UNIT };
  if (instrumentId === null) return unknownFigure(head, { code: 'no-rate', detail: symbol });
  const why = isWorthOneEth(instrumentId) ? WORTH_ONE_ETH[instrumentId] : undefined;
  if (why !== undefined) return readFigure(head, WAD, { kind: 'definition', why });
  const entry = observation.rates.find(({ instrument }) => instrument === instrumentId);
  if (!entry) return unknownFigure(head, { code: 'no-rate', detail: symbol });
  const figure = figureOfReading(head, entry.rate, observation);
  if (figure.value === null || figure.value > 0n) return figure;
  // A rate of zero or below is a broken answer, not a token worth nothing.
  return unknownFigure(head, { code: 'protocol-changed', detail: figure.value.toString() }, figure.basis);
}

/**
 * Dollars per ETH: what the user typed, else the feed while it is younger than its heartbeat at the pinned block, else
 * unknown. A typed price stands until it is taken away, as on the market page.
 */
export function makePriceFigure(observation: Observation, manual: ManualPrice | null): Figure {
  const head = { name: 'figure.name.ethPrice', subject: 'ETH', unit: USD_UNIT };
  if (manual && manual.price > 0n) {
    return readFigure(head, manual.price, {
      kind: 'user',
      what: 'figure.what.manualEthUsd',
      enteredAt: manual.enteredAt,
    });
  }
  const feed = observation.ethUsd && judgeFeed(observation, observation.ethUsd);
  return feed ?? unknownFigure(head, { code: 'no-price' });
}

function judgeFeed(observation: Observation, feed: PriceReading): Figure {
  const head = { name: 'figure.name.ethPrice', subject: 'ETH', unit: USD_UNIT };
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

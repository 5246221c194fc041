/** What a position would fetch at the market price of the token it counts. */
import {
  BTC_RATE_UNIT,
  computeFigure,
  ETH_UNIT,
  RATE_UNIT,
  readFigure,
  unknownFigure,
  USD_UNIT,
  type Figure,
  type Unit,
} from './figure.ts';
import type { PriceSource, Quote } from './market.ts';
import type { Position } from './position.ts';
import { mulDivFloor, WAD, weiOfTokens } from './units.ts';
import type { Valuation } from './valuation.ts';
import { findUnderlying } from './valuation.ts';
import { makeRateFigure } from './value-rates.ts';

/** What one token costs by the first source in the user's order that says so: 8 decimals in dollars, else 18. */
export interface MarketPrice {
  readonly price: bigint;
  readonly quote: Quote;
  /** Unix milliseconds of which the price is. */
  readonly at: number;
  readonly source: PriceSource;
}

/** By instrument id. */
export type MarketPrices = Readonly<Record<string, MarketPrice>>;

/** Ether, in either form: no market says what it costs in ether. */
const ETHER: ReadonlySet<string> = new Set(['ETH', 'WETH']);
/** Anybody can turn the one into the other at its rate, so that one that nobody quotes costs what the other does. */
const WRAPS: readonly (readonly [wrapped: string, inner: string])[] = [
  ['wstETH', 'stETH'],
  ['weETH', 'eETH'],
];

const UNITS: Readonly<Record<Quote, Unit>> = { USD: USD_UNIT, ETH: RATE_UNIT, BTC: BTC_RATE_UNIT };

/** Unknown where nobody says what the token costs: a rate is no price. */
export function makeMarketFigure(valuation: Valuation, position: Position, prices: MarketPrices): Figure {
  const { instrument, amount } = position;
  const head = { name: 'figure.name.marketEth', subject: amount.subject, unit: ETH_UNIT };
  const token = findUnderlying(valuation.observation, position);
  return computeFigure(
    head,
    'market-eth',
    [amount, makeMarketRate(valuation, token, amount.unit.symbol, prices)],
    (units, ethPerUnit) => weiOfTokens(units, instrument.decimals, ethPerUnit),
  );
}

/** ETH per token, by the market. */
function makeMarketRate(
  valuation: Valuation,
  token: string | null,
  symbol: string,
  prices: MarketPrices,
): Figure {
  const head = { name: 'figure.name.marketRate', subject: symbol, unit: RATE_UNIT };
  // Its rate is made of the two prices in dollars already.
  if (token !== null && (ETHER.has(token) || token === 'BTC'))
    return makeRateFigure(valuation, token, symbol);
  const direct = token === null ? null : quoteInEth(valuation, token, prices);
  return (
    direct ??
    (token === null ? null : quoteThroughWrapper(valuation, token, prices)) ??
    unknownFigure(head, { code: 'no-price', detail: symbol })
  );
}

function quoteInEth({ price, btcPrice }: Valuation, token: string, prices: MarketPrices): Figure | null {
  const found = Object.hasOwn(prices, token) ? prices[token] : undefined;
  if (found === undefined) return null;
  const head = { name: 'figure.name.marketRate', subject: token, unit: RATE_UNIT };
  const quoted = readQuoted(token, found);
  switch (found.quote) {
    case 'ETH':
      return quoted;
    case 'BTC':
      return computeFigure(head, 'rate-of-btc', [quoted, btcPrice, price], mulDivFloor);
    case 'USD':
      return computeFigure(head, 'market-rate-usd', [quoted, price], (dollars, perEth) =>
        mulDivFloor(dollars, WAD, perEth),
      );
  }
}

function readQuoted(token: string, { price, quote, at, source }: MarketPrice): Figure {
  const head = { name: 'figure.name.marketPrice', subject: token, unit: UNITS[quote] };
  return source === 'manual'
    ? readFigure(head, price, { kind: 'user', what: 'figure.what.manualMarket', enteredAt: at })
    : readFigure(head, price, { kind: 'market', provider: source, asset: token, quote, at });
}

function quoteThroughWrapper(valuation: Valuation, token: string, prices: MarketPrices): Figure | null {
  const pair = WRAPS.find((one) => one.includes(token));
  if (pair === undefined) return null;
  const [wrapped, inner] = pair;
  const isWrapped = token === wrapped;
  const other = quoteInEth(valuation, isWrapped ? inner : wrapped, prices);
  if (other === null) return null;
  const head = { name: 'figure.name.marketRate', subject: token, unit: RATE_UNIT };
  const rate = makeRateFigure(valuation, wrapped, wrapped);
  return computeFigure(
    head,
    isWrapped ? 'market-rate-wrapped' : 'market-rate-unwrapped',
    [other, rate],
    (ethPerOther, innerPerWrapped) =>
      isWrapped
        ? mulDivFloor(ethPerOther, innerPerWrapped, WAD)
        : mulDivFloor(ethPerOther, WAD, innerPerWrapped),
  );
}

/**
 * A token's market price over what it stands for: price / (price of the underlying x rate). Only prices of about the
 * same time are set against each other, because between two times the underlying moves more than any peg.
 */
import type { Peg, PricePoint } from '../market.ts';
import { WAD } from '../units.ts';
import { findNearest, type SeriesPoint } from './series.ts';

/** How far apart the prices of a token and of its underlying may be. */
export const PRICE_WINDOW_MS = 3_600_000;
/** How old a rate may be: at 4% a year it moves by 0.08% in a week. */
const RATE_WINDOW_MS = 7 * 86_400_000;

/** Peg of a price in dollars. 8 decimals of dollars on both sides; the rate has 18. */
function pegOfDollars(price: bigint, underlying: bigint, rate: bigint): bigint {
  return (price * WAD * WAD) / (underlying * rate);
}

/** Peg of a price in the underlying itself, 18 decimals like the rate. */
function pegOfUnderlying(price: bigint, rate: bigint): bigint {
  return (price * WAD) / rate;
}

interface PegParts {
  readonly isOneToOne: boolean;
  /** In dollars, where known. */
  readonly dollars: PricePoint | null;
  /** In the underlying, as a source quotes it. */
  readonly direct: PricePoint | null;
  /** Dollar prices of the underlying, oldest first. */
  readonly underlying: readonly PricePoint[];
  /** Units of the underlying per token, oldest first; `price` holds the rate. */
  readonly rates: readonly PricePoint[];
}

/** The newer of the two ways counts where both can be had. */
export function measurePeg({ isOneToOne, dollars, direct, underlying, rates }: PegParts): Peg {
  const price =
    dollars === null || (direct !== null && direct.at >= dollars.at) ? (direct ?? dollars) : dollars;
  if (price === null) return { kind: 'unknown', why: 'no-price' };
  const rate = isOneToOne ? null : findNearest(rates, price.at, RATE_WINDOW_MS);
  if (rate === null && !isOneToOne) return { kind: 'unknown', why: 'no-rate' };
  const units = rate?.price ?? WAD;
  if (price === direct) {
    return known(pegOfUnderlying(price.price, units), price, null, rate);
  }
  const base = findNearest(underlying, price.at, PRICE_WINDOW_MS);
  if (base === null) return { kind: 'unknown', why: 'no-underlying' };
  return known(pegOfDollars(price.price, base.price, units), price, base, rate);
}

function known(peg: bigint, price: PricePoint, underlying: PricePoint | null, rate: PricePoint | null): Peg {
  // Less than 1e-18 of the books: there is no such market, only a wrong price.
  return peg > 0n ? { kind: 'known', peg, price, underlying, rate } : { kind: 'unknown', why: 'no-price' };
}

interface PegSeriesParts {
  readonly isOneToOne: boolean;
  /** All oldest first. */
  readonly dollars: readonly SeriesPoint[];
  readonly direct: readonly SeriesPoint[];
  readonly underlying: readonly SeriesPoint[];
  readonly rates: readonly SeriesPoint[];
}

export interface PegSeries {
  readonly fromDollars: readonly SeriesPoint[];
  readonly fromUnderlying: readonly SeriesPoint[];
  /** Prices that gave no peg. */
  readonly missing: { readonly 'no-underlying': number; readonly 'no-rate': number };
}

export function measurePegs({ isOneToOne, dollars, direct, underlying, rates }: PegSeriesParts): PegSeries {
  const missing = { 'no-underlying': 0, 'no-rate': 0 };
  const rateAt = (at: number): bigint | null =>
    isOneToOne ? WAD : (findNearest(rates, at, RATE_WINDOW_MS)?.value ?? null);
  function measure(
    points: readonly SeriesPoint[],
    pegOf: (point: SeriesPoint) => bigint | null,
  ): SeriesPoint[] {
    return points.flatMap((point) => {
      const value = pegOf(point);
      return value === null || value <= 0n ? [] : [{ ...point, value }];
    });
  }
  return {
    fromDollars: measure(dollars, (point) => {
      const base = findNearest(underlying, point.at, PRICE_WINDOW_MS);
      const rate = rateAt(point.at);
      if (rate === null) missing['no-rate']++;
      else if (base === null) missing['no-underlying']++;
      return rate === null || base === null ? null : pegOfDollars(point.value, base.value, rate);
    }),
    fromUnderlying: measure(direct, (point) => {
      const rate = rateAt(point.at);
      if (rate === null) missing['no-rate']++;
      return rate === null ? null : pegOfUnderlying(point.value, rate);
    }),
    missing,
  };
}

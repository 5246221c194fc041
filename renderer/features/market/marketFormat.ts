/** How prices, pegs and times of the market are written. Pure. */
import { SHARE_UNIT, USD_UNIT, type Unit } from '../../../shared/domain/figure.ts';
import type { Quote } from '../../../shared/domain/market.ts';
import { formatValue } from '../../../shared/format/numbers.ts';

/** A market price is public: it stays visible where amounts are hidden. */
export function unitOfQuote(quote: Quote): Unit {
  return quote === 'USD' ? USD_UNIT : { symbol: quote, decimals: 18, kind: 'rate' };
}

export function formatPrice(price: bigint, quote: Quote, locale: string): string {
  return formatValue(price, unitOfQuote(quote), { locale, digits: quote === 'USD' ? 2 : 5 });
}

export function formatPeg(peg: bigint, locale: string): string {
  return formatValue(peg, SHARE_UNIT, { locale, digits: 2 });
}

const DAY = 86_400_000;
export const RANGES = ['month', 'year', 'years', 'all'] as const;
export type MarketRange = (typeof RANGES)[number];

const DAYS: Readonly<Record<MarketRange, number | null>> = { month: 30, year: 365, years: 1095, all: null };

/**
 * From when on, counted from the newest point: a sample or an old file has its last month too. Whole days, so that the
 * question stays the same while the page is open.
 */
export function startOfRange(range: MarketRange, newest: number): number | null {
  const days = DAYS[range];
  return days === null ? null : (Math.floor(newest / DAY) - days) * DAY;
}

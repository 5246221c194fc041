/** Facts and observations of the protocol catalogue in words. */
import type { CatalogObservation, FactFigure } from '../domain/catalog.ts';
import type { Translate } from '../text/text.ts';
import { DEFAULT_LOCALE } from './numbers.ts';

/** Two digits after the point at most, four below one; large amounts short: `5.2bn`. */
function formatPlain(value: number, locale: string = DEFAULT_LOCALE): string {
  return Math.abs(value) >= 100_000
    ? new Intl.NumberFormat(locale, { notation: 'compact', maximumSignificantDigits: 3 }).format(value)
    : new Intl.NumberFormat(locale, { maximumFractionDigits: Math.abs(value) < 1 ? 4 : 2 }).format(value);
}

function formatRange(low: number, high: number, locale: string): string {
  const [from, to] = [formatPlain(low, locale), formatPlain(high, locale)];
  return from === to ? from : `${from} – ${to}`;
}

/** `2.7 – 3.1%`, `7 – 15 days`, `30`. */
export function formatFactFigure(
  { low, high, unit }: FactFigure,
  t: Translate,
  locale: string = DEFAULT_LOCALE,
): string {
  const range = formatRange(low, high, locale);
  switch (unit) {
    case 'percent':
      return `${range}%`;
    case 'count':
      return range;
    case 'days':
    case 'hours':
      return t(`compare.unit.${unit}`, { value: range, count: low === high ? high : 2 });
    case 'USD':
    case 'ETH':
    case 'BTC':
      return `${range} ${unit}`;
  }
}

/** `2.7 – 3.1%`, `4.68bn USD`, `1.04 ETH per rETH`. */
export function formatObserved(
  { low, high, unit }: Pick<CatalogObservation, 'low' | 'high' | 'unit'>,
  locale: string = DEFAULT_LOCALE,
): string {
  const range = formatRange(low, high, locale);
  return unit === 'percent' ? `${range}%` : `${range} ${unit}`;
}

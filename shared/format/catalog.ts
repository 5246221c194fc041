/** Facts and observations of the protocol catalogue in words. */
import type { CatalogObservation, FactFigure } from '../domain/catalog.ts';
import type { Translate } from '../text/text.ts';
import { DEFAULT_LOCALE } from './numbers.ts';

interface Formats {
  readonly large: Intl.NumberFormat;
  readonly small: Intl.NumberFormat;
  readonly plain: Intl.NumberFormat;
}

/** Made once for a locale: making one costs more than using it a hundred times. */
const formats = new Map<string, Formats>();

function formatsOf(locale: string): Formats {
  const known = formats.get(locale);
  if (known) return known;
  const made = {
    large: new Intl.NumberFormat(locale, { notation: 'compact', maximumSignificantDigits: 3 }),
    small: new Intl.NumberFormat(locale, { maximumFractionDigits: 4 }),
    plain: new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }),
  };
  formats.set(locale, made);
  return made;
}

/** Two digits after the point at most, four below one; large amounts short: `5.2bn`. */
export function formatPlain(value: number, locale: string): string {
  const size = Math.abs(value);
  const { large, small, plain } = formatsOf(locale);
  return (size >= 100_000 ? large : size < 1 ? small : plain).format(value);
}

function formatRange(low: number, high: number, locale: string): string {
  const [from, to] = [formatPlain(low, locale), formatPlain(high, locale)];
  return from === to ? from : `${from} – ${to}`;
}

export function formatPercentRange(low: number, high: number, locale: string): string {
  return `${formatRange(low, high, locale)}%`;
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

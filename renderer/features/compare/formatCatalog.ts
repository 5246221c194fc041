/** Facts and observations in words. Pure. */
import type { CatalogObservation, FactFigure } from '../../../shared/domain/catalog.ts';
import type { Translate } from '../../../shared/text/text.ts';

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

/** Two digits after the point at most; large amounts short: `5.2bn`. */
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
export function formatFactFigure({ low, high, unit }: FactFigure, t: Translate, locale: string): string {
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

/** `2.7 – 3.1%`, `5.2bn USD`, `1.04 ETH per rETH`. */
export function formatObserved({ low, high, unit }: CatalogObservation, locale: string): string {
  const range = formatRange(low, high, locale);
  return unit === 'percent' ? `${range}%` : `${range} ${unit}`;
}

export function midpoint({ low, high }: { readonly low: number; readonly high: number }): number {
  return (low + high) / 2;
}

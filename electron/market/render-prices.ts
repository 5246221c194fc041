/** Stored prices as CSV, in the form {@link parsePriceFile} reads. */
import { QUOTE_DECIMALS, type PricePoint } from '../../shared/domain/market.ts';
import { toDecimalText } from '../../shared/format/numbers.ts';

export function renderPrices(points: readonly PricePoint[]): string {
  const lines = points.map(({ asset, quote, price, at, source }) =>
    [new Date(at).toISOString(), asset, quote, toDecimalText(price, QUOTE_DECIMALS[quote]), source].join(','),
  );
  return `${['date,asset,quote,price,source', ...lines].join('\r\n')}\r\n`;
}

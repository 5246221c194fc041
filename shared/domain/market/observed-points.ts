/** The prices and rates that lie in what was observed otherwise: readings of a node, dated figures of the catalogue. */
import type { CatalogObservation } from '../catalog.ts';
import { QUOTE_DECIMALS, type PriceSource, type Quote } from '../market.ts';
import type { Observation } from '../observation.ts';
import { isClaimOnBtc } from '../value-rates.ts';

export interface ObservedPoint {
  readonly kind: 'price' | 'rate';
  readonly asset: string;
  readonly quote: Quote;
  readonly source: PriceSource;
  readonly at: number;
  readonly value: bigint;
  readonly detail: string;
}

/** The chain whose prices and rates are those of the market. */
const ETHEREUM = 1;

/**
 * What a reading of a node says: the feeds' dollars per ETH and BTC, as old as the feeds say, and rates of that block. Nothing of
 * another chain: on a test network the same names have prices that mean nothing.
 */
export function pointsOfReading({ origin, ethUsd, btcUsd, rates }: Observation): ObservedPoint[] {
  if (origin.kind !== 'chain' || origin.chainId !== ETHEREUM) return [];
  const detail = origin.endpoint;
  const points: ObservedPoint[] = [];
  for (const [asset, feed] of [
    ['ETH', ethUsd],
    ['BTC', btcUsd],
  ] as const) {
    if (!feed?.price.ok || feed.price.value <= 0n || feed.updatedAt <= 0) continue;
    // Older than its heartbeat, the feed itself says that it is not to be used.
    if (origin.block.time - feed.updatedAt > feed.heartbeat) continue;
    const at = feed.updatedAt * 1000;
    points.push({ kind: 'price', asset, quote: 'USD', source: 'chain', at, value: feed.price.value, detail });
  }
  for (const { instrument, rate } of rates) {
    if (!rate.ok || rate.value <= 0n) continue;
    const at = origin.block.time * 1000;
    points.push({
      kind: 'rate',
      asset: instrument,
      quote: isClaimOnBtc(instrument) ? 'BTC' : 'ETH',
      source: 'chain',
      at,
      value: rate.value,
      detail,
    });
  }
  return points;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/u;

/**
 * What the catalogue says of prices and rates: exact days and single numbers only, because a month or a range is not a
 * point. `symbolOf` gives a product's symbol.
 */
export function pointsOfCatalog(
  observations: readonly CatalogObservation[],
  symbolOf: (protocol: string, product: string) => string | null,
): ObservedPoint[] {
  return observations.flatMap((one) => {
    if (one.fetchedAt !== null || one.product === null || one.low !== one.high || !DAY.test(one.asOf))
      return [];
    const isPrice = one.metric === 'price';
    if (!isPrice && one.metric !== 'exchangeRate') return [];
    const quote = quoteOf(one.unit, isPrice);
    const asset = one.protocol === 'market' ? one.product : symbolOf(one.protocol, one.product);
    if (quote === null || asset === null || one.low <= 0) return [];
    const value = toUnits(one.low, QUOTE_DECIMALS[quote]);
    const kind = isPrice ? 'price' : 'rate';
    const at = Date.parse(`${one.asOf}T00:00:00Z`);
    return [
      { kind, asset, quote, source: 'catalog', at, value, detail: one.source.name.slice(0, 200) } as const,
    ];
  });
}

/** `USD`, `ETH per rETH`: the unit a figure of the catalogue is in. */
function quoteOf(unit: string, isPrice: boolean): Quote | null {
  if (isPrice && (unit === 'USD' || unit === 'ETH' || unit === 'BTC')) return unit;
  const found = /^(ETH|BTC) per /u.exec(unit)?.[1];
  return found === 'ETH' || found === 'BTC' ? found : null;
}

/** Published figures have few digits: eight decimals hold them all. */
function toUnits(value: number, decimals: number): bigint {
  const shown = value.toFixed(8).replace('.', '');
  return BigInt(shown) * 10n ** BigInt(decimals - 8);
}

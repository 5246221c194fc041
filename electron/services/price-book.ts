/** Everything known of prices, from whatever source: what the market, the history and the refresh read and write. */
import type { Catalog } from '../../shared/domain/catalog.ts';
import type { HistoryPrices } from '../../shared/domain/history/build-history.ts';
import type { MarketAsset, PricePoint, PriceSource, Quote } from '../../shared/domain/market.ts';
import { listMarketAssets } from '../../shared/domain/market/market-assets.ts';
import {
  pointsOfCatalog,
  pointsOfReading,
  type ObservedPoint,
} from '../../shared/domain/market/observed-points.ts';
import { makeSampleHistory } from '../../shared/domain/market/sample-history.ts';
import { findNearest, joinByDay, type SeriesPoint } from '../../shared/domain/market/series.ts';
import type { MarketPrice, MarketPrices } from '../../shared/domain/market-value.ts';
import type { KnownPrices, StoredPrice } from '../../shared/domain/value-rates.ts';
import type { Observation } from '../../shared/domain/observation.ts';
import { WAD } from '../../shared/domain/units.ts';
import type { MarketPoint, MarketSeries } from '../store/market-table.ts';
import type { Store } from '../store/store.ts';
import type { Sample } from './readers.ts';

export type SeriesKind = MarketSeries['kind'];

export interface PriceBook {
  listAssets(): readonly MarketAsset[];
  /** Every source's own points, oldest first; without the sample's. */
  readSources(kind: SeriesKind, asset: string, quote: Quote): readonly (readonly PricePoint[])[];
  /** The sample's, where it has any. */
  readSample(kind: SeriesKind, asset: string, quote: Quote): readonly PricePoint[];
  /** All sources but the sample as one, by the user's order. */
  readJoined(kind: SeriesKind, asset: string, quote: Quote): readonly SeriesPoint[];
  readManual(asset: string, quote: Quote): PricePoint | null;
  /** Dollars of one unit as some source said them, no further from `at` than a day. */
  findDollars(asset: string, at: number): StoredPrice | null;
  /** What a reading is valued with beside what it holds itself. */
  pricesFor(observation: Observation): KnownPrices;
  put(points: readonly ObservedPoint[]): void;
  /** Takes in what readings of nodes say that are not among the points yet. */
  takeReadings(): void;
  /** Drops what is kept in memory: something was written past {@link put}. */
  forget(): void;
  /** For valuing what was held: nothing of the sample, and nothing far from the time asked for. */
  readonly forHistory: HistoryPrices;
}

interface Parts {
  readonly store: Store;
  readonly catalog: Catalog;
  readonly sample: Sample;
}

const STORED: readonly PriceSource[] = ['imported', 'chain', 'llama'];
const SAMPLE_DETAIL = 'sample';
/** A price of half a day away still values a day; the next one is another day's. */
const DAY_MS = 24 * 3_600_000;
const HISTORY_WINDOW_MS = 12 * 3_600_000;

export function createPriceBook({ store, catalog, sample }: Parts): PriceBook {
  /** Opened once each, as long as nothing is written. */
  const opened = new Map<string, readonly PricePoint[]>();
  const joined = new Map<string, readonly SeriesPoint[]>();
  const symbols = new Map(
    catalog.protocols.flatMap(({ id, products }) =>
      products.map((product) => [`${id} ${product.id}`, product.symbol] as const),
    ),
  );
  const bundled = pointsOfCatalog(
    catalog.observations,
    (protocol, product) => symbols.get(`${protocol} ${product}`) ?? null,
  );
  const invention = new Map<string, readonly SeriesPoint[]>();
  let invented: readonly ObservedPoint[] | null = null;
  let storedAssets: readonly string[] | null = null;

  function forget(): void {
    storedAssets = null;
    opened.clear();
    joined.clear();
  }

  function listInvented(): readonly ObservedPoint[] {
    invented ??= makeSampleHistory(sample.observation.origin.block.time * 1000).flatMap(
      ({ kind, asset, quote, points }) =>
        points.map((point) => ({
          ...point,
          kind,
          asset,
          quote,
          source: 'sample' as const,
          detail: SAMPLE_DETAIL,
        })),
    );
    return invented;
  }

  function pick(
    points: readonly ObservedPoint[],
    kind: SeriesKind,
    asset: string,
    quote: Quote,
  ): PricePoint[] {
    return points
      .filter((point) => point.kind === kind && point.asset === asset && point.quote === quote)
      .map(({ at, value, source, detail }) => ({ asset, quote, price: value, at, source, detail }))
      .sort((a, b) => a.at - b.at);
  }

  /** The same as long as the program runs: it is asked for with every look at the sample. */
  function readInvented(asset: string, quote: Quote): readonly SeriesPoint[] {
    const key = `${asset} ${quote}`;
    const kept = invention.get(key) ?? toSeries(pick(listInvented(), 'price', asset, quote));
    invention.set(key, kept);
    return kept;
  }

  function readStored(series: MarketSeries): readonly PricePoint[] {
    const key = Object.values(series).join(' ');
    const kept = opened.get(key);
    if (kept) return kept;
    const { asset, quote, source } = series;
    const points = store.market
      .read(series)
      .map(({ at, value, detail }) => ({ asset, quote, price: value, at, source, detail }));
    opened.set(key, points);
    return points;
  }

  function readSources(kind: SeriesKind, asset: string, quote: Quote): readonly (readonly PricePoint[])[] {
    const stored = STORED.map((source) => readStored({ kind, asset, quote, source }));
    return [...stored, pick(bundled, kind, asset, quote)].filter(({ length }) => length > 0);
  }

  function readJoined(kind: SeriesKind, asset: string, quote: Quote): readonly SeriesPoint[] {
    const order = store.settings.read().priceOrder;
    const key = [kind, asset, quote, ...order].join(' ');
    const kept = joined.get(key);
    if (kept) return kept;
    const points = joinByDay(readSources(kind, asset, quote).map(toSeries), order);
    joined.set(key, points);
    return points;
  }

  function put(points: readonly ObservedPoint[]): void {
    if (points.length === 0) return;
    const groups = Map.groupBy(points, ({ kind, asset, quote, source }) =>
      [kind, asset, quote, source].join(' '),
    );
    store.transact(() => {
      for (const group of groups.values()) {
        const [first] = group;
        if (!first) continue;
        const { kind, asset, quote, source } = first;
        store.market.put({ kind, asset, quote, source }, group.map(toMarketPoint));
      }
    });
    forget();
  }

  function takeReadings(): void {
    for (const id of store.market.listNewReadings()) {
      const stored = store.observations.get(id);
      // Each for itself: a kill in between loses nothing.
      store.transact(() => {
        if (stored) put(pointsOfReading(stored.observation));
        store.market.noteReading(id);
      });
    }
  }

  function readManual(asset: string, quote: Quote): PricePoint | null {
    const { manualEthUsd, manualPrices } = store.settings.read();
    const isEther = asset === 'ETH' && quote === 'USD';
    const typed = manualPrices[asset];
    const entry = isEther ? manualEthUsd : typed?.quote === quote ? typed : null;
    if (!entry) return null;
    return { asset, quote, price: entry.price, at: entry.enteredAt, source: 'manual', detail: '' };
  }

  function findDollars(asset: string, at: number): StoredPrice | null {
    const point = findNearest(readJoined('price', asset, 'USD'), at, DAY_MS);
    return point && { price: point.value, at: point.at, provider: point.source };
  }

  function listAssets(): readonly MarketAsset[] {
    storedAssets ??= store.market.listNewest().map(({ series }) => series.asset);
    return listMarketAssets(catalog, [...storedAssets, ...Object.keys(store.settings.read().manualPrices)]);
  }

  /** What each token cost about then: typed, else by the user's order; in its underlying before in dollars. */
  function listTokenPrices(at: number, isSample: boolean): MarketPrices {
    const found: Record<string, MarketPrice> = {};
    for (const { asset, underlying } of listAssets()) {
      if (underlying === null) continue;
      const quotes = [underlying, 'USD'] as const;
      const typed = quotes.map((quote) => readManual(asset, quote)).find((point) => point !== null);
      const kept = typed ?? findTokenPrice(asset, quotes, at, isSample);
      if (kept) found[asset] = kept;
    }
    return found;
  }

  function findTokenPrice(
    asset: string,
    quotes: readonly Quote[],
    at: number,
    isSample: boolean,
  ): MarketPrice | null {
    for (const quote of quotes) {
      const points = isSample ? readInvented(asset, quote) : readJoined('price', asset, quote);
      const point = findNearest(points, at, DAY_MS);
      if (point) return { price: point.value, quote, at: point.at, source: point.source };
    }
    return null;
  }

  const nearest = (asset: string, quote: Quote, at: number): bigint | null =>
    findNearest(readJoined('price', asset, quote), at, HISTORY_WINDOW_MS)?.value ?? null;

  return {
    listAssets,
    readSources,
    readSample: (kind, asset, quote) => pick(listInvented(), kind, asset, quote),
    readJoined,
    readManual,
    findDollars,
    pricesFor({ origin }) {
      const { manualEthUsd, manualPrices } = store.settings.read();
      const { BTC: btc } = manualPrices;
      const manualBtcUsd = btc?.quote === 'USD' ? { price: btc.price, enteredAt: btc.enteredAt } : null;
      const at = origin.block.time * 1000;
      const market = listTokenPrices(at, origin.kind === 'sample');
      // The sample is invented; a price of today would not be its own.
      if (origin.kind === 'sample') return { manualEthUsd, manualBtcUsd, market };
      return {
        manualEthUsd,
        manualBtcUsd,
        market,
        stored: { ethUsd: findDollars('ETH', at), btcUsd: findDollars('BTC', at) },
      };
    },
    put,
    takeReadings,
    forget,
    forHistory: {
      ethUsd: (at) => nearest('ETH', 'USD', at),
      btcUsd: (at) => nearest('BTC', 'USD', at),
      market(symbol, at) {
        const direct = nearest(symbol, 'ETH', at);
        if (direct !== null) return direct;
        const dollars = nearest(symbol, 'USD', at);
        const ether = nearest('ETH', 'USD', at);
        return dollars === null || ether === null ? null : (dollars * WAD) / ether;
      },
    },
  };
}

export function toSeries(points: readonly PricePoint[]): readonly SeriesPoint[] {
  return points.map(({ at, price, source }) => ({ at, value: price, source }));
}

function toMarketPoint({ at, value, detail }: ObservedPoint): MarketPoint {
  return { at, value, detail };
}

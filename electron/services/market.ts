/** The market: latest prices, histories and pegs from what is stored, and prices typed or imported. Asks nobody. */
import { AppError } from '../../shared/contract/errors.ts';
import type {
  MarketHistory,
  MarketRow,
  MarketView,
  PegHistory,
  PriceImport,
  RefreshStatus,
} from '../../shared/contract/market-view.ts';
import type { MethodParsed } from '../../shared/contract/methods.ts';
import type { Incident } from '../../shared/domain/incident.ts';
import { QUOTES, type MarketAsset, type PricePoint, type Quote } from '../../shared/domain/market.ts';
import { choosePrice, findDisagreement, STALE_AFTER_MS } from '../../shared/domain/market/choose-price.ts';
import { findDepegs, listRecordedDepegs } from '../../shared/domain/market/find-depegs.ts';
import { measurePeg, measurePegs, PRICE_WINDOW_MS } from '../../shared/domain/market/measure-peg.ts';
import {
  findNearest,
  GAP_MS,
  joinByDay,
  markGaps,
  type SeriesPoint,
} from '../../shared/domain/market/series.ts';
import { thinSeries } from '../../shared/domain/market/thin-series.ts';
import { formatDay } from '../../shared/format/time.ts';
import { keepVisible } from '../../shared/format/visible-text.ts';
import { WAD } from '../../shared/domain/units.ts';
import type { Host } from '../host.ts';
import { parsePriceFile, type ImportedPrice } from '../market/parse-price-file.ts';
import { renderPrices } from '../market/render-prices.ts';
import type { MarketSeries } from '../store/market-table.ts';
import type { Store } from '../store/store.ts';
import type { Changes } from './changes.ts';
import { toSeries, type PriceBook } from './price-book.ts';
import { refuseSecret } from './typed-text.ts';

export interface Market {
  view(question: MethodParsed<'market.view'>): MarketView;
  /** @throws AppError not-found for an asset nothing is known of */
  history(question: MethodParsed<'market.history'>): MarketHistory;
  /** @throws AppError not-found */
  peg(question: MethodParsed<'market.peg'>): PegHistory;
  /** @throws AppError bad-price-file, secret-refused; nothing is taken then */
  importFile(file: MethodParsed<'market.import'>): PriceImport;
  removeImported(asset: string): void;
  /** @throws AppError nothing-observed where nothing is stored, write-failed */
  export(asset: string | null): Promise<{ isSaved: boolean }>;
}

interface Parts {
  readonly store: Store;
  readonly prices: PriceBook;
  readonly incidents: readonly Incident[];
  readonly refreshStatus: () => RefreshStatus;
  readonly changes: Changes;
  readonly host: () => Host;
  readonly now: () => number;
}

interface TimeRange {
  readonly from: number | null;
  readonly to: number | null;
}

/** Longest part of a file's name that is kept beside its prices. */
const NAME_LENGTH = 100;

function within(points: readonly SeriesPoint[], { from, to }: TimeRange): SeriesPoint[] {
  return points.filter(({ at }) => at >= (from ?? at) && at <= (to ?? at));
}

function draw(points: readonly SeriesPoint[]) {
  const marked = markGaps(points);
  const drawn = thinSeries(marked);
  return {
    points: drawn,
    thinned: drawn.length === marked.length ? null : { from: marked.length, to: drawn.length },
    gapMs: GAP_MS,
  };
}

export function createMarket(parts: Parts): Market {
  const { store, prices, incidents, refreshStatus, changes, host, now } = parts;

  function getAsset(asset: string): MarketAsset {
    const found = prices.listAssets().find((one) => one.asset === asset);
    if (found) return found;
    throw new AppError('not-found', 'Nothing is known of this asset.');
  }

  /** The newest of each source, what the user typed included; the sample's, if wanted, where nobody else says anything. */
  function listLatest(asset: string, quote: Quote, withSample: boolean): PricePoint[] {
    const manual = prices.readManual(asset, quote);
    const sources = prices.readSources('price', asset, quote).flatMap((points) => points.slice(-1));
    const real = [...(manual ? [manual] : []), ...sources];
    return real.length > 0 || !withSample ? real : prices.readSample('price', asset, quote).slice(-1);
  }

  /** What the other sources say of about the time of the chosen price; a typed price stands until it is taken away. */
  function listBeside(chosen: PricePoint): PricePoint[] {
    const sources = prices.readSources('price', chosen.asset, chosen.quote);
    if (chosen.source === 'manual') {
      const latest = sources.flatMap((points) => points.slice(-1));
      return latest.filter(({ at }) => now() - at <= STALE_AFTER_MS);
    }
    return sources.flatMap((points) => findNearest(points, chosen.at, PRICE_WINDOW_MS) ?? []);
  }

  function choose(asset: string, quote: Quote, withSample: boolean): PricePoint | null {
    return choosePrice(listLatest(asset, quote, withSample), store.settings.read().priceOrder, now());
  }

  /** Prices of one asset as they can be set against a point: all of the sample, or none of it. */
  function listAll(kind: MarketSeries['kind'], asset: string, quote: Quote, isSample: boolean): PricePoint[] {
    const series = isSample
      ? [prices.readSample(kind, asset, quote)]
      : [...prices.readSources(kind, asset, quote)];
    return series.flat().sort((a, b) => a.at - b.at);
  }

  function makeRow(asset: MarketAsset, basesOf: typeof listBases, withSample: boolean): MarketRow {
    const { underlying } = asset;
    const dollars = choose(asset.asset, 'USD', withSample);
    const direct = underlying === null ? null : choose(asset.asset, underlying, withSample);
    // A real price in the underlying leaves no place for an invented one in dollars.
    const price = dollars?.source === 'sample' && direct !== null ? null : dollars;
    const isSample = price?.source === 'sample';
    const base = underlying === null ? [] : basesOf(underlying, isSample);
    const rates = underlying === null ? [] : listAll('rate', asset.asset, underlying, isSample);
    const { disagreementShare } = store.settings.read();
    const main = price ?? direct;
    return {
      asset,
      price,
      inUnderlying: takeNewer(direct, divide(price, underlying, base)),
      peg:
        underlying === null
          ? null
          : measurePeg({
              isOneToOne: asset.isOneToOne,
              dollars: price,
              direct,
              underlying: base,
              rates,
            }),
      disagreement: main && findDisagreement(main, listBeside(main), disagreementShare),
      isStale: main !== null && main.source !== 'manual' && now() - main.at > STALE_AFTER_MS,
    };
  }

  /** Dollar prices of an underlying; a typed one stands for the present too. */
  function listBases(underlying: 'ETH' | 'BTC', isSample: boolean): PricePoint[] {
    const manual = prices.readManual(underlying, 'USD');
    const all = listAll('price', underlying, 'USD', isSample);
    return manual && !isSample ? [...all, manual].sort((a, b) => a.at - b.at) : all;
  }

  /** Sorted once for all rows of one view. */
  function rememberBases(): typeof listBases {
    const known = new Map<string, PricePoint[]>();
    return (underlying, isSample) => {
      const key = `${underlying} ${String(isSample)}`;
      const bases = known.get(key) ?? listBases(underlying, isSample);
      known.set(key, bases);
      return bases;
    };
  }

  function divide(
    price: PricePoint | null,
    underlying: 'ETH' | 'BTC' | null,
    bases: readonly PricePoint[],
  ): PricePoint | null {
    if (price === null || underlying === null) return null;
    const base = findNearest(bases, price.at, PRICE_WINDOW_MS);
    const value = base ? (price.price * WAD) / base.price : 0n;
    return value > 0n ? { ...price, quote: underlying, price: value } : null;
  }

  /** Dated figures of the catalogue make no history: until there is more, the sample's is drawn, and says so. */
  function usesSample(asset: string, withSample: boolean): boolean {
    if (!withSample) return false;
    const hasReal = QUOTES.some((quote) =>
      prices.readSources('price', asset, quote).some((points) => points.some((p) => p.source !== 'catalog')),
    );
    return !hasReal && prices.readSample('price', asset, 'USD').length > 0;
  }

  function readSeries(
    kind: MarketSeries['kind'],
    asset: string,
    quote: Quote,
    isSample: boolean,
  ): readonly SeriesPoint[] {
    return isSample ? toSeries(prices.readSample(kind, asset, quote)) : prices.readJoined(kind, asset, quote);
  }

  function measureAll(asset: MarketAsset, isSample: boolean) {
    const { underlying, isOneToOne } = asset;
    if (underlying === null) {
      return { pegs: [], missing: { 'no-underlying': 0, 'no-rate': 0 } };
    }
    const measured = measurePegs({
      isOneToOne,
      dollars: readSeries('price', asset.asset, 'USD', isSample),
      direct: isSample ? [] : readSeries('price', asset.asset, underlying, isSample),
      underlying: readSeries('price', underlying, 'USD', isSample),
      rates: readSeries('rate', asset.asset, underlying, isSample),
    });
    const order = store.settings.read().priceOrder;
    const pegs = joinByDay([measured.fromUnderlying, measured.fromDollars], order);
    return { pegs, missing: measured.missing };
  }

  function countSeries(rows: readonly ImportedPrice[]): PriceImport['series'] {
    return [...groupRows(rows).values()].flatMap((group) => {
      const [first] = group;
      if (!first) return [];
      const times = group.map(({ at }) => at);
      const from = times.reduce((a, b) => Math.min(a, b));
      const to = times.reduce((a, b) => Math.max(a, b));
      return [{ asset: first.asset, quote: first.quote, count: group.length, from, to }];
    });
  }

  return {
    view({ withSample }) {
      prices.takeReadings();
      const basesOf = rememberBases();
      const rows = prices.listAssets().map((asset) => makeRow(asset, basesOf, withSample));
      return { at: now(), rows, refresh: refreshStatus() };
    },
    history({ asset: symbol, quote, withSample, ...range }) {
      prices.takeReadings();
      const asset = getAsset(symbol);
      const isSynthetic = usesSample(symbol, withSample);
      const quotes = QUOTES.filter((one) => readSeries('price', symbol, one, isSynthetic).length > 0);
      const points = within(readSeries('price', symbol, quote, isSynthetic), range);
      return { asset, quote, ...draw(points), quotes, isSynthetic };
    },
    peg({ asset: symbol, withSample, ...range }) {
      prices.takeReadings();
      const asset = getAsset(symbol);
      const isSynthetic = usesSample(symbol, withSample);
      const { pegs, missing } = measureAll(asset, isSynthetic);
      const { depegShare } = store.settings.read();
      const points = within(pegs, range);
      const recorded =
        asset.underlying === null ? [] : listRecordedDepegs(symbol, incidents, isSynthetic ? [] : pegs);
      const events = [...recorded, ...findDepegs(symbol, points, depegShare, isSynthetic)].filter(
        ({ from, to }) => to >= (range.from ?? to) && from <= (range.to ?? from),
      );
      return { asset, ...draw(points), missing, events, threshold: depegShare, isSynthetic };
    },
    importFile({ name, text, asset, quote, isPreview }) {
      refuseSecret(name, 'label');
      const detail = keepVisible(name).slice(0, NAME_LENGTH);
      const known = prices.listAssets().map((one) => one.asset);
      const rows = parsePriceFile(text, { asset, quote, now: now(), known });
      const count = { added: 0, replaced: 0, unchanged: 0 };
      store.transact(() => {
        for (const group of groupRows(rows).values()) {
          const [first] = group;
          if (!first) continue;
          const series = {
            kind: 'price',
            asset: first.asset,
            quote: first.quote,
            source: 'imported',
          } as const;
          const points = group.map(({ at, price }) => ({ at, value: price, detail }));
          const { added, replaced, unchanged } = isPreview
            ? store.market.preview(series, points)
            : store.market.put(series, points);
          count.added += added;
          count.replaced += replaced;
          count.unchanged += unchanged;
        }
      });
      if (!isPreview) tellPrices();
      return { ...count, series: countSeries(rows) };
    },
    removeImported(asset) {
      for (const quote of QUOTES) store.market.remove({ kind: 'price', asset, quote, source: 'imported' });
      tellPrices();
    },
    async export(asset) {
      const assets = asset === null ? prices.listAssets().map((one) => one.asset) : [asset];
      const points = assets.flatMap((one) =>
        QUOTES.flatMap((quote) => prices.readSources('price', one, quote).flat()),
      );
      if (points.length === 0) {
        throw new AppError('nothing-observed', 'No prices are stored yet.', {
          help: 'Import a file of prices, or refresh them.',
        });
      }
      const saved = await host().saveFile({
        name: `ballast-prices-${formatDay(now())}.csv`,
        mime: 'text/csv',
        bytes: new TextEncoder().encode(renderPrices(points)),
      });
      return { isSaved: saved !== 'declined' };
    },
  };

  function tellPrices(): void {
    prices.forget();
    changes.tellMarket();
  }
}

/** The first of two that are equally old. */
function takeNewer(one: PricePoint | null, other: PricePoint | null): PricePoint | null {
  return one === null || (other !== null && other.at > one.at) ? other : one;
}

function groupRows(rows: readonly ImportedPrice[]): Map<string, ImportedPrice[]> {
  return Map.groupBy(rows, ({ asset, quote }) => `${asset} ${quote}`);
}

/**
 * Refreshing the catalogue's yields, TVL and prices from DefiLlama: part by part, so that one that fails leaves the
 * others what they brought. Whole catalogue every time: the requests say nothing of what anybody holds.
 */
import { toAppError, type AppError } from '../../shared/contract/errors.ts';
import type { RefreshPart } from '../../shared/contract/market-view.ts';
import type { ApiHost } from '../../shared/contract/settings.ts';
import type { Catalog, CatalogObservation, Metric, Protocol } from '../../shared/domain/catalog.ts';
import type { ObservedPoint } from '../../shared/domain/market/observed-points.ts';
import { formatDay } from '../../shared/format/time.ts';
import { malformedError } from '../market/fetch-json.ts';
import {
  HISTORY_DAYS,
  PRICES_HOST,
  TVL_HOST,
  YIELDS_HOST,
  type CoinPrice,
  type Llama,
  type PoolYield,
} from '../market/llama.ts';
import { redactError } from '../redact.ts';

export interface RefreshInput {
  readonly catalog: Catalog;
  readonly llama: Llama;
  /** Parts of hosts that are not allowed are left out. */
  readonly isAllowed: (host: ApiHost) => boolean;
  /** Until when the daily prices of an asset were asked for and came, Unix milliseconds; null where they never did. */
  readonly historyUntil: (asset: string) => number | null;
  readonly now: () => number;
  readonly signal: AbortSignal;
  readonly report: (progress: number, part: RefreshPart['part']) => void;
}

export interface RefreshOutput {
  readonly observations: readonly CatalogObservation[];
  readonly prices: readonly ObservedPoint[];
  readonly parts: readonly RefreshPart[];
  /** Assets whose daily prices came, up to now. */
  readonly histories: readonly string[];
}

type Draft = Pick<RefreshPart, 'taken' | 'leftOut'>;

const DAY_MS = 86_400_000;
const API_NAME = 'DefiLlama';
const PROGRESS: Readonly<Record<RefreshPart['part'], number>> = {
  yields: 0,
  tvl: 0.3,
  prices: 0.6,
  history: 0.7,
};

/** Coins with the asset each is the price of. ETH and BTC are always among them: without them no peg can be had. */
export function listCoins(catalog: Catalog): { readonly coin: string; readonly asset: string }[] {
  const coins = [
    { coin: 'coingecko:ethereum', asset: 'ETH' },
    { coin: 'coingecko:bitcoin', asset: 'BTC' },
  ];
  for (const { products, llama } of catalog.protocols) {
    for (const { product, coin } of llama.coins) {
      const symbol = products.find(({ id }) => id === product)?.symbol ?? null;
      if (symbol !== null) coins.push({ coin, asset: symbol });
    }
  }
  return coins;
}

/** @throws AppError cancelled; a part that fails is told in `parts` */
export async function refreshCatalog(input: RefreshInput): Promise<RefreshOutput> {
  const { catalog, llama, isAllowed, now, signal } = input;
  const observations: CatalogObservation[] = [];
  const prices: ObservedPoint[] = [];
  const parts: RefreshPart[] = [];
  const histories: string[] = [];
  const fetchedAt = now();

  async function runPart(
    part: RefreshPart['part'],
    host: ApiHost,
    work: () => Promise<Draft>,
  ): Promise<void> {
    if (!isAllowed(host)) return;
    input.report(PROGRESS[part], part);
    try {
      parts.push({ part, host, ...(await work()), error: null });
    } catch (thrown) {
      signal.throwIfAborted();
      const error = redactError(toAppError(thrown).toValue());
      parts.push({ part, host, taken: 0, leftOut: 0, error });
    }
  }

  const observe = (
    protocol: string,
    product: string | null,
    metric: Metric,
    value: number,
    how: Pick<CatalogObservation, 'unit' | 'label'> & { readonly host: ApiHost },
  ): void => {
    observations.push({
      protocol,
      product,
      metric,
      label: how.label,
      low: value,
      high: value,
      unit: how.unit,
      asOf: formatDay(fetchedAt),
      status: 'secondary',
      source: { name: API_NAME, url: `https://${how.host}/`, pageDate: null },
      note: null,
      fetchedAt,
    });
  };

  await runPart('yields', YIELDS_HOST, async () => {
    const { rows, leftOut } = await llama.readYields(signal);
    let taken = 0;
    for (const protocol of catalog.protocols) {
      for (const { product, pool } of matchPools(protocol, rows)) {
        const how = { unit: 'percent', host: YIELDS_HOST };
        if (pool.apy !== null) observe(protocol.id, product, 'apy', pool.apy, { ...how, label: 'APY' });
        if (pool.apyBase !== null) {
          observe(protocol.id, product, 'apyBase', pool.apyBase, { ...how, label: 'Base APY' });
        }
        if (pool.apyReward !== null) {
          observe(protocol.id, product, 'apyEmissions', pool.apyReward, {
            ...how,
            label: 'APY paid in reward tokens',
          });
        }
        taken++;
      }
    }
    return { taken, leftOut };
  });

  await runPart('tvl', TVL_HOST, async () => {
    const draft = { taken: 0, leftOut: 0 };
    let failure: AppError | null = null;
    for (const { id, llama: names } of catalog.protocols) {
      if (names.slug === null) continue;
      try {
        const value = await llama.readTvl(names.slug, signal);
        if (value === null) draft.leftOut++;
        else {
          observe(id, null, 'tvl', value, { unit: 'USD', host: TVL_HOST, label: 'Total value locked' });
          draft.taken++;
        }
      } catch (thrown) {
        signal.throwIfAborted();
        failure = toAppError(thrown);
        // A name it does not know is that protocol's alone; anything else would only be repeated.
        if (failure.code !== 'api-refused') break;
      }
    }
    if (draft.taken === 0 && failure !== null) throw failure;
    return draft;
  });

  const coins = listCoins(catalog);
  const keep = (asset: string, { price, at }: CoinPrice): void => {
    prices.push({
      kind: 'price',
      asset,
      quote: 'USD',
      source: 'llama',
      at,
      value: price,
      detail: PRICES_HOST,
    });
  };

  await runPart('prices', PRICES_HOST, async () => {
    const { rows, leftOut } = await llama.readPrices(
      coins.map(({ coin }) => coin),
      signal,
    );
    for (const row of rows) {
      const found = coins.find(({ coin }) => coin === row.coin);
      if (found) keep(found.asset, row);
    }
    if (rows.length === 0 && leftOut > 0) {
      throw malformedError(PRICES_HOST, 'no price of it can be believed; check the clock of this machine');
    }
    return { taken: rows.length, leftOut };
  });

  const arePricesThere = parts.some(({ part, error }) => part === 'prices' && error === null);
  if (arePricesThere) {
    // A coin of which it has no price today has no history that would be worth a request.
    const priced = coins.filter(({ asset }) => prices.some((point) => point.asset === asset));
    await runPart('history', PRICES_HOST, async () => {
      const draft = { taken: 0, leftOut: 0 };
      for (const [index, { coin, asset }] of priced.entries()) {
        const noted = input.historyUntil(asset) ?? 0;
        // What a clock that ran ahead noted says nothing.
        const until = noted <= now() ? noted : 0;
        // A day that is there already is not asked for again.
        if (now() - until < 2 * DAY_MS) continue;
        input.report(PROGRESS.history + (0.3 * index) / priced.length, 'history');
        // Whole days: the second of the last refresh would mark out who asks.
        const from = Math.max(startOfDay(until), startOfDay(now()) - HISTORY_DAYS * DAY_MS);
        const { rows, leftOut } = await llama.readHistory(coin, from, signal);
        for (const row of rows) keep(asset, row);
        draft.taken += rows.length;
        draft.leftOut += leftOut;
        histories.push(asset);
      }
      return draft;
    });
  }
  return { observations, prices, parts, histories };
}

function startOfDay(time: number): number {
  return Math.floor(time / DAY_MS) * DAY_MS;
}

/**
 * The pool of each product by project, symbol and chain. Of several the one whose id the catalogue knows, else the
 * largest. An id alone proves nothing: nobody has confirmed it.
 */
export function matchPools(
  { products, llama }: Protocol,
  rows: readonly PoolYield[],
): { readonly product: string; readonly pool: PoolYield }[] {
  return llama.pools.flatMap((wanted) => {
    if (!products.some(({ id }) => id === wanted.product)) return [];
    const symbol = wanted.symbol.toLowerCase();
    const [first, ...others] = rows.filter(
      (row) =>
        row.project === llama.project && row.chain === 'Ethereum' && row.symbol.toLowerCase() === symbol,
    );
    if (!first) return [];
    const known = [first, ...others].find(({ pool }) => pool === wanted.pool);
    const largest = others.reduce((best, row) => (row.tvlUsd > best.tvlUsd ? row : best), first);
    return [{ product: wanted.product, pool: known ?? largest }];
  });
}

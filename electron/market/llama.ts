/**
 * DefiLlama's public API: yields, TVL and prices. Rows are taken one by one: one that is not of its form, or says what
 * cannot be, is left out and counted, and the rest counts. Nothing of a portfolio is ever part of a request: what is
 * asked for is the whole catalogue.
 */
import { z } from 'zod';
import { AppError } from '../../shared/contract/errors.ts';
import type { ApiHost } from '../../shared/contract/settings.ts';
import { malformedError, type FetchJson } from './fetch-json.ts';
import { numberToUnits } from './number-to-units.ts';

export interface PoolYield {
  readonly chain: string;
  readonly project: string;
  readonly symbol: string;
  readonly pool: string;
  readonly tvlUsd: number;
  /** Percent per year; null where the row does not say. */
  readonly apy: number | null;
  readonly apyBase: number | null;
  readonly apyReward: number | null;
}

export interface CoinPrice {
  readonly coin: string;
  /** US dollars, 8 decimals. */
  readonly price: bigint;
  /** Unix milliseconds. */
  readonly at: number;
}

/** What could be taken, and how many rows were left out. */
export interface Taken<T> {
  readonly rows: readonly T[];
  readonly leftOut: number;
}

export interface Llama {
  /** @throws AppError api-*, host-not-allowed, cancelled */
  readYields(signal: AbortSignal): Promise<Taken<PoolYield>>;
  /** US dollars; null where the answer is not believable. */
  readTvl(slug: string, signal: AbortSignal): Promise<number | null>;
  readPrices(coins: readonly string[], signal: AbortSignal): Promise<Taken<CoinPrice>>;
  /** Daily prices from `fromMs` on, as far as one request reaches. */
  readHistory(coin: string, fromMs: number, signal: AbortSignal): Promise<Taken<CoinPrice>>;
}

export const YIELDS_HOST: ApiHost = 'yields.llama.fi';
export const TVL_HOST: ApiHost = 'api.llama.fi';
export const PRICES_HOST: ApiHost = 'coins.llama.fi';

/** Percent per year above which a row is a fault or a lure, not the yield of a staking token. */
const MAX_APY = 1000;
/** Dollars: above it more is claimed than there is. */
const MAX_TVL = 1e13;
const MAX_PRICE = 1e9;
/** Clocks differ a little; a price of an hour ahead is of nobody's. */
const MAX_AHEAD_MS = 10 * 60_000;
/** Before the first exchange quoted bitcoin there was no price. */
const EARLIEST_MS = Date.UTC(2009, 0, 1);
/** The API says how sure it is of a price, 0 to 1. */
const MIN_CONFIDENCE = 0.5;
/** Coins per request, for the sake of the URL's length. */
const COINS_PER_REQUEST = 30;
/** Days one history request reaches. */
export const HISTORY_DAYS = 500;

const percent = z.number().min(-100).max(MAX_APY).nullish();
const text = z.string().min(1).max(200);
const poolSchema = z.object({
  chain: text,
  project: text,
  symbol: text,
  pool: text,
  tvlUsd: z.number().min(0).max(MAX_TVL),
  apy: percent,
  apyBase: percent,
  apyReward: percent,
});
const yieldsSchema = z.object({ status: z.literal('success'), data: z.array(z.unknown()) });
const pricesSchema = z.object({ coins: z.record(z.string(), z.unknown()) });
const price = z.number().positive().max(MAX_PRICE);
const priceSchema = z.object({
  price,
  timestamp: z.number(),
  confidence: z.number().min(MIN_CONFIDENCE).max(1).optional(),
});
const chartSchema = z.object({ coins: z.record(z.string(), z.object({ prices: z.array(z.unknown()) })) });
const chartPointSchema = z.object({ timestamp: z.number(), price });

export function createLlama(fetchJson: FetchJson, now: () => number): Llama {
  /** Unix seconds to milliseconds; null where the time is ahead of the clock or before there were prices. */
  function readTime(seconds: number): number | null {
    const at = Math.round(seconds * 1000);
    return at >= EARLIEST_MS && at <= now() + MAX_AHEAD_MS ? at : null;
  }

  function makePrice(coin: string, dollars: number, seconds: number): CoinPrice | null {
    const at = readTime(seconds);
    const units = numberToUnits(dollars, 8);
    return at === null || units === null || units <= 0n ? null : { coin, price: units, at };
  }

  return {
    async readYields(signal) {
      const answer = read(YIELDS_HOST, yieldsSchema, await fetchJson(YIELDS_HOST, '/pools', signal));
      return takeRows(answer.data, (row) => {
        const parsed = poolSchema.safeParse(row);
        if (!parsed.success) return null;
        const { apy, apyBase, apyReward, ...rest } = parsed.data;
        return { ...rest, apy: apy ?? null, apyBase: apyBase ?? null, apyReward: apyReward ?? null };
      });
    },
    async readTvl(slug, signal) {
      const answer = await fetchJson(TVL_HOST, `/tvl/${encodeURIComponent(slug)}`, signal);
      const parsed = z.number().min(0).max(MAX_TVL).safeParse(answer);
      return parsed.success ? parsed.data : null;
    },
    async readPrices(coins, signal) {
      const rows: CoinPrice[] = [];
      let leftOut = 0;
      for (let start = 0; start < coins.length; start += COINS_PER_REQUEST) {
        const asked = coins.slice(start, start + COINS_PER_REQUEST);
        const path = `/prices/current/${asked.map(encodeCoin).join(',')}`;
        const answer = read(PRICES_HOST, pricesSchema, await fetchJson(PRICES_HOST, path, signal));
        for (const [coin, row] of matchCoins(asked, answer.coins)) {
          const parsed = priceSchema.safeParse(row);
          const made = parsed.success ? makePrice(coin, parsed.data.price, parsed.data.timestamp) : null;
          if (made) rows.push(made);
          else leftOut++;
        }
      }
      return { rows, leftOut };
    },
    async readHistory(coin, fromMs, signal) {
      const days = Math.ceil((now() - fromMs) / 86_400_000);
      const span = Math.min(HISTORY_DAYS, Math.max(1, days));
      const query = `start=${Math.floor(fromMs / 1000)}&span=${span}&period=1d`;
      const path = `/chart/${encodeCoin(coin)}?${query}`;
      const answer = read(PRICES_HOST, chartSchema, await fetchJson(PRICES_HOST, path, signal));
      const [found] = matchCoins([coin], answer.coins);
      if (!found) return { rows: [], leftOut: 0 };
      return takeRows(found[1].prices, (row) => {
        const parsed = chartPointSchema.safeParse(row);
        return parsed.success ? makePrice(coin, parsed.data.price, parsed.data.timestamp) : null;
      });
    },
  };
}

/** What cannot be used as a whole is an error of the API. */
function read<T>(host: ApiHost, schema: z.ZodType<T>, answer: unknown): T {
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  // Keys of the answer are foreign text: only the first, which is ours, is named.
  throw malformedError(host, `${String(issue?.path[0] ?? 'the answer')} has an unexpected form`);
}

function takeRows<T>(rows: readonly unknown[], take: (row: unknown) => T | null): Taken<T> {
  const taken = rows.map(take).filter((row) => row !== null);
  return { rows: taken, leftOut: rows.length - taken.length };
}

/** The answers to what was asked, whatever else came; the API may write an address in other capitals. */
function matchCoins<T>(
  asked: readonly string[],
  answered: Readonly<Record<string, T>>,
): (readonly [coin: string, row: T])[] {
  const byKey = new Map(Object.entries(answered).map(([key, row]) => [key.toLowerCase(), row] as const));
  return asked.flatMap((coin) => {
    const row = byKey.get(coin.toLowerCase());
    return row === undefined ? [] : [[coin, row] as const];
  });
}

const COIN_KEY = /^[a-z0-9-]{1,40}:[A-Za-z0-9-]{1,80}$/u;

/** `ethereum:0x…`, `coingecko:bitcoin`: nothing else may become part of a path. */
function encodeCoin(coin: string): string {
  if (COIN_KEY.test(coin)) return coin;
  throw new AppError('internal', 'The catalogue names a coin in a form that cannot be asked for.', {
    detail: coin,
  });
}

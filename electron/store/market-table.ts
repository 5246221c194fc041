/** Prices and rates by series: who says what of one asset in one unit. */
import { z } from 'zod';
import { assetSchema, PRICE_SOURCES, QUOTES } from '../../shared/domain/market.ts';
import type { Database } from './database.ts';
import { readText } from './rows.ts';
import type { Sealer } from './sealing.ts';
import { createYearlyRows } from './yearly-rows.ts';

const seriesSchema = z.object({
  /** A market price, or how much of the underlying one token stands for by its protocol's books. */
  kind: z.enum(['price', 'rate']),
  asset: assetSchema,
  quote: z.enum(QUOTES),
  source: z.enum(PRICE_SOURCES),
});
export type MarketSeries = z.infer<typeof seriesSchema>;

export interface MarketPoint {
  /** Unix milliseconds. */
  readonly at: number;
  readonly value: bigint;
  readonly detail: string;
}

export interface PutCount {
  readonly added: number;
  readonly replaced: number;
  readonly unchanged: number;
}

export interface MarketTable {
  /** Every series with its newest point. */
  listNewest(): readonly { readonly series: MarketSeries; readonly point: MarketPoint }[];
  /** Oldest first. */
  read(series: MarketSeries): readonly MarketPoint[];
  /** A point of the same series and time takes the place of the one there. All of them or none. */
  put(series: MarketSeries, points: readonly MarketPoint[]): PutCount;
  /** What {@link put} would do. */
  preview(series: MarketSeries, points: readonly MarketPoint[]): PutCount;
  remove(series: MarketSeries): void;
  /** Ids of readings whose prices were not taken yet, oldest first. */
  listNewReadings(): readonly string[];
  noteReading(observationId: string): void;
}

/** Columns, because a year has hundreds of points and each would repeat its names. Values are decimal text. */
const yearSchema = z
  .object({
    series: seriesSchema,
    details: z.array(z.string()),
    at: z.array(z.number()),
    value: z.array(z.string().regex(/^[1-9]\d*$/u)),
    detail: z.array(z.number().int().nonnegative()),
  })
  .refine(({ at, value, detail }) => at.length === value.length && at.length === detail.length);
type Year = z.infer<typeof yearSchema>;

function keyOf({ kind, asset, quote, source }: MarketSeries): string[] {
  return [kind, asset, quote, source];
}

function unpack({ at, value, detail, details }: Year): MarketPoint[] {
  return at.map((time, index) => ({
    at: time,
    value: BigInt(value[index] ?? '0'),
    detail: details[detail[index] ?? 0] ?? '',
  }));
}

function pack(series: MarketSeries, points: readonly MarketPoint[]): Year {
  const numbers = new Map<string, number>();
  const detail = points.map((point) => {
    const number = numbers.get(point.detail) ?? numbers.size;
    numbers.set(point.detail, number);
    return number;
  });
  return {
    series,
    details: [...numbers.keys()],
    at: points.map(({ at }) => at),
    value: points.map(({ value }) => value.toString()),
    detail,
  };
}

function yearOf(at: number): number {
  return new Date(at).getUTCFullYear();
}

interface Merged {
  readonly points: readonly MarketPoint[];
  readonly count: PutCount;
}

/** The later of two new points of one time counts. */
function merge(known: readonly MarketPoint[], fresh: readonly MarketPoint[]): Merged {
  const points = new Map(known.map((point) => [point.at, point] as const));
  const knownTimes = new Set(points.keys());
  const count = { added: 0, replaced: 0, unchanged: 0 };
  for (const point of new Map(fresh.map((one) => [one.at, one] as const)).values()) {
    const earlier = points.get(point.at);
    if (!knownTimes.has(point.at)) count.added++;
    else if (earlier?.value === point.value) count.unchanged++;
    else count.replaced++;
    points.set(point.at, point);
  }
  return { points: [...points.values()].sort((a, b) => a.at - b.at), count };
}

function addCounts(a: PutCount, b: PutCount): PutCount {
  return {
    added: a.added + b.added,
    replaced: a.replaced + b.replaced,
    unchanged: a.unchanged + b.unchanged,
  };
}

const NOTHING: PutCount = { added: 0, replaced: 0, unchanged: 0 };

export function createMarketTable(db: Database, sealer: Sealer): MarketTable {
  const rows = createYearlyRows(db, sealer, 'market_points', yearSchema);
  const listNewReadings = db.prepare(
    `SELECT id FROM observations WHERE id NOT IN (SELECT observation_id FROM market_readings) ORDER BY rowid`,
  );
  const noteReading = db.prepare('INSERT OR IGNORE INTO market_readings (observation_id) VALUES (?)');

  function mergeYears(
    series: MarketSeries,
    points: readonly MarketPoint[],
    keep: (year: number, merged: Merged) => void,
  ): PutCount {
    let total = NOTHING;
    for (const [year, fresh] of Map.groupBy(points, ({ at }) => yearOf(at))) {
      const known = rows.find(keyOf(series), year);
      const merged = merge(known ? unpack(known) : [], fresh);
      keep(year, merged);
      total = addCounts(total, merged.count);
    }
    return total;
  }

  return {
    listNewest: () =>
      rows.readNewest().flatMap((year) => {
        const point = unpack(year).at(-1);
        return point ? [{ series: year.series, point }] : [];
      }),
    read: (series) => rows.read(keyOf(series)).flatMap(({ content }) => unpack(content)),
    put: (series, points) =>
      db.transact(() =>
        mergeYears(series, points, (year, merged) => {
          const isNew = merged.count.added > 0 || merged.count.replaced > 0;
          if (isNew) rows.put(keyOf(series), year, pack(series, merged.points));
        }),
      ),
    preview: (series, points) => mergeYears(series, points, () => undefined),
    remove: (series) => void rows.remove(keyOf(series)),
    listNewReadings: () => listNewReadings.all().map((row) => readText(row, 'id')),
    noteReading: (id) => void db.transact(() => noteReading.run(id)),
  };
}

/** The market as the page sees it: latest prices, histories, what an import would do, what a refresh brought. */
import { z } from 'zod';
import { catalogObservationSchema } from '../domain/catalog.ts';
import {
  depegEventSchema,
  disagreementSchema,
  marketAssetSchema,
  pegSchema,
  PRICE_SOURCES,
  pricePointSchema,
  QUOTES,
} from '../domain/market.ts';
import { catalogChangeSchema } from './catalog-view.ts';
import { appErrorSchema } from './errors.ts';
import { API_HOSTS } from './settings.ts';

const marketRowSchema = z.object({
  asset: marketAssetSchema,
  /** In dollars; null where no source knows one. */
  price: pricePointSchema.nullable(),
  /** In the underlying, where a source quotes it so or both dollar prices are of about the same time. */
  inUnderlying: pricePointSchema.nullable(),
  /** Null for ETH and BTC. */
  peg: pegSchema.nullable(),
  disagreement: disagreementSchema.nullable(),
  /** The price is older than a day. */
  isStale: z.boolean(),
});
export type MarketRow = z.infer<typeof marketRowSchema>;

/** What became of one part of a refresh. */
export const refreshPartSchema = z.object({
  part: z.enum(['yields', 'tvl', 'prices', 'history']),
  host: z.enum(API_HOSTS),
  /** How many values came, and how many rows were left out as not believable. */
  taken: z.number(),
  leftOut: z.number(),
  /** Null where it succeeded. */
  error: appErrorSchema.nullable(),
});
export type RefreshPart = z.infer<typeof refreshPartSchema>;

export const refreshStatusSchema = z.object({
  /** Unix milliseconds; null where there was none. */
  succeededAt: z.number().nullable(),
  triedAt: z.number().nullable(),
  /** Of the last try: a part that failed left its old values in place. */
  parts: z.array(refreshPartSchema),
  changes: z.array(catalogChangeSchema),
  hosts: z.array(z.object({ host: z.enum(API_HOSTS), isAllowed: z.boolean() })),
});
export type RefreshStatus = z.infer<typeof refreshStatusSchema>;

export const marketViewSchema = z.object({
  /** Unix milliseconds the ages are counted from. */
  at: z.number(),
  rows: z.array(marketRowSchema),
  refresh: refreshStatusSchema,
});
export type MarketView = z.infer<typeof marketViewSchema>;

/** Points drawn; where there are more, the lowest and highest of each stretch were kept. */
const thinnedSchema = z.object({ from: z.number(), to: z.number() }).nullable();

const historyPointSchema = z.object({
  at: z.number(),
  value: z.bigint(),
  source: z.enum(PRICE_SOURCES),
  /** Whether more than `gapMs` lies between it and the point before: no line is drawn there. */
  isAfterGap: z.boolean(),
});
export type HistoryPoint = z.infer<typeof historyPointSchema>;

export const marketHistorySchema = z.object({
  asset: marketAssetSchema,
  quote: z.enum(QUOTES),
  points: z.array(historyPointSchema),
  thinned: thinnedSchema,
  /** Two points farther apart than this, in milliseconds, have a gap between them. */
  gapMs: z.number(),
  /** Quotes this asset has any history in. */
  quotes: z.array(z.enum(QUOTES)),
  isSynthetic: z.boolean(),
});
export type MarketHistory = z.infer<typeof marketHistorySchema>;

export const pegHistorySchema = z.object({
  asset: marketAssetSchema,
  points: z.array(historyPointSchema),
  thinned: thinnedSchema,
  gapMs: z.number(),
  /** Prices for which no peg could be had, by what was missing. */
  missing: z.object({ 'no-underlying': z.number(), 'no-rate': z.number() }),
  events: z.array(depegEventSchema),
  /** From which distance a run counts as a depeg, 1e18 = 100%. */
  threshold: z.bigint(),
  isSynthetic: z.boolean(),
});
export type PegHistory = z.infer<typeof pegHistorySchema>;

export const priceImportSchema = z.object({
  added: z.number(),
  replaced: z.number(),
  unchanged: z.number(),
  series: z.array(
    z.object({
      asset: z.string(),
      quote: z.enum(QUOTES),
      count: z.number(),
      from: z.number(),
      to: z.number(),
    }),
  ),
});
export type PriceImport = z.infer<typeof priceImportSchema>;

export const catalogHistorySchema = z.object({ observations: z.array(catalogObservationSchema) });

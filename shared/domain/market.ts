/**
 * Market prices as observed: of BTC and ETH in dollars, and of each token against what it is a claim on. A price always
 * says who said it and when; nothing is interpolated between two observations.
 */
import { z } from 'zod';

/**
 * Where prices come from. The user sets their order; what the user typed comes first whatever the order says, and the
 * sample, which is invented, is used only for what no other source knows.
 */
export const PRICE_SOURCES = ['manual', 'imported', 'chain', 'llama', 'catalog', 'sample'] as const;
export type PriceSource = (typeof PRICE_SOURCES)[number];

/** The sources whose order is the user's to set. */
export const ORDERED_SOURCES = ['imported', 'chain', 'llama', 'catalog'] as const;
export type OrderedSource = (typeof ORDERED_SOURCES)[number];

export const QUOTES = ['USD', 'ETH', 'BTC'] as const;
export type Quote = (typeof QUOTES)[number];

/** Decimals in which a price in that quote is counted. */
export const QUOTE_DECIMALS: Readonly<Record<Quote, number>> = { USD: 8, ETH: 18, BTC: 18 };

/** `ETH`, `BTC`, or an instrument's or product's symbol: `weETH`. */
export const assetSchema = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._+-]{0,39}$/u, { message: 'an asset is a symbol such as ETH' });

/** One price: `price` is units of the quote for one whole unit of the asset, 8 decimals for USD and 18 else. */
export const pricePointSchema = z.object({
  asset: assetSchema,
  quote: z.enum(QUOTES),
  price: z.bigint().positive(),
  /** Unix milliseconds of which the price is. */
  at: z.number(),
  source: z.enum(PRICE_SOURCES),
  /** Host, file name or page; never a URL with a path that may hold a key. */
  detail: z.string().max(200),
});
export type PricePoint = z.infer<typeof pricePointSchema>;

/** Two sources that say different things at about the same time. */
export const disagreementSchema = z.object({
  asset: z.string(),
  quote: z.enum(QUOTES),
  one: pricePointSchema,
  other: pricePointSchema,
  /** Share of the smaller price, 1e18 = 100%. */
  difference: z.bigint(),
});
export type Disagreement = z.infer<typeof disagreementSchema>;

/** Why a price against the underlying is not known. */
const PEG_GAPS = [
  /** No market price of the token. */
  'no-price',
  /** No price of what it is a claim on, at about that time. */
  'no-underlying',
  /** Nobody said how much of the underlying one token stands for, at about that time. */
  'no-rate',
] as const;

/** Market price over (price of the underlying x rate): 1e18 where the market pays what the books say. */
export const pegSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('known'),
    peg: z.bigint().positive(),
    price: pricePointSchema,
    /** Null where the price is quoted in the underlying itself. */
    underlying: pricePointSchema.nullable(),
    /** Null where one token is one unit of the underlying by definition. */
    rate: pricePointSchema.nullable(),
  }),
  z.object({ kind: z.literal('unknown'), why: z.enum(PEG_GAPS) }),
]);
export type Peg = z.infer<typeof pegSchema>;

/** A time at which a token left its underlying: recorded in the catalogue, or found in the stored prices. */
export const depegEventSchema = z.object({
  kind: z.enum(['recorded', 'detected']),
  asset: z.string(),
  /** Title of the incident; empty for a detected run. */
  title: z.string(),
  /** Unix milliseconds; `to` equals `from` where only a day is known. */
  from: z.number(),
  to: z.number(),
  /** The peg farthest from one, of the stored points; null where none is stored. */
  worst: z.bigint().nullable(),
  /** How sure a recorded one is; null for a detected run. */
  status: z.enum(['confirmed', 'secondary', 'disputed', 'unconfirmed']).nullable(),
  /** Whether it lies in the sample's invented history. */
  isSynthetic: z.boolean(),
});
export type DepegEvent = z.infer<typeof depegEventSchema>;

/** What a token is a claim on, where it is one: what the market knows of an asset besides its prices. */
export const marketAssetSchema = z.object({
  asset: assetSchema,
  name: z.string(),
  /** Null for ETH and BTC themselves. */
  underlying: z.enum(['ETH', 'BTC']).nullable(),
  /** Whether one token is one unit of the underlying by definition, as stETH is. */
  isOneToOne: z.boolean(),
});
export type MarketAsset = z.infer<typeof marketAssetSchema>;

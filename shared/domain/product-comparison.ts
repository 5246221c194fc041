/**
 * Two to four products of the catalogue side by side on the same simulated paths: what the Compare page and
 * `ballast compare` show. Every loss is a share of what is held (0.01 is one percent), because each product is given the
 * same value. Model and assumptions: docs/method/comparison.md. Texts: `comparison.*`.
 */
import { z } from 'zod';
import {
  FACT_STATUSES,
  PROTOCOL_KINDS,
  factDateSchema,
  findLeastSure,
  type Catalog,
  type FactStatus,
  type Product,
  type Protocol,
} from './catalog.ts';
import { HAZARD_CLASS_IDS } from './hazards.ts';
import { estimateSchema, PARAMETER_SETS } from './loss-distribution.ts';

export const FEWEST_COMPARED = 2;
export const MOST_COMPARED = 4;
export const DEFAULT_COMPARED_PATHS = 200_000;
export const DEFAULT_COMPARED_DAYS = 365;

export const comparisonRequestSchema = z.strictObject({
  /** References of products ({@link refOfProduct}), each once. Figures do not depend on their order. */
  productIds: z.array(z.string().min(1).max(110)).min(FEWEST_COMPARED).max(MOST_COMPARED),
  paths: z.number().int().min(1000).max(2_000_000),
  horizonDays: z.number().gt(0).max(3650),
  /** Whether market discounts count as losses. They are prices: off unless asked for. */
  withMarketLoss: z.boolean(),
  /** Whether a bridge that a product rests on can take what is held: right for who holds across it, else too much. */
  withBridges: z.boolean(),
  seed: z
    .number()
    .int()
    .min(0)
    .max(2 ** 32 - 1),
});
export type ComparisonRequest = z.infer<typeof comparisonRequestSchema>;

/** What is asked unless somebody asks otherwise. */
export const DEFAULT_COMPARISON: Omit<ComparisonRequest, 'productIds'> = {
  paths: DEFAULT_COMPARED_PATHS,
  horizonDays: DEFAULT_COMPARED_DAYS,
  withMarketLoss: false,
  withBridges: true,
  seed: 1,
};

/** What was assumed. Texts: `comparison.assumption.<key>`, with `values` as parameters. */
export const COMPARISON_ASSUMPTIONS = [
  /** The same value in each. */
  'sameValue',
  /** Losses before anything is paid back. */
  'gross',
  /** {{operators}} equal operators run the validators. */
  'validators',
  /** All of it stands with one operator, in full reach of one service: how it is divided is not published. */
  'restakedInFull',
  /** What the vault holds is not in the figures, only the vault itself. */
  'collateralApart',
  /** One output of {{size}} BTC with one finality provider; being slashed costs a fee of {{fee}} BTC. */
  'oneOutput',
  /** All of it is staked with Babylon, through one finality provider: the part is not published. */
  'stakedInFull',
  /** {{custodians}} keep the coins, in equal parts, and count as of the kind that fails more often. */
  'custodians',
  /** Nobody says who keeps the coins: one custodian, of the kind that fails more often. */
  'custodianUnnamed',
  /** All of it rests on {{name}}: the part is not published. */
  'restsInFull',
  /** It is held across {{name}}. */
  'bridged',
  /** A failure of {{name}} is left out: it is taken to be held on its own chain. */
  'unbridged',
  /** {{name}} is not confirmed: it counts with stressed numbers only. */
  'stressedOnly',
  /** {{name}} counts as a part of the protocol's own contracts. */
  'ownContract',
  /** {{name}}: an oracle harms who borrowed against the token. */
  'oracleApart',
  /** {{name}}: nobody knows how often those in control fail. */
  'controlApart',
  /** Market discounts are in the figures, or are not. */
  'marketIn',
  'marketOut',
] as const;
export type ComparisonAssumptionKey = (typeof COMPARISON_ASSUMPTIONS)[number];

const assumptionSchema = z.object({
  key: z.enum(COMPARISON_ASSUMPTIONS),
  /** Reference; null: of all. */
  productId: z.string().nullable(),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type ComparisonAssumption = z.infer<typeof assumptionSchema>;

/** From the lowest to the highest. */
const rangeSchema = z.object({ low: z.number(), high: z.number() });

const factRangeSchema = z.object({
  low: z.number(),
  high: z.number(),
  status: z.enum(FACT_STATUSES),
  /** Ids of the catalogue's sources; of an observation the name of its own. */
  sources: z.array(z.string()),
  asOf: factDateSchema.nullable(),
});

/** Days until it is out. Null: not known; never zero for that. */
const comparedExitSchema = z.object({
  /** The protocol's own delay; a wait that somebody measured where the catalogue has none. */
  own: factRangeSchema.nullable(),
  /** The same under stress, as recorded or as the code allows at most. */
  stress: factRangeSchema.nullable(),
  /** Ethereum's exit queue, for what is staked with validators. */
  queue: factRangeSchema.nullable(),
  /**
   * From the own delay with nobody in the queue, to the queue after it, or the delay under stress if that is longer. What
   * is not known of the last two is not in it. Null where the own delay is not known.
   */
  total: rangeSchema.nullable(),
});
export type ComparedExit = z.infer<typeof comparedExitSchema>;

/** How sure the whole range is: its far end may rest on the delay under stress, or on the queue. */
export function statusOfExit({ own, stress, queue }: ComparedExit): FactStatus | null {
  return findLeastSure([own, stress, queue].flatMap((range) => (range === null ? [] : [range.status])));
}

const comparedProductSchema = z.object({
  /** Reference, as in the request. */
  productId: z.string(),
  protocolId: z.string(),
  protocolName: z.string(),
  name: z.string(),
  symbol: z.string().nullable(),
  kind: z.enum(PROTOCOL_KINDS),
  asset: z.enum(['ETH', 'BTC', 'mixed']),
  exit: comparedExitSchema,
  /** Lowest and highest of the three sets. */
  expectedLoss: rangeSchema,
  lossProbability: rangeSchema,
  expectedShortfall: rangeSchema,
  maximum: rangeSchema,
});
export type ComparedProduct = z.infer<typeof comparedProductSchema>;

/** One product under one set, as shares of its value over the horizon. */
const comparedFiguresSchema = z.object({
  productId: z.string(),
  expectedLoss: estimateSchema,
  /** Chance of losing anything at all. */
  lossProbability: estimateSchema,
  /** Exceeded in one case of a hundred. */
  valueAtRisk: estimateSchema,
  /** Mean of the worst case in a hundred: CVaR 99. */
  expectedShortfall: estimateSchema,
  /** The largest loss seen on any path. */
  maximum: z.number(),
});
export type ComparedFigures = z.infer<typeof comparedFiguresSchema>;

/** `other` less `one` on the same paths: below zero, `other` loses less. */
const comparedPairSchema = z.object({
  one: z.string(),
  other: z.string(),
  expectedLoss: estimateSchema,
  lossProbability: estimateSchema,
  expectedShortfall: estimateSchema,
  /** Chance that both lose something. */
  bothLose: estimateSchema,
});
export type ComparedPair = z.infer<typeof comparedPairSchema>;

const comparedSourceSchema = z.object({
  sourceId: z.string(),
  class: z.enum(HAZARD_CLASS_IDS),
  label: z.string(),
  ratePerYear: z.number(),
  /** Of the event, within the horizon. */
  probability: z.number(),
  severityMean: z.number(),
  /** What it alone is expected to cost each product that it reaches. More than one: they share it. */
  costs: z.array(z.object({ productId: z.string(), expectedLoss: z.number() })),
});
export type ComparedSource = z.infer<typeof comparedSourceSchema>;

const comparedSetSchema = z.object({
  set: z.enum(PARAMETER_SETS),
  rho: z.number(),
  /** In the order of the request. */
  products: z.array(comparedFiguresSchema),
  /** Each two once, in the order of the request. */
  pairs: z.array(comparedPairSchema),
  /** Largest first. */
  sources: z.array(comparedSourceSchema),
});
export type ComparedSet = z.infer<typeof comparedSetSchema>;

export const productComparisonSchema = z.object({
  request: comparisonRequestSchema,
  catalog: z.object({ version: z.number(), date: z.string() }),
  products: z.array(comparedProductSchema),
  /** One for each parameter set, in their order. */
  sets: z.array(comparedSetSchema),
  assumptions: z.array(assumptionSchema),
});
export type ProductComparison = z.infer<typeof productComparisonSchema>;

/** The last one of the running program. */
export const keptComparisonSchema = z.object({ comparison: productComparisonSchema, madeAt: z.number() });
export type KeptComparison = z.infer<typeof keptComparisonSchema>;

export interface CataloguedProduct {
  readonly ref: string;
  readonly protocol: Protocol;
  readonly product: Product;
}

/** Names a product in the whole catalogue: ids of products are unique in their protocol only. */
export function refOfProduct(protocol: Pick<Protocol, 'id'>, product: Pick<Product, 'id'>): string {
  return `${protocol.id}/${product.id}`;
}

export function listProducts({ protocols }: Pick<Catalog, 'protocols'>): readonly CataloguedProduct[] {
  return protocols.flatMap((protocol) =>
    protocol.products.map((product) => ({ ref: refOfProduct(protocol, product), protocol, product })),
  );
}

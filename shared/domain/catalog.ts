/**
 * The protocol catalogue: what is known of each protocol, fact by fact, with how sure it is, where it was found and
 * when it was true. Numbers in it are published estimates, hence plain numbers; a fact of which nothing is known says
 * so, and is never a zero.
 *
 * Files: assets/catalog/catalog.json, assets/catalog/protocols/<id>.json and assets/catalog/observations.json. How to
 * add or correct a fact: docs/catalog.md.
 */
import { z } from 'zod';
import { evmAddressSchema } from './address.ts';
import { DEPENDENCY_KINDS } from './instrument.ts';

export const FACT_STATUSES = ['confirmed', 'secondary', 'disputed', 'unconfirmed'] as const;
/**
 * confirmed: the protocol's own code or documents, or two independent pages. secondary: pages of third parties only.
 * disputed: sources disagree. unconfirmed: no source good enough to print it as a fact.
 */
export type FactStatus = (typeof FACT_STATUSES)[number];
const statusSchema = z.enum(FACT_STATUSES);

/** What is made of several facts is no surer than the least sure of them; null for none. */
export function findLeastSure(statuses: readonly FactStatus[]): FactStatus | null {
  return FACT_STATUSES.findLast((status) => statuses.includes(status)) ?? null;
}

/** A year, a month or a day, as exactly as the source gives it. */
export const factDateSchema = z
  .string()
  .regex(/^\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?$/u);

const FACT_UNITS = ['percent', 'days', 'hours', 'count', 'USD', 'ETH', 'BTC'] as const;
export type FactUnit = (typeof FACT_UNITS)[number];

/** From the lowest to the highest that the sources support; equal where they agree on one number. */
export const factFigureSchema = z
  .strictObject({ low: z.number(), high: z.number(), unit: z.enum(FACT_UNITS) })
  .refine(({ low, high }) => low <= high, { message: 'low must not be above high' });
export type FactFigure = z.infer<typeof factFigureSchema>;

const sourceId = z.string().min(1).max(60);
/** A page makes links of these. */
const pageUrl = z.url({ protocol: /^https$/u }).regex(/^\S+$/u);

export const factSchema = z
  .strictObject({
    /** What is known, in a plain sentence or less; null where nothing was found. */
    text: z.string().min(1).max(600).nullable(),
    /** The same as a number, for sorting and for the score; null where there is none. */
    figure: factFigureSchema.nullable(),
    status: statusSchema,
    /** Ids of {@link Catalog.sources}. */
    sources: z.array(sourceId),
    /** When the newest of the sources says it was so; null where none is dated. */
    asOf: factDateSchema.nullable(),
    /** What a reader should know before relying on it, for example what the sources disagree about. */
    note: z.string().max(600).nullable(),
  })
  .refine(({ text, figure }) => text !== null || figure === null, { message: 'a figure needs its words' })
  .refine(({ text, status }) => text !== null || status === 'unconfirmed', {
    message: 'a fact of which nothing is known is unconfirmed',
  })
  .refine(({ status, sources }) => status === 'unconfirmed' || sources.length > 0, {
    message: 'a fact needs a source',
  });
export type Fact = z.infer<typeof factSchema>;

/** What is asked of every protocol, in the order of the comparison. Texts: `catalog.fact.<key>`. */
export const FACT_KEYS = [
  /** How the token's value moves: rebases, exchange rate, 1:1. */
  'rate',
  /** In words: what pays. */
  'yieldSources',
  /** Percent of all rewards the protocol keeps. */
  'feeOnRewards',
  /** Percent of the amount, where leaving at once costs one. */
  'exitFee',
  'exitPath',
  /** Days of the protocol's own delay. */
  'exitDays',
  /** Days under stress, as recorded or as the code allows at most. */
  'exitStressDays',
  'liquidity',
  'slashingConditions',
  /** Percent of the principal that the rules allow to be taken at most. */
  'slashingMaximum',
  /** Who loses first. */
  'cover',
  /** How many reports. */
  'audits',
  'bounty',
  /** Hours before an upgrade takes effect. */
  'timelock',
  /** Figure: signatures needed. */
  'multisig',
  'pause',
  /** Proof of reserves, who holds what is under it. */
  'backing',
  /** What the project publishes about itself. */
  'disclosure',
] as const;
export type FactKey = (typeof FACT_KEYS)[number];

export const PROTOCOL_KINDS = [
  'restaking-platform',
  'lrt',
  'lst',
  'btc-staking',
  'btc-lrt',
  'btc-wrapper',
] as const;
export type ProtocolKind = (typeof PROTOCOL_KINDS)[number];

/** What can be held of a protocol. `symbol` is null where a position is no token: shares, a stake. */
const productSchema = z.strictObject({
  id: z.string().min(1).max(60),
  symbol: z.string().min(1).max(20).nullable(),
  name: z.string().min(1).max(60),
  kind: z.enum(PROTOCOL_KINDS),
  decimals: z.number().int().min(0).max(36).nullable(),
  /** Id of the program's instrument of it, where there is one (shared/domain/instrument.ts). */
  instrument: z.string().nullable(),
});
export type Product = z.infer<typeof productSchema>;

const dependencySchema = z.strictObject({
  kind: z.enum([...DEPENDENCY_KINDS, 'protocol', 'operator'] as const),
  name: z.string().min(1).max(120),
  status: statusSchema,
  sources: z.array(sourceId),
});
export type ProtocolDependency = z.infer<typeof dependencySchema>;

const contractSchema = z.strictObject({
  name: z.string().min(1).max(60),
  /** `other`: the same address on several chains that are neither. */
  chain: z.enum(['ethereum', 'mantle', 'other']),
  address: evmAddressSchema,
  status: statusSchema,
  /** Whether the project's own repository names it. */
  isFirstParty: z.boolean(),
  /** `owner/repository:path`, or in words where that was not kept. */
  seenIn: z.array(z.string().min(1)).min(1),
  /** Why an address stands here under a second name, or what it is instead of a contract. */
  note: z.string().max(200).nullable(),
});
export type CatalogContract = z.infer<typeof contractSchema>;

const protocolIncidentSchema = z.strictObject({
  date: factDateSchema,
  title: z.string().min(1).max(200),
  /** Whether holders or the protocol lost anything; null where that is disputed or not known. */
  hasLoss: z.boolean().nullable(),
  /** In words; null where no size is known. */
  size: z.string().max(300).nullable(),
  /** What a holder learns from it. */
  teaches: z.string().min(1).max(300),
  status: statusSchema,
  sources: z.array(sourceId),
  /** Id in assets/catalog/incidents.json, where it can be replayed. */
  replay: z.string().nullable(),
});
export type ProtocolIncident = z.infer<typeof protocolIncidentSchema>;

/** What the world gets wrong, and what is so. */
const correctionSchema = z.strictObject({
  claim: z.string().min(1).max(200),
  says: z.string().min(1).max(300),
  status: statusSchema,
  sources: z.array(sourceId),
});
export type Correction = z.infer<typeof correctionSchema>;

/** How DefiLlama knows it. Ids that nobody has confirmed are matched by project, symbol and chain instead. */
const llamaSchema = z.strictObject({
  project: z.string().nullable(),
  slug: z.string().nullable(),
  slugStatus: statusSchema,
  /** Symbols are compared without regard to case. */
  pools: z.array(z.strictObject({ product: z.string(), symbol: z.string(), pool: z.string().nullable() })),
  /** Coin keys as its price API writes them: `ethereum:0x…`, `coingecko:bitcoin`. */
  coins: z.array(z.strictObject({ product: z.string(), coin: z.string() })),
});

export const protocolSchema = z.strictObject({
  schema: z.literal('ballast-protocol/1'),
  id: z.string().regex(/^[a-z0-9-]{1,40}$/u),
  name: z.string().min(1).max(60),
  kind: z.enum(PROTOCOL_KINDS),
  products: z.array(productSchema).min(1),
  /** What it is a claim on, for comparing like with like. */
  asset: z.enum(['ETH', 'BTC', 'mixed']),
  underlying: z.string().min(1).max(200),
  issuer: z.string().min(1).max(120),
  chains: z.array(z.string().min(1).max(120)),
  facts: z.strictObject(
    // fromEntries forgets which keys it was given.
    Object.fromEntries(FACT_KEYS.map((key) => [key, factSchema])) as Record<FactKey, typeof factSchema>,
  ),
  dependencies: z.array(dependencySchema),
  contracts: z.array(contractSchema),
  /** Newest first. */
  incidents: z.array(protocolIncidentSchema),
  corrections: z.array(correctionSchema),
  llama: llamaSchema,
});
export type Protocol = z.infer<typeof protocolSchema>;

export const METRICS = [
  'price',
  'exchangeRate',
  /** Percent per year, after the protocol's fee. */
  'apy',
  'apyBase',
  'apyService',
  'apyEmissions',
  'tvl',
  'supply',
  'exitWait',
  'exitFee',
  /** Counted or told otherwise: shown, and used by nothing. */
  'other',
] as const;
export type Metric = (typeof METRICS)[number];

/** A dated observation: what one page or one API said of one thing on one day. */
export const catalogObservationSchema = z
  .strictObject({
    /** Id of the protocol; `market` and `ethereum` for what belongs to none. */
    protocol: z.string().min(1).max(40),
    /** Id of the product it is about; null for the protocol as a whole. Of `market` and `ethereum`: ETH or BTC. */
    product: z.string().nullable(),
    metric: z.enum(METRICS),
    /** What is counted, where the metric is `other`, or how it was measured. */
    label: z.string().min(1).max(120),
    low: z.number(),
    high: z.number(),
    /** As it is shown: percent, USD, ETH, `ETH per rETH`, days, operators. */
    unit: z.string().min(1).max(40),
    asOf: factDateSchema,
    status: statusSchema,
    source: z.strictObject({
      name: z.string().min(1),
      url: pageUrl.nullable(),
      pageDate: z.string().nullable(),
    }),
    note: z.string().max(400).nullable(),
    /** Set by a refresh; Unix milliseconds. Null for what the catalogue came with. */
    fetchedAt: z.number().nullable(),
  })
  .refine(({ low, high }) => low <= high, { message: 'low must not be above high' });
export type CatalogObservation = z.infer<typeof catalogObservationSchema>;

const catalogSourceSchema = z.strictObject({
  name: z.string().min(1).max(200),
  url: pageUrl.nullable(),
  /** Of the page or the revision; null where undated. */
  date: factDateSchema.nullable(),
  /** What in it was used. */
  detail: z.string().max(300).nullable(),
});

/** Observations with no protocol of the catalogue: prices, and Ethereum itself. */
export const COMMON_OBSERVED = ['market', 'ethereum'] as const;

export const catalogSchema = z.strictObject({
  schema: z.literal('ballast-catalog/1'),
  /** Raised with every change of a fact. */
  version: z.number().int().min(1),
  /** Day the facts were last gone through. */
  date: z.iso.date(),
  note: z.string(),
  sources: z.record(sourceId, catalogSourceSchema),
  protocols: z.array(protocolSchema),
  observations: z.array(catalogObservationSchema),
  /** Corrections that belong to no single protocol. */
  corrections: z.array(correctionSchema),
  /** Hosts that imitate a project's. Never linked, never asked. */
  lookalikes: z.array(z.strictObject({ host: z.string().min(1), imitates: z.string().min(1) })),
});
export type Catalog = z.infer<typeof catalogSchema>;

/** The newest observation of a metric; of two of one day the later in the list. Null where there is none. */
export function findObservation(
  observations: readonly CatalogObservation[],
  protocol: string,
  metric: Metric,
  product?: string,
): CatalogObservation | null {
  let newest: CatalogObservation | null = null;
  for (const one of observations) {
    if (one.protocol !== protocol || one.metric !== metric) continue;
    if (product !== undefined && one.product !== product) continue;
    if (newest === null || one.asOf >= newest.asOf) newest = one;
  }
  return newest;
}

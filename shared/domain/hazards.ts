/**
 * The hazard file: how often what happens, and how much it takes, as far as the record says. Numbers here are
 * estimates, hence plain numbers; each says from which events and exposure it was made and how good those are.
 */
import { z } from 'zod';
import type { ParameterSet } from './loss-distribution.ts';

export const HAZARD_CLASS_IDS = [
  'eth_validator_isolated',
  'operator_fault',
  'client_bug_liveness',
  'client_bug_slashing',
  'avs_operator_fault',
  'avs_service_wide',
  'babylon_fp_equivocation',
  'contract_exploit_issuer',
  'bridge_failure',
  'custodian_regulated',
  'custodian_other',
  'market_discount_open',
  'market_discount_closed',
  'oracle_failure_lst',
  'operator_key_or_api_compromise',
] as const;
export type HazardClassId = (typeof HAZARD_CLASS_IDS)[number];

/** From good to bad: counted from sources; from one weak page or from memory; no data. */
const EVIDENCE_STATUSES = ['data', 'unconfirmed', 'judgement'] as const;
export const evidenceStatusSchema = z.enum(EVIDENCE_STATUSES);
const statusSchema = evidenceStatusSchema;
export type EvidenceStatus = z.infer<typeof statusSchema>;

/** One value for each parameter set. */
function perSet<T extends z.ZodType>(value: T) {
  return z.strictObject({ calm: value, base: value, stressed: value } satisfies Record<ParameterSet, T>);
}

const shareSchema = z.number().min(0).max(1);
/** Events per year. Above this the unit is certainly wrong. */
export const MOST_EVENTS_PER_YEAR = 1000;
const rateSchema = z.number().min(0).max(MOST_EVENTS_PER_YEAR);

/** Where a rate comes from. `posterior`: a statistic of Gamma(events + 1/2, exposure), Jeffreys' prior. */
export const rateDerivationSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('posterior'),
    events: z.number().nonnegative(),
    /** Years, of whatever the rate is per. */
    exposure: z.number().positive(),
    statistic: z.enum(['q05', 'median', 'mean', 'q95']),
  }),
  z.strictObject({
    kind: z.literal('ratio'),
    events: z.number().nonnegative(),
    exposure: z.number().positive(),
    why: z.string(),
  }),
  z.strictObject({ kind: z.literal('judgement'), why: z.string() }),
]);
export type RateDerivation = z.infer<typeof rateDerivationSchema>;

/** Points of a quantile function: `[0.9, 0.3]`, a share of at most 0.3 with chance 0.9. Both rise. */
const quantilesSchema = z
  .array(z.tuple([z.number().gt(0).lt(1), z.number().nonnegative()]))
  .min(1)
  .max(100)
  .refine(isRising, { message: 'points must rise in their chance and not fall in their value' });

function isRising(points: readonly (readonly [number, number])[]): boolean {
  return points.every(([chance, value], index) => {
    const before = points[index - 1];
    return before === undefined || (chance > before[0] && value >= before[1]);
  });
}

const severityPointsSchema = quantilesSchema.refine((points) => points.every(([, share]) => share <= 1), {
  message: 'no more than everything can be lost',
});
/** The quantile function of a share lost, by some of its points. */
export type SeverityPoints = readonly (readonly [chance: number, share: number])[];

/**
 * `linear`: straight between the points. `steps`: each value holds from its point to the next, for losses that are a
 * parameter and take a few values only.
 */
const INTERPOLATIONS = ['linear', 'steps'] as const;
export type Interpolation = (typeof INTERPOLATIONS)[number];

/**
 * How the class's residual correlation enters the model. `factor`: the common factor of the operators; `same-operator`
 * and `same-event`: one event that each service, or token, joins with that chance; `shock`: all members at once, by
 * construction; `none`: not used, every source is a shock of its own.
 */
const RESIDUAL_USES = ['factor', 'same-operator', 'same-event', 'shock', 'none'] as const;

export const hazardClassSchema = z.strictObject({
  id: z.enum(HAZARD_CLASS_IDS),
  name: z.string(),
  /** What the rate is per: "operator, service and year". */
  per: z.string(),
  rate: perSet(z.strictObject({ perYear: rateSchema, from: rateDerivationSchema })),
  /** What a screen lets people enter; no bound of the evidence. */
  editable: z
    .strictObject({ min: rateSchema, max: rateSchema })
    .refine(({ min, max }) => min <= max, { message: 'min must not be above max' }),
  evidence: z.strictObject({ text: z.string(), events: statusSchema, exposure: statusSchema }),
  severity: z.strictObject({
    /** What the share is of: "stake allocated to the service". */
    of: z.string(),
    interpolation: z.enum(INTERPOLATIONS),
    calm: severityPointsSchema,
    base: severityPointsSchema,
    stressed: severityPointsSchema,
    status: perSet(statusSchema),
    why: z.string(),
  }),
  /** Quantiles of how long it lasts. */
  durationDays: quantilesSchema.optional(),
  residual: z.strictObject({
    calm: shareSchema,
    base: shareSchema,
    stressed: shareSchema,
    use: z.enum(RESIDUAL_USES),
    meaning: z.string(),
  }),
  /** Ids in {@link Hazards.sources}. */
  sources: z.array(z.string()),
});
export type HazardClass = z.infer<typeof hazardClassSchema>;

export const hazardSourceSchema = z.strictObject({
  where: z.string(),
  /** As the source gives it; many are undated. */
  date: z.string(),
  kind: z.enum(['primary', 'news original', 'repost or secondary']),
});

export const hazardsSchema = z
  .strictObject({
    schema: z.literal('ballast-hazards/1'),
    /** Day of the newest evidence looked at. */
    asOf: z.iso.date(),
    note: z.string(),
    /** Share of a gross loss that is paid back later, in the classes it applies to. A switch, off by default. */
    recovery: z.strictObject({
      calm: shareSchema,
      base: shareSchema,
      stressed: shareSchema,
      appliesTo: z.array(z.enum(HAZARD_CLASS_IDS)),
      status: statusSchema,
      why: z.string(),
      sources: z.array(z.string()),
    }),
    /** Share of a mixed stake that runs the client at fault. */
    clientShare: z.strictObject({
      share: shareSchema,
      status: statusSchema,
      why: z.string(),
      sources: z.array(z.string()),
    }),
    classes: z.array(hazardClassSchema).refine(listsEachClassOnce, {
      message: 'every class must be listed once',
    }),
    sources: z.record(z.string(), hazardSourceSchema),
  })
  .refine(
    ({ classes, recovery, clientShare, sources }) =>
      [...classes, recovery, clientShare].every((entry) =>
        entry.sources.every((id) => Object.hasOwn(sources, id)),
      ),
    { message: 'an entry names a source that is not listed' },
  );
export type Hazards = z.infer<typeof hazardsSchema>;

function listsEachClassOnce(classes: readonly { readonly id: HazardClassId }[]): boolean {
  const ids = new Set(classes.map(({ id }) => id));
  return ids.size === classes.length && ids.size === HAZARD_CLASS_IDS.length;
}

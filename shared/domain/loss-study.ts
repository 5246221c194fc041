/**
 * A loss study: what a portfolio could lose within a horizon, under each set of hazard parameters, with every number it
 * was made from. What the Likelihood part of Simulate, `ballast simulate --likelihood` and the report show.
 */
import { z } from 'zod';
import { evidenceStatusSchema, HAZARD_CLASS_IDS, rateDerivationSchema } from './hazards.ts';
import { estimateSchema, lossDistributionSchema, PARAMETER_SETS } from './loss-distribution.ts';

/** How a rate became a probability: see electron/risk/hazards/model-source.ts. */
const SOURCE_MAPPINGS = ['direct', 'joined', 'many', 'client'] as const;

/** One thing that can happen, with the numbers behind it. */
const sourceInfoSchema = z.object({
  sourceId: z.string(),
  class: z.enum(HAZARD_CLASS_IDS),
  label: z.string(),
  /** In the unit of the class. */
  ratePerYear: z.number(),
  /** Null where the user set the rate. */
  from: rateDerivationSchema.nullable(),
  rateStatus: evidenceStatusSchema,
  mapping: z.enum(SOURCE_MAPPINGS),
  probability: z.number(),
  severityMean: z.number(),
  severityStatus: evidenceStatusSchema,
  isEdited: z.boolean(),
  isAssumed: z.boolean(),
  expectedLoss: z.number(),
});

const OMISSION_REASONS = [
  'unvalued',
  'contradiction',
  'hidden',
  'unborrowed',
  'no-evidence',
  'no-withdrawal-keys',
  'market-apart',
  'cover-hangs-outside',
  'edit-unused',
] as const;

const omissionSchema = z.object({
  reason: z.enum(OMISSION_REASONS),
  id: z.string(),
  label: z.string(),
  amount: z.number().nullable(),
});

const assumptionSchema = z.object({
  kind: z.literal('hidden-with-one-operator'),
  label: z.string(),
  amount: z.number(),
});

const studiedSetSchema = z.object({
  set: z.enum(PARAMETER_SETS),
  rho: z.number(),
  distribution: lossDistributionSchema,
  sources: z.array(sourceInfoSchema),
  leftOut: z.array(omissionSchema),
  assumptions: z.array(assumptionSchema),
  /** Names of ids in attributions that are none of the exposure's. */
  names: z.record(z.string(), z.string()),
});
export type StudiedSet = z.infer<typeof studiedSetSchema>;

/** A change of one or several hazard numbers. Rates in the unit of the class. */
const hazardEditSchema = z.object({
  sourceId: z.string().max(400),
  ratePerYear: z.number().min(0).max(1000),
});

export const studyRequestSchema = z.strictObject({
  /** Above 0, at most 30. */
  horizonYears: z.number().gt(0).max(30),
  paths: z.number().int().min(1000).max(2_000_000),
  seed: z
    .number()
    .int()
    .min(0)
    .max(2 ** 32 - 1),
  /** Whether market discounts count as losses. */
  includeMarket: z.boolean(),
  /** Whether what is usually paid back after an exploit is taken off. */
  isRecoveryCounted: z.boolean(),
  edits: z.array(hazardEditSchema).max(500),
});
export type StudyRequest = z.infer<typeof studyRequestSchema>;

export const lossStudySchema = z.object({
  /** Names the tapes that the engine keeps for what-ifs. */
  studyId: z.string(),
  request: studyRequestSchema,
  blockNumber: z.bigint(),
  /** One for each parameter set, in their order. */
  sets: z.array(studiedSetSchema),
});
export type LossStudy = z.infer<typeof lossStudySchema>;

/** Moves `amount` (ETH of book value) out of one position, into another or, with null, into ETH that nothing reaches. */
export const moveSchema = z.strictObject({
  fromPositionId: z.string().max(400),
  toPositionId: z.string().max(400).nullable(),
  amount: z.number().gt(0),
});
export type Move = z.infer<typeof moveSchema>;

/** A figure before and after, on the same paths, and the change with an error of its own. */
const changeSchema = z.object({ before: z.number(), after: z.number(), change: estimateSchema });
export type Change = z.infer<typeof changeSchema>;

const movedSetSchema = z.object({
  set: z.enum(PARAMETER_SETS),
  expectedLoss: changeSchema,
  lossProbability: changeSchema,
  tails: z.array(z.object({ level: z.number(), valueAtRisk: changeSchema, expectedShortfall: changeSchema })),
  maximum: changeSchema,
  after: lossDistributionSchema,
});

export const moveResultSchema = z.object({ move: moveSchema, sets: z.array(movedSetSchema) });
export type MoveResult = z.infer<typeof moveResultSchema>;

/**
 * Loss distributions as the screen, the command line and the report read them. Every number is an estimate in ETH of
 * book value over a horizon, hence a plain number with its standard error, never an exact amount.
 */
import { z } from 'zod';

/** Sets of hazard parameters, from the mildest the evidence allows to the harshest. */
export const PARAMETER_SETS = ['calm', 'base', 'stressed'] as const;
export type ParameterSet = (typeof PARAMETER_SETS)[number];

/** `standardError`: of the simulation, not of the parameters; null where the figure has no sampling noise. */
export const estimateSchema = z.object({ value: z.number(), standardError: z.number().nullable() });
export type Estimate = z.infer<typeof estimateSchema>;

/** At one confidence level: the loss exceeded with probability 1 - level, and the mean of the losses beyond it. */
const tailSchema = z.object({
  level: z.number(),
  valueAtRisk: estimateSchema,
  expectedShortfall: estimateSchema,
});
export type Tail = z.infer<typeof tailSchema>;

export const ATTRIBUTION_DIMENSIONS = ['position', 'token', 'operator', 'service', 'dependency'] as const;
export type AttributionDimension = (typeof ATTRIBUTION_DIMENSIONS)[number];

/** Who a loss is charged to. The rows of a dimension sum to the total; `id` null: nobody of this dimension. */
const attributionSchema = z.object({
  dimension: z.enum(ATTRIBUTION_DIMENSIONS),
  rows: z.array(
    z.object({ id: z.string().nullable(), expectedLoss: z.number(), expectedShortfall: z.number() }),
  ),
});
export type Attribution = z.infer<typeof attributionSchema>;

export const lossDistributionSchema = z.object({
  totalValue: z.number(),
  paths: z.number(),
  seed: z.number(),
  expectedLoss: estimateSchema,
  /** Chance of losing anything at all. */
  lossProbability: estimateSchema,
  tails: z.array(tailSchema),
  /** The largest loss seen on any path. */
  maximum: z.number(),
  /** Falling in probability: the chance that the loss is at least `loss`. */
  exceedance: z.array(z.object({ loss: z.number(), probability: z.number() })),
  /** Confidence level of the expected shortfall that is attributed. */
  attributionLevel: z.number(),
  attributions: z.array(attributionSchema),
});
export type LossDistribution = z.infer<typeof lossDistributionSchema>;

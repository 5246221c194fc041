/**
 * What the exit model reads and answers, as the screen, the command line and the report show it: how long a claim takes
 * to become money, leg by leg, what waiting and selling cost, and how much can be out by when. Plain data.
 */
import { z } from 'zod';
import { PARAMETER_SETS } from './loss-distribution.ts';
import { wadSchema } from './units.ts';

/** How well a number is known. The first four are the words of the sources; then who else it can come from. */
export const EVIDENCE_STATUSES = [
  /** First-party code or documents, or two independent pages. */
  'confirmed',
  /** Third-party pages only, or one report of a single event. */
  'secondary',
  /** Sources disagree; the range spans them. */
  'disputed',
  /** No source good enough. */
  'unconfirmed',
  /** Read from the chain at the block of the observation. */
  'read',
  /** Entered by the user. */
  'entered',
  /** Chosen by this model, with the reason given. */
  'assumed',
] as const;
export type EvidenceStatus = (typeof EVIDENCE_STATUSES)[number];

const evidenceSchema = z.object({
  status: z.enum(EVIDENCE_STATUSES),
  /** Repository, page or contract. */
  source: z.string(),
  /** ISO date of the source, or as much of it as is known, or the block it was read at; null where it carries none. */
  asOf: z.string().nullable(),
  note: z.string().optional(),
});
export type Evidence = z.infer<typeof evidenceSchema>;

/** Three readings of one quantity. Ordered; null is unknown or never, and counts as later than any number. */
function rangeOf<T extends z.ZodType>(value: T) {
  return z.object({ low: value.nullable(), typical: value.nullable(), high: value.nullable() });
}

const numberRangeSchema = rangeOf(z.number());
/** In seconds where it is a time, in the unit named where it is an input. */
export type NumberRange = z.infer<typeof numberRangeSchema>;

const amountRangeSchema = rangeOf(z.bigint());

export const RANGE_SLOTS = ['low', 'typical', 'high'] as const;
export type RangeSlot = (typeof RANGE_SLOTS)[number];

const EXIT_LEG_KINDS = [
  /** Withdrawals are paused and it is not yet over. */
  'pause',
  /** The issuer's own request, queue or cooldown. */
  'issuer',
  /** EigenLayer's delay between queueing a withdrawal and completing it. */
  'escrow',
  /** Epochs before an exit can take effect. */
  'look-ahead',
  /** The exit queue of Ethereum. */
  'churn-queue',
  /** Epochs from the exit until the balance may be paid. */
  'withdrawability',
  /** Until the sweep comes round. */
  'sweep',
  /** A vault's epoch or delay. */
  'vault',
  /** Bitcoin blocks until an output can be spent. */
  'timelock',
  /** No redemption known other than a sale. */
  'no-redemption',
] as const;
export type ExitLegKind = (typeof EXIT_LEG_KINDS)[number];

const exitInputSchema = z.object({
  /** Stable id: a published fact, or a parameter of the network. */
  id: z.string(),
  unit: z.enum(['days', 'blocks', 'bitcoin-blocks', 'epochs', 'slots', 'eth', 'count']),
  value: numberRangeSchema,
  evidence: evidenceSchema,
});
export type ExitInput = z.infer<typeof exitInputSchema>;

const exitLegSchema = z.object({
  /** Unique in its plan. */
  id: z.string(),
  kind: z.enum(EXIT_LEG_KINDS),
  /** Whose step it is: `ethereum`, `eigenlayer`, an issuer. */
  protocol: z.string(),
  /** Seconds from now at which it begins, and how long it takes. Legs overlap where they can run side by side. */
  start: numberRangeSchema,
  duration: numberRangeSchema,
  isSlashable: z.boolean(),
  inputs: z.array(exitInputSchema),
});
export type ExitLeg = z.infer<typeof exitLegSchema>;

const waitingCostSchema = z.object({
  /** Share of the claim that slashing is expected to take while it waits: 1 - exp(-annual rate x time). Null: no rate. */
  lossShare: numberRangeSchema,
  /** Required yield x days / 365. */
  timeShare: numberRangeSchema,
  /** Both, at most all of it. */
  share: rangeOf(wadSchema),
  cost: amountRangeSchema,
});
export type WaitingCost = z.infer<typeof waitingCostSchema>;

const saleSchema = z.object({
  amount: z.bigint(),
  received: z.bigint(),
  /** Book value given up; below zero where the market pays more than book value. */
  cost: z.bigint(),
  /** cost / amount as a WAD fraction, signed. */
  costShare: z.bigint(),
});
export type Sale = z.infer<typeof saleSchema>;

const exitChoiceSchema = z.object({
  /**
   * What is cheaper for the whole position. `neither`: it cannot be sold in full and is never paid; `unknown`: one
   * side could not be priced.
   */
  cheaper: z.enum(['sell', 'wait', 'same', 'neither', 'unknown']),
  /** Largest amount for which selling costs no more than waiting; null: no such limit, or not known. */
  breakEven: z.bigint().nullable(),
  /** Best division of the position; null where one side could not be priced. */
  split: z
    .object({
      sold: z.bigint(),
      /** What the sold part brings. */
      received: z.bigint(),
      waiting: z.bigint(),
      /** Of both parts. */
      cost: z.bigint(),
    })
    .nullable(),
});
export type ExitChoice = z.infer<typeof exitChoiceSchema>;

export const exitPlanSchema = z.object({
  positionId: z.string(),
  label: z.string(),
  /** Id of the exit path; null where none is known for the instrument. */
  pathId: z.string().nullable(),
  /** What arrives at the end: `ETH`, or the token that a strategy or vault returns. */
  paidIn: z.string().nullable(),
  unit: z.enum(['wei', 'sat']),
  /** Book value; null: not valued. */
  amount: z.bigint().nullable(),
  legs: z.array(exitLegSchema),
  /** Seconds until the last leg ends. */
  total: numberRangeSchema,
  /** Seconds during which the claim can still be slashed. */
  slashable: numberRangeSchema,
  /** Seconds it takes at least, counting what is known of the legs that are not known in full. */
  atLeast: z.number(),
  /** Whether a pause without an end stands in the way in the typical case. */
  isPausedForGood: z.boolean(),
  /** Ids of inputs whose status is disputed or unconfirmed, and which may matter. */
  doubtfulInputs: z.array(z.string()),
  /** Null where the amount is not known. */
  waiting: waitingCostSchema.nullable(),
  /** Null where no market is known, or it cannot take the whole. */
  sale: saleSchema.nullable(),
  /** By how long waiting takes. */
  choice: z.object({ low: exitChoiceSchema, typical: exitChoiceSchema, high: exitChoiceSchema }),
});
export type ExitPlan = z.infer<typeof exitPlanSchema>;

const ladderRowSchema = z.object({
  day: z.number(),
  /** Book value whose wait is over by then: in the slowest, the typical and the fastest reading. */
  waited: z.object({ least: z.bigint(), typical: z.bigint(), most: z.bigint() }),
  /** The same where the part that is cheaper to sell is sold at once: its proceeds, and what waits and is paid. */
  withSales: z.object({ least: z.bigint(), typical: z.bigint(), most: z.bigint() }),
});
export type LadderRow = z.infer<typeof ladderRowSchema>;

export const exitOverviewSchema = z.object({
  plans: z.array(exitPlanSchema),
  unit: z.enum(['wei', 'sat']),
  /** Sum of the known book values. */
  total: z.bigint(),
  ladder: z.array(ladderRowSchema),
  /** Sum of the best splits at typical times. */
  sold: z.bigint(),
  proceeds: z.bigint(),
  /** Positions without a known value: in no sum. */
  unvaluedIds: z.array(z.string()),
  /** Positions whose typical time is not known or never: in no typical row of the ladder unless sold. */
  untimedIds: z.array(z.string()),
});
export type ExitOverview = z.infer<typeof exitOverviewSchema>;

/** What can be sold at once. Amounts are in book value, so that a price below it shows as a cost. */
const depthCurveSchema = z.discriminatedUnion('kind', [
  /** x * y = k: the token's reserve in its book value, the other side in money, the fee on what is paid in. */
  z.object({
    kind: z.literal('constant-product'),
    reserveIn: z.bigint(),
    reserveOut: z.bigint(),
    fee: wadSchema,
  }),
  /** Quotes: what selling `amount` in all brings. Straight lines between, nothing beyond the last. */
  z.object({
    kind: z.literal('points'),
    points: z.array(z.object({ amount: z.bigint(), received: z.bigint() })),
  }),
  /** An issuer's instant redemption: a fee, up to what it holds ready. */
  z.object({ kind: z.literal('fixed-fee'), fee: wadSchema, capacity: z.bigint() }),
]);
export type DepthCurve = z.infer<typeof depthCurveSchema>;

const exitQueueInputSchema = z.discriminatedUnion('kind', [
  /** Waits recorded in calm, usual and stressed times. */
  z.object({ kind: z.literal('set'), set: z.enum(PARAMETER_SETS) }),
  /** Seen or entered: gwei of stake ahead. */
  z.object({ kind: z.literal('ahead'), aheadGwei: z.bigint() }),
]);

const COVERAGES = ['covered', 'not-covered', 'unknown'] as const;

export const exitAssumptionsSchema = z.object({
  fork: z.enum(['electra', 'fulu', 'gloas']),
  queue: exitQueueInputSchema,
  /** Gwei of all active validators: sets the churn. */
  totalActiveGwei: z.bigint(),
  /** Validators the sweep passes, and how many of them it pays in a round. */
  validators: z.number(),
  paidValidators: z.number(),
  withdrawalsPerSlot: z.number(),
  /** Seconds between blocks of the execution layer. */
  blockSeconds: z.number(),
  /** Published facts replaced by the user's own numbers, by fact id, in the fact's unit. */
  overrides: z.record(z.string(), numberRangeSchema),
  /** Whether what an issuer holds ready pays the request, by path id; `unknown` where it is not said. */
  coverage: z.record(z.string(), z.enum(COVERAGES)),
  /** Share of a claim that slashing takes per year, as an intensity; null: not known. By position id before the rest. */
  annualLossRate: z.number().nullable(),
  annualLossRates: z.record(z.string(), z.number()),
  /** What waiting has to earn, per year. Less whatever the claim goes on earning. */
  requiredAnnualYield: z.number(),
  /** Positions of one market share its depth. */
  markets: z.array(z.object({ id: z.string(), instrumentIds: z.array(z.string()), curve: depthCurveSchema })),
});
export type ExitAssumptions = z.infer<typeof exitAssumptionsSchema>;

export const exitStressSchema = z.object({
  /** The stake ahead in Ethereum's exit queue, times this. */
  queueMultiple: z.number(),
  /** Withdrawals paused for `days` from now, null without an end: of one protocol, or `all`. */
  pauses: z.array(z.object({ protocol: z.string(), days: z.number().nullable() })),
  /** Share of every market's depth that is gone. */
  depthWithdrawn: wadSchema,
});
export type ExitStress = z.infer<typeof exitStressSchema>;

/** Scenarios: what happens, in order, and what it costs. */
import { z } from 'zod';
import { evmAddressSchema } from './address.ts';
import { wadSchema, weiSchema, sharesSchema } from './units.ts';

/** Ids of services and dependencies: an address and a few words at most. */
const idSchema = z.string().max(200);

/** A share of one, above zero and at most all of it. */
const lossShareSchema = wadSchema.refine((value) => value > 0n && value <= 10n ** 18n, {
  message: 'a share above 0% and at most 100%',
});

const scenarioEventSchema = z.discriminatedUnion('kind', [
  /** The service slashes `wad` of what the operator allocated to it, in every strategy of the set. */
  z.object({
    kind: z.literal('operator-slash'),
    operator: evmAddressSchema,
    /** A service id, or `all`: each service of the operator slashes in turn. */
    service: idSchema,
    wad: lossShareSchema,
  }),
  /** Whatever depends on `dependency` loses `loss` of its value. */
  z.object({ kind: z.literal('contract-failure'), dependency: idSchema, loss: lossShareSchema }),
]);
export type ScenarioEvent = z.infer<typeof scenarioEventSchema>;

export const scenarioSchema = z.object({
  /** Id of the list entry it was made from. */
  preset: z.enum(['operator-slash', 'contract-failure', 'custom']),
  events: z.array(scenarioEventSchema).min(1).max(64),
});
export type Scenario = z.infer<typeof scenarioSchema>;
export type ScenarioPreset = Scenario['preset'];

/** Why a position lost something: enough to write the sentence and to check the arithmetic by hand. */
const lossReasonSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('slash'),
    eventIndex: z.number(),
    operator: evmAddressSchema,
    serviceId: z.string(),
    strategy: evmAddressSchema,
    /** Magnitude allocated to the service before the slash. */
    allocatedMagnitude: wadSchema,
    slashedMagnitude: wadSchema,
    maxMagnitudeBefore: wadSchema,
    maxMagnitudeAfter: wadSchema,
    /** The holder's own shares, exact; null where the stake is pooled by an issuer. */
    shares: z.object({ before: sharesSchema, after: sharesSchema }).nullable(),
    lossWei: weiSchema,
  }),
  z.object({
    kind: z.literal('dependency'),
    eventIndex: z.number(),
    dependency: z.string(),
    loss: wadSchema,
    lossWei: weiSchema,
  }),
]);
export type LossReason = z.infer<typeof lossReasonSchema>;

const positionResultSchema = z.object({
  positionId: z.string(),
  beforeWei: weiSchema,
  afterWei: weiSchema,
  lossWei: weiSchema,
  /** Part of `afterWei` whose backing is not visible: the scenario could not be applied to it. */
  hiddenWei: weiSchema,
  reasons: z.array(lossReasonSchema),
});
export type PositionResult = z.infer<typeof positionResultSchema>;

const eventResultSchema = z.object({
  event: scenarioEventSchema,
  lossWei: weiSchema,
  /** Set where the event touched nothing, with why: a code of the message catalogue. */
  note: z
    .enum([
      'nothing-allocated',
      'not-slashable',
      'operator-not-held',
      'dependency-not-held',
      'magnitude-unread',
    ])
    .nullable(),
});
export type EventResult = z.infer<typeof eventResultSchema>;

export const scenarioResultSchema = z.object({
  scenario: scenarioSchema,
  positions: z.array(positionResultSchema),
  events: z.array(eventResultSchema),
  totalBeforeWei: weiSchema,
  totalAfterWei: weiSchema,
  totalLossWei: weiSchema,
  /** Positions left out because their value is not known. */
  unvaluedIds: z.array(z.string()),
});
export type ScenarioResult = z.infer<typeof scenarioResultSchema>;

/** A kept run: the result, and of which state of the world. */
export const runSchema = z.object({
  id: z.string(),
  portfolioId: z.string(),
  ranAt: z.number(),
  /** Block of the observation it was run on. */
  blockNumber: z.bigint(),
  result: scenarioResultSchema,
});
export type Run = z.infer<typeof runSchema>;

/** Scenarios: what happens, in order, and what it costs. */
import { z } from 'zod';
import { evmAddressSchema } from './address.ts';
import { coverResultSchema, coverSchema } from './cover.ts';
import {
  ALL,
  CONTRADICTIONS,
  MAX_COVERS,
  MAX_DAYS,
  MAX_EVENTS,
  SUGGESTED_PRESETS,
} from './scenario-kinds.ts';
import { wadSchema, weiSchema, sharesSchema, type Wei } from './units.ts';

/** Ids of services, dependencies and instruments: an address and a few words at most. */
const idSchema = z.string().max(200);

/** A share of one, above zero and at most all of it. */
const lossShareSchema = wadSchema.refine((value) => value > 0n && value <= 10n ** 18n, {
  message: 'a share above 0% and at most 100%',
});

/** Instruments struck by a market or redemption event; a token and its wrapped forms belong together. */
const instrumentsSchema = z.array(idSchema).min(1).max(64);

const scenarioEventSchema = z.discriminatedUnion('kind', [
  /** An operator's fault: the services that saw it slash `wad` of what it allocated to them, in every strategy. */
  z.object({
    kind: z.literal('operator-slash'),
    operator: evmAddressSchema,
    /** One service id, several, or {@link ALL}. Each slashes once, in the exposure's order. */
    service: z.union([idSchema, z.array(idSchema).min(1).max(256)]),
    wad: lossShareSchema,
  }),
  /** The service itself is compromised: it slashes `wad` of what every operator allocated to it. */
  z.object({ kind: z.literal('service-compromised'), service: idSchema, wad: lossShareSchema }),
  /**
   * Client software fails: what depends on `client` loses `loss`, and so does the consensus stake (native ETH) with the
   * operators named. Which client an operator runs is not on chain, so the operators are chosen.
   */
  z.object({
    kind: z.literal('client-bug'),
    /** A dependency of kind `client`; null where validators are slashed for another reason. */
    client: idSchema.nullable(),
    operators: z.union([z.literal(ALL), z.array(evmAddressSchema).max(256)]),
    loss: lossShareSchema,
  }),
  /**
   * A finality provider of Babylon signs twice: what each stake with it loses follows from the parameters of the stake, so
   * no share is chosen. A stake is slashed once.
   */
  z.object({ kind: z.literal('provider-slash'), provider: idSchema }),
  /** Whatever depends on `dependency`, of any kind, loses `loss` of its value. */
  z.object({ kind: z.literal('contract-failure'), dependency: idSchema, loss: lossShareSchema }),
  /** Tokens are issued without backing, `share` of the supply before: all claims then share what there is. */
  z.object({ kind: z.literal('unbacked-supply'), instruments: instrumentsSchema, share: lossShareSchema }),
  /** The market pays `discount` less than book value. No realised loss. */
  z.object({ kind: z.literal('depeg'), instruments: instrumentsSchema, discount: lossShareSchema }),
  /** Redemption is shut for `days`; null: until further notice. No loss. */
  z.object({
    kind: z.literal('queue-closed'),
    instruments: instrumentsSchema,
    days: z.number().int().min(1).max(MAX_DAYS).nullable(),
  }),
]);
export type ScenarioEvent = z.infer<typeof scenarioEventSchema>;
export type EventKind = ScenarioEvent['kind'];
export type EventOf<K extends EventKind> = Extract<ScenarioEvent, { kind: K }>;

export const scenarioSchema = z.object({
  /** Id of the list entry it was made from. */
  preset: z.enum([...SUGGESTED_PRESETS, 'replay', 'custom']),
  events: z.array(scenarioEventSchema).min(1).max(MAX_EVENTS),
  /** Pools that pay for losses, each on what the earlier ones left uncovered. */
  covers: z.array(coverSchema).max(MAX_COVERS).optional(),
  /** The recorded incident it replays, with what was recorded of it. */
  incident: z.object({ id: idSchema, title: z.string().max(200), recorded: z.string().max(1000) }).optional(),
});
export type Scenario = z.infer<typeof scenarioSchema>;
export type ScenarioPreset = Scenario['preset'];

const reasonHead = { eventIndex: z.number(), lossWei: weiSchema };

/**
 * Why a position lost something: enough to write the sentence and to check the arithmetic by hand. The losses of a
 * position's reasons sum to its loss; those of a market or a queue are zero, and stand beside it.
 */
const lossReasonSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('slash'),
    ...reasonHead,
    operator: evmAddressSchema,
    serviceId: z.string(),
    strategy: evmAddressSchema,
    /** Magnitude the service could slash before it did: what was allocated to it, or what was left of it. */
    allocatedMagnitude: wadSchema,
    slashedMagnitude: wadSchema,
    maxMagnitudeBefore: wadSchema,
    maxMagnitudeAfter: wadSchema,
    /** The holder's own shares, exact; null where the stake is pooled by an issuer. */
    shares: z.object({ before: sharesSchema, after: sharesSchema }).nullable(),
    /** Paid to others instead of burned: the same loss for the holder. Null where it is not known. */
    isRedistributed: z.boolean().nullable().default(null),
  }),
  z.object({
    kind: z.literal('dependency'),
    ...reasonHead,
    dependency: z.string(),
    loss: wadSchema,
  }),
  /** Validators of an operator lost a share of their consensus stake. */
  z.object({
    kind: z.literal('consensus'),
    ...reasonHead,
    operator: evmAddressSchema,
    strategy: evmAddressSchema,
    loss: wadSchema,
  }),
  /** A stake with Babylon was slashed: its rate and the fixed fee in front. */
  z.object({
    kind: z.literal('stake-slash'),
    ...reasonHead,
    provider: z.string(),
    lossSat: z.bigint(),
    ofSat: z.bigint(),
  }),
  /** The claim was diluted: `share` of the supply before came without backing. */
  z.object({ kind: z.literal('unbacked'), ...reasonHead, share: wadSchema }),
  /** A market loss on what the scenario leaves: real only for who sells. */
  z.object({ kind: z.literal('market'), ...reasonHead, discount: wadSchema, marketLossWei: weiSchema }),
  /** Cannot be redeemed for so many days; null: until further notice. */
  z.object({ kind: z.literal('locked'), ...reasonHead, days: z.number().nullable() }),
]);
export type LossReason = z.infer<typeof lossReasonSchema>;

// `as`: a literal carries no brand. What runs of earlier versions do not have was not possible in them: a true zero.
const addedWei = weiSchema.default(0n as Wei);

const positionResultSchema = z.object({
  positionId: z.string(),
  beforeWei: weiSchema,
  afterWei: weiSchema,
  lossWei: weiSchema,
  /** Part of `afterWei` whose backing is not visible: the scenario could not be applied to it. */
  hiddenWei: weiSchema,
  /** What covers paid for it: part of the loss, which is given gross. */
  recoveredWei: addedWei,
  /** What `afterWei` would bring less at market prices: real only if it is sold, and never part of `lossWei`. */
  marketLossWei: addedWei,
  /** Part of `afterWei` that cannot be redeemed. */
  lockedWei: addedWei,
  /** Set where redemption is shut, for the longest closure; `days` null: until further notice. */
  lock: z.object({ days: z.number().nullable() }).nullable().default(null),
  reasons: z.array(lossReasonSchema),
});
export type PositionResult = z.infer<typeof positionResultSchema>;

const eventResultSchema = z.object({
  event: scenarioEventSchema,
  lossWei: weiSchema,
  marketLossWei: addedWei,
  /** What is left of the positions it locked. Several closures may lock the same: these do not add up. */
  lockedWei: addedWei,
  /** Set where the event touched nothing, with why: a code of the message catalogue. */
  note: z
    .enum([
      'nothing-allocated',
      'not-slashable',
      'operator-not-held',
      'service-not-held',
      'no-validators',
      'dependency-not-held',
      'provider-not-held',
      'stake-terms-unknown',
      'token-not-held',
      'magnitude-unread',
      'operator-left-out',
    ])
    .nullable(),
});
export type EventResult = z.infer<typeof eventResultSchema>;

/** A position that is in no total, or an operator's strategy in which no slash can be computed, and why. */
const leftOutSchema = z.object({
  kind: z.enum(['position', 'operator']),
  /** Position id, or operator address. */
  id: z.string(),
  /** Of an operator: in which strategy. */
  strategy: evmAddressSchema.nullable(),
  problem: z.enum(CONTRADICTIONS),
  /** The contradiction with its numbers. */
  detail: z.string(),
});
export type LeftOut = z.infer<typeof leftOutSchema>;

export const scenarioResultSchema = z.object({
  scenario: scenarioSchema,
  positions: z.array(positionResultSchema),
  events: z.array(eventResultSchema),
  totalBeforeWei: weiSchema,
  totalAfterWei: weiSchema,
  totalLossWei: weiSchema,
  totalRecoveredWei: addedWei,
  totalMarketLossWei: addedWei,
  totalLockedWei: addedWei,
  /** What each cover paid, in the scenario's order. */
  covers: z.array(coverResultSchema).default([]),
  /** Positions left out because their value is not known. */
  unvaluedIds: z.array(z.string()),
  /** What was left out because its data contradicts itself. */
  leftOut: z.array(leftOutSchema).default([]),
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

/** The exposure graph: position -> token -> operator -> service, and what they share. */
import { z } from 'zod';
import { evmAddressSchema, shortenAddress } from './address.ts';
import { dependencySchema } from './instrument.ts';
import { allocationSchema, originSchema, serviceSchema } from './observation.ts';
import { POSITION_STATES } from './position.ts';
import { sharesSchema, wadSchema, weiSchema } from './units.ts';

/**
 * How several services hold the same collateral. `unique`: each can take only what was allocated to it (EigenLayer).
 * `shared`: every service counts it in full (Symbiotic, Karak). `elastic`: allocations shrink together.
 */
export const EDGE_MODES = ['unique', 'shared', 'elastic'] as const;

/** The EigenLayer state of one operator in one strategy, as slashing changes it. */
const operatorStrategyStateSchema = z.object({
  strategy: evmAddressSchema,
  maxMagnitude: wadSchema,
  encumberedMagnitude: wadSchema,
  allocations: z.array(allocationSchema),
});
export type OperatorStrategyState = z.infer<typeof operatorStrategyStateSchema>;

const exposureOperatorSchema = z.object({
  address: evmAddressSchema,
  name: z.string(),
  isNamed: z.boolean(),
  /** Where it says who it is; nobody checked what stands there. */
  metadataUri: z.string().optional(),
  mode: z.enum(EDGE_MODES),
  strategies: z.array(operatorStrategyStateSchema),
  /**
   * Of shared collateral: services that see one fault each earmark their share of it before any of them is paid (Karak);
   * left out, each takes its share of what the earlier ones left (Symbiotic).
   */
  earmarksAtRequest: z.boolean().optional(),
  /** Strategies whose magnitudes could not be read; a slash there cannot be computed. */
  unreadStrategies: z.array(evmAddressSchema),
});
export type ExposureOperator = z.infer<typeof exposureOperatorSchema>;

/**
 * A part of a position's book value that stands in one place. The legs of a position sum to its book value exactly;
 * what cannot be seen is a leg of its own.
 */
const legSchema = z.discriminatedUnion('kind', [
  /** The holder's own EigenLayer shares: exact to the last share. */
  z.object({
    kind: z.literal('shares'),
    bookWei: weiSchema,
    operator: evmAddressSchema,
    strategy: evmAddressSchema,
    /** floor(depositShares x depositScalingFactor / WAD), or the scaled shares of a queued withdrawal. */
    scaledShares: sharesSchema,
    beaconFactor: wadSchema.nullable(),
  }),
  /** A token's part of a pool that an issuer delegated. */
  z.object({
    kind: z.literal('pooled'),
    bookWei: weiSchema,
    operator: evmAddressSchema,
    strategy: evmAddressSchema,
  }),
  /**
   * Bitcoin staked with one of Babylon's finality providers. No operator set reaches it: what a slashing takes of it is the
   * position's own figure.
   */
  z.object({
    kind: z.literal('provider'),
    bookWei: weiSchema,
    /** Its x-only key in hex. */
    provider: z.string(),
    name: z.string().nullable(),
    /** What a slashing takes of it, and of how much, in satoshi; null where no known parameters fit. */
    slash: z.object({ lossSat: z.bigint(), ofSat: z.bigint() }).nullable(),
  }),
  /** Slashable by no service: held ETH, undelegated shares, a completed delay, an unrestaked part of a pool. */
  z.object({ kind: z.literal('free'), bookWei: weiSchema }),
  /** Not visible from the source that was read. */
  z.object({ kind: z.literal('hidden'), bookWei: weiSchema }),
]);
export type Leg = z.infer<typeof legSchema>;
/** A leg that an operator holds in one of its strategies. */
export type OperatorLeg = Extract<Leg, { kind: 'shares' | 'pooled' }>;

export function isOperatorLeg(leg: Leg): leg is OperatorLeg {
  return leg.kind === 'shares' || leg.kind === 'pooled';
}

/** What a finality provider is called: its name where a source gives one, else enough of its key. */
export function nameProvider({
  provider,
  name,
}: {
  readonly provider: string;
  readonly name: string | null;
}): string {
  return name ?? shortenAddress(provider);
}

const exposurePositionSchema = z.object({
  id: z.string(),
  label: z.string(),
  instrumentId: z.string(),
  symbol: z.string(),
  accountLabel: z.string(),
  state: z.enum(POSITION_STATES),
  /** Null: not valued; then it has no legs and every result names it as left out. */
  bookWei: weiSchema.nullable(),
  legs: z.array(legSchema),
  /** Ids of the dependencies one fault of which reaches the whole position. */
  dependsOn: z.array(z.string()),
});
export type ExposurePosition = z.infer<typeof exposurePositionSchema>;

export const NODE_KINDS = [
  'position',
  'token',
  'operator',
  'service',
  'unallocated',
  'free',
  'hidden',
] as const;

const flowNodeSchema = z.object({
  id: z.string(),
  kind: z.enum(NODE_KINDS),
  /** What it is called; for `free`, `hidden` and `unallocated` a message key (`figure.node.free`). */
  name: z.string(),
  /** On a position node: its state, which tells two of one token and account apart. */
  state: z.enum(POSITION_STATES).optional(),
  /** Column in the drawing, 0 on the left. */
  depth: z.number().int(),
  valueWei: weiSchema,
});
export type FlowNode = z.infer<typeof flowNodeSchema>;

/** ETH of book value that flows from one node to the next. Flows are conserved at every inner node. */
const flowLinkSchema = z.object({ from: z.string(), to: z.string(), valueWei: weiSchema });
export type FlowLink = z.infer<typeof flowLinkSchema>;

/** What several positions share, ranked by the book value that rests on it. */
const sharedRowSchema = z.object({
  id: z.string(),
  kind: z.enum(['operator', 'service', 'contract', 'oracle', 'bridge', 'custodian', 'client', 'governance']),
  name: z.string(),
  /** Book value of the parts that rest on it. */
  valueWei: weiSchema,
  /** Share of the portfolio's known book value. */
  share: wadSchema.nullable(),
  /** The most that one fault here can take: everything for a contract, the allocated magnitude for a service. */
  worstLossWei: weiSchema,
  positionIds: z.array(z.string()),
});
export type SharedRow = z.infer<typeof sharedRowSchema>;

export const exposureSchema = z.object({
  origin: originSchema,
  positions: z.array(exposurePositionSchema),
  operators: z.array(exposureOperatorSchema),
  services: z.array(serviceSchema),
  dependencies: z.array(dependencySchema),
  /** What each strategy or vault holds, for sentences: `stETH`. */
  strategies: z.array(z.object({ address: evmAddressSchema, name: z.string() })),
  nodes: z.array(flowNodeSchema),
  links: z.array(flowLinkSchema),
  shared: z.array(sharedRowSchema),
});
export type Exposure = z.infer<typeof exposureSchema>;

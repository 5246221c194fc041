/**
 * What was seen in one refresh: raw readings in one pinned block, each naming the contract and call it came from.
 * The chain readers make observations, the store keeps them, and everything after is a pure function of them. The
 * bundled sample is an observation too, so that it passes through the same code.
 */
import { z } from 'zod';
import { evmAddressSchema } from './address.ts';
import { bitcoinNetworkSchema, bitcoinObservationSchema } from './bitcoin.ts';
import { dependencySchema, instrumentSchema } from './instrument.ts';
import { blockSchema } from './source.ts';
import { trailSchema } from './trail.ts';

const failureCodeSchema = z.enum([
  /** The call reverted. */
  'reverted',
  /** The answer did not decode as the type the contract promises. */
  'malformed',
  /** The network file names no such contract. */
  'not-configured',
  /** The network file names it, but nothing was ever deployed at that address of this chain. */
  'no-contract',
  /** The node did not answer this call. */
  'no-answer',
  /** No view tells it. */
  'not-visible',
  /** Read, but outside what the protocol can mean (a zero rate, decimals of 200). */
  'absurd',
]);
export type FailureCode = z.infer<typeof failureCodeSchema>;

/** The contract (by its name in the network file), its address, and the call, as a person would write it. */
const callSchema = { contract: z.string(), address: z.string(), call: z.string() };

function readingOf<T extends z.ZodType>(value: T) {
  return z.discriminatedUnion('ok', [
    z.object({ ok: z.literal(true), value, ...callSchema }),
    z.object({ ok: z.literal(false), code: failureCodeSchema, detail: z.string(), ...callSchema }),
  ]);
}

const readingSchema = readingOf(z.bigint());
export type Reading = z.infer<typeof readingSchema>;

/** The operator a staker is delegated to; a null value means it is delegated to nobody. */
const delegationReadingSchema = readingOf(evmAddressSchema.nullable());
export type DelegationReading = z.infer<typeof delegationReadingSchema>;

const priceReadingSchema = z.object({
  /** USD per ETH, or per BTC, normalised to 8 decimals. */
  price: readingSchema,
  /** Unix seconds of the feed's last update. */
  updatedAt: z.number(),
  /** Seconds after which the feed's answer is stale, from the network file. */
  heartbeat: z.number(),
});
export type PriceReading = z.infer<typeof priceReadingSchema>;

const restakedDepositSchema = z.object({
  strategy: evmAddressSchema,
  depositShares: readingSchema,
  withdrawableShares: readingSchema,
  depositScalingFactor: readingSchema,
  /** Only for native ETH: what the beacon chain left of it, a WAD fraction. */
  beaconFactor: readingSchema.nullable(),
  /** `withdrawableShares` in the strategy's underlying token. */
  underlying: readingSchema,
});
export type RestakedDeposit = z.infer<typeof restakedDepositSchema>;

const queuedEntrySchema = z.object({
  strategy: evmAddressSchema,
  /** As stored in the withdrawal, before the slashing factor at completion. */
  scaledShares: readingSchema,
  /** After all slashing up to the pinned block. */
  shares: readingSchema,
  beaconFactor: readingSchema.nullable(),
  /** `shares` in the strategy's underlying token. */
  underlying: readingSchema,
});
export type QueuedEntry = z.infer<typeof queuedEntrySchema>;

const queuedWithdrawalSchema = z.object({
  nonce: z.bigint(),
  startBlock: z.bigint(),
  /** First block in which it can be completed: startBlock + minWithdrawalDelayBlocks + 1. */
  completableBlock: readingSchema,
  delegatedTo: evmAddressSchema.nullable(),
  entries: z.array(queuedEntrySchema),
});
export type QueuedWithdrawal = z.infer<typeof queuedWithdrawalSchema>;

/** Native restaking of one account. */
const podObservationSchema = z.object({
  /** The pod; null means that the account has none. */
  owner: delegationReadingSchema,
  /** podOwnerDepositShares in wei. Signed: below zero is a deficit that withdrawals pay off first. */
  depositShares: readingSchema,
  /** Null without a pod, or where it is not known whether there is one. */
  activeValidators: readingSchema.nullable(),
  /** ETH in the pod that no checkpoint has counted, in wei. Some of it may be in the deposit shares already. */
  uncheckpointed: readingSchema.nullable(),
});
export type PodObservation = z.infer<typeof podObservationSchema>;

/** Rewards of one account. What can still be claimed stands in no view: the leaves of the root are off the chain. */
const rewardsObservationSchema = z.object({
  /** Who may claim for the account; null means only itself. */
  claimer: delegationReadingSchema,
  /** Claimed so far, in tokens of the network file. */
  claimed: z.array(z.object({ instrument: z.string(), amount: readingSchema })),
});
export type RewardsObservation = z.infer<typeof rewardsObservationSchema>;

export const REQUEST_STAGES = [
  /** Waiting: what it pays is not settled, or not there yet. */
  'requested',
  /** What it pays is settled and set aside; a delay is still running. */
  'finalised',
  /** Can be claimed in the next block. */
  'claimable',
] as const;
export type RequestStage = (typeof REQUEST_STAGES)[number];

const withdrawalRequestSchema = z.object({
  /** The protocol's own number. */
  id: z.bigint(),
  stage: z.enum(REQUEST_STAGES),
  /** The token given up, in units of the list's instrument. */
  given: readingSchema,
  /** The token it pays: an instrument, or null with the address of one that no reader knows. */
  paidIn: z.object({ instrument: z.string().nullable(), token: evmAddressSchema.nullable() }),
  /** What it pays; where `isFixed` is false at most this much, because losses until then still count. */
  pays: readingSchema,
  isFixed: z.boolean(),
  /** What the protocol says `given` pays by today's books; null where it follows from the rates read. */
  paysToday: readingSchema.nullable(),
  /** First block, or Unix second, at which it can be claimed if nothing else is wanting; null where no view says so. */
  claimableFrom: z.object({ unit: z.enum(['block', 'second']), at: readingSchema }).nullable(),
});
export type WithdrawalRequest = z.infer<typeof withdrawalRequestSchema>;

/** The withdrawal requests of one account with one protocol. */
const requestListSchema = z.object({
  /** The instrument that is given up. */
  instrument: z.string(),
  /** How many there are, or why they could not be read: an unreadable list is not an empty one. */
  read: readingSchema,
  requests: z.array(withdrawalRequestSchema),
});
export type RequestList = z.infer<typeof requestListSchema>;

/** Restaking protocols whose stakes are shares of vaults. */
export const VAULT_PROTOCOLS = ['karak', 'symbiotic'] as const;
export type VaultProtocol = (typeof VAULT_PROTOCOLS)[number];

/** The stakes of one account with the vaults of one protocol. Amounts are in the vault's token, after all losses so far. */
const vaultAccountSchema = z.object({
  protocol: z.enum(VAULT_PROTOCOLS),
  /** How many stakes there are, or why they could not be read: an unreadable list is not an empty one. */
  stakesRead: readingSchema,
  stakes: z.array(z.object({ vault: evmAddressSchema, amount: readingSchema })),
  queuedRead: readingSchema,
  queued: z.array(
    z.object({
      vault: evmAddressSchema,
      /** The protocol's own number: a nonce, or the epoch at whose end it can be claimed. */
      id: z.bigint(),
      amount: readingSchema,
      /** First Unix second in which it can be claimed. */
      claimableFrom: readingSchema,
    }),
  ),
});
export type VaultAccount = z.infer<typeof vaultAccountSchema>;

/** What the contract of a token hands out for it at once, in wei of ether. */
const redeemableSchema = z.discriminatedUnion('kind', [
  /** For as much of the balance as can be redeemed, net of the fee. */
  z.object({ kind: z.literal('pays'), reading: readingSchema }),
  /** What lies ready for whoever comes first; the balance is paid by the book rate up to it. */
  z.object({ kind: z.literal('there'), reading: readingSchema }),
]);
export type Redeemable = z.infer<typeof redeemableSchema>;

const accountObservationSchema = z.object({
  address: evmAddressSchema,
  balances: z.array(
    z.object({
      instrument: z.string(),
      amount: readingSchema,
      /** Only of tokens that a reader asks this of, and where some are held. */
      redeemable: redeemableSchema.optional(),
    }),
  ),
  /** One list per protocol whose requests can be read; absent in observations made before they were. */
  requests: z.array(requestListSchema).optional(),
  /** One entry per protocol with vaults; absent in observations made before they were read. */
  vaults: z.array(vaultAccountSchema).optional(),
  /** Null where the network file, or the chain, has no EigenLayer. */
  eigenlayer: z
    .object({
      delegatedTo: delegationReadingSchema,
      /** Whether the list of deposits could be read at all: an unreadable list is not an empty one. */
      depositsRead: readingSchema,
      deposits: z.array(restakedDepositSchema),
      queuedRead: readingSchema,
      queued: z.array(queuedWithdrawalSchema),
      /** Absent in observations made before they were read, and where the network names no such contract. */
      pod: podObservationSchema.optional(),
      rewards: rewardsObservationSchema.optional(),
    })
    .nullable(),
});
export type AccountObservation = z.infer<typeof accountObservationSchema>;

const strategyObservationSchema = z.object({
  address: evmAddressSchema,
  /** The token it holds, where it is one the readers know; `ETH` for the beacon chain strategy. */
  instrument: z.string().nullable(),
  underlyingToken: evmAddressSchema.nullable(),
  name: z.string(),
  /** Decimals of a token the readers do not know, where they could be read. */
  decimals: z.number().int().min(0).max(36).optional(),
});
export type StrategyObservation = z.infer<typeof strategyObservationSchema>;

const vaultObservationSchema = z.object({
  address: evmAddressSchema,
  protocol: z.enum(VAULT_PROTOCOLS),
  /** The token it holds, where it is one the readers know. */
  instrument: z.string().nullable(),
  token: evmAddressSchema.nullable(),
  name: z.string(),
  /** Decimals of a token the readers do not know, where they could be read. */
  decimals: z.number().int().min(0).max(36).optional(),
  /** Unix second in which what is asked back in this block could be claimed; left out where no view says so. */
  earliest: readingSchema.optional(),
});
export type VaultObservation = z.infer<typeof vaultObservationSchema>;

/** An operator set of a service. Id of the service: `<avs address>:<set id>`. */
export const serviceSchema = z.object({
  id: z.string(),
  avs: evmAddressSchema,
  operatorSet: z.number().int().nonnegative(),
  name: z.string().nullable(),
  isRedistributing: z.boolean().nullable(),
  /** Where it says what it calls itself; nobody checked what stands there. */
  metadataUri: z.string().optional(),
});
export type Service = z.infer<typeof serviceSchema>;

export const allocationSchema = z.object({
  serviceId: z.string(),
  currentMagnitude: z.bigint(),
  /** Signed; below zero while a deallocation is pending, and then still slashable. */
  pendingDiff: z.bigint(),
  effectBlock: z.bigint(),
  /** isOperatorSlashable; null where it could not be read. */
  isSlashable: z.boolean().nullable(),
});
export type Allocation = z.infer<typeof allocationSchema>;

const operatorStrategySchema = z.object({
  strategy: evmAddressSchema,
  maxMagnitude: readingSchema,
  encumberedMagnitude: readingSchema,
  operatorShares: readingSchema,
  allocationsRead: readingSchema,
  allocations: z.array(allocationSchema),
});
export type OperatorStrategy = z.infer<typeof operatorStrategySchema>;

const operatorSchema = z.object({
  address: evmAddressSchema,
  name: z.string().nullable(),
  /** As of a service. */
  metadataUri: z.string().optional(),
  strategies: z.array(operatorStrategySchema),
});
export type Operator = z.infer<typeof operatorSchema>;

/** What stands behind one unit of a pooled token. Shares of one are WAD fractions; with `hiddenShare` they sum to 1. */
const tokenBackingSchema = z.object({
  instrument: z.string(),
  restaked: z.array(z.object({ operator: evmAddressSchema, strategy: evmAddressSchema, share: z.bigint() })),
  /** Staked or held without an operator that a service can slash. */
  unrestakedShare: z.bigint(),
  /** Not readable from this source. */
  hiddenShare: z.bigint(),
});
export type TokenBacking = z.infer<typeof tokenBackingSchema>;

/** A call that answered in a way its reader was not written for. Shown on the figures concerned. */
export const noticeSchema = z.object({
  code: z.enum([
    'protocol-changed',
    'not-available',
    'not-readable',
    'partial',
    'node-changed',
    'block-replaced',
    /** Runs other code than at an earlier reading; what it answers may mean something else now. */
    'upgraded',
    /** A transaction of a Bitcoin account says that it is a stake, and no known parameters give its output. */
    'stake-unrecognised',
    /** Recognised, and outside what any version of the parameters allows. */
    'stake-refused',
    /** Withdrawn, slashed, or spent in a way nobody knows. */
    'stake-ended',
    /** Transactions were checked against the header of their own block only. */
    'proof-of-block',
    /** Nothing is known of Babylon on this network. */
    'no-babylon',
  ]),
  contract: z.string(),
  call: z.string(),
  detail: z.string(),
});
export type Notice = z.infer<typeof noticeSchema>;

/** The code behind a contract that is a proxy (EIP-1967). */
const implementationSchema = z.object({
  contract: z.string(),
  proxy: evmAddressSchema,
  address: evmAddressSchema,
  /** What stood there before, and the block in which that was seen to have changed; null where nothing changed lately. */
  replaced: z.object({ address: evmAddressSchema, block: z.bigint(), time: z.number() }).nullable(),
});
export type Implementation = z.infer<typeof implementationSchema>;

/** What the notice carries that says that the contracts of a network are not on the node's chain. */
export const CHAIN_MISMATCH = { contract: 'node', call: 'eth_getCode' } as const;

/** Seconds between blocks, from the network file: what dates of later blocks are estimated with. */
const blockSecondsSchema = z.number().positive();

export const originSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('chain'),
    chainId: z.number(),
    network: z.string(),
    endpoint: z.string(),
    block: blockSchema,
    blockSeconds: blockSecondsSchema,
  }),
  /** Nothing but Bitcoin was read. */
  z.object({
    kind: z.literal('bitcoin'),
    network: bitcoinNetworkSchema,
    endpoint: z.string(),
    block: blockSchema,
    blockSeconds: blockSecondsSchema,
  }),
  z.object({
    kind: z.literal('sample'),
    note: z.string(),
    block: blockSchema,
    blockSeconds: blockSecondsSchema,
  }),
]);

export type Origin = z.infer<typeof originSchema>;

/** What the network a reading is of is called. */
export function nameNetwork(origin: Exclude<Origin, { kind: 'sample' }>): string {
  return origin.kind === 'chain' ? origin.network : `Bitcoin ${origin.network}`;
}

export const observationSchema = z.object({
  schema: z.literal('ballast-observation/1'),
  origin: originSchema,
  /** Unix milliseconds. */
  readAt: z.number(),
  rates: z.array(z.object({ instrument: z.string(), rate: readingSchema })),
  ethUsd: priceReadingSchema.nullable(),
  /** Null where the network file names no feed; left out before BTC tokens were read. */
  btcUsd: priceReadingSchema.nullable().optional(),
  accounts: z.array(accountObservationSchema),
  /** Left out where no Bitcoin account is watched. It has a block and a time of its own. */
  bitcoin: bitcoinObservationSchema.optional(),
  strategies: z.array(strategyObservationSchema),
  /** The vaults somebody has a stake in; absent in observations made before they were read. */
  vaults: z.array(vaultObservationSchema).optional(),
  operators: z.array(operatorSchema),
  services: z.array(serviceSchema),
  /** Blocks between a slash and the burning or redistribution of what it took (ELIP-016); absent before v1.13.0. */
  slashResolutionDelay: readingSchema.optional(),
  backings: z.array(tokenBackingSchema),
  /** Instruments and dependencies beyond the bundled ones (the sample's invented ones). */
  extraInstruments: z.array(instrumentSchema),
  extraDependencies: z.array(dependencySchema),
  notices: z.array(noticeSchema),
  /** Left out where no node said, so far. */
  implementations: z.array(implementationSchema).optional(),
  /** What events told so far; the next reading goes on from here. */
  trails: z.array(trailSchema).optional(),
});
export type Observation = z.infer<typeof observationSchema>;

/** Positions: who holds how much of what, in which state, and what it is worth by the books. */
import { z } from 'zod';
import { evmAddressSchema } from './address.ts';
import { STAKE_STATES } from './bitcoin.ts';
import { figureSchema } from './figure.ts';
import { instrumentSchema } from './instrument.ts';
import { VAULT_PROTOCOLS } from './observation.ts';

export const POSITION_STATES = [
  /** A token or ETH in the account. */
  'held',
  /** Bitcoin paid to the account by a transaction that no block holds yet. */
  'unconfirmed',
  /** In EigenLayer, or in a vault; to whom it is delegated, if to anybody, could not be read. */
  'restaked',
  /** In EigenLayer, delegated to nobody. */
  'deposited',
  /** In EigenLayer, delegated to an operator: slashable. */
  'delegated',
  /** Withdrawal queued, still slashable until its block. */
  'queued',
  /** Withdrawal queued and its delay over. */
  'completable',
  /** Withdrawal requested of the issuer of a token, which is given up; what it pays may still change. */
  'requested',
  /** What the request pays is settled; it cannot be claimed yet. */
  'finalised',
  /** The request can be claimed. */
  'claimable',
] as const;

const restakingDetailSchema = z.object({
  strategy: evmAddressSchema,
  /** Null: delegated to nobody. */
  operator: evmAddressSchema.nullable(),
  /** True where the delegation itself could not be read. */
  isOperatorUnknown: z.boolean(),
  /** Deposit shares (or scaled shares of a queued withdrawal): what the slashing factors apply to. */
  depositShares: figureSchema,
  withdrawableShares: figureSchema,
  depositScalingFactor: figureSchema.nullable(),
  beaconFactor: figureSchema.nullable(),
  maxMagnitude: figureSchema.nullable(),
  completableBlock: figureSchema.nullable(),
  /** Blocks that pass between a slash and the burning or handing over of what it took; left out where none do. */
  slashResolution: figureSchema.optional(),
});
export type RestakingDetail = z.infer<typeof restakingDetailSchema>;

const requestDetailSchema = z.object({
  /** The instrument that was given up: whose pool the request stands with until it is settled. */
  instrument: z.string(),
  /** The protocol's own number of the request. */
  id: z.bigint(),
  /** Whether losses no longer lower what it pays. */
  isFixed: z.boolean(),
  given: figureSchema,
  /** What was promised at the request: the most it pays. */
  promised: figureSchema,
  /** A block or a Unix second, by its unit; null where no view says so. */
  claimableFrom: figureSchema.nullable(),
});
export type RequestDetail = z.infer<typeof requestDetailSchema>;

const vaultDetailSchema = z.object({
  protocol: z.enum(VAULT_PROTOCOLS),
  vault: evmAddressSchema,
  /** Whether losses no longer lower what it pays. */
  isFixed: z.boolean(),
  /** A Unix second; null for a stake that nobody has asked back. */
  claimableFrom: figureSchema.nullable(),
  /** Of such a stake: when it could be claimed if it were asked back in this block; null where no view says so. */
  earliest: figureSchema.nullable(),
});
export type VaultDetail = z.infer<typeof vaultDetailSchema>;

const stakeDetailSchema = z.object({
  txid: z.string(),
  outputIndex: z.number(),
  state: z.enum(STAKE_STATES),
  /** X-only keys in hex. */
  staker: z.string(),
  finalityProvider: z.string(),
  finalityProviderName: z.string().nullable(),
  foundBy: z.enum(['op-return', 'rebuilt']),
  /** Versions of Babylon's parameters it can have been made under; none: Babylon does not take it. */
  versions: z.array(z.number()),
  stakingBlocks: z.number(),
  /** Of the parameters; null where no version fits. */
  unbondingBlocks: z.number().nullable(),
  /** The block that holds it; null while none does. */
  height: figureSchema.nullable(),
  /** First block that may hold its withdrawal, and the Unix second at which that is expected. */
  withdrawableFrom: figureSchema.nullable(),
  withdrawableAt: figureSchema.nullable(),
  /** What a slashing would take, in BTC. */
  lossIfSlashed: figureSchema,
  /** What an early unbonding costs, in BTC; null where that is behind it. */
  unbondingFee: figureSchema.nullable(),
});
export type StakeDetail = z.infer<typeof stakeDetailSchema>;

export const positionSchema = z.object({
  /** Stable over refreshes: account, instrument, state and, for a withdrawal, its nonce. */
  id: z.string(),
  accountId: z.string(),
  accountLabel: z.string(),
  /** What is watched; an extended key or a descriptor shortened. */
  address: z.string(),
  instrument: instrumentSchema,
  state: z.enum(POSITION_STATES),
  amount: figureSchema,
  /** ETH per unit of the instrument's amount. */
  rate: figureSchema,
  bookEth: figureSchema,
  bookUsd: figureSchema,
  restaking: restakingDetailSchema.nullable(),
  /** Only for withdrawal requests. */
  request: requestDetailSchema.optional(),
  /** Only for stakes with vaults. */
  vault: vaultDetailSchema.optional(),
  /** Only for stakes with Babylon. */
  stake: stakeDetailSchema.optional(),
});
export type Position = z.infer<typeof positionSchema>;
export type PositionState = Position['state'];

export const totalsSchema = z.object({
  bookEth: figureSchema,
  bookUsd: figureSchema,
  /** Positions whose book value is not known and is therefore in neither total. */
  unvaluedCount: z.number(),
});
export type Totals = z.infer<typeof totalsSchema>;

/** On its way out: queued in EigenLayer or a vault, or requested of an issuer. */
export function isLeaving(state: PositionState): boolean {
  return state === 'queued' || state === 'completable' || isRequest(state);
}

export function isRequest(state: PositionState): boolean {
  return state === 'requested' || state === 'finalised' || state === 'claimable';
}

/** In EigenLayer or a vault and not on its way out. */
export function isDeposit(state: PositionState): boolean {
  return state === 'restaked' || state === 'deposited' || state === 'delegated';
}

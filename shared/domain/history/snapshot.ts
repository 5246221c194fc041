/**
 * What is kept for ever of one reading: amounts and rates of every position, the prices of that moment, and which lists
 * were read at all, so that a holding that is gone can be told from one that was not seen. Values are not stored: they
 * follow from amount, rate and price exactly.
 */
import { z } from 'zod';
import { isLeaving, POSITION_STATES } from '../position.ts';

/** Why a number of a snapshot is not there. */
export const GAP_REASONS = [
  'no-price',
  'no-rate',
  'call-failed',
  'protocol-changed',
  'not-configured',
  'not-visible',
  'stale-price',
  'input-unknown',
  /** The account was read, but not this part of it. */
  'not-read',
  /** The account was not part of the reading. */
  'not-watched',
  /** The imported file leaves the cell empty. */
  'left-blank',
  'no-btc-price',
  'no-market-price',
] as const;
export type GapReason = (typeof GAP_REASONS)[number];
const gapReasonSchema = z.enum(GAP_REASONS);

/** Stand beside instrument ids in what was read of an account, as do `request:<token given back>` and `vaults:<protocol>:<stage>`. */
export const READ_DEPOSITS = 'eigenlayer:deposits';
export const READ_QUEUE = 'eigenlayer:queued';

const snapshotOriginSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('refresh'), network: z.string(), endpoint: z.string() }),
  /** `said`: what the file itself gives as the origin. */
  z.object({ kind: z.literal('imported'), file: z.string(), importedAt: z.number(), said: z.string() }),
  /** Invented, for the sample. */
  z.object({ kind: z.literal('synthetic') }),
]);

const snapshotAccountSchema = z.object({
  address: z.string(),
  /** As it was called then. */
  name: z.string(),
  /** Instruments whose balance was read, and the two lists of EigenLayer. */
  read: z.array(z.string()),
});
export type SnapshotAccount = z.infer<typeof snapshotAccountSchema>;

const snapshotPositionSchema = z.object({
  address: z.string(),
  /** Id of the instrument. */
  instrument: z.string(),
  symbol: z.string(),
  decimals: z.number().int().min(0).max(36),
  /** Its issuer; null for ETH. */
  protocol: z.string().nullable(),
  state: z.enum(POSITION_STATES),
  amount: z.bigint().nullable(),
  /** ETH per whole unit by the books, 18 decimals. */
  rate: z.bigint().nullable(),
  /** Of a claim on bitcoin: BTC per whole unit by the books, 18 decimals. What `rate` says moves with the price of BTC too. */
  btcRate: z.bigint().optional(),
  /** ETH per whole unit on the market, 18 decimals; null where none was seen. */
  market: z.bigint().nullable(),
  /** EigenLayer: shares as deposited, and what slashing left of them. */
  shares: z.object({ deposit: z.bigint(), withdrawable: z.bigint() }).nullable(),
  /** Why the amount or the rate is null. */
  why: gapReasonSchema.nullable(),
});
export type SnapshotPosition = z.infer<typeof snapshotPositionSchema>;

export const snapshotSchema = z.object({
  schema: z.literal('ballast-snapshot/1'),
  /** Unix milliseconds of which the figures are: the time of the block. */
  at: z.number(),
  /** Unix milliseconds of the reading. */
  readAt: z.number(),
  block: z.bigint().nullable(),
  origin: snapshotOriginSchema,
  /** Dollars, 8 decimals. */
  ethUsd: z.bigint().nullable(),
  btcUsd: z.bigint().nullable(),
  /** Why there is no price of ETH. */
  whyNoPrice: gapReasonSchema.nullable(),
  accounts: z.array(snapshotAccountSchema),
  positions: z.array(snapshotPositionSchema),
});
export type Snapshot = z.infer<typeof snapshotSchema>;

/** Stages of a holding: changes of state within one are not told as money coming and going. */
export const STAGES = ['held', 'restaked', 'leaving'] as const;
export type Stage = (typeof STAGES)[number];

export function stageOf({ state }: Pick<SnapshotPosition, 'state'>): Stage {
  if (state === 'held' || state === 'unconfirmed') return 'held';
  return isLeaving(state) ? 'leaving' : 'restaked';
}

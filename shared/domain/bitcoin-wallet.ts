/**
 * What is kept of a Bitcoin account between two readings, so that the second asks only for what changed. It is the
 * account's whole history: nothing of it is shown or exported as it stands.
 */
import { z } from 'zod';
import { bitcoinNetworkSchema } from './bitcoin.ts';

// as: of what buffer the bytes are a view does not matter.
export const bytesSchema = z.instanceof(Uint8Array) as z.ZodType<Uint8Array, Uint8Array>;

/** A script whose history is followed. */
const followedScriptSchema = z.object({
  /** Place among the account's branches; null for the output of a stake. */
  branch: z.number().int().min(0).nullable(),
  index: z.number().int().min(0),
  script: bytesSchema,
  /** As Electrum asks for it. */
  scriptHash: z.string(),
  /** X-only keys that may be a Babylon staker's. */
  keys: z.array(bytesSchema),
  /** What the server said of its history; null: it has none. */
  status: z.string().nullable(),
});
export type FollowedScript = z.infer<typeof followedScriptSchema>;

const keptTransactionSchema = z.object({
  txid: z.string(),
  raw: bytesSchema,
  /** Of the block that includes it; 0 while none does. */
  height: z.number().int().min(0),
  /** Hash of the block its merkle proof was checked against; null where that is still to be done. */
  provenIn: z.string().nullable(),
});
export type KeptTransaction = z.infer<typeof keptTransactionSchema>;

/** Of a stake that was recognised: what rebuilds its scripts. Keys are x-only. */
const keptStakeSchema = z.object({
  txid: z.string(),
  outputIndex: z.number().int().min(0),
  staker: bytesSchema,
  finalityProvider: bytesSchema,
  stakingBlocks: z.number().int().min(0),
  foundBy: z.enum(['op-return', 'rebuilt']),
});
export type KeptStake = z.infer<typeof keptStakeSchema>;

export const bitcoinWalletSchema = z.object({
  schema: z.literal('ballast-wallet/1'),
  network: bitcoinNetworkSchema,
  /** What the branches were derived of: another text or gap limit starts over. */
  derivedFrom: z.array(z.string()),
  /** The kind of server the statuses came from: another kind's mean something else. */
  statusKind: z.enum(['electrum', 'esplora']),
  scripts: z.array(followedScriptSchema),
  /** Where each script occurs: by script hash, ids of transactions. */
  histories: z.record(z.string(), z.array(z.string())),
  transactions: z.array(keptTransactionSchema),
  /** Transactions that were searched for stakes, with the date of Babylon's data they were searched under. */
  searched: z.object({ asOf: z.string(), txids: z.array(z.string()) }),
  stakes: z.array(keptStakeSchema),
});
export type BitcoinWallet = z.infer<typeof bitcoinWalletSchema>;

/** Headers of block `period` x 2,016 + `skipped` and those after it, 80 bytes each, up to the end of the period. */
export interface HeaderPeriod {
  readonly period: number;
  readonly skipped: number;
  readonly headers: Uint8Array;
}

/** Bitcoin's networks, and what was seen of watched Bitcoin accounts in one refresh. Amounts are satoshi. */
import { z } from 'zod';
import { blockSchema } from './source.ts';

export const BITCOIN_NETWORKS = ['mainnet', 'testnet', 'signet', 'regtest'] as const;
export const bitcoinNetworkSchema = z.enum(BITCOIN_NETWORKS);
export type BitcoinNetwork = (typeof BITCOIN_NETWORKS)[number];

/** Seconds between blocks that the difficulty aims at. */
export const BITCOIN_BLOCK_SECONDS = 600;

/** Unused addresses in a row after which the rest of a chain is taken to be unused (BIP 44). */
export const DEFAULT_GAP_LIMIT = 20;
export const MOST_GAP_LIMIT = 500;

export const BITCOIN_ACCOUNT_FORMS = ['address', 'extended-key', 'descriptor'] as const;

const blocksSchema = z.number().int().min(0);
export const gapLimitSchema = z.number().int().min(1).max(MOST_GAP_LIMIT);
/** The block that includes it; null while none does. */
const includedIn = z.number().int().min(0).max(0xffff_ffff).nullable();

/** Where a stake went before its timelock was over: the output it stands in until it can be withdrawn. */
const unbondingSchema = z.object({
  txid: z.string(),
  outputIndex: z.number().int().min(0),
  value: z.bigint(),
  height: includedIn,
  blocks: blocksSchema,
});

const stakeObservationSchema = z.object({
  txid: z.string(),
  outputIndex: z.number().int().min(0),
  value: z.bigint(),
  height: includedIn,
  /** X-only keys in hex. */
  staker: z.string(),
  finalityProvider: z.string(),
  /** Where a source gives one. */
  finalityProviderName: z.string().nullable(),
  stakingBlocks: blocksSchema,
  foundBy: z.enum(['op-return', 'rebuilt']),
  /** Versions of the parameters under which it can have been made: the height leaves one, or none. */
  versions: z.array(z.number().int().min(0)),
  /** Of those versions; null where there is none. */
  terms: z
    .object({
      unbondingBlocks: blocksSchema,
      unbondingFee: z.bigint(),
      /** What a slashing takes of `value`, the fee in front included. */
      lossIfSlashed: z.bigint(),
      slashingRate: z.bigint(),
      slashingFee: z.bigint(),
    })
    .nullable(),
  unbonding: unbondingSchema.nullable(),
  end: z
    .object({
      kind: z.enum(['withdrawal', 'slashing', 'unknown']),
      txid: z.string(),
      height: includedIn,
    })
    .nullable(),
});
export type StakeObservation = z.infer<typeof stakeObservationSchema>;

const unrecognisedStakeSchema = z.object({
  txid: z.string(),
  outputIndex: z.number().int().min(0),
  height: includedIn,
  staker: z.string(),
  finalityProvider: z.string(),
  stakingBlocks: blocksSchema,
});

const bitcoinAccountObservationSchema = z.object({
  accountId: z.string(),
  /** In coins that a block holds and nothing spends, not even a transaction that waits. */
  confirmed: z.bigint(),
  /** Paid to the account by transactions that no block holds yet. */
  unconfirmed: z.bigint(),
  coinCount: z.number().int().min(0),
  transactionCount: z.number().int().min(0),
  usedScripts: z.number().int().min(0),
  stakes: z.array(stakeObservationSchema),
  /** They say that they are stakes, and no known parameters give their output. */
  unrecognised: z.array(unrecognisedStakeSchema),
});
export type BitcoinAccountObservation = z.infer<typeof bitcoinAccountObservationSchema>;

export const bitcoinObservationSchema = z.object({
  network: bitcoinNetworkSchema,
  server: z.object({ kind: z.enum(['electrum', 'esplora']), endpoint: z.string() }),
  /** Unix milliseconds. */
  readAt: z.number(),
  tip: blockSchema,
  /**
   * `chain`: every transaction's block stands in a chain of headers up to the tip whose work was checked. `block`: only
   * the block's own header was.
   */
  proof: z.enum(['chain', 'block']),
  /** Of Babylon's parameters and finality providers; null where none are known for this network. */
  babylon: z.object({ asOf: z.string(), source: z.string() }).nullable(),
  accounts: z.array(bitcoinAccountObservationSchema),
});
export type BitcoinObservation = z.infer<typeof bitcoinObservationSchema>;

export const STAKE_STATES = [
  /** No block holds it yet. */
  'pending',
  'active',
  /** Its timelock ends within the time an unbonding takes: Babylon no longer counts it, and it cannot be had yet. */
  'ending',
  /** Sent into unbonding before its timelock was over. */
  'unbonding',
  'withdrawable',
  'withdrawn',
  'slashed',
  /** Spent in a way this program does not know. */
  'gone',
] as const;
export type StakeState = (typeof STAKE_STATES)[number];

/**
 * First block that may hold its withdrawal (BIP 68: so many blocks after the one that holds the output). Null while that
 * one is not known.
 */
export function withdrawableFrom({ height, stakingBlocks, unbonding }: StakeObservation): number | null {
  if (unbonding === null) return height === null ? null : height + stakingBlocks;
  return unbonding.height === null ? null : unbonding.height + unbonding.blocks;
}

/** From the spend path on chain, and from the height of the newest block. */
export function stateOfStake(stake: StakeObservation, tipHeight: number): StakeState {
  if (stake.end !== null) {
    const { kind } = stake.end;
    return kind === 'withdrawal' ? 'withdrawn' : kind === 'slashing' ? 'slashed' : 'gone';
  }
  const from = withdrawableFrom(stake);
  // The next block may hold it.
  if (from !== null && tipHeight + 1 >= from) return 'withdrawable';
  if (stake.unbonding !== null) return 'unbonding';
  if (from === null) return 'pending';
  return stake.terms !== null && tipHeight + stake.terms.unbondingBlocks >= from ? 'ending' : 'active';
}

/** What is left of it: after an unbonding its fee is gone. */
export function amountOfStake({ value, unbonding }: StakeObservation): bigint {
  return unbonding?.value ?? value;
}

/**
 * What a slashing transaction of a Babylon stake pays where.
 * Source: babylonlabs-io/babylon@a3b6540f, btcstaking/staking.go, buildSlashingTxFromOutpoint.
 */
import { minOf, type Sat, type Wad } from '../../../../shared/domain/units.ts';
import { refuseNegative } from '../refuse.ts';
import { isDust, type OutputKind } from './dust.ts';
import { computeSlashedAmount } from './slashed-amount.ts';

/** In the order in which Babylon checks: the first that holds is the one it reports. */
export type SlashingRefusal =
  /** ErrInsufficientSlashingAmount: stake x rate rounds to nothing. */
  | 'insufficient-slashing'
  /** ErrInsufficientChangeAmount: slashing and fee leave nothing to give back. */
  | 'insufficient-change'
  /** ErrDustOutputFound: an output is too small to be relayed. */
  | 'dust';

export interface SlashedOutput {
  /** Held by the staking output, or by the unbonding output. */
  readonly stake: Sat;
  readonly rate: Wad;
  /** Paid to the miner. */
  readonly fee: Sat;
  /** Where the slashed satoshi go. */
  readonly slashingOutput: OutputKind;
}

export interface SlashingTransaction {
  readonly slashed: Sat;
  /** stake - slashed - fee: back to the staker under a timelock, in a taproot output. Not above zero: refused. */
  readonly change: bigint;
  readonly fee: Sat;
  /** slashed + fee, at most the stake: what the staker is without afterwards. */
  readonly loss: Sat;
  /** Why no valid slashing transaction exists; null where one does. Babylon takes no stake without one. */
  readonly refusal: SlashingRefusal | null;
}

/** @throws AppError scenario-invalid for a stake, rate or fee that cannot be (computeSlashedAmount) */
export function computeSlashingTransaction(output: SlashedOutput): SlashingTransaction {
  const { stake, rate, fee, slashingOutput } = output;
  refuseNegative({ fee });
  const slashed = computeSlashedAmount(stake, rate);
  const change = stake - slashed - fee;
  return {
    slashed,
    change,
    fee,
    // `as`: bigint arithmetic drops the brand.
    loss: minOf(stake, slashed + fee) as Sat,
    refusal: findRefusal(slashed, change, slashingOutput),
  };
}

function findRefusal(slashed: Sat, change: bigint, slashingOutput: OutputKind): SlashingRefusal | null {
  if (slashed <= 0n) return 'insufficient-slashing';
  if (change <= 0n) return 'insufficient-change';
  // `as`: bigint arithmetic drops the brand.
  return isDust(slashed, slashingOutput) || isDust(change as Sat, 'p2tr') ? 'dust' : null;
}

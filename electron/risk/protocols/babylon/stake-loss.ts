/**
 * What a staker loses when the finality provider signs two blocks at one height, the only fault Babylon slashes. The
 * fault gives away the provider's key, with which anybody completes the slashing transaction that the staker signed
 * in advance. That transaction spends the output, so an output is slashed once, however many providers or BSNs it
 * backs and however many of them fault.
 * Source: babylonlabs-io/babylon@a3b6540f, btcstaking/staking.go; x/finality, equivocation evidence.
 */
import { fractionOf, type Sat, type Wad } from '../../../../shared/domain/units.ts';
import { refuse } from '../refuse.ts';
import type { BabylonParameters } from './mainnet-parameters.ts';
import { computeSlashingTransaction, type SlashingTransaction } from './slashing-transaction.ts';

export interface BabylonStake {
  /** As staked, in satoshi. */
  readonly stake: Sat;
  readonly parameters: BabylonParameters;
  /** `unbonding`: the stake moved to the unbonding output, less its fee, and stays slashable until that matures. */
  readonly phase: 'staked' | 'unbonding';
  /** Faults of any of the stake's providers; more than one costs no more than one. */
  readonly equivocations: number;
  /** Fee of the slashing transaction; null for the least the parameters allow. */
  readonly fee: Sat | null;
}

export interface BabylonLoss {
  /** slashed + fee of the slashing transaction, in satoshi; 0 without a fault. */
  readonly loss: Sat;
  /**
   * Loss as a share of the slashed output, rounded down. For a small stake the fixed fee makes it many times the
   * rate: 20.1% of 500,000 sat at a rate of 0.1%.
   */
  readonly share: Wad;
  /** Null without a fault. */
  readonly transaction: SlashingTransaction | null;
}

/** @throws AppError scenario-invalid for a stake, fee or number of faults that cannot be */
export function computeStakeLoss(staked: BabylonStake): BabylonLoss {
  const { stake, parameters, phase, equivocations } = staked;
  const { slashingRate, slashingOutput, minSlashingFee, unbondingFee } = parameters;
  if (!Number.isSafeInteger(equivocations) || equivocations < 0) {
    refuse(
      'The number of faults is not a whole number of zero or more.',
      `equivocations ${equivocations}`,
      'Enter a whole number.',
    );
  }
  const fee = staked.fee ?? minSlashingFee;
  if (fee < minSlashingFee) {
    refuse(
      'Babylon refuses a slashing transaction with so low a fee.',
      `fee ${fee.toString()} sat, at least ${minSlashingFee.toString()}`,
      'Leave the fee open for the least that is allowed.',
    );
  }
  // `as`: bigint arithmetic drops the brand.
  const output = (phase === 'staked' ? stake : stake - unbondingFee) as Sat;
  const transaction = computeSlashingTransaction({ stake: output, rate: slashingRate, fee, slashingOutput });
  if (equivocations === 0) return { loss: 0n as Sat, share: 0n as Wad, transaction: null };
  return { loss: transaction.loss, share: fractionOf(transaction.loss, output) ?? (0n as Wad), transaction };
}

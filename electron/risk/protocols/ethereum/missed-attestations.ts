/**
 * Many epochs of missed attestations in a row, to the gwei: the penalty of each epoch is that of the effective balance
 * which the epochs before it left.
 * Source: consensus-specs@a08d8a6, specs/altair/beacon-chain.md, process_rewards_and_penalties; order within an epoch
 * as in specs/electra/beacon-chain.md, process_epoch: penalty first, effective balance last.
 */
import { minOf, type Gwei } from '../../../../shared/domain/units.ts';
import { refuse } from '../refuse.ts';
import { computeBaseRewardPerIncrement, penaltyOfBase } from './attestation-penalty.ts';
import { DOWNWARD_THRESHOLD, updateEffectiveBalance } from './effective-balance.ts';
import { checkValidator, type Validator } from './validator.ts';

export interface MissedAttestations {
  readonly penalty: Gwei;
  /** The validator afterwards. */
  readonly validator: Validator;
}

/** @throws AppError scenario-invalid unless `epochs` is a whole number of zero or more */
export function checkEpochs(epochs: number): void {
  if (Number.isSafeInteger(epochs) && epochs >= 0) return;
  refuse(
    'The number of epochs is not a whole number of zero or more.',
    `epochs ${epochs}`,
    'Enter a whole number.',
  );
}

/**
 * The penalty of `epochs` epochs without a vote, none of them in an inactivity leak, at a constant total active
 * balance. Epochs between two moves of the effective balance cost the same and are taken in one step, so the work
 * grows with the whole ETH lost and not with the epochs.
 *
 * @throws AppError scenario-invalid for less than 1 ETH of stake, an impossible validator or number of epochs
 */
export function missAttestations(
  validator: Validator,
  totalActiveBalance: Gwei,
  epochs: number,
): MissedAttestations {
  checkValidator(validator);
  checkEpochs(epochs);
  const basePerIncrement = computeBaseRewardPerIncrement(totalActiveBalance);
  let current = validator;
  let left = BigInt(epochs);
  while (left > 0n) {
    const perEpoch = penaltyOfBase(current.effectiveBalance, basePerIncrement).total;
    const steps = minOf(left, countEqualEpochs(current, perEpoch) ?? left);
    // `as`: bigint arithmetic drops the brand.
    const balance = (current.balance - minOf(current.balance, perEpoch * steps)) as Gwei;
    const effectiveBalance = updateEffectiveBalance({ ...current, balance });
    current = { ...current, balance, effectiveBalance };
    left -= steps;
  }
  return { penalty: (validator.balance - current.balance) as Gwei, validator: current };
}

/** Epochs up to and with the next move of the effective balance; null where there is none to come. */
function countEqualEpochs(validator: Validator, perEpoch: bigint): bigint | null {
  const { balance, effectiveBalance } = validator;
  // `as`: bigint arithmetic drops the brand.
  const next = (balance - minOf(balance, perEpoch)) as Gwei;
  if (updateEffectiveBalance({ ...validator, balance: next }) !== effectiveBalance) return 1n;
  if (perEpoch === 0n) return null;
  return (balance + DOWNWARD_THRESHOLD - effectiveBalance) / perEpoch + 1n;
}

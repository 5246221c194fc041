/**
 * All that a slashing takes from a validator until it can be withdrawn, each part on its own.
 *
 * In order, as the epochs bring it: the initial penalty in the block; then 8192 epoch ends, each of which counts the
 * validator's votes as missed (a slashed validator is eligible for penalties until it is withdrawable, and never
 * counts as participating); in the 4097th of them, after its attestation penalty, the correlation penalty. The
 * effective balance follows at each epoch's end.
 * Source: consensus-specs@a08d8a6, specs/electra/beacon-chain.md, slash_validator, process_slashings, process_epoch;
 * specs/altair/beacon-chain.md, get_eligible_validator_indices, get_unslashed_participating_indices.
 */
import type { Gwei } from '../../../../shared/domain/units.ts';
import { refuseNegative } from '../refuse.ts';
import { computeCorrelationPenalty } from './correlation-penalty.ts';
import { updateEffectiveBalance } from './effective-balance.ts';
import type { Fork } from './fork.ts';
import { computeInitialPenalty } from './initial-penalty.ts';
import { missAttestations } from './missed-attestations.ts';
import { EPOCHS_PER_SLASHINGS_VECTOR, EPOCHS_TO_CORRELATION_PENALTY } from './preset.ts';
import type { Validator } from './validator.ts';

export interface Slashing {
  readonly fork: Fork;
  /** As it stands when the slashing is included. */
  readonly validator: Validator;
  /** Effective balance of all others slashed within 4096 epochs before or after; the validator's own is added. */
  readonly otherSlashedBalance: Gwei;
  /** Taken as constant over the 36 days. */
  readonly totalActiveBalance: Gwei;
}

export interface SlashingCost {
  readonly initialPenalty: Gwei;
  readonly correlationPenalty: Gwei;
  readonly missedAttestations: Gwei;
  /** The sum of the three. */
  readonly total: Gwei;
  /** The validator when it becomes withdrawable. */
  readonly validator: Validator;
}

/**
 * Exact to the gwei. Left out: sync committee penalties, an inactivity leak at the same time
 * (see inactivity-leak.ts), and a withdrawable epoch pushed out by an exit queue of more than 7936 epochs.
 *
 * @throws AppError scenario-invalid for amounts below zero, less than 1 ETH of stake, or an impossible validator
 */
export function computeSlashingCost(slashing: Slashing): SlashingCost {
  const { fork, validator, otherSlashedBalance, totalActiveBalance } = slashing;
  refuseNegative({ 'slashed balance': otherSlashedBalance });
  const initialPenalty = computeInitialPenalty(fork, validator);
  const before = missAttestations(
    take(validator, initialPenalty),
    totalActiveBalance,
    EPOCHS_TO_CORRELATION_PENALTY,
  );
  const midway = missInOneEpoch(before.validator, totalActiveBalance);
  const correlationPenalty = computeCorrelationPenalty({
    fork,
    validator: midway.validator,
    // `as`: bigint arithmetic drops the brand.
    slashedBalance: (otherSlashedBalance + validator.effectiveBalance) as Gwei,
    totalActiveBalance,
  });
  const correlated = take(midway.validator, correlationPenalty);
  const after = missAttestations(
    { ...correlated, effectiveBalance: updateEffectiveBalance(correlated) },
    totalActiveBalance,
    EPOCHS_PER_SLASHINGS_VECTOR - EPOCHS_TO_CORRELATION_PENALTY - 1,
  );
  const missedAttestations = (before.penalty + midway.penalty + after.penalty) as Gwei;
  return {
    initialPenalty,
    correlationPenalty,
    missedAttestations,
    total: (initialPenalty + correlationPenalty + missedAttestations) as Gwei,
    validator: after.validator,
  };
}

/** The attestation penalty of an epoch whose end has not come yet: the effective balance is still that of before. */
function missInOneEpoch(
  validator: Validator,
  totalActiveBalance: Gwei,
): { readonly penalty: Gwei; readonly validator: Validator } {
  const missed = missAttestations(validator, totalActiveBalance, 1);
  return {
    penalty: missed.penalty,
    validator: { ...missed.validator, effectiveBalance: validator.effectiveBalance },
  };
}

function take(validator: Validator, penalty: Gwei): Validator {
  // `as`: bigint arithmetic drops the brand.
  return { ...validator, balance: (validator.balance - penalty) as Gwei };
}

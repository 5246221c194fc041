/**
 * The penalty that grows with what else is slashed: 4096 epochs after a slashing, in proportion to three times the
 * share of all stake that was slashed in the 8192 epochs around it.
 * Source: consensus-specs@a08d8a6, specs/electra/beacon-chain.md, process_slashings.
 */
import { minOf, type Gwei } from '../../../../shared/domain/units.ts';
import { refuseNegative } from '../refuse.ts';
import type { Fork } from './fork.ts';
import { EFFECTIVE_BALANCE_INCREMENT, findPenaltyRules } from './preset.ts';
import { checkTotalActiveBalance, checkValidator, type Validator } from './validator.ts';

export interface CorrelatedSlashing {
  readonly fork: Fork;
  /** As it stands in the epoch of the penalty, after what it lost before. */
  readonly validator: Validator;
  /** Effective balance of everything slashed in the last 8192 epochs, the validator's own included. */
  readonly slashedBalance: Gwei;
  readonly totalActiveBalance: Gwei;
}

/**
 * Per whole ETH of effective balance floor(min(3 x slashed, total) / floor(total / 1 ETH)) gwei. Rounded per ETH, as
 * Electra does, so that a small slashing does not round to nothing. Of it at most the balance is taken.
 *
 * @throws AppError scenario-invalid for amounts below zero, less than 1 ETH of stake, or an impossible validator
 */
export function computeCorrelationPenalty(slashing: CorrelatedSlashing): Gwei {
  const { fork, validator, slashedBalance, totalActiveBalance } = slashing;
  checkValidator(validator);
  checkTotalActiveBalance(totalActiveBalance);
  refuseNegative({ 'slashed balance': slashedBalance });
  const { correlationMultiplier } = findPenaltyRules(fork);
  const adjusted = minOf(slashedBalance * correlationMultiplier, totalActiveBalance);
  const perIncrement = adjusted / (totalActiveBalance / EFFECTIVE_BALANCE_INCREMENT);
  const penalty = perIncrement * (validator.effectiveBalance / EFFECTIVE_BALANCE_INCREMENT);
  // `as`: bigint arithmetic drops the brand.
  return minOf(penalty, validator.balance) as Gwei;
}

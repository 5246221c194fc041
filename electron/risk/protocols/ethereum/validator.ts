/** A validator as the penalties see it. */
import type { Gwei } from '../../../../shared/domain/units.ts';
import { refuse, refuseNegative } from '../refuse.ts';
import {
  EFFECTIVE_BALANCE_INCREMENT,
  MAX_EFFECTIVE_BALANCE_ELECTRA,
  MIN_ACTIVATION_BALANCE,
} from './preset.ts';

export interface Validator {
  /** What it holds, to the gwei. */
  readonly balance: Gwei;
  /** What penalties are computed from: whole ETH, following the balance with hysteresis. */
  readonly effectiveBalance: Gwei;
  /** Withdrawal credentials 0x02: an effective balance of up to 2048 ETH instead of 32. */
  readonly isCompounding: boolean;
}

/** Source: consensus-specs@a08d8a6, specs/electra/beacon-chain.md, get_max_effective_balance. */
export function findMaxEffectiveBalance(validator: Validator): Gwei {
  return validator.isCompounding ? MAX_EFFECTIVE_BALANCE_ELECTRA : MIN_ACTIVATION_BALANCE;
}

/** @throws AppError scenario-invalid for balances that no validator can have */
export function checkValidator(validator: Validator): void {
  const { balance, effectiveBalance } = validator;
  refuseNegative({ balance, 'effective balance': effectiveBalance });
  const max = findMaxEffectiveBalance(validator);
  if (effectiveBalance > max || effectiveBalance % EFFECTIVE_BALANCE_INCREMENT !== 0n) {
    refuse(
      'The effective balance is not one that a validator can have.',
      `effective balance ${effectiveBalance.toString()} gwei, at most ${max.toString()}`,
      'An effective balance is whole ETH: at most 32, or 2048 for a compounding validator.',
    );
  }
}

/**
 * The specification never lets the total fall below one increment, and divides by it.
 * @throws AppError scenario-invalid for less than 1 ETH
 */
export function checkTotalActiveBalance(totalActiveBalance: Gwei): void {
  if (totalActiveBalance >= EFFECTIVE_BALANCE_INCREMENT) return;
  refuse(
    'The total active stake is below 1 ETH.',
    `total active balance ${totalActiveBalance.toString()} gwei`,
    'Enter the effective balance of all active validators together, in gwei.',
  );
}

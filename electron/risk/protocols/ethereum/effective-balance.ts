/**
 * The effective balance follows the balance at the end of each epoch, with hysteresis: it moves only once the balance
 * is more than 0.25 ETH below or 1.25 ETH above, and then to the whole ETH below the balance.
 * Source: consensus-specs@a08d8a6, specs/electra/beacon-chain.md, process_effective_balance_updates.
 */
import { minOf, type Gwei } from '../../../../shared/domain/units.ts';
import {
  EFFECTIVE_BALANCE_INCREMENT,
  HYSTERESIS_DOWNWARD_MULTIPLIER,
  HYSTERESIS_QUOTIENT,
  HYSTERESIS_UPWARD_MULTIPLIER,
} from './preset.ts';
import { findMaxEffectiveBalance, type Validator } from './validator.ts';

const HYSTERESIS_INCREMENT = EFFECTIVE_BALANCE_INCREMENT / HYSTERESIS_QUOTIENT;
export const DOWNWARD_THRESHOLD = HYSTERESIS_INCREMENT * HYSTERESIS_DOWNWARD_MULTIPLIER;
const UPWARD_THRESHOLD = HYSTERESIS_INCREMENT * HYSTERESIS_UPWARD_MULTIPLIER;

/** The validator's effective balance after the end of an epoch, in gwei. */
export function updateEffectiveBalance(validator: Validator): Gwei {
  const { balance, effectiveBalance } = validator;
  const isWithin =
    balance + DOWNWARD_THRESHOLD >= effectiveBalance && effectiveBalance + UPWARD_THRESHOLD >= balance;
  if (isWithin) return effectiveBalance;
  const wholeEth = balance - (balance % EFFECTIVE_BALANCE_INCREMENT);
  // `as`: bigint arithmetic drops the brand.
  return minOf(wholeEth, findMaxEffectiveBalance(validator)) as Gwei;
}

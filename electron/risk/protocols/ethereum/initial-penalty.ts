/**
 * The penalty of the slot in which a slashing is included.
 * Source: consensus-specs@a08d8a6, specs/electra/beacon-chain.md, slash_validator.
 */
import { minOf, type Gwei } from '../../../../shared/domain/units.ts';
import type { Fork } from './fork.ts';
import { findPenaltyRules } from './preset.ts';
import { checkValidator, type Validator } from './validator.ts';

/**
 * floor(effective balance / 4096), in gwei; at most the balance.
 *
 * @throws AppError scenario-invalid for balances that no validator can have
 */
export function computeInitialPenalty(fork: Fork, validator: Validator): Gwei {
  checkValidator(validator);
  const penalty = validator.effectiveBalance / findPenaltyRules(fork).initialPenaltyQuotient;
  // `as`: bigint arithmetic drops the brand.
  return minOf(penalty, validator.balance) as Gwei;
}

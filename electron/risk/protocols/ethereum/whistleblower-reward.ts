/**
 * What is paid for including a slashing. New issuance, not taken from the slashed validator: it changes no holder's
 * loss, and says only what a watcher earns.
 * Source: consensus-specs@a08d8a6, specs/electra/beacon-chain.md, slash_validator.
 */
import type { Gwei } from '../../../../shared/domain/units.ts';
import type { Fork } from './fork.ts';
import { findPenaltyRules, PROPOSER_WEIGHT, WEIGHT_DENOMINATOR } from './preset.ts';
import { checkValidator, type Validator } from './validator.ts';

export interface WhistleblowerReward {
  /** floor(total x 8 / 64): to the proposer of the block. */
  readonly proposer: Gwei;
  /** The rest. Blocks name no whistleblower today, so the proposer gets this too. */
  readonly whistleblower: Gwei;
  /** floor(effective balance / 4096). */
  readonly total: Gwei;
}

/** @throws AppError scenario-invalid for balances that no validator can have */
export function computeWhistleblowerReward(fork: Fork, slashed: Validator): WhistleblowerReward {
  checkValidator(slashed);
  const total = slashed.effectiveBalance / findPenaltyRules(fork).whistleblowerRewardQuotient;
  const proposer = (total * PROPOSER_WEIGHT) / WEIGHT_DENOMINATOR;
  // `as`: bigint arithmetic drops the brand.
  return { proposer: proposer as Gwei, whistleblower: (total - proposer) as Gwei, total: total as Gwei };
}

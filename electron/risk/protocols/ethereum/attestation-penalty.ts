/**
 * What a missed attestation costs. The head vote carries a reward but no penalty.
 * Source: consensus-specs@a08d8a6, specs/altair/beacon-chain.md, get_base_reward_per_increment, get_base_reward,
 * get_flag_index_deltas.
 */
import type { Gwei } from '../../../../shared/domain/units.ts';
import { computeIntegerSquareRoot } from './integer-square-root.ts';
import {
  BASE_REWARD_FACTOR,
  EFFECTIVE_BALANCE_INCREMENT,
  TIMELY_SOURCE_WEIGHT,
  TIMELY_TARGET_WEIGHT,
  WEIGHT_DENOMINATOR,
} from './preset.ts';
import { checkTotalActiveBalance, checkValidator, type Validator } from './validator.ts';

export interface AttestationPenalty {
  readonly source: Gwei;
  readonly target: Gwei;
  readonly total: Gwei;
}

/**
 * floor(1 ETH x 64 / isqrt(total active balance)), in gwei per whole ETH of effective balance and epoch.
 *
 * @throws AppError scenario-invalid for less than 1 ETH of stake
 */
export function computeBaseRewardPerIncrement(totalActiveBalance: Gwei): Gwei {
  checkTotalActiveBalance(totalActiveBalance);
  const root = computeIntegerSquareRoot(totalActiveBalance);
  // `as`: bigint arithmetic drops the brand.
  return ((EFFECTIVE_BALANCE_INCREMENT * BASE_REWARD_FACTOR) / root) as Gwei;
}

/**
 * One epoch in which neither source nor target vote counted: floor(base x 14 / 64) + floor(base x 26 / 64), with
 * base = whole ETH of effective balance x base reward per ETH. Not limited to the balance.
 *
 * @throws AppError scenario-invalid for less than 1 ETH of stake, or an impossible validator
 */
export function computeAttestationPenalty(
  validator: Validator,
  totalActiveBalance: Gwei,
): AttestationPenalty {
  checkValidator(validator);
  return penaltyOfBase(validator.effectiveBalance, computeBaseRewardPerIncrement(totalActiveBalance));
}

/** The same, for callers that go through many epochs and take the square root once. */
export function penaltyOfBase(effectiveBalance: Gwei, baseRewardPerIncrement: Gwei): AttestationPenalty {
  const base = (effectiveBalance / EFFECTIVE_BALANCE_INCREMENT) * baseRewardPerIncrement;
  const source = (base * TIMELY_SOURCE_WEIGHT) / WEIGHT_DENOMINATOR;
  const target = (base * TIMELY_TARGET_WEIGHT) / WEIGHT_DENOMINATOR;
  // `as`: bigint arithmetic drops the brand.
  return { source: source as Gwei, target: target as Gwei, total: (source + target) as Gwei };
}

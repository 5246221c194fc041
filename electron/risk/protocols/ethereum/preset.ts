/**
 * Constants of the mainnet preset, and the penalty rules of each fork.
 * Source: ethereum/consensus-specs@a08d8a6, presets and tables of specs/phase0, altair, bellatrix, electra and gloas
 * beacon-chain.md. Names in capitals are the specification's own.
 */
import type { Gwei } from '../../../../shared/domain/units.ts';
import { refuse } from '../refuse.ts';
import type { Fork } from './fork.ts';

// `as Gwei`: a literal carries no brand.
export const EFFECTIVE_BALANCE_INCREMENT = 1_000_000_000n as Gwei;
export const MIN_ACTIVATION_BALANCE = 32_000_000_000n as Gwei;
export const MAX_EFFECTIVE_BALANCE_ELECTRA = 2_048_000_000_000n as Gwei;

/** From the slashing to the epoch in which the validator can be withdrawn (36.4 days). The exit queue can add to it. */
export const EPOCHS_PER_SLASHINGS_VECTOR = 8192;
/** From the slashing to the epoch of the correlation penalty: half of the above (18.2 days). */
export const EPOCHS_TO_CORRELATION_PENALTY = EPOCHS_PER_SLASHINGS_VECTOR / 2;

export const BASE_REWARD_FACTOR = 64n;
export const TIMELY_SOURCE_WEIGHT = 14n;
export const TIMELY_TARGET_WEIGHT = 26n;
export const PROPOSER_WEIGHT = 8n;
export const WEIGHT_DENOMINATOR = 64n;

export const INACTIVITY_SCORE_BIAS = 4n;
export const INACTIVITY_SCORE_RECOVERY_RATE = 16n;

export const HYSTERESIS_QUOTIENT = 4n;
export const HYSTERESIS_DOWNWARD_MULTIPLIER = 1n;
export const HYSTERESIS_UPWARD_MULTIPLIER = 5n;

export interface PenaltyRules {
  /** MIN_SLASHING_PENALTY_QUOTIENT: the effective balance over this is the initial penalty. */
  readonly initialPenaltyQuotient: bigint;
  /** WHISTLEBLOWER_REWARD_QUOTIENT: the effective balance over this is the reward for including the slashing. */
  readonly whistleblowerRewardQuotient: bigint;
  /** PROPORTIONAL_SLASHING_MULTIPLIER: a third of the stake slashed at once loses everything. */
  readonly correlationMultiplier: bigint;
  /** INACTIVITY_PENALTY_QUOTIENT. */
  readonly inactivityPenaltyQuotient: bigint;
}

const ELECTRA: PenaltyRules = {
  initialPenaltyQuotient: 4096n,
  whistleblowerRewardQuotient: 4096n,
  correlationMultiplier: 3n,
  inactivityPenaltyQuotient: 1n << 24n,
};

/** Neither Fulu nor Gloas, as specified when this was written, changes a penalty; a fork that does gets its own row. */
const RULES: Readonly<Record<Fork, PenaltyRules>> = { electra: ELECTRA, fulu: ELECTRA, gloas: ELECTRA };

/** @throws AppError scenario-invalid for a fork that is not listed */
export function findPenaltyRules(fork: Fork): PenaltyRules {
  if (!Object.hasOwn(RULES, fork)) {
    refuse(
      'The consensus fork is not known.',
      `fork ${fork}`,
      `Choose one of ${Object.keys(RULES).join(', ')}.`,
    );
  }
  return RULES[fork];
}

/**
 * What an offline validator loses while the chain does not finalise.
 * Source: consensus-specs@a08d8a6, specs/altair/beacon-chain.md, process_inactivity_updates; specs/bellatrix/
 * beacon-chain.md, get_inactivity_penalty_deltas.
 */
import { minOf, type Gwei } from '../../../../shared/domain/units.ts';
import { refuseNegative } from '../refuse.ts';
import { computeBaseRewardPerIncrement, penaltyOfBase } from './attestation-penalty.ts';
import { updateEffectiveBalance } from './effective-balance.ts';
import type { Fork } from './fork.ts';
import { checkEpochs } from './missed-attestations.ts';
import { findPenaltyRules, INACTIVITY_SCORE_BIAS, INACTIVITY_SCORE_RECOVERY_RATE } from './preset.ts';
import { checkValidator, type Validator } from './validator.ts';

export interface InactivityLeak {
  readonly fork: Fork;
  readonly validator: Validator;
  /** Inactivity score before the leak; 0 for a validator that was online. */
  readonly score: bigint;
  /** Epochs of the leak, in all of which the validator is offline. */
  readonly epochs: number;
  /** With it, the missed attestations are charged too; null leaves them out. Taken as constant. */
  readonly totalActiveBalance: Gwei | null;
}

export interface InactivityLoss {
  readonly inactivityPenalty: Gwei;
  readonly missedAttestations: Gwei;
  /** Inactivity score afterwards. It keeps charging an offline validator until it has run down. */
  readonly score: bigint;
  readonly validator: Validator;
}

/**
 * The score after one epoch: +4 for a missed target vote, else -1; and -16 for everybody once the chain finalises
 * again; never below zero.
 */
export function updateInactivityScore(
  score: bigint,
  epoch: { readonly isTargetTimely: boolean; readonly isLeaking: boolean },
): bigint {
  const voted = epoch.isTargetTimely ? score - minOf(1n, score) : score + INACTIVITY_SCORE_BIAS;
  return epoch.isLeaking ? voted : voted - minOf(INACTIVITY_SCORE_RECOVERY_RATE, voted);
}

/**
 * Epoch by epoch: score +4; penalty floor(effective balance x score / (4 x 2^24)), and the missed votes; then the
 * effective balance follows. Each penalty takes at most the balance. Ends early when the effective balance reaches
 * zero, after which nothing is charged: at most some 20,000 epochs of work however long the leak.
 *
 * Ejection is left out: a validator at 16 ETH is told to exit, but keeps being charged until it has exited.
 *
 * @throws AppError scenario-invalid for a negative score, an impossible validator, stake or number of epochs
 */
export function simulateInactivityLeak(leak: InactivityLeak): InactivityLoss {
  const { fork, validator, epochs, totalActiveBalance } = leak;
  checkValidator(validator);
  checkEpochs(epochs);
  refuseNegative({ 'inactivity score': leak.score });
  const quotient = INACTIVITY_SCORE_BIAS * findPenaltyRules(fork).inactivityPenaltyQuotient;
  const basePerIncrement =
    totalActiveBalance === null ? null : computeBaseRewardPerIncrement(totalActiveBalance);
  let { balance, effectiveBalance } = validator;
  let score = leak.score;
  let inactivityPenalty = 0n;
  let missedAttestations = 0n;
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    score = updateInactivityScore(score, { isTargetTimely: false, isLeaking: true });
    const votes = basePerIncrement === null ? 0n : penaltyOfBase(effectiveBalance, basePerIncrement).total;
    const missed = minOf(balance, votes);
    const inactive = minOf(balance - missed, (effectiveBalance * score) / quotient);
    missedAttestations += missed;
    inactivityPenalty += inactive;
    // `as`: bigint arithmetic drops the brand.
    balance = (balance - missed - inactive) as Gwei;
    effectiveBalance = updateEffectiveBalance({ ...validator, balance, effectiveBalance });
    if (effectiveBalance === 0n) {
      score += INACTIVITY_SCORE_BIAS * BigInt(epochs - epoch - 1);
      break;
    }
  }
  return {
    inactivityPenalty: inactivityPenalty as Gwei,
    missedAttestations: missedAttestations as Gwei,
    score,
    validator: { ...validator, balance, effectiveBalance },
  };
}

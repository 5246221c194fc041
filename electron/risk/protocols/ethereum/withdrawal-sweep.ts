/**
 * The sweep that pays withdrawable balances, validator after validator in a circle.
 * Source: ethereum/consensus-specs, specs/capella/beacon-chain.md, get_expected_withdrawals
 * (MAX_WITHDRAWALS_PER_PAYLOAD, MAX_VALIDATORS_PER_WITHDRAWALS_SWEEP).
 */
import { refuse } from '../refuse.ts';

/** MAX_WITHDRAWALS_PER_PAYLOAD. Since Electra up to 8 of them go to requested partial withdrawals first. */
export const WITHDRAWALS_PER_SLOT = 16;
/** MAX_VALIDATORS_PER_WITHDRAWALS_SWEEP. */
const VALIDATORS_PER_SLOT = 16_384;

/**
 * Slots of one full round: a slot looks at up to 16,384 validators and stops at its last withdrawal, so a round takes
 * the longer of validators / 16,384 and payouts / withdrawals per slot, each rounded up. A withdrawable balance waits
 * for none to all of a round.
 *
 * @param paid validators with something to pay in the round: exited ones and those above their maximum balance
 * @throws AppError scenario-invalid for counts that are not whole numbers, or more paid than there are
 */
export function computeSweepSlots(
  validators: number,
  paid: number,
  withdrawalsPerSlot: number = WITHDRAWALS_PER_SLOT,
): number {
  const areCounts = [validators, paid, withdrawalsPerSlot].every((n) => Number.isSafeInteger(n) && n >= 0);
  if (!areCounts || paid > validators || withdrawalsPerSlot === 0) {
    refuse(
      'The validators the sweep passes cannot be counted like this.',
      `${validators} validators, ${paid} paid, ${withdrawalsPerSlot} withdrawals per slot`,
      'Enter whole numbers, at most as many paid as there are, and at least one withdrawal per slot.',
    );
  }
  return Math.max(Math.ceil(validators / VALIDATORS_PER_SLOT), Math.ceil(paid / withdrawalsPerSlot));
}

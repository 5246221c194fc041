/**
 * How much of an operator's stake a network can slash for a moment in the past (the capture).
 * Source: symbioticfi/core@25a065a3, src/contracts/slasher/BaseSlasher.sol, slashableStake; slasher/Slasher.sol, slash.
 */
import { minOf, type Assets } from '../../../../shared/domain/units.ts';
import { refuse, refuseNegative } from '../refuse.ts';

export interface CapturedStake {
  /** What the delegator gave the network for the operator at the capture (stakeAt). */
  readonly stakeAtCapture: Assets;
  /** Ever slashed for this network and operator, until now. Slashes by other networks are not in it. */
  readonly cumulativeSlash: Assets;
  /** The same at the capture. */
  readonly cumulativeSlashAtCapture: Assets;
}

/**
 * The stake at the capture less what was slashed since, never below zero.
 *
 * @throws AppError scenario-invalid for amounts below zero, or a cumulative slash that fell
 */
export function computeSlashableStake(stake: CapturedStake): Assets {
  const { stakeAtCapture, cumulativeSlash, cumulativeSlashAtCapture } = stake;
  refuseNegative({
    'stake at the capture': stakeAtCapture,
    'slashed before the capture': cumulativeSlashAtCapture,
  });
  if (cumulativeSlash < cumulativeSlashAtCapture) {
    refuse(
      'Less was slashed until now than until the capture.',
      `${cumulativeSlash.toString()} now, ${cumulativeSlashAtCapture.toString()} then`,
      'Both count from the start; the later one is never smaller.',
    );
  }
  const since = cumulativeSlash - cumulativeSlashAtCapture;
  // `as`: bigint arithmetic drops the brand.
  return (stakeAtCapture - minOf(since, stakeAtCapture)) as Assets;
}

/**
 * What a request for `amount` passes on to the vault: min(amount, slashable stake). At zero the contract reverts
 * (InsufficientSlash) and nothing happens. The vault takes at most what it still holds (splitVaultSlash).
 *
 * @throws AppError scenario-invalid for amounts below zero, or a cumulative slash that fell
 */
export function limitSlash(amount: Assets, stake: CapturedStake): Assets {
  refuseNegative({ 'amount to slash': amount });
  // `as`: minOf returns one of its operands without their brand.
  return minOf(amount, computeSlashableStake(stake)) as Assets;
}

/**
 * Whether a capture is recent enough to slash for: within one epoch before now, and before now.
 * Times and the epoch's length are in seconds.
 */
export function isCaptureSlashable(captureTime: bigint, now: bigint, epochDuration: bigint): boolean {
  return captureTime >= now - epochDuration && captureTime < now;
}

/**
 * A withdrawal from queue to payment. Leaving does not save anybody from a slash: what is paid depends on the
 * slashing factor at the end of the delay, not at its start.
 * Source: Layr-Labs/eigenlayer-contracts@f84a515, src/contracts/core/DelegationManager.sol,
 * _removeSharesAndQueueWithdrawal and _completeQueuedWithdrawal.
 */
import { WAD, type Shares, type Wad } from '../../../../shared/domain/units.ts';
import { refuse, refuseNegative } from '../refuse.ts';
import { WITHDRAWAL_DELAY_BLOCKS } from './delays.ts';
import { payScaledShares, scaleShares } from './shares.ts';

export interface QueuedWithdrawal {
  /** Deposit shares scaled at the queue; nothing that happens later changes them. */
  readonly scaledShares: Shares;
  /** Block in which it was queued. */
  readonly startBlock: bigint;
}

/**
 * floor(deposit shares x deposit scaling factor / WAD).
 *
 * @throws AppError scenario-invalid for amounts below zero, or more shares than the staker has deposited
 */
export function queueWithdrawal(request: {
  readonly depositShares: Shares;
  /** All the staker has deposited in the strategy. */
  readonly depositedShares: Shares;
  readonly depositScalingFactor: Wad;
  readonly block: bigint;
}): QueuedWithdrawal {
  const { depositShares, depositedShares, depositScalingFactor, block } = request;
  refuseNegative({
    'number of shares': depositShares,
    'deposit scaling factor': depositScalingFactor,
    block,
  });
  if (depositShares > depositedShares) {
    refuse(
      'EigenLayer refuses to withdraw more than was deposited.',
      `WithdrawalExceedsMax: ${depositShares.toString()} of ${depositedShares.toString()} shares`,
      'Enter at most the deposited shares.',
    );
  }
  return { scaledShares: scaleShares(depositShares, depositScalingFactor), startBlock: block };
}

/** The last block whose slashes reach the withdrawal; its slashing factor is the one that pays. */
export function findLastSlashableBlock(withdrawal: QueuedWithdrawal): bigint {
  return withdrawal.startBlock + WITHDRAWAL_DELAY_BLOCKS;
}

/** Once it is no longer slashable it can be completed, by whomever and whenever the staker likes. */
export function isWithdrawalSlashable(withdrawal: QueuedWithdrawal, block: bigint): boolean {
  return block <= findLastSlashableBlock(withdrawal);
}

/**
 * floor(scaled shares x slashing factor / WAD), with the operator's max magnitude as of the last slashable block. For
 * native ETH the beacon chain factor is that of the completion: a validator's slashing reaches the withdrawal until it
 * is completed.
 *
 * @throws AppError scenario-invalid before the delay is over, or for a factor that is not between 0 and 1
 */
export function completeWithdrawal(withdrawal: QueuedWithdrawal, slashingFactor: Wad, block: bigint): Shares {
  if (isWithdrawalSlashable(withdrawal, block)) {
    refuse(
      'The withdrawal cannot be completed yet.',
      `WithdrawalDelayNotElapsed: block ${block.toString()}, slashable until ${findLastSlashableBlock(withdrawal).toString()}`,
      'Choose a block after the withdrawal delay.',
    );
  }
  refuseNegative({ 'slashing factor': slashingFactor });
  if (slashingFactor > WAD) {
    refuse(
      'A slashing factor is at most one.',
      `slashing factor ${slashingFactor.toString()} of 1e18`,
      'Enter the share that slashing left.',
    );
  }
  return payScaledShares(withdrawal.scaledShares, slashingFactor);
}

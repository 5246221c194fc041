/**
 * What an operator's magnitude means for shares: the staker's, the queued and the operator's own.
 * Source: Layr-Labs/eigenlayer-contracts@f84a515, src/contracts/libraries/SlashingLib.sol, unless a function says
 * otherwise. `as Wad` and `as Shares` give a result of bigint arithmetic the brand of its unit.
 */
import { mulDivCeil, mulDivFloor, WAD, type Shares, type Wad } from '../../../../shared/domain/units.ts';
import { refuse } from '../refuse.ts';

/**
 * The share of one that slashing left: the operator's max magnitude, and for native ETH that of the beacon chain on
 * top, rounded down. `beaconFactor` is null for every other strategy.
 * Source: DelegationManager._getSlashingFactor.
 */
export function computeSlashingFactor(maxMagnitude: Wad, beaconFactor: Wad | null): Wad {
  return beaconFactor === null ? maxMagnitude : (mulDivFloor(maxMagnitude, beaconFactor, WAD) as Wad);
}

/** Deposit shares brought to the scale on which only later slashing acts, rounded down. scaleForQueueWithdrawal. */
export function scaleShares(depositShares: Shares, depositScalingFactor: Wad): Shares {
  return mulDivFloor(depositShares, depositScalingFactor, WAD) as Shares;
}

/**
 * Shares that scaled shares pay under a slashing factor, rounded down. For a queued withdrawal the factor is that of
 * its last slashable block, not of the block it was queued in: it stays slashable all along.
 * scaleForCompleteWithdrawal.
 */
export function payScaledShares(scaledShares: Shares, slashingFactor: Wad): Shares {
  return mulDivFloor(scaledShares, slashingFactor, WAD) as Shares;
}

/** What a staker could withdraw: scaled, then slashed, each rounded down. calcWithdrawable. */
export function computeWithdrawableShares(
  depositShares: Shares,
  depositScalingFactor: Wad,
  slashingFactor: Wad,
): Shares {
  return payScaledShares(scaleShares(depositShares, depositScalingFactor), slashingFactor);
}

/**
 * Shares an operator loses when its max magnitude falls; what stays is rounded up, so that it is never overslashed.
 * calcSlashedAmount.
 *
 * @throws AppError scenario-invalid unless 0 <= newMax <= previousMax and previousMax is above zero
 */
export function computeOperatorSharesSlashed(operatorShares: Shares, previousMax: Wad, newMax: Wad): Shares {
  checkFall(previousMax, newMax);
  return (operatorShares - mulDivCeil(operatorShares, newMax, previousMax)) as Shares;
}

/**
 * Shares that leave the withdrawal queue when the max magnitude falls, rounded down; the scaled shares of all
 * withdrawals still slashable. scaleForBurning.
 *
 * @throws AppError scenario-invalid unless 0 <= newMax <= previousMax and previousMax is above zero
 */
export function computeQueuedSharesSlashed(scaledShares: Shares, previousMax: Wad, newMax: Wad): Shares {
  checkFall(previousMax, newMax);
  return mulDivFloor(scaledShares, previousMax - newMax, WAD) as Shares;
}

function checkFall(previousMax: Wad, newMax: Wad): void {
  if (previousMax > 0n && newMax >= 0n && newMax <= previousMax) return;
  refuse(
    'An operator’s max magnitude only falls, and not below zero.',
    `from ${previousMax.toString()} to ${newMax.toString()}`,
    'Enter the magnitude before the slash, above zero, and the one after it.',
  );
}

/**
 * The deposit scaling factor: it keeps a deposit made after a slash from paying for that slash.
 * Source: Layr-Labs/eigenlayer-contracts@f84a515, src/contracts/libraries/SlashingLib.sol, update; refusals as in
 * DelegationManager._increaseDelegation (FullySlashed) and SlashingLib.update (InvalidDepositScalingFactor).
 */
import { AppError } from '../../../../shared/contract/errors.ts';
import { mulDivFloor, WAD, type Shares, type Wad } from '../../../../shared/domain/units.ts';
import { refuseNegative } from '../refuse.ts';
import { computeWithdrawableShares } from './shares.ts';

export interface DepositToScale {
  /** The staker's factor before; 1e18 for one who never deposited. */
  readonly depositScalingFactor: Wad;
  readonly previousDepositShares: Shares;
  readonly addedShares: Shares;
  readonly slashingFactor: Wad;
}

/**
 * The factor after a deposit (or after delegating existing shares: then nothing was there before).
 *
 * First deposit: floor(dsf x WAD / sf). Later: floor(floor((withdrawable + added) x WAD / (previous + added)) x WAD /
 * sf), with the withdrawable shares of before.
 *
 * @throws AppError scenario-invalid where EigenLayer reverts: the operator is fully slashed, or the factor would be 0;
 *   and for amounts below zero
 */
export function scaleDeposit(deposit: DepositToScale): Wad {
  const { depositScalingFactor, previousDepositShares, addedShares, slashingFactor } = deposit;
  refuseNegative({
    'deposit scaling factor': depositScalingFactor,
    'number of deposited shares': previousDepositShares,
    'number of added shares': addedShares,
  });
  if (slashingFactor <= 0n) {
    throw new AppError('scenario-invalid', 'EigenLayer refuses a deposit with a fully slashed operator.', {
      detail: 'FullySlashed: slashing factor 0',
    });
  }
  const factor =
    previousDepositShares === 0n
      ? mulDivFloor(depositScalingFactor, WAD, slashingFactor)
      : scaleLaterDeposit(deposit);
  if (factor === 0n) {
    throw new AppError('scenario-invalid', 'EigenLayer refuses a deposit that would scale to nothing.', {
      detail: `InvalidDepositScalingFactor: ${addedShares.toString()} shares added to ${previousDepositShares.toString()}`,
    });
  }
  // `as`: bigint arithmetic drops the brand.
  return factor as Wad;
}

function scaleLaterDeposit(deposit: DepositToScale): bigint {
  const { depositScalingFactor, previousDepositShares, addedShares, slashingFactor } = deposit;
  const withdrawable = computeWithdrawableShares(previousDepositShares, depositScalingFactor, slashingFactor);
  const perShare = mulDivFloor(withdrawable + addedShares, WAD, previousDepositShares + addedShares);
  return mulDivFloor(perShare, WAD, slashingFactor);
}

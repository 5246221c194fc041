/**
 * What the beacon chain left of a staker's native ETH, as EigenLayer keeps count of it.
 * Source: Layr-Labs/eigenlayer-contracts@f84a515, src/contracts/pods/EigenPodManager.sol, _reduceSlashingFactor.
 */
import { mulDivFloor, type Wad, type Wei } from '../../../../shared/domain/units.ts';
import { refuse, refuseNegative } from '../refuse.ts';

export interface BeaconLoss {
  /** The staker's beacon chain factor before; 1e18 for one never slashed. */
  readonly beaconFactor: Wad;
  /** Restaked balance at the checkpoint before, in wei. */
  readonly previousBalance: Wei;
  /** What a checkpoint found missing since, in wei. */
  readonly balanceDecrease: Wei;
}

/**
 * floor(factor x balance now / balance before). It only falls, and multiplies with the operator's max magnitude
 * (computeSlashingFactor). The decrease may have any cause on the beacon chain: slashing, leak, missed attestations.
 *
 * @throws AppError scenario-invalid for amounts below zero, no balance before, or a loss of more than it
 */
export function reduceBeaconFactor(loss: BeaconLoss): Wad {
  const { beaconFactor, previousBalance, balanceDecrease } = loss;
  refuseNegative({ 'beacon chain factor': beaconFactor, 'balance decrease': balanceDecrease });
  if (previousBalance <= 0n || balanceDecrease > previousBalance) {
    refuse(
      'A staker cannot lose more on the beacon chain than was restaked.',
      `${balanceDecrease.toString()} of ${previousBalance.toString()} wei`,
      'Enter a loss of at most the restaked balance.',
    );
  }
  // `as`: bigint arithmetic drops the brand.
  return mulDivFloor(beaconFactor, previousBalance - balanceDecrease, previousBalance) as Wad;
}

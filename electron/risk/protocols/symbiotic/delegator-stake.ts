/**
 * The stake a vault's delegator gives a network for an operator.
 * Source: symbioticfi/core@25a065a3, src/contracts/delegator/NetworkRestakeDelegator.sol and FullRestakeDelegator.sol,
 * _stake. An operator that has not opted in to the vault or the network has none (BaseDelegator.sol, stake).
 */
import { minOf, mulDivFloor, type Assets } from '../../../../shared/domain/units.ts';
import { refuse, refuseNegative } from '../refuse.ts';

export interface NetworkRestake {
  /** The vault's active stake; withdrawals are not in it, though they can still be slashed. */
  readonly activeStake: Assets;
  readonly networkLimit: Assets;
  readonly operatorShares: bigint;
  /** Over all operators of the network, this one included. */
  readonly totalOperatorShares: bigint;
}

/**
 * NetworkRestakeDelegator: floor(shares x min(active stake, network limit) / all shares). Operators of one network
 * hold separate parts; every network counts the same active stake again.
 *
 * @throws AppError scenario-invalid for amounts below zero, or more shares than there are
 */
export function computeNetworkRestakeStake(delegation: NetworkRestake): Assets {
  const { activeStake, networkLimit, operatorShares, totalOperatorShares } = delegation;
  refuseNegative({
    'active stake': activeStake,
    'network limit': networkLimit,
    'operator’s shares': operatorShares,
  });
  if (operatorShares > totalOperatorShares) {
    refuse(
      'An operator has more shares of a network than there are.',
      `${operatorShares.toString()} of ${totalOperatorShares.toString()}`,
      'The total counts the operator’s own shares too.',
    );
  }
  // `as`: a literal and bigint arithmetic carry no brand.
  if (totalOperatorShares === 0n) return 0n as Assets;
  return mulDivFloor(operatorShares, minOf(activeStake, networkLimit), totalOperatorShares) as Assets;
}

export interface FullRestake {
  readonly activeStake: Assets;
  readonly networkLimit: Assets;
  readonly operatorNetworkLimit: Assets;
}

/**
 * FullRestakeDelegator: min(active stake, network limit, operator's limit in the network). The same collateral in full
 * for every network and every operator: a slash by one leaves less for all.
 *
 * @throws AppError scenario-invalid for amounts below zero
 */
export function computeFullRestakeStake(delegation: FullRestake): Assets {
  const { activeStake, networkLimit, operatorNetworkLimit } = delegation;
  refuseNegative({
    'active stake': activeStake,
    'network limit': networkLimit,
    'operator’s limit': operatorNetworkLimit,
  });
  // `as`: minOf returns one of its operands without their brand.
  return minOf(activeStake, minOf(networkLimit, operatorNetworkLimit)) as Assets;
}

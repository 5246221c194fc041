/**
 * What a slashing request sets aside of a vault. The amount is fixed at the request, from what the vault holds then:
 * a second request within the veto window sees the same assets, as if the first had not been made.
 * Source: code-423n4/2024-07-karak@d803024a, src/entities/SlasherLib.sol, fetchEarmarkedStakes and
 * validateVaultsAndSlashPercentages.
 */
import { mulDivFloor, type Assets, type PercentWad } from '../../../../shared/domain/units.ts';
import { refuse, refuseNegative } from '../refuse.ts';
import { MAX_SLASHING_PERCENT } from './constants.ts';

export interface SlashingRequest {
  /** The vault's total assets at the request, those of withdrawals that have begun included. */
  readonly totalAssets: Assets;
  readonly percent: PercentWad;
  /** The service's own limit; 100% where it is not known. */
  readonly maxPercent?: PercentWad;
}

/**
 * floor(percent x total assets / 100%).
 *
 * @throws AppError scenario-invalid for assets below zero, no percentage, or one above the limit
 */
export function earmarkSlashing(request: SlashingRequest): Assets {
  const { totalAssets, percent, maxPercent = MAX_SLASHING_PERCENT } = request;
  refuseNegative({ 'total of a vault’s assets': totalAssets });
  if (maxPercent <= 0n || maxPercent > MAX_SLASHING_PERCENT) {
    refuse(
      'A service’s slashing limit is above 0% and at most 100%.',
      `limit ${maxPercent.toString()} of 100e18`,
      'Enter a limit above 0 and at most 100%.',
    );
  }
  if (percent <= 0n || percent > maxPercent) {
    refuse(
      'A Karak slash takes more than 0% and at most the service’s limit.',
      `${percent.toString()} of 100e18, limit ${maxPercent.toString()}`,
      'Enter a percentage above 0 and at most the limit.',
    );
  }
  // `as`: bigint arithmetic drops the brand.
  return mulDivFloor(percent, totalAssets, MAX_SLASHING_PERCENT) as Assets;
}

/**
 * What a holder's shares of a vault are worth: of its active stake, or of the withdrawals of one epoch.
 * Source: symbioticfi/core@25a065a3, src/contracts/vault/Vault.sol, activeBalanceOf and withdrawalsOf;
 * src/contracts/libraries/ERC4626Math.sol, previewRedeem.
 */
import { mulDivFloor, type Assets } from '../../../../shared/domain/units.ts';
import { refuse, refuseNegative } from '../refuse.ts';

export interface VaultShares {
  readonly shares: bigint;
  readonly totalShares: bigint;
  /** What the shares together stand for. A slash lowers this and leaves the shares. */
  readonly totalAssets: Assets;
}

/**
 * floor(shares x (assets + 1) / (all shares + 1)): the one added on both sides is the vault's guard against a first
 * depositor who inflates the rate.
 *
 * @throws AppError scenario-invalid for amounts below zero, or more shares than there are
 */
export function computeHolderBalance(holding: VaultShares): Assets {
  const { shares, totalShares, totalAssets } = holding;
  refuseNegative({ 'number of shares': shares, 'vault’s stake': totalAssets });
  if (shares > totalShares) {
    refuse(
      'A holder has more shares of a vault than there are.',
      `${shares.toString()} of ${totalShares.toString()}`,
      'The total counts the holder’s own shares too.',
    );
  }
  // `as`: bigint arithmetic drops the brand.
  return mulDivFloor(shares, totalAssets + 1n, totalShares + 1n) as Assets;
}

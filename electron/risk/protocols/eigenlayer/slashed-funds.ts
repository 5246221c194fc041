/**
 * Where slashed shares go. A holder loses the same either way: what the shares are worth to whoever gets them enters no
 * formula of what is left to the stakers.
 * Source: Layr-Labs/eigenlayer-contracts@f84a515, docs/core/StrategyManager.md, "Increasing/Clearing Slashed Shares";
 * docs/core/AllocationManager.md, createRedistributingOperatorSets; ELIP-006.
 */
import type { EvmAddress } from '../../../../shared/domain/address.ts';
import type { Shares } from '../../../../shared/domain/units.ts';
import { refuse, refuseNegative } from '../refuse.ts';

/** DEFAULT_BURN_ADDRESS: nobody can move what is sent there. `as`: the form is that of the contract's checked literal. */
export const BURN_ADDRESS = '0x00000000000000000000000000000000000E16E4' as EvmAddress;

export type SlashedFunds =
  /** Sent to the burn address as tokens. */
  | { readonly kind: 'burnt'; readonly shares: Shares; readonly recipient: EvmAddress }
  /** Sent as tokens to whom the service named when it made the operator set; fixed from then on. */
  | { readonly kind: 'redistributed'; readonly shares: Shares; readonly recipient: EvmAddress }
  /** Native ETH: only counted as burnt. It stays on the beacon chain, out of the staker's reach. */
  | { readonly kind: 'locked'; readonly shares: Shares; readonly recipient: null };

/**
 * @param slashed `redistributionRecipient` is null for an operator set that burns
 * @throws AppError scenario-invalid for shares below zero, or native ETH in a redistributing operator set, which
 *   EigenLayer refuses (InvalidStrategy)
 */
export function routeSlashedShares(slashed: {
  readonly shares: Shares;
  readonly isNativeEth: boolean;
  readonly redistributionRecipient: EvmAddress | null;
}): SlashedFunds {
  const { shares, isNativeEth, redistributionRecipient } = slashed;
  refuseNegative({ 'number of slashed shares': shares });
  const isRedistributing = redistributionRecipient !== null && redistributionRecipient !== BURN_ADDRESS;
  if (isNativeEth && isRedistributing) {
    refuse(
      'Native ETH cannot be in an operator set that redistributes.',
      `InvalidStrategy: recipient ${redistributionRecipient}`,
      'Leave the recipient open for native ETH.',
    );
  }
  if (isNativeEth) return { kind: 'locked', shares, recipient: null };
  return isRedistributing
    ? { kind: 'redistributed', shares, recipient: redistributionRecipient }
    : { kind: 'burnt', shares, recipient: BURN_ADDRESS };
}

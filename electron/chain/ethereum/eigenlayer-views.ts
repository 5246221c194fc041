/**
 * The views of EigenLayer's core contracts, as of Layr-Labs/eigenlayer-contracts v1.12.0 (f84a5151, 2026-05-01):
 * src/contracts/interfaces/IDelegationManager.sol, IAllocationManager.sol, IEigenPodManager.sol, IEigenPod.sol,
 * IRewardsCoordinator.sol, IStrategy.sol; and of v1.13.0 what is named so below.
 */
import { toEvmAddress, ZERO_ADDRESS, type EvmAddress } from '../../../shared/domain/address.ts';
import { WAD } from '../../../shared/domain/units.ts';
import { defineView } from './view.ts';

// DelegationManager
export const delegatedTo = defineView('function delegatedTo(address staker) view returns (address)');
export const getDepositedShares = defineView(
  'function getDepositedShares(address staker) view returns (address[] strategies, uint256[] depositShares)',
);
export const getWithdrawableShares = defineView(
  'function getWithdrawableShares(address staker, address[] strategies) view returns (uint256[] withdrawableShares, uint256[] depositShares)',
);
export const depositScalingFactor = defineView(
  'function depositScalingFactor(address staker, address strategy) view returns (uint256)',
);
export const getQueuedWithdrawals = defineView(
  'function getQueuedWithdrawals(address staker) view returns ((address staker, address delegatedTo, address withdrawer, uint256 nonce, uint32 startBlock, address[] strategies, uint256[] scaledShares)[] withdrawals, uint256[][] shares)',
);
export const getOperatorShares = defineView(
  'function getOperatorShares(address operator, address[] strategies) view returns (uint256[])',
);
export const minWithdrawalDelayBlocks = defineView(
  'function minWithdrawalDelayBlocks() view returns (uint32)',
);

// AllocationManager
export const getMaxMagnitude = defineView(
  'function getMaxMagnitude(address operator, address strategy) view returns (uint64)',
);
export const getEncumberedMagnitude = defineView(
  'function getEncumberedMagnitude(address operator, address strategy) view returns (uint64)',
);
export const getStrategyAllocations = defineView(
  'function getStrategyAllocations(address operator, address strategy) view returns ((address avs, uint32 id)[] operatorSets, (uint64 currentMagnitude, int128 pendingDiff, uint32 effectBlock)[] allocations)',
);
export const isOperatorSlashable = defineView(
  'function isOperatorSlashable(address operator, (address avs, uint32 id) operatorSet) view returns (bool)',
);
export const isRedistributingOperatorSet = defineView(
  'function isRedistributingOperatorSet((address avs, uint32 id) operatorSet) view returns (bool)',
);

// EigenPodManager
export const beaconChainSlashingFactor = defineView(
  'function beaconChainSlashingFactor(address staker) view returns (uint64)',
);

export const ownerToPod = defineView('function ownerToPod(address podOwner) view returns (address)');
export const podOwnerDepositShares = defineView(
  'function podOwnerDepositShares(address podOwner) view returns (int256)',
);

// EigenPod
export const activeValidatorCount = defineView('function activeValidatorCount() view returns (uint256)');
export const withdrawableRestakedExecutionLayerGwei = defineView(
  'function withdrawableRestakedExecutionLayerGwei() view returns (uint64)',
);

// RewardsCoordinator
export const claimerFor = defineView('function claimerFor(address earner) view returns (address)');
export const cumulativeClaimed = defineView(
  'function cumulativeClaimed(address earner, address token) view returns (uint256)',
);

// StrategyManager, since v1.13.0 (ELIP-016)
export const slashResolutionDelayBlocks = defineView(
  'function SLASH_RESOLUTION_DELAY_BLOCKS() view returns (uint32)',
);

// Strategies and their tokens
export const underlyingToken = defineView('function underlyingToken() view returns (address)');
export const sharesToUnderlyingView = defineView(
  'function sharesToUnderlyingView(uint256 amountShares) view returns (uint256)',
);
export const symbolOf = defineView('function symbol() view returns (string)');
export const decimalsOf = defineView('function decimals() view returns (uint8)');

/** Magnitudes and slashing factors only ever fall, from one. */
export function checkFraction(value: bigint): string | null {
  return value > WAD ? `a fraction above one: ${value}` : null;
}

/** How the contracts write nobody. */
export function toAddressOrNull(text: string): EvmAddress | null {
  const address = toEvmAddress(text);
  return address === ZERO_ADDRESS ? null : address;
}

/**
 * Delays of EigenLayer on mainnet, in blocks of 12 seconds.
 * Source: Layr-Labs/eigenlayer-contracts@f84a515, docs/core/DelegationManager.md and docs/core/AllocationManager.md,
 * "Parameterization". The contracts hold them as immutables; an upgrade can change them.
 */

/** MIN_WITHDRAWAL_DELAY_BLOCKS: from queueing a withdrawal to the last block in which it can be slashed (14 days). */
export const WITHDRAWAL_DELAY_BLOCKS = 100_800n;

/** DEALLOCATION_DELAY: the same for magnitude taken back from an operator set, and for leaving one (14 days). */
export const DEALLOCATION_DELAY_BLOCKS = 100_800n;

/** ALLOCATION_CONFIGURATION_DELAY: until a change of an operator's allocation delay takes effect (17.5 days). */
export const ALLOCATION_CONFIGURATION_DELAY_BLOCKS = 126_000n;

/**
 * First block in which an operator's new allocation delay is in force. New magnitude becomes slashable only after the
 * operator's delay, so that stakers have this long to leave before an operator can rush into an operator set.
 * Source: AllocationManager.sol, _setAllocationDelay. (The delay given at registration is in force at once.)
 */
export function findAllocationDelayEffectBlock(setInBlock: bigint): bigint {
  return setInBlock + ALLOCATION_CONFIGURATION_DELAY_BLOCKS + 1n;
}

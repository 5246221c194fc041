/** What an EigenLayer allocation amounts to at a block: the half of AllocationManager that the page needs too. */
import type { Allocation } from './observation.ts';

/**
 * The allocation as a slash in `block` finds it: a pending change takes effect in its effect block, and until then a
 * pending deallocation stays slashable in full. Settling twice changes nothing, so a view that already did it may be
 * passed.
 * Source: AllocationManager._getUpdatedAllocation ("if block.number < allocation.effectBlock return as-is").
 */
export function settleAllocation(allocation: Allocation, block: bigint): Allocation {
  if (allocation.pendingDiff === 0n || block < allocation.effectBlock) return allocation;
  return {
    ...allocation,
    currentMagnitude: allocation.currentMagnitude + allocation.pendingDiff,
    pendingDiff: 0n,
    effectBlock: 0n,
  };
}

/** Magnitude the service can slash in `block`; zero where the operator is known not to be slashable by it. */
export function slashableMagnitude(allocation: Allocation, block: bigint): bigint {
  return allocation.isSlashable === false ? 0n : settleAllocation(allocation, block).currentMagnitude;
}

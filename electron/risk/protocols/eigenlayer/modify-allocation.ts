/**
 * How an operator's magnitude moves to and from an operator set, and when that takes effect.
 * Source: Layr-Labs/eigenlayer-contracts@f84a515, src/contracts/core/AllocationManager.sol, modifyAllocations,
 * _getUpdatedAllocation.
 */
import type { Wad } from '../../../../shared/domain/units.ts';
import { refuse, refuseNegative } from '../refuse.ts';
import { DEALLOCATION_DELAY_BLOCKS } from './delays.ts';
import type { AllocationMagnitudes } from './slash-allocation.ts';

export interface PendingAllocation extends AllocationMagnitudes {
  /** First block with the pending change in force; 0 where nothing is pending. */
  readonly effectBlock: bigint;
}

export interface AllocationChange {
  readonly newMagnitude: Wad;
  readonly block: bigint;
  /** Registered with the operator set, or left it less than the deallocation delay ago, and the strategy is in it. */
  readonly isSlashable: boolean;
  /** The operator's own allocation delay, in blocks. */
  readonly allocationDelay: bigint;
}

/**
 * The allocation as `block` finds it: a change that is due has happened, and a deallocation has freed what it gave up.
 * Until then a deallocation stays slashable in full and an allocation is not slashable.
 */
export function settlePendingChange(allocation: PendingAllocation, block: bigint): PendingAllocation {
  const { currentMagnitude, encumberedMagnitude, pendingDiff, effectBlock } = allocation;
  if (block < effectBlock) return allocation;
  const freed = pendingDiff < 0n ? pendingDiff : 0n;
  // `as`: bigint arithmetic drops the brand.
  return {
    ...allocation,
    currentMagnitude: (currentMagnitude + pendingDiff) as Wad,
    encumberedMagnitude: (encumberedMagnitude + freed) as Wad,
    pendingDiff: 0n,
    effectBlock: 0n,
  };
}

/**
 * Allocating encumbers the magnitude at once and makes it slashable after the operator's delay. Deallocating frees it
 * after the deallocation delay, all the while slashable; at once where nobody can slash it.
 *
 * @throws AppError scenario-invalid where EigenLayer reverts: a change is still pending (ModificationAlreadyPending),
 *   nothing changes (SameMagnitude), more is encumbered than there is (InsufficientMagnitude)
 */
export function modifyAllocation(before: PendingAllocation, change: AllocationChange): PendingAllocation {
  const { newMagnitude, block, isSlashable, allocationDelay } = change;
  refuseNegative({ 'new magnitude': newMagnitude, block, 'allocation delay': allocationDelay });
  const settled = settlePendingChange(before, block);
  if (settled.effectBlock !== 0n) {
    refuse(
      'The allocation already has a change pending.',
      `ModificationAlreadyPending: until block ${settled.effectBlock.toString()}`,
      'Choose a block from which that change is in force.',
    );
  }
  const diff = newMagnitude - settled.currentMagnitude;
  if (diff === 0n) {
    refuse(
      'The allocation already has this magnitude.',
      `SameMagnitude: ${newMagnitude.toString()}`,
      'Enter another magnitude.',
    );
  }
  return diff > 0n
    ? allocate(settled, diff, block + allocationDelay)
    : deallocate(settled, diff, block, isSlashable);
}

function allocate(settled: PendingAllocation, diff: bigint, effectBlock: bigint): PendingAllocation {
  const encumbered = settled.encumberedMagnitude + diff;
  if (encumbered > settled.maxMagnitude) {
    refuse(
      'The operator has less magnitude than that left to allocate.',
      `InsufficientMagnitude: ${encumbered.toString()} of ${settled.maxMagnitude.toString()}`,
      'Enter at most what is not allocated yet.',
    );
  }
  // `as`: bigint arithmetic drops the brand.
  return { ...settled, encumberedMagnitude: encumbered as Wad, pendingDiff: diff, effectBlock };
}

function deallocate(
  settled: PendingAllocation,
  diff: bigint,
  block: bigint,
  isSlashable: boolean,
): PendingAllocation {
  const pending = { ...settled, pendingDiff: diff, effectBlock: block + DEALLOCATION_DELAY_BLOCKS + 1n };
  const canBeSlashed = isSlashable && settled.currentMagnitude > 0n;
  return canBeSlashed ? pending : settlePendingChange({ ...pending, effectBlock: block }, block);
}

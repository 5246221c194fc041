/**
 * What a slash does to an operator's magnitudes in one strategy.
 * Source: Layr-Labs/eigenlayer-contracts@f84a515, src/contracts/core/AllocationManager.sol, _slashOperator.
 */
import { AppError } from '../../../../shared/contract/errors.ts';
import { mulDivCeil, mulDivFloor, WAD, type Wad } from '../../../../shared/domain/units.ts';
import { refuseNegative } from '../refuse.ts';

export interface AllocationMagnitudes {
  /** Allocated to the operator set that slashes. */
  readonly currentMagnitude: Wad;
  /** What is left of the operator's stake in the strategy; 1e18 before the first slash. */
  readonly maxMagnitude: Wad;
  /** Allocated or about to be, over all operator sets. */
  readonly encumberedMagnitude: Wad;
  /** Below zero while a deallocation is pending; plain, because it is signed. */
  readonly pendingDiff: bigint;
}

export interface SlashedAllocation extends AllocationMagnitudes {
  /** Magnitude taken. */
  readonly slashed: Wad;
  /** `slashed` as a share of the max magnitude before, rounded down: what the event OperatorSlashed says. */
  readonly wadSlashed: Wad;
}

/**
 * Takes `wadToSlash` of an allocation. The amount is rounded up, so that a slash never rounds to nothing; current,
 * max and encumbered magnitude lose the same; a pending deallocation shrinks in proportion, also rounded up. An empty
 * allocation is skipped, as the contract skips it.
 *
 * The pending change must have been settled at the block of the slash (settleAllocation).
 *
 * @throws AppError scenario-invalid where `wadToSlash` is not in (0, 1e18] (InvalidWadToSlash), or where the
 *   magnitudes cannot be of one operator (the contract's subtraction would revert)
 */
export function slashAllocation(
  input: AllocationMagnitudes & { readonly wadToSlash: Wad },
): SlashedAllocation {
  const { currentMagnitude, maxMagnitude, encumberedMagnitude, pendingDiff, wadToSlash } = input;
  if (wadToSlash <= 0n || wadToSlash > WAD) {
    throw new AppError('scenario-invalid', 'A slash takes more than 0% and at most 100%.', {
      detail: `wadToSlash ${wadToSlash.toString()}`,
    });
  }
  refuseNegative({
    'allocated magnitude': currentMagnitude,
    'magnitude after the pending change': currentMagnitude + pendingDiff,
  });
  if (currentMagnitude === 0n) {
    // `as`: a literal carries no brand.
    return {
      currentMagnitude,
      maxMagnitude,
      encumberedMagnitude,
      pendingDiff,
      slashed: 0n as Wad,
      wadSlashed: 0n as Wad,
    };
  }
  if (currentMagnitude > maxMagnitude || currentMagnitude > encumberedMagnitude) {
    throw new AppError('scenario-invalid', 'An allocation is larger than the operator’s whole magnitude.', {
      detail: `allocated ${currentMagnitude.toString()}, max ${maxMagnitude.toString()}, encumbered ${encumberedMagnitude.toString()}`,
    });
  }
  const slashed = mulDivCeil(currentMagnitude, wadToSlash, WAD);
  const slashedPending = pendingDiff < 0n ? mulDivCeil(-pendingDiff, wadToSlash, WAD) : 0n;
  // `as`: differences and shares of magnitudes are magnitudes; bigint arithmetic drops the brand.
  return {
    slashed: slashed as Wad,
    wadSlashed: mulDivFloor(slashed, WAD, maxMagnitude) as Wad,
    currentMagnitude: (currentMagnitude - slashed) as Wad,
    maxMagnitude: (maxMagnitude - slashed) as Wad,
    encumberedMagnitude: (encumberedMagnitude - slashed) as Wad,
    pendingDiff: pendingDiff + slashedPending,
  };
}

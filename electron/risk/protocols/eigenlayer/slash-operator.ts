/**
 * One slash of an operator in one strategy, from magnitudes to the shares that leave.
 * Source: Layr-Labs/eigenlayer-contracts@f84a515, src/contracts/core/AllocationManager.sol, _slashOperator;
 * src/contracts/core/DelegationManager.sol, slashOperatorShares and _getSlashableSharesInQueue.
 */
import type { EvmAddress } from '../../../../shared/domain/address.ts';
import type { Shares, Wad } from '../../../../shared/domain/units.ts';
import { refuseNegative } from '../refuse.ts';
import { computeOperatorSharesSlashed, computeQueuedSharesSlashed } from './shares.ts';
import { slashAllocation, type AllocationMagnitudes, type SlashedAllocation } from './slash-allocation.ts';
import { routeSlashedShares, type SlashedFunds } from './slashed-funds.ts';

export interface OperatorSlash {
  readonly allocation: AllocationMagnitudes;
  readonly wadToSlash: Wad;
  /** Delegated to the operator and not queued: the sum of its stakers' withdrawable shares. */
  readonly operatorShares: Shares;
  /**
   * Scaled shares of all withdrawals queued from the operator within the withdrawal delay. Those of native ETH are not
   * counted among the slashed funds, because EigenLayer does not track them; what the queue pays falls all the same.
   */
  readonly queuedScaledShares: Shares;
  readonly isNativeEth: boolean;
  readonly redistributionRecipient: EvmAddress | null;
}

export interface SlashedOperator {
  readonly allocation: SlashedAllocation;
  readonly operatorSharesSlashed: Shares;
  readonly queuedSharesSlashed: Shares;
  /** Both together, and where they go. What the stakers lose, to within a unit for each of them. */
  readonly funds: SlashedFunds;
}

/** @throws AppError scenario-invalid as slashAllocation and routeSlashedShares do, or for shares below zero */
export function slashOperator(slash: OperatorSlash): SlashedOperator {
  const { allocation, wadToSlash, operatorShares, queuedScaledShares } = slash;
  refuseNegative({
    'number of operator shares': operatorShares,
    'number of queued shares': queuedScaledShares,
  });
  const slashed = slashAllocation({ ...allocation, wadToSlash });
  const { operatorSharesSlashed, queuedSharesSlashed } =
    slashed.slashed === 0n ? NOTHING : takeShares(slash, slashed);
  return {
    allocation: slashed,
    operatorSharesSlashed,
    queuedSharesSlashed,
    funds: routeSlashedShares({
      // `as`: bigint arithmetic drops the brand.
      shares: (operatorSharesSlashed + queuedSharesSlashed) as Shares,
      isNativeEth: slash.isNativeEth,
      redistributionRecipient: slash.redistributionRecipient,
    }),
  };
}

type TakenShares = Pick<SlashedOperator, 'operatorSharesSlashed' | 'queuedSharesSlashed'>;

/** The contract skips an empty allocation. `as`: a literal carries no brand. */
const NOTHING: TakenShares = { operatorSharesSlashed: 0n as Shares, queuedSharesSlashed: 0n as Shares };

function takeShares(slash: OperatorSlash, slashed: SlashedAllocation): TakenShares {
  const { maxMagnitude: previousMax } = slash.allocation;
  // `as`: a literal carries no brand.
  const queued = slash.isNativeEth ? (0n as Shares) : slash.queuedScaledShares;
  return {
    operatorSharesSlashed: computeOperatorSharesSlashed(
      slash.operatorShares,
      previousMax,
      slashed.maxMagnitude,
    ),
    queuedSharesSlashed: computeQueuedSharesSlashed(queued, previousMax, slashed.maxMagnitude),
  };
}

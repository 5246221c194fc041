/** Legs gathered where slashing meets them: per operator and strategy, and from there per service. */
import type { EvmAddress } from './address.ts';
import { settleAllocation, slashableMagnitude } from './allocation.ts';
import type { ExposureOperator, ExposurePosition, OperatorStrategyState } from './exposure.ts';
import { minOf, mulDivFloor, sumOf } from './units.ts';

/** What of the portfolio stands with one operator in one strategy. */
export interface Stake {
  readonly operator: EvmAddress;
  readonly strategy: EvmAddress;
  readonly valueWei: bigint;
  readonly positionIds: readonly string[];
  /** Null where the operator's magnitudes or allocations could not be read. */
  readonly state: OperatorStrategyState | null;
}

/** All stakes, in the order met. */
export function gatherStakes(
  positions: readonly ExposurePosition[],
  operators: readonly ExposureOperator[],
): Stake[] {
  const stakes = new Map<string, Stake>();
  for (const position of positions) {
    for (const leg of position.legs) {
      if (leg.kind !== 'shares' && leg.kind !== 'pooled') continue;
      const { operator, strategy, bookWei } = leg;
      const key = `${operator}:${strategy}`;
      const stake = stakes.get(key) ?? {
        operator,
        strategy,
        valueWei: 0n,
        positionIds: [],
        state: findState(operators, operator, strategy),
      };
      stakes.set(key, {
        ...stake,
        valueWei: stake.valueWei + bookWei,
        positionIds: [...new Set([...stake.positionIds, position.id])],
      });
    }
  }
  return [...stakes.values()];
}

function findState(
  operators: readonly ExposureOperator[],
  operator: EvmAddress,
  strategy: EvmAddress,
): OperatorStrategyState | null {
  const found = operators.find(({ address }) => address === operator);
  return found?.strategies.find((state) => state.strategy === strategy) ?? null;
}

interface ServicePart {
  readonly serviceId: string;
  /** The stake's value times the service's share of the operator's magnitude, rounded down. */
  readonly allocatedWei: bigint;
  /** The part of it the service could slash in `block`. */
  readonly slashableWei: bigint;
}

/**
 * How a stake divides among the services it is allocated to. Parts never exceed the stake; what is in no part is
 * allocated to nobody. Null where that was not read.
 */
export function splitStake(stake: Stake, block: bigint): ServicePart[] | null {
  const { state, valueWei } = stake;
  if (!state) return null;
  let left = valueWei;
  return state.allocations.map((allocation) => {
    const { currentMagnitude } = settleAllocation(allocation, block);
    const allocatedWei = minOf(left, valueOf(valueWei, currentMagnitude, state.maxMagnitude));
    left -= allocatedWei;
    const slashable = valueOf(valueWei, slashableMagnitude(allocation, block), state.maxMagnitude);
    return { serviceId: allocation.serviceId, allocatedWei, slashableWei: minOf(allocatedWei, slashable) };
  });
}

/**
 * The most an operator's services can take of a stake together: each slashes all it was allocated, one after the
 * other. All of it where the allocations were not read, because then nothing less is certain.
 */
export function findWorstLoss(stake: Stake, block: bigint): bigint {
  const { state, valueWei } = stake;
  if (!state) return valueWei;
  const magnitude = sumOf(state.allocations.map((allocation) => slashableMagnitude(allocation, block)));
  return minOf(valueWei, valueOf(valueWei, magnitude, state.maxMagnitude));
}

/** Of a fully slashed operator nothing is left that a magnitude could be a share of. */
function valueOf(valueWei: bigint, magnitude: bigint, maxMagnitude: bigint): bigint {
  return maxMagnitude <= 0n ? 0n : mulDivFloor(valueWei, magnitude, maxMagnitude);
}

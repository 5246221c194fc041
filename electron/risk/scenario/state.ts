/**
 * The state a scenario changes while it runs: magnitudes by operator and strategy, and what each position is worth
 * under them (revalue.ts). Made for one run and thrown away after it.
 */
import { settleAllocation } from '../../../shared/domain/allocation.ts';
import type { EvmAddress } from '../../../shared/domain/address.ts';
import type {
  Exposure,
  ExposurePosition,
  Leg,
  OperatorStrategyState,
} from '../../../shared/domain/exposure.ts';
import type { LossReason } from '../../../shared/domain/scenario.ts';
import { sumOf, type Wad, type Wei } from '../../../shared/domain/units.ts';

export type SlashableLeg = Extract<Leg, { kind: 'shares' | 'pooled' }>;

export interface AllocationState {
  currentMagnitude: Wad;
  pendingDiff: bigint;
  /** False only where the chain said so; where it could not be read, the slash is assumed to be possible. */
  readonly isSlashable: boolean;
}

/** One operator in one strategy. */
export interface PoolState {
  readonly strategy: EvmAddress;
  readonly initialMax: Wad;
  maxMagnitude: Wad;
  encumberedMagnitude: Wad;
  /** By service id. */
  readonly allocations: ReadonlyMap<string, AllocationState>;
  /** The positions with legs here. */
  readonly holdings: Holding[];
}

export interface OperatorState {
  readonly pools: readonly PoolState[];
  readonly unreadStrategies: readonly EvmAddress[];
  /** Set by the first slash: from then on the legs in unread strategies are ones the scenario passed by. */
  isSlashed: boolean;
}

/** A position's legs in one pool, and what they are worth now. */
export interface Holding {
  readonly position: PositionState;
  readonly legs: readonly SlashableLeg[];
  valueWei: bigint;
}

export interface PositionState {
  readonly id: string;
  readonly beforeWei: Wei;
  readonly legs: readonly Leg[];
  /** Sum of the legs under the current magnitudes, before failures. */
  legsWei: bigint;
  /** Product of the shares that failures left, as keptShare / keptScale. */
  keptShare: bigint;
  keptScale: bigint;
  valueWei: bigint;
  readonly reasons: LossReason[];
}

export interface ScenarioState {
  /** Set by the first event that slashes, whoever it is. */
  hasSlash: boolean;
  readonly operators: ReadonlyMap<EvmAddress, OperatorState>;
  readonly serviceIds: readonly string[];
  /** The valued positions, in the exposure's order. */
  readonly positions: readonly PositionState[];
  /** The valued positions that rest on a dependency; a dependency of unvalued ones only has an empty list. */
  readonly dependents: ReadonlyMap<string, readonly PositionState[]>;
}

/** The state before the first event. Pending changes that are due at the exposure's block have taken effect. */
export function createState(exposure: Exposure): ScenarioState {
  const block = exposure.origin.block.number;
  const operators = new Map<EvmAddress, OperatorState>();
  const pools = new Map<string, PoolState>();
  for (const { address, strategies, unreadStrategies } of exposure.operators) {
    const own = strategies.map((strategy) => createPool(strategy, block));
    for (const pool of own) pools.set(keyOf(address, pool.strategy), pool);
    operators.set(address, { pools: own, unreadStrategies, isSlashed: false });
  }
  const positions: PositionState[] = [];
  const dependents = new Map<string, PositionState[]>();
  for (const position of exposure.positions) {
    const state = createPosition(position);
    if (state !== null) {
      positions.push(state);
      addHoldings(state, pools);
    }
    for (const dependency of new Set(position.dependsOn)) {
      const list = dependents.get(dependency) ?? [];
      if (state !== null) list.push(state);
      dependents.set(dependency, list);
    }
  }
  return {
    operators,
    serviceIds: exposure.services.map(({ id }) => id),
    positions,
    dependents,
    hasSlash: false,
  };
}

function keyOf(operator: EvmAddress, strategy: EvmAddress): string {
  return `${operator} ${strategy}`;
}

function createPool(state: OperatorStrategyState, block: bigint): PoolState {
  const allocations = new Map<string, AllocationState>();
  let freed = 0n;
  for (const allocation of state.allocations) {
    const settled = settleAllocation(allocation, block);
    const freedHere = allocation.currentMagnitude - settled.currentMagnitude;
    if (freedHere > 0n) freed += freedHere;
    allocations.set(allocation.serviceId, {
      // `as`: an observation keeps magnitudes as plain bigint beside the signed difference.
      currentMagnitude: settled.currentMagnitude as Wad,
      pendingDiff: settled.pendingDiff,
      isSlashable: allocation.isSlashable !== false,
    });
  }
  const allocated = sumOf(allocations.values().map(({ currentMagnitude }) => currentMagnitude));
  const encumbered = state.encumberedMagnitude - freed;
  return {
    strategy: state.strategy,
    initialMax: state.maxMagnitude,
    maxMagnitude: state.maxMagnitude,
    // The contract's view already leaves out deallocations that are due, its storage does not: whichever was read,
    // no less than what is allocated is encumbered. `as`: bigint arithmetic drops the brand.
    encumberedMagnitude: (encumbered > allocated ? encumbered : allocated) as Wad,
    allocations,
    holdings: [],
  };
}

function createPosition(position: ExposurePosition): PositionState | null {
  if (position.bookWei === null) return null;
  return {
    id: position.id,
    beforeWei: position.bookWei,
    legs: position.legs,
    legsWei: position.bookWei,
    keptShare: 1n,
    keptScale: 1n,
    valueWei: position.bookWei,
    reasons: [],
  };
}

function addHoldings(position: PositionState, pools: ReadonlyMap<string, PoolState>): void {
  const byPool = new Map<PoolState, SlashableLeg[]>();
  for (const leg of position.legs) {
    if (leg.kind === 'free' || leg.kind === 'hidden') continue;
    const pool = pools.get(keyOf(leg.operator, leg.strategy));
    // A strategy that could not be read has no pool: nothing can be computed for the leg.
    if (pool === undefined) continue;
    const legs = byPool.get(pool);
    if (legs) legs.push(leg);
    else byPool.set(pool, [leg]);
  }
  for (const [pool, legs] of byPool) {
    pool.holdings.push({ position, legs, valueWei: sumOf(legs.map(({ bookWei }) => bookWei)) });
  }
}

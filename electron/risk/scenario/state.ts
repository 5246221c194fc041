/**
 * The state a scenario changes while it runs: magnitudes by operator and strategy, what failed, and what each position
 * is worth under it all (revalue.ts). Made for one run and thrown away after it.
 */
import { settleAllocation } from '../../../shared/domain/allocation.ts';
import type { EvmAddress } from '../../../shared/domain/address.ts';
import {
  type Exposure,
  type ExposureOperator,
  type ExposurePosition,
  type Leg,
  type OperatorStrategyState,
  isOperatorLeg,
} from '../../../shared/domain/exposure.ts';
import type { LeftOut, LossReason } from '../../../shared/domain/scenario.ts';
import { sumOf, WAD, type Wad, type Wei } from '../../../shared/domain/units.ts';

export type SlashableLeg = Extract<Leg, { kind: 'shares' | 'pooled' }>;

/** A share of one as an exact fraction. Both start at one; each loss multiplies them. */
export interface KeptShare {
  kept: bigint;
  scale: bigint;
}

export interface AllocationState {
  currentMagnitude: Wad;
  pendingDiff: bigint;
  /** False only where the chain said so; where it could not be read, the slash is assumed to be possible. */
  readonly isSlashable: boolean;
}

/** One operator in one strategy. */
export interface PoolState {
  readonly strategy: EvmAddress;
  readonly mode: ExposureOperator['mode'];
  /** Magnitudes not read, or left out: no service can be seen to slash here. */
  readonly isUnread: boolean;
  readonly initialMax: Wad;
  maxMagnitude: Wad;
  encumberedMagnitude: Wad;
  /** What validators' own faults left of the consensus stake here. */
  readonly consensus: KeptShare;
  /** By service id. */
  readonly allocations: ReadonlyMap<string, AllocationState>;
  /** The positions with legs here. */
  readonly holdings: Holding[];
}

export interface OperatorState {
  readonly address: EvmAddress;
  readonly earmarksAtRequest: boolean;
  readonly pools: readonly PoolState[];
  /** Strategies left out because their magnitudes contradict each other; the other unread ones are only unread. */
  readonly hasLeftOut: boolean;
  /** Set by the first slash: from then on the legs in unread strategies are ones the scenario passed by. */
  isSlashed: boolean;
}

/** A position's legs in one pool, and what they are worth now. */
export interface Holding {
  readonly position: PositionState;
  readonly legs: readonly SlashableLeg[];
  /** What validators' faults left: of one client bug a position loses its share once, so it is kept per holding. */
  readonly consensus: KeptShare;
  valueWei: bigint;
}

export interface PositionState {
  readonly id: string;
  readonly instrumentId: string;
  readonly beforeWei: Wei;
  readonly legs: readonly Leg[];
  /** Sum of the legs under the current magnitudes, before failures. */
  legsWei: bigint;
  /** What failures left of the legs. */
  readonly kept: KeptShare;
  valueWei: bigint;
  readonly reasons: LossReason[];
  /** Market discounts in force, in the order of the events. */
  readonly discounts: { readonly eventIndex: number; readonly discount: Wad }[];
  /** Closures of its redemption; days null: until further notice. */
  readonly locks: { readonly eventIndex: number; readonly days: number | null }[];
}

export interface ScenarioState {
  /** Set by the first event that strikes operators, whoever it is. */
  hasSlash: boolean;
  readonly operators: ReadonlyMap<EvmAddress, OperatorState>;
  readonly serviceIds: readonly string[];
  /** By service id: false where what it slashes is burned, null where that is not known. */
  readonly redistribution: ReadonlyMap<string, boolean | null>;
  /** The valued positions, in the exposure's order. */
  readonly positions: readonly PositionState[];
  /** The valued positions that rest on a dependency; a dependency of unvalued ones only has an empty list. */
  readonly dependents: ReadonlyMap<string, readonly PositionState[]>;
  /** The valued positions of an instrument, in the same way. */
  readonly holders: ReadonlyMap<string, readonly PositionState[]>;
  /** What the failures so far left of each dependency, for pools that hang on one. */
  readonly dependencies: Map<string, KeptShare>;
  /** Ids of positions whose stake with Babylon was slashed: it is spent by that. */
  readonly slashedStakes: Set<string>;
}

export function wholeShare(): KeptShare {
  return { kept: 1n, scale: 1n };
}

/** The state before the first event. Pending changes that are due at the exposure's block have taken effect. */
export function createState(exposure: Exposure, leftOut: readonly LeftOut[]): ScenarioState {
  const block = exposure.origin.block.number;
  const isLeftOut = createLeftOutTest(leftOut);
  const operators = new Map<EvmAddress, OperatorState>();
  const pools = new Map<string, PoolState>();
  for (const operator of exposure.operators) {
    const { address, mode, strategies, unreadStrategies } = operator;
    const own: PoolState[] = [];
    let hasLeftOut = false;
    for (const strategy of strategies) {
      const isOut = isLeftOut(address, strategy.strategy);
      hasLeftOut ||= isOut;
      own.push(isOut ? createUnreadPool(strategy.strategy, mode) : createPool(strategy, mode, block));
    }
    for (const strategy of unreadStrategies) own.push(createUnreadPool(strategy, mode));
    for (const pool of own) pools.set(keyOf(address, pool.strategy), pool);
    const earmarksAtRequest = mode === 'shared' && operator.earmarksAtRequest === true;
    operators.set(address, { address, earmarksAtRequest, pools: own, hasLeftOut, isSlashed: false });
  }
  const positions: PositionState[] = [];
  const dependents = new Map<string, PositionState[]>();
  const holders = new Map<string, PositionState[]>();
  for (const position of exposure.positions) {
    const state = isLeftOut(position.id, null) ? null : createPosition(position);
    if (state !== null) {
      positions.push(state);
      addHoldings(state, pools);
    }
    for (const dependency of new Set(position.dependsOn)) addTo(dependents, dependency, state);
    addTo(holders, position.instrumentId, state);
  }
  return {
    operators,
    serviceIds: exposure.services.map(({ id }) => id),
    redistribution: new Map(exposure.services.map(({ id, isRedistributing }) => [id, isRedistributing])),
    positions,
    dependents,
    holders,
    dependencies: new Map(),
    hasSlash: false,
    slashedStakes: new Set(),
  };
}

function keyOf(operator: EvmAddress, strategy: EvmAddress): string {
  return `${operator} ${strategy}`;
}

function createLeftOutTest(leftOut: readonly LeftOut[]): (id: string, strategy: string | null) => boolean {
  const keys = new Set(leftOut.map(({ id, strategy }) => `${id} ${strategy ?? ''}`));
  return (id, strategy) => keys.has(`${id} ${strategy ?? ''}`);
}

function addTo(lists: Map<string, PositionState[]>, id: string, position: PositionState | null): void {
  const list = lists.get(id) ?? [];
  if (position !== null) list.push(position);
  lists.set(id, list);
}

function createPool(state: OperatorStrategyState, mode: ExposureOperator['mode'], block: bigint): PoolState {
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
    mode,
    isUnread: false,
    initialMax: state.maxMagnitude,
    maxMagnitude: state.maxMagnitude,
    // The contract's view already leaves out deallocations that are due, its storage does not: whichever was read,
    // no less than what is allocated is encumbered. `as`: bigint arithmetic drops the brand.
    encumberedMagnitude: (encumbered > allocated ? encumbered : allocated) as Wad,
    consensus: wholeShare(),
    allocations,
    holdings: [],
  };
}

/** No service is seen here, so no slash can be computed; what strikes the stake itself still can. */
function createUnreadPool(strategy: EvmAddress, mode: ExposureOperator['mode']): PoolState {
  return {
    strategy,
    mode,
    isUnread: true,
    initialMax: WAD,
    maxMagnitude: WAD,
    encumberedMagnitude: WAD,
    consensus: wholeShare(),
    allocations: new Map(),
    holdings: [],
  };
}

function createPosition(position: ExposurePosition): PositionState | null {
  if (position.bookWei === null) return null;
  return {
    id: position.id,
    instrumentId: position.instrumentId,
    beforeWei: position.bookWei,
    legs: position.legs,
    legsWei: position.bookWei,
    kept: wholeShare(),
    valueWei: position.bookWei,
    reasons: [],
    discounts: [],
    locks: [],
  };
}

function addHoldings(position: PositionState, pools: ReadonlyMap<string, PoolState>): void {
  const byPool = new Map<PoolState, SlashableLeg[]>();
  for (const leg of position.legs) {
    if (!isOperatorLeg(leg)) continue;
    // Validated: every leg's strategy is one its operator has, or failed to give.
    const pool = pools.get(keyOf(leg.operator, leg.strategy))!;
    const legs = byPool.get(pool);
    if (legs) legs.push(leg);
    else byPool.set(pool, [leg]);
  }
  for (const [pool, legs] of byPool) {
    const valueWei = sumOf(legs.map(({ bookWei }) => bookWei));
    pool.holdings.push({ position, legs, consensus: wholeShare(), valueWei });
  }
}

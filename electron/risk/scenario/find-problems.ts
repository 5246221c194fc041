/** What can be wrong with an exposure: references that lead nowhere, and data that contradicts itself. */
import { settleAllocation } from '../../../shared/domain/allocation.ts';
import {
  type Exposure,
  type ExposureOperator,
  type ExposurePosition,
  type Leg,
  type OperatorStrategyState,
  isOperatorLeg,
} from '../../../shared/domain/exposure.ts';
import type { LeftOut } from '../../../shared/domain/scenario.ts';
import { sumOf, WAD } from '../../../shared/domain/units.ts';
import { computeSlashingFactor, payScaledShares } from '../protocols/eigenlayer/shares.ts';

export interface ExposureProblem {
  readonly message: string;
  /** What has to be left out of every figure for it; null where no figure can be given at all. */
  readonly leftOut: Omit<LeftOut, 'detail'> | null;
}

/**
 * Checks what the engine relies on: unique ids and references that lead somewhere; amounts not below zero, legs that sum
 * to their position, magnitudes that one operator can have.
 */
export function* findProblems(exposure: Exposure): Generator<ExposureProblem> {
  yield* findDuplicates('position', exposure.positions, ({ id }) => id);
  yield* findDuplicates('operator', exposure.operators, ({ address }) => address);
  yield* findDuplicates('service', exposure.services, ({ id }) => id);
  yield* findDuplicates('dependency', exposure.dependencies, ({ id }) => id);
  const services = new Set(exposure.services.map(({ id }) => id));
  for (const operator of exposure.operators) {
    yield* findOperatorProblems(operator, services, exposure.origin.block.number);
  }
  const operators = new Map(exposure.operators.map((operator) => [operator.address, operator]));
  const dependencies = new Set(exposure.dependencies.map(({ id }) => id));
  for (const position of exposure.positions) {
    yield* findPositionProblems(position, operators, dependencies);
  }
}

function refuseAll(message: string): ExposureProblem {
  return { message, leftOut: null };
}

function* findDuplicates<T>(
  kind: string,
  items: readonly T[],
  idOf: (item: T) => string,
): Generator<ExposureProblem> {
  const seen = new Set<string>();
  for (const id of items.map(idOf)) {
    if (seen.has(id)) yield refuseAll(`${kind} ${id} is listed twice`);
    seen.add(id);
  }
}

function* findOperatorProblems(
  operator: ExposureOperator,
  services: ReadonlySet<string>,
  block: bigint,
): Generator<ExposureProblem> {
  const who = `operator ${operator.name} (${operator.address})`;
  const strategies = [...operator.strategies.map(({ strategy }) => strategy), ...operator.unreadStrategies];
  yield* findDuplicates(`${who}: strategy`, strategies, (strategy) => strategy);
  for (const state of operator.strategies) {
    const where = `${who}, strategy ${state.strategy}`;
    yield* findDuplicates(`${where}: allocation to`, state.allocations, ({ serviceId }) => serviceId);
    for (const { serviceId } of state.allocations) {
      if (!services.has(serviceId)) yield refuseAll(`${where}: allocation to unknown service ${serviceId}`);
    }
    for (const [problem, what] of findMagnitudeProblems(state, operator.mode, block)) {
      const leftOut = { kind: 'operator', id: operator.address, strategy: state.strategy, problem } as const;
      yield { message: `${where}: ${what}`, leftOut };
    }
  }
}

type Finding = readonly [problem: LeftOut['problem'], what: string];

function* findMagnitudeProblems(
  state: OperatorStrategyState,
  mode: ExposureOperator['mode'],
  block: bigint,
): Generator<Finding> {
  const { maxMagnitude, encumberedMagnitude } = state;
  if (maxMagnitude < 0n || encumberedMagnitude < 0n) yield ['below-zero', 'a magnitude is below zero'];
  if (maxMagnitude > WAD) {
    yield ['magnitude-above-one', `max magnitude ${maxMagnitude.toString()} is above 1e18`];
  }
  if (mode === 'unique' && encumberedMagnitude > maxMagnitude) {
    yield [
      'encumbered-above-max',
      `encumbered magnitude ${encumberedMagnitude.toString()} is above the max ${maxMagnitude.toString()}`,
    ];
  }
  for (const { serviceId, currentMagnitude, pendingDiff } of state.allocations) {
    if (currentMagnitude < 0n) yield ['below-zero', `the allocation to ${serviceId} is below zero`];
    if (currentMagnitude + pendingDiff < 0n) {
      yield [
        'pending-above-allocation',
        `the pending deallocation from ${serviceId} is larger than the allocation`,
      ];
    }
  }
  if (mode === 'unique') yield* findUniqueProblems(state, block);
  if (mode === 'elastic') yield* findElasticProblems(state, block);
}

/** What one operator promises to services that cannot take from one another fits into what it has. */
function* findUniqueProblems(state: OperatorStrategyState, block: bigint): Generator<Finding> {
  const { maxMagnitude, encumberedMagnitude } = state;
  let allocated = 0n;
  for (const allocation of state.allocations) {
    const settled = settleAllocation(allocation, block);
    // A pending allocation is already set aside; a pending deallocation is not yet free.
    allocated += settled.currentMagnitude + (settled.pendingDiff > 0n ? settled.pendingDiff : 0n);
  }
  if (allocated > maxMagnitude) {
    yield [
      'allocated-above-max',
      `${allocated.toString()} is allocated, more than the max magnitude ${maxMagnitude.toString()}`,
    ];
  } else if (allocated > encumberedMagnitude) {
    yield [
      'allocated-above-encumbered',
      `${allocated.toString()} is allocated, more than the encumbered magnitude ${encumberedMagnitude.toString()}`,
    ];
  }
}

/** Elastic allocations may sum to more than the stake, but none of them is more. */
function* findElasticProblems(state: OperatorStrategyState, block: bigint): Generator<Finding> {
  for (const allocation of state.allocations) {
    const { serviceId, currentMagnitude } = settleAllocation(allocation, block);
    if (currentMagnitude <= state.maxMagnitude) continue;
    yield [
      'allocated-above-max',
      `${currentMagnitude.toString()} is allocated to ${serviceId}, more than the max magnitude ${state.maxMagnitude.toString()}`,
    ];
  }
}

function* findPositionProblems(
  position: ExposurePosition,
  operators: ReadonlyMap<string, ExposureOperator>,
  dependencies: ReadonlySet<string>,
): Generator<ExposureProblem> {
  const who = `position ${position.id}`;
  for (const dependency of position.dependsOn) {
    if (!dependencies.has(dependency)) yield refuseAll(`${who} depends on unknown ${dependency}`);
  }
  for (const leg of position.legs) yield* findBrokenReferences(who, leg, operators);
  for (const [problem, message] of findValueProblems(position, operators)) {
    yield { message, leftOut: { kind: 'position', id: position.id, strategy: null, problem } };
  }
}

function* findBrokenReferences(
  who: string,
  leg: Leg,
  operators: ReadonlyMap<string, ExposureOperator>,
): Generator<ExposureProblem> {
  if (!isOperatorLeg(leg)) return;
  const operator = operators.get(leg.operator);
  if (operator === undefined) {
    yield refuseAll(`${who} stands with unknown operator ${leg.operator}`);
    return;
  }
  const isRead = operator.strategies.some(({ strategy }) => strategy === leg.strategy);
  if (isRead || operator.unreadStrategies.includes(leg.strategy)) return;
  yield refuseAll(
    `${who} stands in strategy ${leg.strategy}, which operator ${leg.operator} neither has nor failed to give`,
  );
}

function* findValueProblems(
  { id, bookWei, legs }: ExposurePosition,
  operators: ReadonlyMap<string, ExposureOperator>,
): Generator<Finding> {
  const who = `position ${id}`;
  for (const leg of legs) yield* findLegProblems(who, leg, operators);
  if (bookWei === null) {
    if (legs.length > 0) yield ['legs-without-value', `${who} has no known value, but legs`];
    return;
  }
  if (bookWei < 0n) yield ['below-zero', `${who} has a value below zero`];
  const legsWei = sumOf(legs.map((leg) => leg.bookWei));
  if (legsWei !== bookWei) {
    yield [
      'legs-do-not-sum',
      `the legs of ${who} sum to ${legsWei.toString()} wei, not to its value of ${bookWei.toString()}`,
    ];
  }
}

function* findLegProblems(
  who: string,
  leg: Leg,
  operators: ReadonlyMap<string, ExposureOperator>,
): Generator<Finding> {
  if (leg.bookWei < 0n) yield ['below-zero', `${who} has a leg below zero`];
  if (leg.kind !== 'shares') return;
  const { scaledShares, beaconFactor } = leg;
  if (scaledShares < 0n) yield ['below-zero', `${who} has shares below zero`];
  if (beaconFactor !== null && (beaconFactor < 0n || beaconFactor > WAD)) {
    yield ['factor-out-of-range', `${who} has a beacon chain factor outside 0 to 1e18`];
  }
  const strategies = operators.get(leg.operator)?.strategies ?? [];
  const state = strategies.find(({ strategy }) => strategy === leg.strategy);
  if (state === undefined || leg.bookWei === 0n) return;
  // Where the operator's own magnitude cannot be true, that is its problem, not the position's.
  if (state.maxMagnitude < 0n || state.maxMagnitude > WAD) return;
  if (payScaledShares(scaledShares, computeSlashingFactor(state.maxMagnitude, beaconFactor)) <= 0n) {
    yield ['no-shares-left', `${who} has a value, but no shares are left to it`];
  }
}

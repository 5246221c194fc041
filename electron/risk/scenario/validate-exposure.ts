/** Refuses an exposure that cannot be true, before any figure is computed from it. */
import { AppError } from '../../../shared/contract/errors.ts';
import { settleAllocation } from '../../../shared/domain/allocation.ts';
import type {
  Exposure,
  ExposureOperator,
  ExposurePosition,
  Leg,
  OperatorStrategyState,
} from '../../../shared/domain/exposure.ts';
import { sumOf, WAD } from '../../../shared/domain/units.ts';
import { computeSlashingFactor, payScaledShares } from '../protocols/eigenlayer/shares.ts';

/**
 * Checks what the engine relies on: unique ids, references that lead somewhere, amounts not below zero, legs that sum
 * to their position, magnitudes that one operator can have.
 *
 * @throws AppError scenario-invalid; the message names the first problem, the detail all of them
 */
export function validateExposure(exposure: Exposure): void {
  const problems = [...findProblems(exposure)];
  const [first] = problems;
  if (first === undefined) return;
  throw new AppError('scenario-invalid', `The exposure contradicts itself: ${first}.`, {
    detail: problems.join('; '),
    help: 'Refresh the portfolio. If it stays so, please report it with the detail: no result is better than a wrong one.',
  });
}

function* findProblems(exposure: Exposure): Generator<string> {
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

function* findDuplicates<T>(kind: string, items: readonly T[], idOf: (item: T) => string): Generator<string> {
  const seen = new Set<string>();
  for (const id of items.map(idOf)) {
    if (seen.has(id)) yield `${kind} ${id} is listed twice`;
    seen.add(id);
  }
}

function* findOperatorProblems(
  operator: ExposureOperator,
  services: ReadonlySet<string>,
  block: bigint,
): Generator<string> {
  const who = `operator ${operator.name} (${operator.address})`;
  if (operator.mode !== 'unique') {
    yield `${who} is held in ${operator.mode} mode, and only EigenLayer’s unique allocations can be slashed here`;
  }
  const strategies = [...operator.strategies.map(({ strategy }) => strategy), ...operator.unreadStrategies];
  yield* findDuplicates(`${who}: strategy`, strategies, (strategy) => strategy);
  for (const state of operator.strategies) {
    yield* findMagnitudeProblems(`${who}, strategy ${state.strategy}`, state, services, block);
  }
}

function* findMagnitudeProblems(
  where: string,
  state: OperatorStrategyState,
  services: ReadonlySet<string>,
  block: bigint,
): Generator<string> {
  const { maxMagnitude, encumberedMagnitude } = state;
  if (maxMagnitude < 0n || encumberedMagnitude < 0n) yield `${where}: a magnitude is below zero`;
  if (maxMagnitude > WAD) yield `${where}: max magnitude ${maxMagnitude.toString()} is above 1e18`;
  if (encumberedMagnitude > maxMagnitude) {
    yield `${where}: encumbered magnitude ${encumberedMagnitude.toString()} is above the max ${maxMagnitude.toString()}`;
  }
  yield* findDuplicates(`${where}: allocation to`, state.allocations, ({ serviceId }) => serviceId);

  let allocated = 0n;
  for (const allocation of state.allocations) {
    const { serviceId, currentMagnitude, pendingDiff } = allocation;
    if (!services.has(serviceId)) yield `${where}: allocation to unknown service ${serviceId}`;
    if (currentMagnitude < 0n) yield `${where}: the allocation to ${serviceId} is below zero`;
    if (currentMagnitude + pendingDiff < 0n) {
      yield `${where}: the pending deallocation from ${serviceId} is larger than the allocation`;
    }
    const settled = settleAllocation(allocation, block);
    // A pending allocation is already set aside; a pending deallocation is not yet free.
    allocated += settled.currentMagnitude + (settled.pendingDiff > 0n ? settled.pendingDiff : 0n);
  }
  if (allocated > maxMagnitude) {
    yield `${where}: ${allocated.toString()} is allocated, more than the max magnitude ${maxMagnitude.toString()}`;
  } else if (allocated > encumberedMagnitude) {
    yield `${where}: ${allocated.toString()} is allocated, more than the encumbered magnitude ${encumberedMagnitude.toString()}`;
  }
}

function* findPositionProblems(
  position: ExposurePosition,
  operators: ReadonlyMap<string, ExposureOperator>,
  dependencies: ReadonlySet<string>,
): Generator<string> {
  const who = `position ${position.id}`;
  for (const dependency of position.dependsOn) {
    if (!dependencies.has(dependency)) yield `${who} depends on unknown ${dependency}`;
  }
  for (const leg of position.legs) yield* findLegProblems(who, leg, operators);
  if (position.bookWei === null) {
    if (position.legs.length > 0) yield `${who} has no known value, but legs`;
    return;
  }
  if (position.bookWei < 0n) yield `${who} has a value below zero`;
  const legsWei = sumOf(position.legs.map(({ bookWei }) => bookWei));
  if (legsWei !== position.bookWei) {
    yield `the legs of ${who} sum to ${legsWei.toString()} wei, not to its value of ${position.bookWei.toString()}`;
  }
}

function* findLegProblems(
  who: string,
  leg: Leg,
  operators: ReadonlyMap<string, ExposureOperator>,
): Generator<string> {
  if (leg.bookWei < 0n) yield `${who} has a leg below zero`;
  if (leg.kind === 'free' || leg.kind === 'hidden') return;
  const operator = operators.get(leg.operator);
  if (operator === undefined) {
    yield `${who} stands with unknown operator ${leg.operator}`;
    return;
  }
  const state = operator.strategies.find(({ strategy }) => strategy === leg.strategy);
  if (state === undefined && !operator.unreadStrategies.includes(leg.strategy)) {
    yield `${who} stands in strategy ${leg.strategy}, which operator ${leg.operator} neither has nor failed to give`;
  }
  if (leg.kind === 'pooled') return;
  const { scaledShares, beaconFactor } = leg;
  if (scaledShares < 0n) yield `${who} has shares below zero`;
  if (beaconFactor !== null && (beaconFactor < 0n || beaconFactor > WAD)) {
    yield `${who} has a beacon chain factor outside 0 to 1e18`;
  }
  if (state === undefined || leg.bookWei === 0n) return;
  if (payScaledShares(scaledShares, computeSlashingFactor(state.maxMagnitude, beaconFactor)) <= 0n) {
    yield `${who} has a value, but no shares are left to it`;
  }
}

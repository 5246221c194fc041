/** One event: a service, or each service of the operator in turn, slashes a share of what was allocated to it. */
import type { EventResult, ScenarioEvent } from '../../../shared/domain/scenario.ts';
import type { Wei } from '../../../shared/domain/units.ts';
import { slashAllocation } from '../protocols/eigenlayer/slash-allocation.ts';
import { countShares, revalueHolding } from './revalue.ts';
import type { OperatorState, PoolState, ScenarioState } from './state.ts';
import type { Work } from '../work.ts';

type SlashEvent = Extract<ScenarioEvent, { kind: 'operator-slash' }>;
type Outcome = Pick<EventResult, 'lossWei' | 'note'>;

/** Steps of work in the event: one per service that slashes. */
export function countSlashSteps(event: SlashEvent, serviceCount: number): number {
  return event.service === 'all' ? Math.max(1, serviceCount) : 1;
}

/**
 * Slashes in every strategy in which the operator allocated to the service; allocations are unique, so one service
 * never takes what was allocated to another. `all` goes through the services in the exposure's order, each allocation
 * once.
 */
export function applyOperatorSlash(
  state: ScenarioState,
  event: SlashEvent,
  eventIndex: number,
  work: Work,
): Outcome {
  state.hasSlash = true;
  const operator = state.operators.get(event.operator);
  const steps = countSlashSteps(event, state.serviceIds.length);
  // `as`: a literal carries no brand, and a sum of wei is wei. So below.
  if (operator === undefined) {
    work.advance(steps);
    return { lossWei: 0n as Wei, note: 'operator-not-held' };
  }
  operator.isSlashed = true;
  const serviceIds = event.service === 'all' ? state.serviceIds : [event.service];
  let lossWei = 0n;
  let hasSlashed = false;
  let wasRefused = false;
  for (const serviceId of serviceIds) {
    for (const pool of operator.pools) {
      work.check();
      const allocation = pool.allocations.get(serviceId);
      if (allocation === undefined || allocation.currentMagnitude === 0n) continue;
      if (!allocation.isSlashable) {
        wasRefused = true;
        continue;
      }
      hasSlashed = true;
      lossWei += slashPool(pool, serviceId, event, eventIndex, work);
    }
    work.advance();
  }
  if (serviceIds.length === 0) work.advance(steps);
  return { lossWei: lossWei as Wei, note: hasSlashed ? null : explainNothing(operator, wasRefused) };
}

/** Why no magnitude was slashed. What could not be read comes first: there the answer may be otherwise. */
function explainNothing(operator: OperatorState, wasRefused: boolean): NonNullable<EventResult['note']> {
  if (operator.unreadStrategies.length > 0) return 'magnitude-unread';
  return wasRefused ? 'not-slashable' : 'nothing-allocated';
}

/** One service in one strategy. Returns what the valued positions there lost by it. */
function slashPool(
  pool: PoolState,
  serviceId: string,
  event: SlashEvent,
  eventIndex: number,
  work: Work,
): bigint {
  const allocation = pool.allocations.get(serviceId)!;
  const maxMagnitudeBefore = pool.maxMagnitude;
  const allocatedMagnitude = allocation.currentMagnitude;
  const slash = slashAllocation({
    currentMagnitude: allocatedMagnitude,
    maxMagnitude: maxMagnitudeBefore,
    encumberedMagnitude: pool.encumberedMagnitude,
    pendingDiff: allocation.pendingDiff,
    wadToSlash: event.wad,
  });
  allocation.currentMagnitude = slash.currentMagnitude;
  allocation.pendingDiff = slash.pendingDiff;
  pool.maxMagnitude = slash.maxMagnitude;
  pool.encumberedMagnitude = slash.encumberedMagnitude;

  let total = 0n;
  for (const holding of pool.holdings) {
    work.check();
    const before = countShares(holding.legs, maxMagnitudeBefore);
    const after = countShares(holding.legs, pool.maxMagnitude);
    const lossWei = revalueHolding(holding, pool);
    total += lossWei;
    holding.position.reasons.push({
      kind: 'slash',
      eventIndex,
      operator: event.operator,
      serviceId,
      strategy: pool.strategy,
      allocatedMagnitude,
      slashedMagnitude: slash.slashed,
      maxMagnitudeBefore,
      maxMagnitudeAfter: pool.maxMagnitude,
      shares: before === null || after === null ? null : { before, after },
      lossWei,
    });
  }
  return total;
}

/** Runs a scenario over an exposure: events in order, each on the state the earlier ones left. */
import type { CoverResult } from '../../../shared/domain/cover.ts';
import type { Exposure } from '../../../shared/domain/exposure.ts';
import type {
  EventResult,
  PositionResult,
  Scenario,
  ScenarioEvent,
  ScenarioResult,
} from '../../../shared/domain/scenario.ts';
import { sumOf, type Wei } from '../../../shared/domain/units.ts';
import { applyClientBug } from './apply-client-bug.ts';
import { applyContractFailure } from './apply-contract-failure.ts';
import { applyOperatorSlash, countSlashSteps } from './apply-operator-slash.ts';
import { applyProviderSlash } from './apply-provider-slash.ts';
import { applyServiceCompromised } from './apply-service-compromised.ts';
import { applyTokenEvent } from './apply-token-event.ts';
import { findLongestLock, listLocks, measureMarket } from './market.ts';
import type { Outcome } from './outcome.ts';
import { payCovers } from './pay-covers.ts';
import { measureHidden } from './revalue.ts';
import { sortOutContradictions } from './sort-out-contradictions.ts';
import { createState, type PositionState, type ScenarioState } from './state.ts';
import { validateScenario } from './validate-scenario.ts';
import { createWork, type RunHooks, type Work } from '../work.ts';

/**
 * What the scenario costs, in wei of book value. A pure function of its two arguments, neither of which it changes.
 * The reasons of a position sum to its loss exactly, and so do the events and the positions to the total: each is
 * given what it takes from the state it meets. Market losses, in the same way, and what cannot be redeemed are measured
 * on what the whole scenario leaves; what covers pay stands beside the loss, which is gross.
 *
 * A position or an operator whose data contradicts itself is left out and named with the reason.
 *
 * @throws AppError scenario-invalid where the exposure's references lead nowhere or the scenario's numbers mean nothing
 * @throws AppError cancelled
 */
export function runScenario(exposure: Exposure, scenario: Scenario, hooks: RunHooks = {}): ScenarioResult {
  validateScenario(scenario);
  const leftOut = sortOutContradictions(exposure);
  const state = createState(exposure, leftOut);
  const work = createWork(countSteps(scenario, state), hooks);
  work.check();
  const outcomes = scenario.events.map((event, index) => applyEvent(state, event, index, work));
  const covers = payCovers(scenario.covers ?? [], state);
  const positions = describePositions(state, covers);
  const totalOf = (pick: (position: PositionResult) => bigint): Wei => sumOf(positions.map(pick)) as Wei; // as: a sum of wei is wei
  const leftOutIds = new Set(leftOut.filter(({ kind }) => kind === 'position').map(({ id }) => id));
  return {
    scenario,
    positions,
    events: scenario.events.map((event, index) => describeEvent(event, index, outcomes[index]!, positions)),
    totalBeforeWei: totalOf(({ beforeWei }) => beforeWei),
    totalAfterWei: totalOf(({ afterWei }) => afterWei),
    totalLossWei: totalOf(({ lossWei }) => lossWei),
    totalRecoveredWei: totalOf(({ recoveredWei }) => recoveredWei),
    totalMarketLossWei: totalOf(({ marketLossWei }) => marketLossWei),
    totalLockedWei: totalOf(({ lockedWei }) => lockedWei),
    covers: [...covers],
    unvaluedIds: exposure.positions
      .filter(({ id, bookWei }) => bookWei === null && !leftOutIds.has(id))
      .map(({ id }) => id),
    leftOut: [...leftOut],
  };
}

function countSteps({ events }: Scenario, { serviceIds, operators }: ScenarioState): number {
  return events.reduce((total, event) => {
    if (event.kind === 'operator-slash') return total + countSlashSteps(event, serviceIds);
    return total + (event.kind === 'service-compromised' ? Math.max(1, operators.size) : 1);
  }, 0);
}

function applyEvent(state: ScenarioState, event: ScenarioEvent, index: number, work: Work): Outcome {
  switch (event.kind) {
    case 'operator-slash':
      return applyOperatorSlash(state, event, index, work);
    case 'service-compromised':
      return applyServiceCompromised(state, event, index, work);
    case 'client-bug':
      return applyClientBug(state, event, index, work);
    case 'provider-slash':
      return applyProviderSlash(state, event, index, work);
    case 'contract-failure':
      return applyContractFailure(state, event, index, work);
    case 'unbacked-supply':
    case 'depeg':
    case 'queue-closed':
      return applyTokenEvent(state, event, index, work);
  }
}

function describePositions(state: ScenarioState, covers: readonly CoverResult[]): PositionResult[] {
  const recovered = new Map<string, bigint>();
  for (const { positionId, paidWei } of covers.flatMap(({ payments }) => payments)) {
    recovered.set(positionId, (recovered.get(positionId) ?? 0n) + paidWei);
  }
  return state.positions.map((position) =>
    describePosition(position, state, (recovered.get(position.id) ?? 0n) as Wei),
  ); // as: a sum of wei is wei
}

function describePosition(position: PositionState, state: ScenarioState, recoveredWei: Wei): PositionResult {
  const { id, beforeWei, valueWei, reasons } = position;
  const market = measureMarket(position);
  const lock = findLongestLock(position);
  // `as`: the running value, and sums and differences of it, are wei; bigint arithmetic drops the brand.
  return {
    positionId: id,
    beforeWei,
    afterWei: valueWei as Wei,
    lossWei: (beforeWei - valueWei) as Wei,
    hiddenWei: measureHidden(position, state),
    recoveredWei,
    marketLossWei: sumOf(market.map(({ marketLossWei }) => marketLossWei)) as Wei,
    lockedWei: (lock === null ? 0n : valueWei) as Wei,
    lock,
    reasons: [...reasons, ...market, ...listLocks(position)].toSorted((a, b) => a.eventIndex - b.eventIndex),
  };
}

/** The event with what it took, what the market takes off for it, and what it locks of what is left. */
function describeEvent(
  event: ScenarioEvent,
  eventIndex: number,
  { lossWei, note }: Outcome,
  positions: readonly PositionResult[],
): EventResult {
  let marketLossWei = 0n;
  let lockedWei = 0n;
  if (event.kind === 'depeg' || event.kind === 'queue-closed') {
    for (const { afterWei, reasons } of positions) {
      for (const reason of reasons) {
        if (reason.eventIndex !== eventIndex) continue;
        if (reason.kind === 'market') marketLossWei += reason.marketLossWei;
        if (reason.kind === 'locked') lockedWei += afterWei;
      }
    }
  }
  // `as`: sums of wei are wei; bigint arithmetic drops the brand.
  return { event, lossWei, marketLossWei: marketLossWei as Wei, lockedWei: lockedWei as Wei, note };
}

/** Runs a scenario over an exposure: events in order, each on the state the earlier ones left. */
import type { Exposure } from '../../../shared/domain/exposure.ts';
import type {
  EventResult,
  PositionResult,
  Scenario,
  ScenarioEvent,
  ScenarioResult,
} from '../../../shared/domain/scenario.ts';
import { sumOf, type Wei } from '../../../shared/domain/units.ts';
import { applyContractFailure } from './apply-contract-failure.ts';
import { applyOperatorSlash, countSlashSteps } from './apply-operator-slash.ts';
import { measureHidden } from './revalue.ts';
import { createState, type PositionState, type ScenarioState } from './state.ts';
import { validateExposure } from './validate-exposure.ts';
import { validateScenario } from './validate-scenario.ts';
import { createWork, type RunHooks, type Work } from '../work.ts';

/**
 * What the scenario costs, in wei of book value. A pure function of its two arguments, neither of which it changes.
 * The reasons of a position sum to its loss exactly, and so do the events and the positions to the total: each is
 * given what it takes from the state it meets.
 *
 * @throws AppError scenario-invalid where the exposure contradicts itself or the scenario's numbers mean nothing
 * @throws AppError cancelled
 */
export function runScenario(exposure: Exposure, scenario: Scenario, hooks: RunHooks = {}): ScenarioResult {
  validateScenario(scenario);
  validateExposure(exposure);
  const state = createState(exposure);
  const work = createWork(countSteps(scenario, exposure), hooks);
  work.check();
  const events = scenario.events.map((event, index) => applyEvent(state, event, index, work));
  const positions = state.positions.map((position) => describePosition(position, state));
  const totalBeforeWei = sumOf(positions.map(({ beforeWei }) => beforeWei));
  const totalAfterWei = sumOf(positions.map(({ afterWei }) => afterWei));
  return {
    scenario,
    positions,
    events,
    // `as`: sums and differences of wei are wei; bigint arithmetic drops the brand.
    totalBeforeWei: totalBeforeWei as Wei,
    totalAfterWei: totalAfterWei as Wei,
    totalLossWei: (totalBeforeWei - totalAfterWei) as Wei,
    unvaluedIds: exposure.positions.filter(({ bookWei }) => bookWei === null).map(({ id }) => id),
  };
}

function countSteps({ events }: Scenario, { services }: Exposure): number {
  return events.reduce(
    (total, event) => total + (event.kind === 'operator-slash' ? countSlashSteps(event, services.length) : 1),
    0,
  );
}

function applyEvent(state: ScenarioState, event: ScenarioEvent, index: number, work: Work): EventResult {
  const outcome =
    event.kind === 'operator-slash'
      ? applyOperatorSlash(state, event, index, work)
      : applyContractFailure(state, event, index, work);
  return { event, ...outcome };
}

function describePosition(position: PositionState, state: ScenarioState): PositionResult {
  const { id, beforeWei, valueWei, reasons } = position;
  return {
    positionId: id,
    beforeWei,
    // `as`: the running value and differences of it are wei; bigint arithmetic drops the brand.
    afterWei: valueWei as Wei,
    lossWei: (beforeWei - valueWei) as Wei,
    hiddenWei: measureHidden(position, state),
    reasons,
  };
}

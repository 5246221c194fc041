/** Refuses a scenario whose numbers mean nothing. Whom it names is not checked: a strike at nobody costs nothing. */
import { AppError } from '../../../shared/contract/errors.ts';
import type { Scenario } from '../../../shared/domain/scenario.ts';
import { WAD } from '../../../shared/domain/units.ts';

/** As in scenarioSchema; checked here by hand, so that the engine's worker loads no schema. */
const MAX_EVENTS = 64;

/** @throws AppError scenario-invalid for no events, too many, or a share outside (0, 1] */
export function validateScenario(scenario: Scenario): void {
  const { events } = scenario;
  if (events.length === 0 || events.length > MAX_EVENTS) {
    throw new AppError(
      'scenario-invalid',
      `A scenario has 1 to ${MAX_EVENTS} events; this one has ${events.length}.`,
      {
        help: 'Add an event, or split the scenario in two.',
      },
    );
  }
  for (const [index, event] of events.entries()) {
    const share = event.kind === 'operator-slash' ? event.wad : event.loss;
    if (share > 0n && share <= WAD) continue;
    throw new AppError(
      'scenario-invalid',
      `Event ${index + 1} takes a share that is not above 0% and at most 100%.`,
      {
        detail: `${event.kind}: ${share.toString()} of 1e18`,
        help: 'Enter a percentage above 0 and at most 100.',
      },
    );
  }
}

/** One event: a service is compromised and slashes a share of what every operator allocated to it. */
import type { EventOf } from '../../../shared/domain/scenario.ts';
import type { Wei } from '../../../shared/domain/units.ts';
import { createTally, explainNothing, slashOperator } from './apply-operator-slash.ts';
import type { Outcome } from './outcome.ts';
import type { ScenarioState } from './state.ts';
import type { Work } from '../work.ts';

/** Operators in the exposure's order. One whose magnitudes are not known may have allocated to it: it is passed by. */
export function applyServiceCompromised(
  state: ScenarioState,
  event: EventOf<'service-compromised'>,
  eventIndex: number,
  work: Work,
): Outcome {
  state.hasSlash = true;
  const isKnown = state.serviceIds.includes(event.service);
  const tally = createTally();
  for (const operator of state.operators.values()) {
    operator.isSlashed = true;
    const slash = { state, operator, serviceId: event.service, wad: event.wad, earmarks: null, eventIndex };
    slashOperator(slash, tally, work);
    work.advance();
  }
  if (state.operators.size === 0) work.advance();
  const lossWei = tally.lossWei as Wei; // as: a sum of wei is wei
  if (tally.hasSlashed) return { lossWei, note: null };
  if (!isKnown) return { lossWei, note: 'service-not-held' };
  return { lossWei, note: explainNothing(state.operators.values(), tally.wasRefused) };
}

/** One event: something that positions rest on fails, and each of them loses the same share of what is left of it. */
import type { EventResult, ScenarioEvent } from '../../../shared/domain/scenario.ts';
import type { Wei } from '../../../shared/domain/units.ts';
import { applyLoss } from './revalue.ts';
import type { ScenarioState } from './state.ts';
import type { Work } from '../work.ts';

type FailureEvent = Extract<ScenarioEvent, { kind: 'contract-failure' }>;

/** Layers multiply: what an earlier event took is not lost again, so that two losses leave (1 - a)(1 - b). */
export function applyContractFailure(
  state: ScenarioState,
  event: FailureEvent,
  eventIndex: number,
  work: Work,
): Pick<EventResult, 'lossWei' | 'note'> {
  const dependents = state.dependents.get(event.dependency);
  let total = 0n;
  for (const position of dependents ?? []) {
    work.check();
    const lossWei = applyLoss(position, event.loss);
    total += lossWei;
    position.reasons.push({
      kind: 'dependency',
      eventIndex,
      dependency: event.dependency,
      loss: event.loss,
      lossWei,
    });
  }
  work.advance();
  // `as`: a sum of wei is wei; bigint arithmetic drops the brand.
  return { lossWei: total as Wei, note: dependents === undefined ? 'dependency-not-held' : null };
}

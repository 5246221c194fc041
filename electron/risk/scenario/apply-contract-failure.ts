/** One event: something that positions rest on fails, and each of them loses the same share of what is left of it. */
import type { EventOf } from '../../../shared/domain/scenario.ts';
import { WAD, type Wad, type Wei } from '../../../shared/domain/units.ts';
import type { Outcome } from './outcome.ts';
import { keepOfPosition, keepShare } from './revalue.ts';
import { wholeShare, type PositionState, type ScenarioState } from './state.ts';
import type { Work } from '../work.ts';

/** Layers multiply: what an earlier event took is not lost again, so that two losses leave (1 - a)(1 - b). */
export function applyContractFailure(
  state: ScenarioState,
  event: EventOf<'contract-failure'>,
  eventIndex: number,
  work: Work,
): Outcome {
  const dependents = state.dependents.get(event.dependency);
  const lossWei = failDependency(state, event.dependency, event.loss, eventIndex, work);
  work.advance();
  return { lossWei, note: dependents === undefined ? 'dependency-not-held' : null };
}

/** Takes `loss` of all that rests on the dependency. Returns what the positions lost. */
export function failDependency(
  state: ScenarioState,
  dependency: string,
  loss: Wad,
  eventIndex: number,
  work: Work,
): Wei {
  const left = state.dependencies.get(dependency) ?? wholeShare();
  keepShare(left, WAD - loss, WAD);
  state.dependencies.set(dependency, left);
  let total = 0n;
  for (const position of state.dependents.get(dependency) ?? []) {
    work.check();
    total += failPosition(position, dependency, loss, eventIndex);
  }
  return total as Wei; // as: a sum of wei is wei
}

function failPosition(position: PositionState, dependency: string, loss: Wad, eventIndex: number): Wei {
  const lossWei = keepOfPosition(position, WAD - loss, WAD);
  position.reasons.push({ kind: 'dependency', eventIndex, dependency, loss, lossWei });
  return lossWei;
}

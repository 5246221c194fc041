/** What an added event starts as, and what there has to be for it. Pure. */
import {
  ALL,
  FAILING_KINDS,
  isFailurePreset,
  type SuggestedPreset,
} from '../../../shared/domain/scenario-kinds.ts';
import {
  findInstrumentsOf,
  findLargestToken,
  type DependencyTarget,
  type ScenarioTargets,
} from '../../../shared/domain/scenario-targets.ts';
import type { EventDraft } from './draft.ts';

/** Where an added event starts; the same as the suggestions do. */
export const FIRST_SLASH_PERCENT = '10';
export const FIRST_FAILURE_PERCENT = '20';
const FIRST_DEPEG_PERCENT = '5';
const FIRST_DAYS = '14';

function findDependency(
  kind: DependencyTarget['kind'],
  targets: ScenarioTargets,
): DependencyTarget | undefined {
  return targets.dependencies.find((dependency) => dependency.kind === kind);
}

/** Whether the portfolio has anything that an event of the kind could name, whatever it is worth. */
export function hasTarget(preset: SuggestedPreset, targets: ScenarioTargets): boolean {
  if (isFailurePreset(preset)) return findDependency(FAILING_KINDS[preset], targets) !== undefined;
  switch (preset) {
    case 'operator-slash':
      return targets.operators.length > 0;
    case 'service-compromised':
      return targets.services.length > 0;
    case 'provider-slash':
      return targets.providers.length > 0;
    case 'client-bug':
      return (
        findDependency('client', targets) !== undefined ||
        targets.operators.some(({ consensusWei }) => consensusWei > 0n)
      );
    case 'unbacked-supply':
    case 'depeg':
    case 'queue-closed':
      return targets.tokens.length > 0;
  }
}

/** A new event of a kind, at what carries the most of this portfolio. */
export function startEvent(preset: SuggestedPreset, targets: ScenarioTargets): EventDraft {
  if (isFailurePreset(preset)) {
    const dependency = findDependency(FAILING_KINDS[preset], targets)?.id ?? null;
    return { kind: 'contract-failure', dependency, percent: FIRST_FAILURE_PERCENT };
  }
  const percent = FIRST_SLASH_PERCENT;
  switch (preset) {
    case 'operator-slash':
      return { kind: preset, operator: targets.operators[0]?.address ?? null, services: ALL, percent };
    case 'service-compromised':
      return { kind: preset, service: targets.services[0]?.id ?? null, percent };
    case 'provider-slash':
      return { kind: preset, provider: targets.providers[0]?.id ?? null };
    case 'client-bug': {
      const client = findDependency('client', targets)?.id ?? null;
      return { kind: preset, client, operators: client === null ? ALL : [], percent };
    }
    case 'unbacked-supply':
      return { kind: preset, instruments: startInstruments(targets), percent };
    case 'depeg':
      return { kind: preset, instruments: startInstruments(targets), percent: FIRST_DEPEG_PERCENT };
    case 'queue-closed':
      return { kind: preset, instruments: startInstruments(targets), days: FIRST_DAYS, isOpenEnded: false };
  }
}

/** The largest token in all its forms; where there is none but native ETH in EigenLayer, that. */
function startInstruments(targets: ScenarioTargets): readonly string[] {
  const token = findLargestToken(targets) ?? targets.tokens[0]?.token;
  return token === undefined ? [] : findInstrumentsOf(token, targets);
}

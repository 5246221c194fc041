/** The scenario that a list entry starts from: the strike that would reach the most of this portfolio. */
import type { Exposure } from '../../../shared/domain/exposure.ts';
import type { Scenario, ScenarioEvent, ScenarioPreset } from '../../../shared/domain/scenario.ts';
import { listScenarioTargets, type ScenarioTargets } from '../../../shared/domain/scenario-targets.ts';
import type { Wad } from '../../../shared/domain/units.ts';

/** A starting point to be edited, not an estimate of what is likely. `as`: a literal carries no brand. */
const SUGGESTED_SLASH = (10n ** 17n) as Wad;
const SUGGESTED_FAILURE = (2n * 10n ** 17n) as Wad;

/**
 * `operator-slash`: 10% by the service with the most book value allocated to it. `contract-failure`: 20% of what rests
 * on the contract that carries the most. Null where the portfolio has nothing of the kind.
 */
export function suggestScenario(
  exposure: Exposure,
  preset: Exclude<ScenarioPreset, 'custom'>,
): Scenario | null {
  const targets = listScenarioTargets(exposure);
  const event = preset === 'operator-slash' ? suggestSlash(targets) : suggestFailure(targets);
  return event === null ? null : { preset, events: [event] };
}

function suggestSlash({ operators }: ScenarioTargets): ScenarioEvent | null {
  const [largest] = operators
    .flatMap(({ address, services }) => services.map((service) => ({ address, service })))
    .toSorted((a, b) => compareDown(a.service.allocatedWei, b.service.allocatedWei));
  if (largest === undefined || largest.service.allocatedWei === 0n) return null;
  return {
    kind: 'operator-slash',
    operator: largest.address,
    service: largest.service.id,
    wad: SUGGESTED_SLASH,
  };
}

function suggestFailure({ dependencies }: ScenarioTargets): ScenarioEvent | null {
  // Largest first already.
  const contract = dependencies.find(({ kind }) => kind === 'contract');
  if (contract === undefined || contract.valueWei === 0n) return null;
  return { kind: 'contract-failure', dependency: contract.id, loss: SUGGESTED_FAILURE };
}

function compareDown(a: bigint, b: bigint): number {
  return a < b ? 1 : a > b ? -1 : 0;
}

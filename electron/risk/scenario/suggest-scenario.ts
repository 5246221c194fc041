/** The scenario that a list entry starts from: the strike that would reach the most of this portfolio. */
import type { Exposure } from '../../../shared/domain/exposure.ts';
import type { Scenario, ScenarioEvent } from '../../../shared/domain/scenario.ts';
import {
  ALL,
  FAILING_KINDS,
  isFailurePreset,
  type FailurePreset,
  type SuggestedPreset,
} from '../../../shared/domain/scenario-kinds.ts';
import {
  findInstrumentsOf,
  findLargestToken,
  listScenarioTargets,
  type ScenarioTargets,
} from '../../../shared/domain/scenario-targets.ts';
import type { Wad } from '../../../shared/domain/units.ts';

/** Starting points to be edited, not estimates of what is likely. `as`: a literal carries no brand. */
const TENTH = (10n ** 17n) as Wad;
const FIFTH = (2n * 10n ** 17n) as Wad;
const TWENTIETH = (5n * 10n ** 16n) as Wad;
/** The withdrawal delay of EigenLayer in days: what a holder would wait anyway. */
const CLOSED_DAYS = 14;

/**
 * A slash: 10% by the service with the most book value allocated to it. A compromised service: the same, over all
 * operators. A client bug: 10% of what depends on the client that carries the most, or where none is known of the native
 * ETH with all operators. A failure: 20% of what rests on the dependency of its kind that carries the most. The token that
 * carries the most: 10% of its supply issued without backing, 5% below book value, 14 days without redemption.
 *
 * Null where the portfolio has nothing of the kind.
 */
export function suggestScenario(exposure: Exposure, preset: SuggestedPreset): Scenario | null {
  const event = suggestEvent(listScenarioTargets(exposure), preset);
  return event === null ? null : { preset, events: [event] };
}

function suggestEvent(targets: ScenarioTargets, preset: SuggestedPreset): ScenarioEvent | null {
  if (isFailurePreset(preset)) return suggestFailure(targets, preset);
  switch (preset) {
    case 'operator-slash':
      return suggestSlash(targets);
    case 'service-compromised':
      return suggestCompromise(targets);
    case 'provider-slash':
      return suggestProviderSlash(targets);
    case 'client-bug':
      return suggestClientBug(targets);
    case 'unbacked-supply':
    case 'depeg':
    case 'queue-closed':
      return suggestTokenEvent(targets, preset);
  }
}

function suggestSlash({ operators }: ScenarioTargets): ScenarioEvent | null {
  const [largest] = operators
    .flatMap(({ address, services }) => services.map((service) => ({ address, service })))
    .toSorted((a, b) => compareDown(a.service.allocatedWei, b.service.allocatedWei));
  if (largest === undefined || largest.service.allocatedWei === 0n) return null;
  return { kind: 'operator-slash', operator: largest.address, service: largest.service.id, wad: TENTH };
}

function suggestCompromise({ services }: ScenarioTargets): ScenarioEvent | null {
  // Largest first already; so below.
  const [largest] = services;
  if (largest === undefined || largest.allocatedWei === 0n) return null;
  return { kind: 'service-compromised', service: largest.id, wad: TENTH };
}

function suggestProviderSlash({ providers }: ScenarioTargets): ScenarioEvent | null {
  const [largest] = providers;
  if (largest === undefined || largest.lossWei === 0n) return null;
  return { kind: 'provider-slash', provider: largest.id };
}

function suggestClientBug({ dependencies, operators }: ScenarioTargets): ScenarioEvent | null {
  const client = dependencies.find(({ kind }) => kind === 'client');
  if (client !== undefined && client.valueWei > 0n) {
    return { kind: 'client-bug', client: client.id, operators: [], loss: TENTH };
  }
  if (operators.every(({ consensusWei }) => consensusWei === 0n)) return null;
  return { kind: 'client-bug', client: null, operators: ALL, loss: TENTH };
}

function suggestFailure({ dependencies }: ScenarioTargets, preset: FailurePreset): ScenarioEvent | null {
  const largest = dependencies.find(({ kind }) => kind === FAILING_KINDS[preset]);
  if (largest === undefined || largest.valueWei === 0n) return null;
  return { kind: 'contract-failure', dependency: largest.id, loss: FIFTH };
}

function suggestTokenEvent(
  targets: ScenarioTargets,
  kind: 'unbacked-supply' | 'depeg' | 'queue-closed',
): ScenarioEvent | null {
  const token = findLargestToken(targets);
  if (token === null) return null;
  const instruments = [...findInstrumentsOf(token, targets)];
  switch (kind) {
    case 'unbacked-supply':
      return { kind, instruments, share: TENTH };
    case 'depeg':
      return { kind, instruments, discount: TWENTIETH };
    case 'queue-closed':
      return { kind, instruments, days: CLOSED_DAYS };
  }
}

function compareDown(a: bigint, b: bigint): number {
  return a < b ? 1 : a > b ? -1 : 0;
}

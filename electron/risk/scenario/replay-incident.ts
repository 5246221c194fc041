/** A recorded incident as a scenario for a portfolio that holds what it struck. */
import type { Exposure } from '../../../shared/domain/exposure.ts';
import type { Incident, Replay, ReplayEvent } from '../../../shared/domain/incident.ts';
import type { Scenario, ScenarioEvent } from '../../../shared/domain/scenario.ts';
import {
  findInstrumentsOf,
  listScenarioTargets,
  type ScenarioTargets,
} from '../../../shared/domain/scenario-targets.ts';
import type { Wad } from '../../../shared/domain/units.ts';
import { parseDecimal } from '../../../shared/format/numbers.ts';

/**
 * The replay's events put to every form in which the portfolio holds the incident's tokens; a slashing of validators to
 * the operator with the most native ETH. Null where nothing of it is held.
 */
export function replayIncident(exposure: Exposure, incident: Incident, replay: Replay): Scenario | null {
  const targets = listScenarioTargets(exposure);
  const instruments = incident.tokens.flatMap((token) => findInstrumentsOf(token, targets));
  const events = replay.events.map((event) => placeEvent(event, instruments, targets));
  if (!events.every((event) => event !== null)) return null;
  const { id, title, recorded } = incident;
  const name = replay.title === '' ? title : `${title} (${replay.title})`;
  return { preset: 'replay', events, incident: { id, title: name, recorded } };
}

function placeEvent(
  event: ReplayEvent,
  instruments: readonly string[],
  { operators }: ScenarioTargets,
): ScenarioEvent | null {
  if (event.kind === 'validators-slashed') {
    const largest = operators.reduce<(typeof operators)[number] | null>(
      (most, operator) => (operator.consensusWei > (most?.consensusWei ?? 0n) ? operator : most),
      null,
    );
    if (largest === null) return null;
    return { kind: 'client-bug', client: null, operators: [largest.address], loss: readShare(event.loss) };
  }
  if (instruments.length === 0) return null;
  switch (event.kind) {
    case 'unbacked-supply':
      return { kind: event.kind, instruments: [...instruments], share: readShare(event.share) };
    case 'depeg':
      return { kind: event.kind, instruments: [...instruments], discount: readShare(event.discount) };
    case 'queue-closed':
      return { kind: event.kind, instruments: [...instruments], days: event.days };
  }
}

/** `0.18` as a share of one; the catalogue's schema lets nothing else through. */
function readShare(text: string): Wad {
  const parsed = parseDecimal(text, 18);
  return (parsed.ok ? parsed.value : 0n) as Wad; // as: 18 decimals make a share of one
}

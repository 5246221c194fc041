/** Refuses a scenario whose numbers mean nothing. Whom it names is not checked: a strike at nobody costs nothing. */
import { AppError } from '../../../shared/contract/errors.ts';
import type { Cover } from '../../../shared/domain/cover.ts';
import type { Scenario, ScenarioEvent } from '../../../shared/domain/scenario.ts';
import { MAX_COVERS, MAX_DAYS, MAX_EVENTS } from '../../../shared/domain/scenario-kinds.ts';
import { WAD } from '../../../shared/domain/units.ts';

/**
 * @throws AppError scenario-invalid for no events, too many events or covers, a share outside (0, 1], a closure outside 1
 *   to 3650 days, an event that names nobody, an amount below zero
 */
export function validateScenario(scenario: Scenario): void {
  const { events, covers = [] } = scenario;
  if (events.length === 0 || events.length > MAX_EVENTS) {
    refuse(
      `A scenario has 1 to ${MAX_EVENTS} events; this one has ${events.length}.`,
      'Add an event, or split the scenario in two.',
    );
  }
  if (covers.length > MAX_COVERS) {
    refuse(`A scenario has at most ${MAX_COVERS} covers; this one has ${covers.length}.`, 'Leave some out.');
  }
  for (const [index, event] of events.entries()) validateEvent(event, index + 1);
  for (const cover of covers) validateCover(cover);
}

function validateEvent(event: ScenarioEvent, number: number): void {
  const share = shareOf(event);
  if (share !== null && (share <= 0n || share > WAD)) {
    refuse(
      `Event ${number} takes a share that is not above 0% and at most 100%.`,
      'Enter a percentage above 0 and at most 100.',
      `${event.kind}: ${share.toString()} of 1e18`,
    );
  }
  if (event.kind === 'queue-closed' && event.days !== null) {
    const { days } = event;
    if (!Number.isInteger(days) || days < 1 || days > MAX_DAYS) {
      refuse(
        `Event ${number} shuts redemption for ${days} days.`,
        `Enter 1 to ${MAX_DAYS} whole days, or no end.`,
      );
    }
  }
  if (namesNobody(event)) {
    refuse(`Event ${number} names nobody whom it strikes.`, 'Choose whom it strikes, or leave it out.');
  }
}

function shareOf(event: ScenarioEvent): bigint | null {
  switch (event.kind) {
    case 'operator-slash':
    case 'service-compromised':
      return event.wad;
    case 'client-bug':
    case 'contract-failure':
      return event.loss;
    case 'unbacked-supply':
      return event.share;
    case 'depeg':
      return event.discount;
    case 'provider-slash':
    case 'queue-closed':
      return null;
  }
}

function namesNobody(event: ScenarioEvent): boolean {
  switch (event.kind) {
    case 'operator-slash':
      return event.service.length === 0;
    case 'client-bug':
      return event.client === null && event.operators.length === 0;
    case 'unbacked-supply':
    case 'depeg':
    case 'queue-closed':
      return event.instruments.length === 0;
    case 'provider-slash':
      return event.provider === '';
    case 'service-compromised':
    case 'contract-failure':
      return false;
  }
}

function validateCover({ name, capWei, deductibleWei, pooledWei, positionIds, instruments }: Cover): void {
  if (capWei < 0n || deductibleWei < 0n || (pooledWei !== null && pooledWei < 0n)) {
    refuse(`The cover ${name} has an amount below zero.`, 'Enter amounts of zero or more.');
  }
  if (positionIds.length + instruments.length === 0) {
    refuse(`The cover ${name} covers nothing.`, 'Name positions or instruments that it covers.');
  }
}

function refuse(message: string, help: string, detail?: string): never {
  throw new AppError('scenario-invalid', message, detail === undefined ? { help } : { detail, help });
}

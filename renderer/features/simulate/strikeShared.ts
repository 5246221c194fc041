/** The scenario for a row of what positions share: the fault of that operator, service or contract. Pure. */
import type { Exposure, SharedRow } from '../../../shared/domain/exposure.ts';
import { listScenarioTargets } from '../../../shared/domain/scenario-targets.ts';
import {
  ALL_SERVICES,
  appendEvent,
  EMPTY_DRAFT,
  FIRST_FAILURE_PERCENT,
  FIRST_SLASH_PERCENT,
  type EventDraft,
  type ScenarioDraft,
} from './draft.ts';

/**
 * An operator is slashed by each of its services; a service slashes each operator that allocated to it, largest first;
 * anything else fails. Null where the row is not of this exposure, or nothing there can be slashed.
 */
export function strikeShared(rowId: string, exposure: Exposure): ScenarioDraft | null {
  const row = exposure.shared.find(({ id }) => id === rowId);
  if (!row) return null;
  const events = listStrikes(row, exposure);
  return events.length === 0 ? null : events.reduce(appendEvent, EMPTY_DRAFT);
}

function listStrikes(row: SharedRow, exposure: Exposure): readonly EventDraft[] {
  if (row.kind !== 'operator' && row.kind !== 'service') {
    return [{ kind: 'contract-failure', dependency: row.id, percent: FIRST_FAILURE_PERCENT }];
  }
  const { operators } = listScenarioTargets(exposure);
  const slash = { kind: 'operator-slash', percent: FIRST_SLASH_PERCENT } as const;
  if (row.kind === 'operator') {
    return operators
      .filter(({ address }) => row.id === `operator:${address}`)
      .map(({ address }) => ({ ...slash, operator: address, service: ALL_SERVICES }));
  }
  return operators.flatMap(({ address, services }) =>
    services
      .filter(({ id, allocatedWei }) => row.id === `service:${id}` && allocatedWei > 0n)
      .map(({ id }) => ({ ...slash, operator: address, service: id })),
  );
}

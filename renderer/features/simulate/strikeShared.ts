/** The scenario for a row of what positions share: the fault of that operator, service or contract. Pure. */
import type { Exposure, SharedRow } from '../../../shared/domain/exposure.ts';
import { ALL } from '../../../shared/domain/scenario-kinds.ts';
import { listScenarioTargets } from '../../../shared/domain/scenario-targets.ts';
import { appendEvent, EMPTY_DRAFT, type EventDraft, type ScenarioDraft } from './draft.ts';
import { FIRST_FAILURE_PERCENT, FIRST_SLASH_PERCENT } from './startEvent.ts';

/**
 * An operator is slashed by each of its services; a service slashes every operator that allocated to it; a client fails
 * with what runs on it; anything else fails. Null where the row is not of this exposure, or nothing there can be slashed.
 */
export function strikeShared(rowId: string, exposure: Exposure): ScenarioDraft | null {
  const row = exposure.shared.find(({ id }) => id === rowId);
  if (!row) return null;
  const event = findStrike(row, exposure);
  return event === null ? null : appendEvent(EMPTY_DRAFT, event);
}

function findStrike(row: SharedRow, exposure: Exposure): EventDraft | null {
  const { operators, services } = listScenarioTargets(exposure);
  const percent = FIRST_SLASH_PERCENT;
  switch (row.kind) {
    case 'operator': {
      const operator = operators.find(({ address }) => row.id === `operator:${address}`);
      return operator ? { kind: 'operator-slash', operator: operator.address, services: ALL, percent } : null;
    }
    case 'service': {
      const service = services.find(({ id }) => row.id === `service:${id}`);
      return service ? { kind: 'service-compromised', service: service.id, percent } : null;
    }
    case 'client':
      return { kind: 'client-bug', client: row.id, operators: [], percent };
    case 'contract':
    case 'oracle':
    case 'bridge':
    case 'custodian':
    case 'governance':
      return { kind: 'contract-failure', dependency: row.id, percent: FIRST_FAILURE_PERCENT };
  }
}

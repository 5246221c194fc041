/** The scenario as it is being written: as typed, so perhaps not complete. Pure. */
import type { EvmAddress } from '../../../shared/domain/address.ts';
import type { Cover } from '../../../shared/domain/cover.ts';
import { ALL, MAX_EVENTS } from '../../../shared/domain/scenario-kinds.ts';
import type { OperatorTarget } from '../../../shared/domain/scenario-targets.ts';

/** Some of several, by id; or all of them, whichever they are when it happens. */
export type Chosen<Id extends string = string> = typeof ALL | readonly Id[];

export interface SlashDraft {
  readonly kind: 'operator-slash';
  readonly operator: EvmAddress | null;
  readonly services: Chosen;
  readonly percent: string;
}

export interface ServiceDraft {
  readonly kind: 'service-compromised';
  readonly service: string | null;
  readonly percent: string;
}

export interface ClientDraft {
  readonly kind: 'client-bug';
  /** Null: no client is named, only validators. */
  readonly client: string | null;
  readonly operators: Chosen<EvmAddress>;
  readonly percent: string;
}

/** What it takes follows from each stake: there is nothing to enter. */
export interface ProviderDraft {
  readonly kind: 'provider-slash';
  readonly provider: string | null;
}

export interface FailureDraft {
  readonly kind: 'contract-failure';
  readonly dependency: string | null;
  readonly percent: string;
}

/** More tokens without backing, or a lower price for them. */
export interface TokenDraft {
  readonly kind: 'unbacked-supply' | 'depeg';
  readonly instruments: readonly string[];
  readonly percent: string;
}

export interface QueueDraft {
  readonly kind: 'queue-closed';
  readonly instruments: readonly string[];
  /** As typed; not looked at where there is no end. */
  readonly days: string;
  readonly isOpenEnded: boolean;
}

export type EventDraft =
  SlashDraft | ServiceDraft | ClientDraft | ProviderDraft | FailureDraft | TokenDraft | QueueDraft;

/** An event with an id of its own, which it keeps while it moves. */
export interface DraftEntry {
  readonly id: number;
  readonly event: EventDraft;
}

export interface ScenarioDraft {
  readonly entries: readonly DraftEntry[];
  readonly nextId: number;
  /** Covers come with a scenario that was loaded; they are not written here. */
  readonly covers: readonly Cover[];
}

export const EMPTY_DRAFT: ScenarioDraft = { entries: [], nextId: 1, covers: [] };

export function appendEvent(draft: ScenarioDraft, event: EventDraft): ScenarioDraft {
  const { entries, nextId } = draft;
  if (entries.length >= MAX_EVENTS) return draft;
  return { ...draft, entries: [...entries, { id: nextId, event }], nextId: nextId + 1 };
}

export function removeEvent(draft: ScenarioDraft, id: number): ScenarioDraft {
  return { ...draft, entries: draft.entries.filter((entry) => entry.id !== id) };
}

/** One place up (-1) or down (1); at the end of the list it stays. */
export function moveEvent(draft: ScenarioDraft, id: number, step: -1 | 1): ScenarioDraft {
  const from = draft.entries.findIndex((entry) => entry.id === id);
  const to = from + step;
  const moved = draft.entries[from];
  const other = draft.entries[to];
  if (!moved || !other) return draft;
  return { ...draft, entries: draft.entries.with(from, other).with(to, moved) };
}

export function changeEvent(draft: ScenarioDraft, id: number, event: EventDraft): ScenarioDraft {
  return { ...draft, entries: draft.entries.map((entry) => (entry.id === id ? { id, event } : entry)) };
}

export function removeCover(draft: ScenarioDraft, index: number): ScenarioDraft {
  return { ...draft, covers: draft.covers.toSpliced(index, 1) };
}

/** Another operator keeps the services it has an allocation to, and else means each of its own. */
export function chooseOperator(event: SlashDraft, operator: OperatorTarget): SlashDraft {
  const { services } = event;
  const kept =
    services === ALL ? [] : services.filter((id) => operator.services.some((service) => service.id === id));
  return { ...event, operator: operator.address, services: kept.length > 0 ? kept : ALL };
}

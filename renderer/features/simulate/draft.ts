/** The scenario as it is being written: as typed, so perhaps not complete. Pure. */
import type { EvmAddress } from '../../../shared/domain/address.ts';
import type { OperatorTarget, ScenarioTargets } from '../../../shared/domain/scenario-targets.ts';
import type { Scenario, ScenarioEvent, ScenarioPreset } from '../../../shared/domain/scenario.ts';
import { SHARE_UNIT } from '../../../shared/domain/figure.ts';
import { WAD, type Wad } from '../../../shared/domain/units.ts';
import { parseDecimal, toDecimalText } from '../../../shared/format/numbers.ts';

/** As scenarioSchema has it. */
export const MAX_EVENTS = 64;
/** Every service of an operator in turn. */
export const ALL_SERVICES = 'all';
/** Where an added event starts; the same as the suggestions do. */
export const FIRST_SLASH_PERCENT = '10';
export const FIRST_FAILURE_PERCENT = '20';
/** A percentage has two decimals less than the share it stands for. */
const PERCENT_DECIMALS = SHARE_UNIT.decimals - 2;

export interface SlashDraft {
  readonly kind: 'operator-slash';
  readonly operator: EvmAddress | null;
  /** A service id, or {@link ALL_SERVICES}. */
  readonly service: string;
  readonly percent: string;
}

export interface FailureDraft {
  readonly kind: 'contract-failure';
  readonly dependency: string | null;
  readonly percent: string;
}

export type EventDraft = SlashDraft | FailureDraft;

/** An event with an id of its own, which it keeps while it moves. */
export interface DraftEntry {
  readonly id: number;
  readonly event: EventDraft;
}

export interface ScenarioDraft {
  readonly entries: readonly DraftEntry[];
  readonly nextId: number;
}

export const EMPTY_DRAFT: ScenarioDraft = { entries: [], nextId: 1 };

export type EventProblem =
  | 'no-operator'
  | 'no-dependency'
  | 'empty'
  | 'not-a-number'
  | 'too-many-decimals'
  | 'negative'
  | 'zero'
  | 'above-all';

export function appendEvent({ entries, nextId }: ScenarioDraft, event: EventDraft): ScenarioDraft {
  if (entries.length >= MAX_EVENTS) return { entries, nextId };
  return { entries: [...entries, { id: nextId, event }], nextId: nextId + 1 };
}

export function removeEvent({ entries, nextId }: ScenarioDraft, id: number): ScenarioDraft {
  return { entries: entries.filter((entry) => entry.id !== id), nextId };
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

/** Another operator keeps the service where it has an allocation there, and else means each of its services. */
export function chooseOperator(event: SlashDraft, operator: OperatorTarget): SlashDraft {
  const hasService = operator.services.some(({ id }) => id === event.service);
  return { ...event, operator: operator.address, service: hasService ? event.service : ALL_SERVICES };
}

/** A new event of a kind, at what carries the most of this portfolio. */
export function startEvent(kind: EventDraft['kind'], targets: ScenarioTargets): EventDraft {
  if (kind === 'contract-failure') {
    return { kind, dependency: targets.dependencies[0]?.id ?? null, percent: FIRST_FAILURE_PERCENT };
  }
  const [operator] = targets.operators;
  return {
    kind,
    operator: operator?.address ?? null,
    service: ALL_SERVICES,
    percent: FIRST_SLASH_PERCENT,
  };
}

function draftEvent(event: ScenarioEvent): EventDraft {
  if (event.kind === 'contract-failure') {
    const { kind, dependency, loss } = event;
    return { kind, dependency, percent: toDecimalText(loss, PERCENT_DECIMALS) };
  }
  const { kind, operator, service, wad } = event;
  return { kind, operator, service, percent: toDecimalText(wad, PERCENT_DECIMALS) };
}

/** Inverse of {@link judgeDraft}: a scenario to be edited. */
export function draftScenario({ events }: Scenario): ScenarioDraft {
  return events.map(draftEvent).reduce(appendEvent, EMPTY_DRAFT);
}

type ReadPercent =
  { readonly ok: true; readonly share: Wad } | { readonly ok: false; readonly problem: EventProblem };

/** `12.5` as a share of one, 18 decimals, above zero and at most one. */
export function readPercent(text: string): ReadPercent {
  const parsed = parseDecimal(text, PERCENT_DECIMALS);
  if (!parsed.ok) return parsed;
  if (parsed.value === 0n) return { ok: false, problem: 'zero' };
  if (parsed.value > WAD) return { ok: false, problem: 'above-all' };
  return { ok: true, share: parsed.value as Wad }; // as: percent with 16 decimals is a share with 18
}

type ReadEvent =
  | { readonly ok: true; readonly event: ScenarioEvent }
  | { readonly ok: false; readonly problem: EventProblem };

function readEvent(event: EventDraft): ReadEvent {
  const percent = readPercent(event.percent);
  if (event.kind === 'operator-slash') {
    const { kind, operator, service } = event;
    if (operator === null) return { ok: false, problem: 'no-operator' };
    return percent.ok ? { ok: true, event: { kind, operator, service, wad: percent.share } } : percent;
  }
  const { kind, dependency } = event;
  if (dependency === null) return { ok: false, problem: 'no-dependency' };
  return percent.ok ? { ok: true, event: { kind, dependency, loss: percent.share } } : percent;
}

/** A scenario of one event is still the list entry it came from; anything longer is the user's own. */
function choosePreset(events: readonly ScenarioEvent[]): ScenarioPreset {
  const [only] = events;
  return only && events.length === 1 ? only.kind : 'custom';
}

export interface DraftJudgement {
  /** Null while the draft is empty or has a problem. */
  readonly scenario: Scenario | null;
  /** By entry id. */
  readonly problems: ReadonlyMap<number, EventProblem>;
}

export function judgeDraft({ entries }: ScenarioDraft): DraftJudgement {
  const events: ScenarioEvent[] = [];
  const problems = new Map<number, EventProblem>();
  for (const { id, event } of entries) {
    const read = readEvent(event);
    if (read.ok) events.push(read.event);
    else problems.set(id, read.problem);
  }
  if (problems.size > 0 || events.length === 0) return { scenario: null, problems };
  return { scenario: { preset: choosePreset(events), events }, problems };
}

function isSameEvent(a: ScenarioEvent, b: ScenarioEvent): boolean {
  if (a.kind === 'operator-slash') {
    return b.kind === a.kind && a.operator === b.operator && a.service === b.service && a.wad === b.wad;
  }
  return b.kind === a.kind && a.dependency === b.dependency && a.loss === b.loss;
}

/** Whether two scenarios say the same in the same order, whatever they were made from. */
export function isSameScenario(a: Scenario, b: Scenario): boolean {
  return (
    a.events.length === b.events.length &&
    a.events.every((event, index) => {
      const other = b.events[index];
      return other !== undefined && isSameEvent(event, other);
    })
  );
}

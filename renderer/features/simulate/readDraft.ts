/** From a draft to a scenario and back, with what is wrong on the way. Pure. */
import { SHARE_UNIT } from '../../../shared/domain/figure.ts';
import { ALL, MAX_DAYS } from '../../../shared/domain/scenario-kinds.ts';
import type { Scenario, ScenarioEvent, ScenarioPreset } from '../../../shared/domain/scenario.ts';
import { WAD, type Wad } from '../../../shared/domain/units.ts';
import { parseDecimal, toDecimalText } from '../../../shared/format/numbers.ts';
import {
  appendEvent,
  EMPTY_DRAFT,
  type Chosen,
  type EventDraft,
  type ProviderDraft,
  type QueueDraft,
  type ScenarioDraft,
} from './draft.ts';

/** A percentage has two decimals less than the share it stands for. */
const PERCENT_DECIMALS = SHARE_UNIT.decimals - 2;
/** What stands in the field of a closure without an end, should it be given one. */
const FIRST_DAYS = '14';

export type ChoiceProblem =
  'no-operator' | 'no-service' | 'no-strike' | 'no-provider' | 'no-dependency' | 'no-token';
export type NumberProblem =
  | 'empty'
  | 'not-a-number'
  | 'too-many-decimals'
  | 'negative'
  | 'zero'
  | 'above-all'
  | 'no-days'
  | 'not-whole-days'
  | 'too-many-days';
export type EventProblem = ChoiceProblem | NumberProblem;

/** Whether it is about the number in the sentence, not about who is struck. */
export function isNumberProblem(problem: EventProblem): problem is NumberProblem {
  return !problem.startsWith('no-') || problem === 'no-days';
}

function writePercent(share: Wad): string {
  return toDecimalText(share, PERCENT_DECIMALS);
}

function draftEvent(event: ScenarioEvent): EventDraft {
  switch (event.kind) {
    case 'operator-slash': {
      const { kind, operator, service, wad } = event;
      const services = service === ALL ? ALL : typeof service === 'string' ? [service] : service;
      return { kind, operator, services, percent: writePercent(wad) };
    }
    case 'service-compromised':
      return { kind: event.kind, service: event.service, percent: writePercent(event.wad) };
    case 'client-bug': {
      const { kind, client, operators, loss } = event;
      return { kind, client, operators, percent: writePercent(loss) };
    }
    case 'provider-slash':
      return { kind: event.kind, provider: event.provider };
    case 'contract-failure':
      return { kind: event.kind, dependency: event.dependency, percent: writePercent(event.loss) };
    case 'unbacked-supply':
      return { kind: event.kind, instruments: event.instruments, percent: writePercent(event.share) };
    case 'depeg':
      return { kind: event.kind, instruments: event.instruments, percent: writePercent(event.discount) };
    case 'queue-closed': {
      const { kind, instruments, days } = event;
      return {
        kind,
        instruments,
        days: days === null ? FIRST_DAYS : String(days),
        isOpenEnded: days === null,
      };
    }
  }
}

/** Inverse of {@link judgeDraft}: a scenario to be edited. */
export function draftScenario({ events, covers = [] }: Scenario): ScenarioDraft {
  return { ...events.map(draftEvent).reduce(appendEvent, EMPTY_DRAFT), covers };
}

type ReadPercent =
  { readonly ok: true; readonly share: Wad } | { readonly ok: false; readonly problem: NumberProblem };

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

function fail(problem: EventProblem): ReadEvent {
  return { ok: false, problem };
}

function readEvent(event: EventDraft): ReadEvent {
  if (event.kind === 'queue-closed') return readQueue(event);
  if (event.kind === 'provider-slash') {
    const { kind, provider } = event;
    return provider === null ? fail('no-provider') : { ok: true, event: { kind, provider } };
  }
  const choice = findMissingChoice(event);
  if (choice !== null) return fail(choice);
  const percent = readPercent(event.percent);
  return percent.ok ? makeEvent(event, percent.share) : percent;
}

type ShareDraft = Exclude<EventDraft, QueueDraft | ProviderDraft>;

function findMissingChoice(event: ShareDraft): ChoiceProblem | null {
  switch (event.kind) {
    case 'operator-slash':
      if (event.operator === null) return 'no-operator';
      return event.services.length === 0 ? 'no-service' : null;
    case 'service-compromised':
      return event.service === null ? 'no-service' : null;
    case 'client-bug':
      return event.client === null && event.operators.length === 0 ? 'no-strike' : null;
    case 'contract-failure':
      return event.dependency === null ? 'no-dependency' : null;
    case 'unbacked-supply':
    case 'depeg':
      return event.instruments.length === 0 ? 'no-token' : null;
  }
}

function makeEvent(event: ShareDraft, share: Wad): ReadEvent {
  switch (event.kind) {
    case 'operator-slash': {
      const { kind, operator, services } = event;
      if (operator === null) return fail('no-operator');
      return { ok: true, event: { kind, operator, service: writeServices(services), wad: share } };
    }
    case 'service-compromised': {
      const { kind, service } = event;
      return service === null ? fail('no-service') : { ok: true, event: { kind, service, wad: share } };
    }
    case 'client-bug': {
      const { kind, client } = event;
      const operators = event.operators === ALL ? ALL : [...event.operators];
      return { ok: true, event: { kind, client, operators, loss: share } };
    }
    case 'contract-failure': {
      const { kind, dependency } = event;
      return dependency === null
        ? fail('no-dependency')
        : { ok: true, event: { kind, dependency, loss: share } };
    }
    case 'unbacked-supply':
      return { ok: true, event: { kind: event.kind, instruments: [...event.instruments], share } };
    case 'depeg':
      return { ok: true, event: { kind: event.kind, instruments: [...event.instruments], discount: share } };
  }
}

/** One service stands by itself, as it did when there could be no more. */
function writeServices(services: Chosen): string | string[] {
  if (services === ALL) return ALL;
  const [only, ...more] = services;
  return only !== undefined && more.length === 0 ? only : [...services];
}

function readQueue({ kind, instruments, days, isOpenEnded }: QueueDraft): ReadEvent {
  if (instruments.length === 0) return fail('no-token');
  const event = { kind, instruments: [...instruments] };
  if (isOpenEnded) return { ok: true, event: { ...event, days: null } };
  const text = days.trim();
  if (text === '') return fail('no-days');
  if (!/^\d+$/u.test(text) || /^0+$/u.test(text)) return fail('not-whole-days');
  const count = Number(text);
  return count > MAX_DAYS ? fail('too-many-days') : { ok: true, event: { ...event, days: count } };
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

/**
 * `starts`: scenarios that a draft may have been taken from. One that still says the same is that one, with its name and,
 * of an incident, with what was recorded.
 */
export function judgeDraft(
  { entries, covers }: ScenarioDraft,
  starts: readonly Scenario[] = [],
): DraftJudgement {
  const events: ScenarioEvent[] = [];
  const problems = new Map<number, EventProblem>();
  for (const { id, event } of entries) {
    const read = readEvent(event);
    if (read.ok) events.push(read.event);
    else problems.set(id, read.problem);
  }
  if (problems.size > 0 || events.length === 0) return { scenario: null, problems };
  const own: Scenario = { preset: choosePreset(events), events };
  if (covers.length > 0) own.covers = [...covers];
  return { scenario: starts.find((start) => isSameScenario(start, own)) ?? own, problems };
}

/** Whether two scenarios say the same in the same order, whatever they were made from. */
export function isSameScenario(a: Scenario, b: Scenario): boolean {
  return isSameValue(a.events, b.events) && isSameValue(a.covers ?? [], b.covers ?? []);
}

/** Of plain data: bigint and text by value, lists in order, objects by field. */
function isSameValue(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  const [left, right] = [Object.entries(a), new Map(Object.entries(b))];
  return left.length === right.size && left.every(([key, value]) => isSameValue(value, right.get(key)));
}

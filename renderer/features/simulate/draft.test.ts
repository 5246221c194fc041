import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_EVENTS, SUGGESTED_PRESETS } from '../../../shared/domain/scenario-kinds.ts';
import { listScenarioTargets } from '../../../shared/domain/scenario-targets.ts';
import { scenarioSchema, type Scenario, type ScenarioEvent } from '../../../shared/domain/scenario.ts';
import { WAD, type Wad, type Wei } from '../../../shared/domain/units.ts';
import { ALDER, BIRCH, BRIDGE, makeExposure, RELAY } from '../testing/makeExposure.ts';
import {
  appendEvent,
  changeEvent,
  chooseOperator,
  EMPTY_DRAFT,
  moveEvent,
  removeCover,
  removeEvent,
  type EventDraft,
  type FailureDraft,
  type QueueDraft,
  type ScenarioDraft,
  type SlashDraft,
} from './draft.ts';
import { draftScenario, isSameScenario, judgeDraft, readPercent } from './readDraft.ts';
import { hasTarget, startEvent } from './startEvent.ts';

const slash: SlashDraft = { kind: 'operator-slash', operator: ALDER, services: [RELAY], percent: '10' };
const failure: FailureDraft = { kind: 'contract-failure', dependency: 'contract:core', percent: '20' };
const targets = listScenarioTargets(makeExposure());

function makeDraft(...events: EventDraft[]): ScenarioDraft {
  return events.reduce(appendEvent, EMPTY_DRAFT);
}

function listIds({ entries }: ScenarioDraft): readonly number[] {
  return entries.map(({ id }) => id);
}

describe('editing', () => {
  it('gives every event an id that no later one takes again', () => {
    const draft = makeDraft(slash, failure);
    expect(listIds(appendEvent(removeEvent(draft, 2), slash))).toEqual([1, 3]);
  });

  it('moves an event one place, and leaves it at the end of the list', () => {
    const draft = makeDraft(slash, failure, slash);
    expect(listIds(moveEvent(draft, 3, -1))).toEqual([1, 3, 2]);
    expect(listIds(moveEvent(draft, 1, 1))).toEqual([2, 1, 3]);
    expect(listIds(moveEvent(draft, 1, -1))).toEqual([1, 2, 3]);
    expect(listIds(moveEvent(draft, 3, 1))).toEqual([1, 2, 3]);
    expect(listIds(moveEvent(draft, 9, 1))).toEqual([1, 2, 3]);
  });

  it('changes one event and no other', () => {
    const changed = changeEvent(makeDraft(slash, failure), 1, { ...slash, percent: '33' });
    expect(changed.entries.map(({ event }) => event)).toEqual([{ ...slash, percent: '33' }, failure]);
  });

  it('takes no more events than a scenario may hold', () => {
    const full = makeDraft(...Array.from({ length: MAX_EVENTS + 3 }, () => slash));
    expect(full.entries).toHaveLength(MAX_EVENTS);
    expect(scenarioSchema.safeParse(judgeDraft(full).scenario).success).toBe(true);
  });

  it('keeps the service under another operator only where that operator allocated to it', () => {
    const birch = targets.operators.find(({ address }) => address === BIRCH);
    if (!birch) throw new Error('the exposure has no Birch');
    expect(chooseOperator(slash, birch)).toMatchObject({ operator: BIRCH, services: [RELAY] });
    expect(chooseOperator({ ...slash, services: [BRIDGE] }, birch)).toMatchObject({ services: 'all' });
    expect(chooseOperator({ ...slash, services: [BRIDGE, RELAY] }, birch)).toMatchObject({
      services: [RELAY],
    });
    expect(chooseOperator({ ...slash, services: 'all' }, birch)).toMatchObject({ services: 'all' });
  });

  it('starts a new event at what carries the most', () => {
    expect(startEvent('operator-slash', targets)).toMatchObject({ operator: ALDER, services: 'all' });
    expect(startEvent('contract-failure', targets)).toMatchObject({ dependency: 'contract:core' });
    expect(startEvent('service-compromised', targets)).toMatchObject({ service: BRIDGE });
    expect(startEvent('depeg', targets)).toMatchObject({ instruments: ['weETH'] });
    const nothing = { operators: [], services: [], providers: [], dependencies: [], tokens: [] };
    expect(startEvent('operator-slash', nothing)).toMatchObject({ operator: null });
    for (const preset of SUGGESTED_PRESETS) expect(hasTarget(preset, nothing)).toBe(false);
  });

  it('starts every kind that the portfolio has something for as an event that can be run', () => {
    const ready = SUGGESTED_PRESETS.filter((preset) => hasTarget(preset, targets));
    expect(ready).toEqual([
      'operator-slash',
      'service-compromised',
      'contract-failure',
      'unbacked-supply',
      'depeg',
      'queue-closed',
    ]);
    for (const preset of ready) {
      expect(judgeDraft(makeDraft(startEvent(preset, targets))).problems.size).toBe(0);
    }
  });
});

describe('a percentage', () => {
  it('is read without rounding', () => {
    expect(readPercent('12.5')).toEqual({ ok: true, share: WAD / 8n });
    expect(readPercent('100')).toEqual({ ok: true, share: WAD });
    expect(readPercent('0.0000000000000001')).toEqual({ ok: true, share: 1n });
  });

  it.each([
    ['', 'empty'],
    ['ten', 'not-a-number'],
    ['0,5', 'not-a-number'],
    ['-1', 'negative'],
    ['0', 'zero'],
    ['0.00', 'zero'],
    ['100.0000000000000001', 'above-all'],
    ['0.00000000000000001', 'too-many-decimals'],
  ])('refuses %j as %s', (text, problem) => {
    expect(readPercent(text)).toEqual({ ok: false, problem });
  });
});

describe('judging a draft', () => {
  it('names the problem of each event, and makes no scenario meanwhile', () => {
    const draft = makeDraft(slash, { ...failure, percent: '101' }, { ...slash, operator: null });
    const { scenario, problems } = judgeDraft(draft);
    expect(scenario).toBeNull();
    expect([...problems]).toEqual([[2, 'above-all'], [3, 'no-operator']]); // prettier-ignore
  });

  it('makes nothing of an empty draft', () => {
    expect(judgeDraft(EMPTY_DRAFT)).toEqual({ scenario: null, problems: new Map() });
  });

  it('asks for whom an event strikes', () => {
    const percent = '10';
    const problemOf = (event: EventDraft) => [...judgeDraft(makeDraft(event)).problems.values()];
    expect(problemOf({ ...slash, services: [] })).toEqual(['no-service']);
    expect(problemOf({ kind: 'service-compromised', service: null, percent })).toEqual(['no-service']);
    expect(problemOf({ kind: 'client-bug', client: null, operators: [], percent })).toEqual(['no-strike']);
    expect(problemOf({ ...failure, dependency: null })).toEqual(['no-dependency']);
    expect(problemOf({ kind: 'depeg', instruments: [], percent })).toEqual(['no-token']);
  });

  it.each([
    ['', 'no-days'],
    ['0', 'not-whole-days'],
    ['1.5', 'not-whole-days'],
    ['-3', 'not-whole-days'],
    ['3651', 'too-many-days'],
  ])('refuses %j days as %s, but not where there is no end', (days, problem) => {
    const queue: QueueDraft = { kind: 'queue-closed', instruments: ['weETH'], days, isOpenEnded: false };
    expect([...judgeDraft(makeDraft(queue)).problems.values()]).toEqual([problem]);
    expect(judgeDraft(makeDraft({ ...queue, isOpenEnded: true })).scenario?.events).toMatchObject([
      { days: null },
    ]);
  });

  it('is the scenario it was taken from while it says the same, with its name and its incident', () => {
    const incident = { id: 'x', title: 'X', recorded: 'as it was' };
    const start: Scenario = {
      preset: 'replay',
      events: [{ kind: 'depeg', instruments: ['weETH'], discount: WAD }],
      incident,
    };
    const draft = draftScenario(start);
    expect(judgeDraft(draft, [start]).scenario).toBe(start);
    const changed = changeEvent(draft, 1, { kind: 'depeg', instruments: ['weETH'], percent: '99' });
    expect(judgeDraft(changed, [start]).scenario).toEqual({
      preset: 'depeg',
      events: [{ kind: 'depeg', instruments: ['weETH'], discount: (WAD * 99n) / 100n }],
    });
  });

  it('keeps the covers a scenario came with, until they are left out', () => {
    const cover = {
      name: 'Pool',
      positionIds: [],
      instruments: ['weETH'],
      capWei: 1n as Wei, // as: brands exist at compile time only; so below
      deductibleWei: 0n as Wei,
      pooledWei: null,
      hangsOn: null,
    };
    const start: Scenario = {
      preset: 'custom',
      events: [{ kind: 'contract-failure', dependency: 'contract:core', loss: WAD }],
      covers: [cover],
    };
    const draft = draftScenario(start);
    expect(judgeDraft(draft).scenario?.covers).toEqual([cover]);
    expect(judgeDraft(removeCover(draft, 0)).scenario).not.toHaveProperty('covers');
    expect(isSameScenario(start, { ...start, covers: [] })).toBe(false);
  });

  it('calls a single event by its list entry, and anything longer the user’s own', () => {
    expect(judgeDraft(makeDraft(slash)).scenario?.preset).toBe('operator-slash');
    expect(judgeDraft(makeDraft(failure)).scenario?.preset).toBe('contract-failure');
    expect(judgeDraft(makeDraft(slash, failure)).scenario?.preset).toBe('custom');
  });
});

const share = fc.bigInt(1n, WAD).map((value) => value as Wad); // as: brands exist at compile time only
const instruments = fc.subarray(['weETH', 'rsETH'], { minLength: 1 });
const event: fc.Arbitrary<ScenarioEvent> = fc.oneof(
  fc.record({
    kind: fc.constant('operator-slash' as const),
    operator: fc.constantFrom(ALDER, BIRCH),
    service: fc.constantFrom('all', RELAY, BRIDGE),
    wad: share,
  }),
  fc.record({
    kind: fc.constant('operator-slash' as const),
    operator: fc.constant(ALDER),
    service: fc.subarray([RELAY, BRIDGE], { minLength: 2 }),
    wad: share,
  }),
  fc.record({ kind: fc.constant('service-compromised' as const), service: fc.constant(RELAY), wad: share }),
  fc.record({
    kind: fc.constant('client-bug' as const),
    client: fc.constant('client:x'),
    operators: fc.oneof(fc.constant('all' as const), fc.subarray([ALDER, BIRCH])),
    loss: share,
  }),
  fc.record({ kind: fc.constant('unbacked-supply' as const), instruments, share }),
  fc.record({ kind: fc.constant('depeg' as const), instruments, discount: share }),
  fc.record({
    kind: fc.constant('queue-closed' as const),
    instruments,
    days: fc.option(fc.integer({ min: 1, max: 3650 }), { nil: null }),
  }),
  fc.record({
    kind: fc.constant('contract-failure' as const),
    dependency: fc.constantFrom('contract:core', 'oracle:rate'),
    loss: share,
  }),
);
const scenario: fc.Arbitrary<Scenario> = fc.record({
  preset: fc.constant('custom' as const),
  events: fc.array(event, { minLength: 1, maxLength: 5 }),
});

describe('any scenario', () => {
  it('comes back from its draft to the last digit', () => {
    fc.assert(
      fc.property(scenario, (given) => {
        const read = judgeDraft(draftScenario(given)).scenario;
        expect(read && isSameScenario(read, given)).toBe(true);
        expect(read?.events).toEqual(given.events);
      }),
    );
  });

  it('is the same as another only with the same events in the same order', () => {
    fc.assert(
      fc.property(scenario, scenario, (a, b) => {
        const isEqual = JSON.stringify(a.events, writeBigint) === JSON.stringify(b.events, writeBigint);
        expect(isSameScenario(a, b)).toBe(isEqual);
      }),
    );
    const [first, second]: ScenarioEvent[] = [
      { kind: 'operator-slash', operator: ALDER, service: 'all', wad: WAD },
      { kind: 'contract-failure', dependency: 'contract:core', loss: WAD },
    ];
    if (!first || !second) throw new Error('two events are given above');
    const one: Scenario = { preset: 'custom', events: [first, second] };
    expect(isSameScenario(one, { preset: 'custom', events: [second, first] })).toBe(false);
    expect(isSameScenario(one, { preset: 'custom', events: [first] })).toBe(false);
  });
});

function writeBigint(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}

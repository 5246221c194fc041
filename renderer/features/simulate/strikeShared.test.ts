import { expect, it } from 'vitest';
import { ALDER, makeExposure, RELAY } from '../testing/makeExposure.ts';
import { judgeDraft } from './readDraft.ts';
import { strikeShared } from './strikeShared.ts';

const exposure = makeExposure();
const listEvents = (rowId: string) => strikeShared(rowId, exposure)?.entries.map(({ event }) => event);

it('strikes an operator through each of its services', () => {
  expect(listEvents(`operator:${ALDER}`)).toEqual([
    { kind: 'operator-slash', operator: ALDER, services: 'all', percent: '10' },
  ]);
});

it('lets a service slash every operator that allocated to it', () => {
  expect(listEvents(`service:${RELAY}`)).toEqual([
    { kind: 'service-compromised', service: RELAY, percent: '10' },
  ]);
});

it('lets anything else fail', () => {
  expect(listEvents('contract:core')).toEqual([
    { kind: 'contract-failure', dependency: 'contract:core', percent: '20' },
  ]);
});

it('makes a draft that can be run for every row there is', () => {
  for (const { id } of exposure.shared) {
    const draft = strikeShared(id, exposure);
    expect(draft && judgeDraft(draft).scenario).not.toBeNull();
  }
});

it('has nothing to strike for a row that is not of this exposure', () => {
  expect(strikeShared('operator:gone', exposure)).toBeNull();
});

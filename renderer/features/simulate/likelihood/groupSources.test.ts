import { describe, expect, it } from 'vitest';
import type { HazardClassId, Hazards } from '../../../../shared/domain/hazards.ts';
import { groupSources, type StudiedSource } from './groupSources.ts';

const make = (cls: HazardClassId, label: string, expectedLoss: number): StudiedSource =>
  ({ sourceId: label, class: cls, label, expectedLoss }) as unknown as StudiedSource; // as: all that is read

const hazards = {
  classes: [{ id: 'operator_fault' }, { id: 'bridge_failure' }, { id: 'custodian_other' }],
} as unknown as Hazards; // as: likewise

describe('what can happen', () => {
  const groups = groupSources(
    [make('operator_fault', 'a', 1), make('bridge_failure', 'b', 5), make('operator_fault', 'c', 2)],
    hazards,
  );

  it('is grouped by class, the costliest first in both', () => {
    expect(groups.map(({ hazard }) => hazard.id)).toEqual(['bridge_failure', 'operator_fault']);
    expect(groups[1]?.sources.map(({ label }) => label)).toEqual(['c', 'a']);
    expect(groups.map(({ expectedLoss }) => expectedLoss)).toEqual([5, 3]);
  });
});

import { expect, it } from 'vitest';
import type { Run } from '../../../shared/domain/scenario.ts';
import { LATEST_RUN, NO_RUN, resolveRun } from './runChoice.ts';

// `as`: only the ids of the runs are looked at.
const runs = [{ id: 'newer' }, { id: 'older' }] as unknown as readonly Run[];

it('puts the newest run in, or the chosen one', () => {
  expect(resolveRun(LATEST_RUN, runs)).toBe('newer');
  expect(resolveRun('older', runs)).toBe('older');
});

it('leaves the scenario out where that was chosen, or where there is none', () => {
  expect(resolveRun(NO_RUN, runs)).toBeNull();
  expect(resolveRun(LATEST_RUN, [])).toBeNull();
});

it('takes the newest where the chosen run is no longer kept', () => {
  expect(resolveRun('gone', runs)).toBe('newer');
});

import { expect, it } from 'vitest';
import { listTrials } from './list-trials.ts';
import { tinyWorkload } from './tiny-workload.ts';

it.each([null, tinyWorkload])('every trial compares and limits its own contestants', (workload) => {
  const trials = listTrials({ workload, paths: 1000, buildFolder: '' });
  expect(new Set(trials.map(({ id }) => id)).size).toBe(trials.length);
  for (const { contestants, comparisons, limits } of trials) {
    const names = contestants.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    const used = [
      ...comparisons.flatMap(({ one, other }) => [one, other]),
      ...limits.map(({ name }) => name),
    ];
    expect(names).toEqual(expect.arrayContaining(used));
  }
});

it('runs a given network in place of the generated ones', () => {
  const trials = listTrials({ workload: tinyWorkload, paths: 1000, buildFolder: '' });
  expect(trials.every(({ workload }) => workload === tinyWorkload)).toBe(true);
  // The marks are set for the generated ones.
  const marks = trials.flatMap(({ comparisons, limits }) => [...comparisons, ...limits]);
  expect(marks.every(({ wanted }) => wanted === null)).toBe(true);
});

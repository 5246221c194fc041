/** What a person at the screen waits for, with much more than most people have. */
import { measureChart, measureStore, measureValueOverTime } from './measure-history.ts';
import { measureTable } from './measure-page.ts';
import type { Pair } from './measure-pairs.ts';

export async function measureDesk(repetitions: number): Promise<Pair[]> {
  return [
    ...(await measureTable(repetitions)),
    measureChart(repetitions),
    measureStore(repetitions),
    measureValueOverTime(repetitions),
  ];
}

/** Two pieces of work, turn by turn in one process: how long each takes, and how many times as long as the other. */
import { performance } from 'node:perf_hooks';
import { formatNumber } from '../format-table.ts';
import { spreadOf, spreadOfRatios, type Spread } from '../statistics.ts';

export interface Pair {
  readonly name: string;
  readonly baseline: string;
  /** Milliseconds of each repetition. */
  readonly times: readonly number[];
  readonly baselineTimes: readonly number[];
  /** What a person should not wait longer for, milliseconds; null where nothing is promised. */
  readonly wanted: number | null;
}

/** Runs before anything is measured: the compiler needs to have seen the loops. */
const WARM_UP = 3;

export function measurePair(
  { name, baseline, wanted }: Pick<Pair, 'name' | 'baseline' | 'wanted'>,
  work: () => unknown,
  baselineWork: () => unknown,
  repetitions: number,
): Pair {
  const times: number[] = [];
  const baselineTimes: number[] = [];
  for (let round = -WARM_UP; round < repetitions; round++) {
    const begun = performance.now();
    work();
    const middle = performance.now();
    baselineWork();
    const ended = performance.now();
    if (round < 0) continue;
    times.push(middle - begun);
    baselineTimes.push(ended - middle);
  }
  return { name, baseline, wanted, times, baselineTimes };
}

/** A table of pairs, its head first. */
export function listPairs(pairs: readonly Pair[]): string[][] {
  const head = ['what', 'ms', 'baseline', 'ms', 'ratio', 'wanted'];
  const rows = pairs.map(({ name, baseline, times, baselineTimes, wanted }) => [
    name,
    describe(spreadOf(times)),
    baseline,
    describe(spreadOf(baselineTimes)),
    describe(spreadOfRatios(times, baselineTimes)),
    wanted === null ? '' : `below ${wanted} ms: ${spreadOf(times).median < wanted ? 'reached' : 'MISSED'}`,
  ]);
  return [head, ...rows];
}

function describe({ min, median, max }: Spread): string {
  return `${formatNumber(median)} (${formatNumber(min)} to ${formatNumber(max)})`;
}

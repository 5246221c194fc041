/** A trial: contestants on one workload, what is compared, and what was promised. */
import type { Contestant } from './contestant.ts';
import type { Measured, Repetition } from './run-interleaved.ts';
import { spreadOf, spreadOfRatios, type Spread } from './statistics.ts';
import type { Workload } from './workload.ts';

/** How many times as fast one is as the other, both named. */
export interface Comparison {
  readonly one: string;
  readonly other: string;
  /** At least this ratio; null where it is only reported. */
  readonly wanted: number | null;
}

/** A bound on one contestant. */
export interface Limit {
  readonly name: string;
  /** Of one run, or of the process after any run. */
  readonly quantity: 'milliseconds' | 'megabytes';
  /** At most this; null where it is only reported. */
  readonly wanted: number | null;
}

export interface Trial {
  readonly id: string;
  readonly title: string;
  readonly workload: Workload;
  /** Whether the contestants' figures are those of one distribution, to be held against each other. */
  readonly mustAgree: boolean;
  /** Whether the mean loss is the sum of p w: not where faults spread. */
  readonly isLinear: boolean;
  /** What speed is counted in. */
  readonly unit: 'path' | 'run';
  readonly contestants: readonly Contestant[];
  readonly comparisons: readonly Comparison[];
  readonly limits: readonly Limit[];
}

export type Verdict = 'reached' | 'missed' | 'not measured' | 'no mark';

export interface ComparisonResult extends Comparison {
  readonly ratio: Spread | null;
  readonly verdict: Verdict;
}

export interface LimitResult extends Limit {
  readonly value: Spread | null;
  readonly verdict: Verdict;
}

/** Judged by the median. */
export function judgeComparison(
  comparison: Comparison,
  measured: readonly Measured[],
  unit: Trial['unit'],
): ComparisonResult {
  const [one, other] = [comparison.one, comparison.other].map((name) => listRatesOf(name, measured, unit));
  const ratio =
    one === undefined || other === undefined || one.length === 0 || other.length === 0
      ? null
      : spreadOfRatios(one, other);
  const { wanted } = comparison;
  return { ...comparison, ratio, verdict: judge(ratio, wanted, (median, mark) => median >= mark) };
}

/** Over all runs of all repetitions. */
export function judgeLimit(limit: Limit, measured: readonly Measured[]): LimitResult {
  const values = findRepetitions(limit.name, measured)
    .flatMap(({ memoryMb, runSeconds }) =>
      limit.quantity === 'megabytes' ? [memoryMb] : runSeconds.map((seconds) => 1000 * seconds),
    )
    .filter((value) => value !== null);
  const value = values.length === 0 ? null : spreadOf(values);
  return { ...limit, value, verdict: judge(value, limit.wanted, (median, mark) => median <= mark) };
}

function judge(
  spread: Spread | null,
  wanted: number | null,
  isReached: (median: number, mark: number) => boolean,
): Verdict {
  if (spread === null) return 'not measured';
  if (wanted === null) return 'no mark';
  return isReached(spread.median, wanted) ? 'reached' : 'missed';
}

function findRepetitions(name: string, measured: readonly Measured[]): readonly Repetition[] {
  const found = measured.find((entry) => entry.name === name);
  if (found === undefined) throw new Error(`Nobody is called ${name}.`);
  return found.repetitions;
}

function listRatesOf(name: string, measured: readonly Measured[], unit: Trial['unit']): number[] {
  return findRepetitions(name, measured).map((repetition) => rateOf(repetition, unit));
}

/** Paths, or runs, per second. */
export function rateOf({ count, seconds, runSeconds }: Repetition, unit: Trial['unit']): number {
  return (unit === 'path' ? count : runSeconds.length) / seconds;
}

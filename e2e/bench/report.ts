/** What a finished benchmark says: as rows of tables, and as the object that `--json` prints. */
import type { Measured } from './run-interleaved.ts';
import { formatNumber } from './format-table.ts';
import { spreadOf, type Spread } from './statistics.ts';
import { rateOf, type ComparisonResult, type LimitResult, type Trial, type Verdict } from './trial.ts';
import { countServices, type Workload } from './workload.ts';

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly node: string;
  readonly system: string;
}

export interface TrialReport {
  readonly id: string;
  readonly title: string;
  readonly workload: string;
  readonly unit: Trial['unit'];
  readonly measured: readonly Measured[];
  readonly comparisons: readonly ComparisonResult[];
  readonly limits: readonly LimitResult[];
  /** Figures on which the programs do not agree; empty where all is well. */
  readonly disagreements: readonly string[];
}

export interface BenchReport {
  readonly machine: Machine;
  readonly repetitions: number;
  readonly isQuick: boolean;
  readonly trials: readonly TrialReport[];
}

export function describeWorkload(workload: Workload): string {
  const faults = workload.operators.reduce((sum, { hazard }) => sum + hazard, 0);
  return [
    `${workload.name}: ${workload.operators.length} operators`,
    `${countServices(workload)} services`,
    `${workload.edges.length} edges`,
    `${workload.positions.length} positions`,
    `${formatNumber(faults)} faults per path`,
    `rho ${workload.rho}`,
  ].join(', ');
}

const HEAD = ['median', 'min', 'max'];

/** One row per contestant: paths, or runs, per second. */
export function listRates(trial: TrialReport): string[][] {
  const rows = trial.measured.map(({ name, skipped, repetitions }) =>
    skipped !== null || repetitions.length === 0
      ? [name, `skipped: ${skipped ?? 'not run'}`, '', '']
      : [name, ...formatSpread(spreadOf(repetitions.map((repetition) => rateOf(repetition, trial.unit))))],
  );
  return [[`${trial.unit}s per second`, ...HEAD], ...rows];
}

export function listComparisons(trial: TrialReport): string[][] {
  const rows = trial.comparisons.map(({ one, other, ratio, wanted, verdict }) => [
    `${one} / ${other}`,
    ...formatSpread(ratio),
    wanted === null ? '' : `>= ${wanted}`,
    formatVerdict(verdict),
  ]);
  return [['times as fast', ...HEAD, 'wanted', ''], ...rows];
}

export function listLimits(trial: TrialReport): string[][] {
  const rows = trial.limits.map(({ name, quantity, value, wanted, verdict }) => [
    `${name}, ${quantity === 'milliseconds' ? 'ms' : 'MB'}`,
    ...formatSpread(value),
    wanted === null ? '' : `<= ${wanted}`,
    formatVerdict(verdict),
  ]);
  return [['at most', ...HEAD, 'wanted', ''], ...rows];
}

/** The tools that took part, each once. */
export function listTools(report: BenchReport): string[] {
  const tools = report.trials.flatMap(({ measured }) =>
    measured.map(({ repetitions }) => repetitions[0]?.tool),
  );
  return [...new Set(tools.filter((tool) => typeof tool === 'string'))];
}

export function describeRun({ machine, repetitions, isQuick }: BenchReport): string {
  const quick = isQuick ? ' A quick run: fewer paths, figures for a first look only.' : '';
  return `${machine.cpu}, ${machine.cores} cores, ${machine.system}, Node ${machine.node}; ${repetitions} repetitions, interleaved.${quick}`;
}

function formatSpread(spread: Spread | null): string[] {
  return spread === null ? ['', '', ''] : [spread.median, spread.min, spread.max].map(formatNumber);
}

function formatVerdict(verdict: Verdict): string {
  return verdict === 'no mark' ? '' : verdict;
}

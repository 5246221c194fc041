/** Runs one trial from the workload's files to its report. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeDisagreement, findDisagreements, findWrongMeans } from './agreement.ts';
import type { PreparedWorkload } from './contestant.ts';
import { encodeWorkload } from './encode-workload.ts';
import { describeWorkload, type TrialReport } from './report.ts';
import { runInterleaved, type InterleaveOptions } from './run-interleaved.ts';
import { judgeComparison, judgeLimit, type Trial } from './trial.ts';
import { computeExpectedLoss, type Workload } from './workload.ts';

export async function runTrial(trial: Trial, options: InterleaveOptions): Promise<TrialReport> {
  const measured = await withPreparedWorkload(trial.workload, (prepared) =>
    runInterleaved(trial.contestants, prepared, options),
  );
  const disagreements = [
    ...(trial.mustAgree ? findDisagreements(measured) : []),
    ...(trial.isLinear ? findWrongMeans(measured, computeExpectedLoss(trial.workload)) : []),
  ];
  return {
    id: trial.id,
    title: trial.title,
    workload: describeWorkload(trial.workload),
    unit: trial.unit,
    measured,
    comparisons: trial.comparisons.map((comparison) => judgeComparison(comparison, measured, trial.unit)),
    limits: trial.limits.map((limit) => judgeLimit(limit, measured)),
    disagreements: disagreements.map(describeDisagreement),
  };
}

/** Writes the workload in both its forms for as long as `use` takes. */
export async function withPreparedWorkload<T>(
  workload: Workload,
  use: (prepared: PreparedWorkload) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'ballast-bench-'));
  try {
    const jsonFile = join(folder, 'workload.json');
    const binaryFile = join(folder, 'workload.bin');
    writeFileSync(jsonFile, JSON.stringify(workload));
    writeFileSync(binaryFile, encodeWorkload(workload));
    return await use({ workload, jsonFile, binaryFile });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

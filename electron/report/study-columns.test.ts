import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_STUDY_REQUEST } from '../../shared/domain/kept-study.ts';
import { reportSchema, type Report } from '../../shared/domain/report.ts';
import { listEvidence } from '../../shared/domain/study-evidence.ts';
import { loadHazards } from '../hazards.ts';
import { openStudy } from '../risk/distribution/loss-study.ts';
import { renderReportCsv } from './render-csv.ts';
import { renderReportJson } from './render-json.ts';
import { makeReportInput, makeSampleReport } from './testing/sample-report.ts';

let report: Report;

beforeAll(() => {
  const hazards = loadHazards(join(import.meta.dirname, '..', '..', 'assets'));
  const request = { ...DEFAULT_STUDY_REQUEST, paths: 5000 };
  const { study } = openStudy('study', makeReportInput().exposure, hazards, request);
  report = makeSampleReport({
    likelihood: { madeAt: 1, study, evidence: listEvidence(study, hazards) },
  });
});

function readRows(given: Report): Record<string, string>[] {
  const [head = '', ...lines] = new TextDecoder().decode(renderReportCsv(given)).trim().split('\r\n');
  // No name of the sample holds a comma.
  const names = head.split(',');
  return lines.map((line) =>
    Object.fromEntries(line.split(',').map((cell, index) => [names[index] ?? '', cell])),
  );
}

describe('a report with a study', () => {
  it('has columns that sum to the study’s own figures', () => {
    const rows = readRows(report);
    for (const { set, distribution } of report.likelihood?.study.sets ?? []) {
      const sum = (column: string) => rows.reduce((total, row) => total + Number(row[column]), 0);
      expect(sum(`expected_loss_${set}_eth`) / distribution.expectedLoss.value).toBeCloseTo(1, 3);
      const tail = distribution.tails.find(({ level }) => level === distribution.attributionLevel);
      expect(sum(`expected_shortfall_${set}_eth`) / (tail?.expectedShortfall.value ?? 0)).toBeCloseTo(1, 3);
    }
    expect(rows.every((row) => row['study_years'] === '1')).toBe(true);
  });

  it('leaves the columns empty without one', () => {
    const rows = readRows(makeSampleReport());
    expect(rows.every((row) => row['study_years'] === '' && row['expected_loss_base_eth'] === '')).toBe(true);
  });

  it('carries the study and its evidence as JSON, and names the formulas', () => {
    const text = new TextDecoder().decode(renderReportJson(report));
    const { likelihood } = JSON.parse(text) as { likelihood: { evidence: { classes: { id: string }[] } } };
    expect(likelihood.evidence.classes.map(({ id }) => id)).toContain('contract_exploit_issuer');
    expect(report.formulas).toEqual(expect.arrayContaining(['expected-loss', 'expected-shortfall']));
    expect(reportSchema.parse(report)).toEqual(report);
  });

  it('is read without one too, as those of earlier versions are', () => {
    const earlier = makeSampleReport();
    expect(Object.hasOwn(earlier, 'likelihood')).toBe(false);
    expect(reportSchema.parse(earlier)).toEqual(earlier);
  });
});

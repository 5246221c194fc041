import { describe, expect, it } from 'vitest';
import { findDisagreements, findWrongMeans } from './agreement.ts';
import type { Figures } from './contestant.ts';
import { formatMarkdownTable, formatNumber, formatTextTable } from './format-table.ts';
import { replaceBetweenMarkers } from './replace-between-markers.ts';
import { listComparisons, listLimits, listRates, type TrialReport } from './report.ts';
import type { Measured, Repetition } from './run-interleaved.ts';
import { judgeComparison, judgeLimit } from './trial.ts';

const figures: Figures = { el: 100, var99: 200, cvar99: 300, var999: 400, cvar999: 500 };
const errors: Figures = { el: 1, var99: 2, cvar99: 3, var999: 4, cvar999: 5 };

function repeat(seconds: number, change: Partial<Repetition> = {}): Repetition {
  const quiet = { figures: null, errors: null, tool: null, memoryMb: null };
  return { ...quiet, seconds, count: 100, runSeconds: [seconds / 2, seconds / 2], ...change };
}

function measure(name: string, ...repetitions: Repetition[]): Measured {
  return { name, skipped: null, repetitions };
}

const measured: Measured[] = [
  measure('fast', repeat(1), repeat(2), repeat(1)),
  measure('slow', repeat(10), repeat(20), repeat(12)),
  { name: 'absent', skipped: 'numpy not found', repetitions: [] },
];

describe('judging a trial', () => {
  it('compares rates pair by pair, and judges by the median', () => {
    const result = judgeComparison({ one: 'fast', other: 'slow', wanted: 10 }, measured, 'path');
    expect(result.ratio).toEqual({ min: 10, median: 10, max: 12 });
    expect(result.verdict).toBe('reached');
    expect(judgeComparison({ one: 'fast', other: 'slow', wanted: 11 }, measured, 'path').verdict).toBe(
      'missed',
    );
  });

  it('counts paths or runs', () => {
    const uneven = [measure('many', repeat(1, { count: 1000 })), measure('few', repeat(1))];
    const comparison = { one: 'many', other: 'few', wanted: null };
    expect(judgeComparison(comparison, uneven, 'path').ratio?.median).toBe(10);
    expect(judgeComparison(comparison, uneven, 'run').ratio?.median).toBe(1);
  });

  it('says of what did not run that it was not measured', () => {
    const result = judgeComparison({ one: 'fast', other: 'absent', wanted: 10 }, measured, 'path');
    expect(result).toMatchObject({ ratio: null, verdict: 'not measured' });
  });

  it('holds every run against a limit of time, and every process against one of memory', () => {
    const limit = { name: 'fast', quantity: 'milliseconds', wanted: 499 } as const;
    expect(judgeLimit(limit, measured)).toMatchObject({
      value: { min: 500, median: 500, max: 1000 },
      verdict: 'missed',
    });
    const big = [measure('big', repeat(1, { memoryMb: 250 }))];
    expect(judgeLimit({ name: 'big', quantity: 'megabytes', wanted: 300 }, big).verdict).toBe('reached');
    expect(judgeLimit({ ...limit, quantity: 'megabytes' }, measured).verdict).toBe('not measured');
  });

  it('knows everybody it is asked about', () => {
    expect(() => judgeComparison({ one: 'fast', other: 'nobody', wanted: 1 }, measured, 'path')).toThrow(
      'nobody',
    );
  });
});

describe('agreement', () => {
  const claim = (name: string, change: Partial<Figures>): Measured =>
    measure(name, repeat(1, { figures: { ...figures, ...change }, errors }));

  it('allows what the standard errors allow', () => {
    expect(findDisagreements([claim('one', {}), claim('other', { el: 106, cvar999: 520 })])).toEqual([]);
  });

  it('finds a figure that is off, and one that is none', () => {
    expect(findDisagreements([claim('one', {}), claim('other', { var99: 220 })])).toMatchObject([
      { figure: 'var99', one: 'one', other: 'other', values: [200, 220] },
    ]);
    expect(findDisagreements([claim('one', {}), claim('other', { el: NaN })])).toHaveLength(1);
  });

  it('does not quarrel over which of two lumps a level falls on', () => {
    const lump = (name: string, var99: number): Measured =>
      measure(name, repeat(1, { figures: { ...figures, var99 }, errors: { ...errors, var99: 1e-3 } }));
    expect(findDisagreements([lump('one', 200), lump('other', 150)])).toEqual([]);
    const both = [lump('one', 200), claim('other', { var99: 150 })];
    expect(findDisagreements(both)).toHaveLength(1);
  });

  it('holds the means against the exact one', () => {
    expect(findWrongMeans([claim('one', {}), claim('other', { el: 103 })], 97)).toMatchObject([
      { one: 'other', values: [103, 97] },
    ]);
  });

  it('has nothing to say about runs without figures', () => {
    expect(findDisagreements(measured)).toEqual([]);
    expect(findWrongMeans(measured, 1)).toEqual([]);
  });
});

describe('tables', () => {
  const trial: TrialReport = {
    id: 'x',
    title: '',
    workload: '',
    unit: 'path',
    measured,
    comparisons: [judgeComparison({ one: 'fast', other: 'slow', wanted: 10 }, measured, 'path')],
    limits: [judgeLimit({ name: 'slow', quantity: 'milliseconds', wanted: null }, measured)],
    disagreements: [],
  };

  it('have a row for everybody, with the reason where one is missing', () => {
    expect(listRates(trial)).toEqual([
      ['paths per second', 'median', 'min', 'max'],
      ['fast', '100', '50', '100'],
      ['slow', '8.33', '5', '10'],
      ['absent', 'skipped: numpy not found', '', ''],
    ]);
  });

  it('show the mark and whether it was reached', () => {
    expect(listComparisons(trial)[1]).toEqual(['fast / slow', '10', '10', '12', '>= 10', 'reached']);
    expect(listLimits(trial)[1]).toEqual(['slow, ms', '6000', '5000', '10k', '', '']);
  });

  it('stand in columns, or in Markdown', () => {
    const rows = [
      ['name', 'n'],
      ['a', '10'],
    ];
    expect(formatTextTable(rows)).toBe('name   n\n----  --\na     10');
    expect(formatMarkdownTable(rows)).toBe('| name | n |\n|---|---:|\n| a | 10 |');
  });

  it('print three digits', () => {
    const numbers = [0.70421, 7.5, 999.6, 9990, 62_140, 999_700, 1_234_567, 14_210_000];
    expect(numbers.map(formatNumber)).toEqual([
      '0.704',
      '7.5',
      '1000',
      '9990',
      '62.1k',
      '1M',
      '1.23M',
      '14.2M',
    ]);
  });

  it('go between the markers of their page, and nowhere else', () => {
    const page = 'before\n<!-- bench:x -->\nold\n<!-- /bench:x -->\nafter';
    expect(replaceBetweenMarkers(page, 'x', 'new')).toBe(
      'before\n<!-- bench:x -->\nnew\n<!-- /bench:x -->\nafter',
    );
    expect(() => replaceBetweenMarkers(page, 'y', 'new')).toThrow('bench:y');
  });
});

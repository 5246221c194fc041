import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Contestant, Figures, PreparedWorkload } from './contestant.ts';
import { runTrial } from './run-trial.ts';
import { tinyWorkload } from './tiny-workload.ts';
import type { Trial } from './trial.ts';
import { computeExpectedLoss, parseWorkload } from './workload.ts';

const figures: Figures = {
  el: computeExpectedLoss(tinyWorkload),
  var99: 2,
  cvar99: 3,
  var999: 4,
  cvar999: 5,
};
const errors: Figures = { el: 0.1, var99: 0.1, cvar99: 0.1, var999: 0.1, cvar999: 0.1 };
const options = { repetitions: 3, leastSeconds: 0 };

function createStub(name: string, seconds: number, change: Partial<Figures> = {}): Contestant {
  return {
    name,
    prepare: async () => null,
    run: async () => ({
      seconds,
      count: 100,
      figures: { ...figures, ...change },
      errors,
      tool: null,
      memoryMb: null,
    }),
    dispose: async () => undefined,
  };
}

function makeTrial(contestants: readonly Contestant[]): Trial {
  return {
    id: 'stub',
    title: 'Stubs',
    workload: tinyWorkload,
    mustAgree: true,
    isLinear: true,
    unit: 'path',
    contestants,
    comparisons: [{ one: 'fast', other: 'slow', wanted: 5 }],
    limits: [{ name: 'slow', quantity: 'milliseconds', wanted: 100 }],
  };
}

describe('runTrial', () => {
  it('measures, compares and judges', async () => {
    const report = await runTrial(makeTrial([createStub('fast', 0.01), createStub('slow', 0.1)]), options);
    expect(report.comparisons[0]).toMatchObject({ verdict: 'reached', ratio: { median: 10 } });
    expect(report.limits[0]).toMatchObject({ verdict: 'reached', value: { median: 100 } });
    expect(report.disagreements).toEqual([]);
    expect(report.workload).toContain('7 operators');
  });

  it('finds who comes to other figures', async () => {
    const wrong = { el: figures.el + 1, cvar99: 4 };
    const report = await runTrial(makeTrial([createStub('fast', 1), createStub('slow', 1, wrong)]), options);
    // The mean twice: against the other program's, and against the sum of p w.
    expect(report.disagreements).toHaveLength(3);
    expect(report.disagreements.join()).toContain('slow says 4');
  });

  it('hands out the workload in both its forms, for as long as the trial lasts', async () => {
    const seen: PreparedWorkload[] = [];
    const reader: Contestant = {
      ...createStub('slow', 1),
      prepare: async (prepared) => {
        seen.push(prepared);
        expect(parseWorkload(readFileSync(prepared.jsonFile, 'utf8'))).toEqual(tinyWorkload);
        expect(readFileSync(prepared.binaryFile).subarray(0, 8).toString()).toBe('BALLAST1');
        return null;
      },
    };
    await runTrial(makeTrial([createStub('fast', 1), reader]), options);
    expect(seen).toHaveLength(1);
    expect(existsSync(seen[0]!.jsonFile)).toBe(false);
  });
});

import { describe, expect, it } from 'vitest';
import type { Contestant, Outcome } from './contestant.ts';
import { runInterleaved } from './run-interleaved.ts';
import { tinyWorkload } from './tiny-workload.ts';

const prepared = { workload: tinyWorkload, jsonFile: '', binaryFile: '' };
const quiet: Omit<Outcome, 'seconds'> = {
  count: 10,
  figures: null,
  errors: null,
  tool: null,
  memoryMb: null,
};

interface Stub {
  readonly seconds?: number;
  readonly skipped?: string;
  readonly failsAt?: 'prepare' | 'run';
}

function createStub(name: string, log: string[], { seconds = 1, skipped, failsAt }: Stub = {}): Contestant {
  return {
    name,
    prepare: async () => {
      log.push(`prepare ${name}`);
      if (failsAt === 'prepare') throw new Error('no');
      return skipped ?? null;
    },
    run: async (seed) => {
      log.push(`${name} ${seed}`);
      if (failsAt === 'run') throw new Error('no');
      return { ...quiet, seconds };
    },
    dispose: async () => void log.push(`dispose ${name}`),
  };
}

describe('runInterleaved', () => {
  it('takes turns', async () => {
    const log: string[] = [];
    const contestants = ['A', 'B', 'C'].map((name) => createStub(name, log));
    const measured = await runInterleaved(contestants, prepared, { repetitions: 2, leastSeconds: 0 });
    expect(log.slice(3, 9)).toEqual(['A 1000', 'B 1000', 'C 1000', 'A 2000', 'B 2000', 'C 2000']);
    expect(measured.map(({ repetitions }) => repetitions.length)).toEqual([2, 2, 2]);
  });

  it('repeats what is too short to be measured, on other seeds, and adds it up', async () => {
    const log: string[] = [];
    const contestants = [createStub('short', log, { seconds: 0.25 })];
    const [measured] = await runInterleaved(contestants, prepared, { repetitions: 1, leastSeconds: 1 });
    expect(log.slice(1, 5)).toEqual(['short 1000', 'short 1001', 'short 1002', 'short 1003']);
    const runSeconds = [0.25, 0.25, 0.25, 0.25];
    expect(measured?.repetitions).toEqual([{ ...quiet, seconds: 1, count: 40, runSeconds }]);
  });

  it('leaves out who cannot run, and says why', async () => {
    const log: string[] = [];
    const contestants = [createStub('A', log, { skipped: 'numpy not found' }), createStub('B', log)];
    const measured = await runInterleaved(contestants, prepared, { repetitions: 2, leastSeconds: 0 });
    expect(measured[0]).toEqual({ name: 'A', skipped: 'numpy not found', repetitions: [] });
    expect(log).not.toContain('A 1000');
    expect(log).toContain('dispose A');
  });

  it.each(['prepare', 'run'] as const)('ends everybody when one fails in %s', async (failsAt) => {
    const log: string[] = [];
    const contestants = [createStub('A', log), createStub('B', log, { failsAt })];
    const run = runInterleaved(contestants, prepared, { repetitions: 1, leastSeconds: 0 });
    await expect(run).rejects.toThrow('no');
    expect(log.slice(-2)).toEqual(['dispose A', 'dispose B']);
  });
});

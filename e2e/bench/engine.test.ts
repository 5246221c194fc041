import { describe, expect, it } from 'vitest';
import { computeExactFigures } from './brute-force.ts';
import { FIGURE_NAMES, type Outcome } from './contestant.ts';
import { createEngineContestant, type EngineTask } from './engine-contestant.ts';
import { runInterleaved } from './run-interleaved.ts';
import { withPreparedWorkload } from './run-trial.ts';
import { tinyWorkload } from './tiny-workload.ts';
import type { Workload } from './workload.ts';

const once = { repetitions: 1, leastSeconds: 0 };
const simulation: EngineTask = { kind: 'simulate', paths: 200_000, hasCascades: false, workers: 1 };

async function run(tasks: readonly EngineTask[], workload: Workload = tinyWorkload) {
  const contestants = tasks.map((task, i) => createEngineContestant(`task ${i}`, task));
  return withPreparedWorkload(workload, (prepared) => runInterleaved(contestants, prepared, once));
}

function expectToMatch({ figures, errors }: Outcome, hasCascades: boolean, what: string): void {
  const exact = computeExactFigures(tinyWorkload, { hasCascades });
  for (const name of FIGURE_NAMES) {
    const room = 5 * errors![name] + 0.003 * exact[name];
    expect(Math.abs(figures![name] - exact[name]), `${name}, ${what}`).toBeLessThanOrEqual(room);
  }
}

describe('the engine as a contestant', () => {
  it('finds the exact law of a tiny network in its own process, however it is asked', async () => {
    const measured = await run([
      simulation,
      { ...simulation, hasCascades: true, workers: 2 },
      { ...simulation, kind: 'reaggregate' },
      { ...simulation, kind: 'semi-analytic' },
    ]);
    for (const [i, { repetitions }] of measured.entries()) {
      expectToMatch(repetitions[0]!, i === 1, `task ${i}`);
      expect(repetitions[0]!.seconds).toBeGreaterThan(0);
      expect(repetitions[0]!.memoryMb).toBeGreaterThan(10);
    }
  });

  it('edits, and certifies', async () => {
    const small = { ...simulation, paths: 1000, hasCascades: true };
    const workload = { ...tinyWorkload, edges: tinyWorkload.edges.filter(({ mode }) => mode === 'shared') };
    const measured = await run(
      [
        { ...small, kind: 'edit' },
        { ...small, kind: 'gamma' },
      ],
      workload,
    );
    expect(measured.map(({ repetitions }) => repetitions.length)).toEqual([1, 1]);
  });

  it('says why it has no gamma where services are only counted', async () => {
    const [measured] = await run([{ ...simulation, kind: 'gamma' }], { ...tinyWorkload, services: 3 });
    expect(measured?.skipped).toBe('the services carry no profit');
  });
});

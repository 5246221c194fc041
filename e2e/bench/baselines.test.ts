import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { computeExactFigures } from './brute-force.ts';
import { FIGURE_NAMES, type Contestant, type Outcome } from './contestant.ts';
import { createCContestant, createPythonContestant, findPython } from './program-contestants.ts';
import { withPreparedWorkload } from './run-trial.ts';
import { tinyWorkload } from './tiny-workload.ts';

const python = await findPython();
const missing = 'missing' in python ? python.missing : null;
const PATHS = 50_000;

async function runOnce(contestant: Contestant, seed: number): Promise<Outcome> {
  return withPreparedWorkload(tinyWorkload, async (prepared) => {
    expect(await contestant.prepare(prepared)).toBeNull();
    return contestant.run(seed);
  });
}

/** Within five standard errors; a quantile of so few possible losses has to be the very one, or an error of its own. */
function expectToMatch({ figures, errors }: Outcome, hasCascades: boolean): void {
  const exact = computeExactFigures(tinyWorkload, { hasCascades });
  for (const name of FIGURE_NAMES) {
    const difference = Math.abs(figures![name] - exact[name]);
    expect(difference, name).toBeLessThanOrEqual(5 * errors![name] + 1e-9);
  }
}

// Named for what is missing, so that a run that skips them says so.
const suffix = missing === null ? '' : ` (skipped: ${missing})`;
describe.skipIf(missing !== null)(`NumPy baselines${suffix}`, () => {
  it.each(['textbook', 'expert', 'tuned'])('%s finds the exact law of a tiny network', async (file) => {
    const task = { paths: PATHS, hasCascades: false };
    expectToMatch(await runOnce(createPythonContestant(file, file, task), 7), false);
  });

  it.each(['expert', 'tuned'])('%s finds it with cascades, too', async (file) => {
    const task = { paths: PATHS, hasCascades: true };
    expectToMatch(await runOnce(createPythonContestant(file, file, task), 8), true);
  });

  it('the same seed gives the same figures', async () => {
    const contestant = createPythonContestant('expert', 'expert', { paths: 1000, hasCascades: true });
    const [one, other] = [await runOnce(contestant, 5), await runOnce(contestant, 5)];
    expect(one.figures).toEqual(other.figures);
  });
});

describe('the C program', () => {
  const buildFolder = mkdtempSync(join(tmpdir(), 'ballast-bench-'));
  afterAll(() => rmSync(buildFolder, { recursive: true, force: true }));

  it.for([
    { hasCascades: false, threads: 1 },
    { hasCascades: true, threads: 1 },
    { hasCascades: true, threads: 2 },
  ])('finds the exact law of a tiny network: %o', async ({ hasCascades, threads }, { skip }) => {
    await withPreparedWorkload(tinyWorkload, async (prepared) => {
      const contestant = createCContestant('C', { paths: PATHS, hasCascades, threads, buildFolder });
      const missing = await contestant.prepare(prepared);
      if (missing !== null) skip(missing);
      expectToMatch(await contestant.run(9), hasCascades);
    });
  });
});

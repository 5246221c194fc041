import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import type { Exposure } from '../../shared/domain/exposure.ts';
import type { Scenario, ScenarioResult } from '../../shared/domain/scenario.ts';
import { WAD, type Wad, type Wei } from '../../shared/domain/units.ts';
import { makeObservation } from '../testing/made-up.ts';
import { createCounter } from '../testing/test-services.ts';
import { createEngineThread } from './engine-thread.ts';
import type { Engine, EngineHooks } from './readers.ts';

const REAL = new URL('../risk/worker.ts', import.meta.url);
const folder = mkdtempSync(join(tmpdir(), 'ballast-engine-'));
const engines: Engine[] = [];

afterEach(async () => {
  await Promise.all(engines.splice(0).map((engine) => engine.close()));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function start(url: URL): Engine {
  const engine = createEngineThread(url, createCounter('run'));
  engines.push(engine);
  return engine;
}

/** A worker that does one thing wrong. */
function writeWorker(code: string): URL {
  const file = join(mkdtempSync(join(folder, 'worker-')), 'worker.mjs');
  writeFileSync(file, `import { parentPort } from 'node:worker_threads';\n${code}`);
  return pathToFileURL(file);
}

// The casts brand plain numbers.
const bookWei = (100n * 10n ** 18n) as Wei;
const tenth = (10n ** 17n) as Wad;

const exposure: Exposure = {
  origin: makeObservation([]).origin,
  positions: [
    {
      id: 'p1',
      label: 'wstETH',
      instrumentId: 'wstETH',
      symbol: 'wstETH',
      accountLabel: 'One',
      state: 'held',
      bookWei,
      legs: [{ kind: 'free', bookWei }],
      dependsOn: ['contract:lido'],
    },
  ],
  operators: [],
  services: [],
  dependencies: [{ id: 'contract:lido', kind: 'contract', name: 'Lido contracts' }],
  strategies: [],
  nodes: [],
  links: [],
  shared: [],
};
const scenario: Scenario = {
  preset: 'contract-failure',
  events: [{ kind: 'contract-failure', dependency: 'contract:lido', loss: tenth }],
};

function listen(signal = new AbortController().signal, seen: number[] = []): EngineHooks {
  return { signal, onProgress: (progress) => void seen.push(progress) };
}

function run(engine: Engine, hooks = listen(), chosen = scenario): Promise<ScenarioResult> {
  return engine.run('run-scenario', { exposure, scenario: chosen }, hooks);
}

describe('the engine in its thread', () => {
  it('runs scenarios one after the other, and tells how far it is', async () => {
    const engine = start(REAL);
    const seen: number[] = [];
    const results = await Promise.all([run(engine, listen(undefined, seen)), run(engine)]);
    expect(results.map(({ totalLossWei }) => totalLossWei)).toEqual([10n * WAD, 10n * WAD]);
    expect(seen.at(-1)).toBe(1);
  });

  it('throws the engine’s own errors', async () => {
    const empty: Scenario = { preset: 'custom', events: [] };
    await expect(run(start(REAL), listen(), empty)).rejects.toMatchObject({
      code: 'scenario-invalid',
    });
  });

  it('does not start what was cancelled, and passes a later cancel on', async () => {
    await expect(run(start(REAL), listen(AbortSignal.abort()))).rejects.toMatchObject({ code: 'cancelled' });
    const waiting = writeWorker(`parentPort.on('message', ({ runId, cancelFlag }) => {
      parentPort.postMessage({ kind: 'progress', runId, done: 1, total: 2 });
      const cells = new Int32Array(cancelFlag);
      while (Atomics.load(cells, 0) === 0) Atomics.wait(cells, 0, 0, 5);
      const error = { code: 'cancelled', message: 'Cancelled.', retryable: true };
      parentPort.postMessage({ kind: 'error', runId, error });
    });`);
    const controller = new AbortController();
    const hooks = { ...listen(controller.signal), onProgress: () => controller.abort() };
    await expect(run(start(waiting), hooks)).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('ends every run of a thread that dies, and starts another', async () => {
    const dying = start(
      writeWorker(`parentPort.on('message', () => { throw new Error('out of memory'); });`),
    );
    for (let round = 0; round < 2; round += 1) {
      const ends = await Promise.allSettled([run(dying), run(dying)]);
      for (const end of ends) expect(end).toMatchObject({ status: 'rejected', reason: { code: 'internal' } });
    }
  });

  it('ends what runs when it is closed', async () => {
    const engine = start(writeWorker(`parentPort.on('message', () => undefined);`));
    const ending = expect(run(engine)).rejects.toMatchObject({ code: 'cancelled' });
    await engine.close();
    await ending;
  });
});

import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { afterAll, describe, expect, it } from 'vitest';
import type { Exposure } from '../../shared/domain/exposure.ts';
import type { Scenario } from '../../shared/domain/scenario.ts';
import { WAD } from '../../shared/domain/units.ts';
import { runScenario } from './scenario/run-scenario.ts';
import {
  makeAllocation,
  makeExposure,
  makeOperator,
  makePosition,
  makeScenario,
  makeServices,
  ownLeg,
  percent,
  slash,
} from './testing/make-exposure.ts';
import { createCancelFlag, requestCancel, type WorkerReply, type WorkerRequest } from './worker-messages.ts';

const worker = new Worker(new URL('./worker.ts', import.meta.url));
afterAll(() => worker.terminate());

let runs = 0;

/** Sends one request and hands every reply to `onReply`, up to the last. */
async function askWorker(
  exposure: Exposure,
  scenario: Scenario,
  cancelFlag = createCancelFlag(),
  onReply: (reply: WorkerReply) => void = () => undefined,
): Promise<WorkerReply[]> {
  const runId = `run-${(runs += 1)}`;
  const replies: WorkerReply[] = [];
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const listen = (reply: WorkerReply): void => {
    if (reply.runId !== runId) return;
    replies.push(reply);
    onReply(reply);
    if (reply.kind !== 'progress') resolve(undefined);
  };
  worker.on('message', listen);
  worker.postMessage({
    kind: 'run-scenario',
    runId,
    input: { exposure, scenario },
    cancelFlag,
  } satisfies WorkerRequest<'run-scenario'>);
  await promise;
  worker.off('message', listen);
  return replies;
}

function makePortfolio(positions: number, services: number): Exposure {
  const ids = Array.from({ length: services }, (_, index) => `s${index}`);
  return makeExposure({
    operators: [makeOperator(ids.map((id) => makeAllocation(id, WAD / BigInt(services))))],
    services: makeServices(...ids),
    positions: Array.from({ length: positions }, (_, index) =>
      makePosition(`p${index}`, [ownLeg(10n ** 30n + BigInt(index))]),
    ),
  });
}

const manySlashes = (count: number): Scenario =>
  makeScenario(...Array.from({ length: count }, () => slash('all', percent(1))));

describe('the worker', () => {
  it('answers what a direct call answers, with progress on the way', async () => {
    const exposure = makePortfolio(5, 4);
    const replies = await askWorker(exposure, manySlashes(3));
    expect(replies.at(-1)).toMatchObject({ kind: 'result', result: runScenario(exposure, manySlashes(3)) });
    const progress = replies.filter((reply) => reply.kind === 'progress');
    expect(progress).toHaveLength(12);
    expect(progress.at(-1)).toMatchObject({ done: 12, total: 12 });
  });

  it('hands an error over as a value, and goes on working', async () => {
    const replies = await askWorker(makePortfolio(1, 1), manySlashes(0));
    expect(replies).toHaveLength(1);
    expect(replies[0]).toMatchObject({
      kind: 'error',
      error: { code: 'scenario-invalid', retryable: false },
    });
    const next = await askWorker(makePortfolio(1, 1), manySlashes(1));
    expect(next.at(-1)).toMatchObject({ kind: 'result' });
  });

  it('does nothing of a run that was cancelled before it began', async () => {
    const flag = createCancelFlag();
    requestCancel(flag);
    const replies = await askWorker(makePortfolio(5, 4), manySlashes(3), flag);
    expect(replies).toMatchObject([{ kind: 'error', error: { code: 'cancelled' } }]);
  });

  it('stops in the middle of a run when it is cancelled', async () => {
    const flag = createCancelFlag();
    // Seconds of work: the flag is raised at the first hundredth of it.
    const replies = await askWorker(makePortfolio(500, 50), manySlashes(64), flag, () => requestCancel(flag));
    expect(replies.at(-1)).toMatchObject({ kind: 'error', error: { code: 'cancelled' } });
    expect(replies.length).toBeGreaterThan(1);
    expect(replies.length).toBeLessThan(100);
  });

  it('can be ended by force', async () => {
    const doomed = new Worker(new URL('./worker.ts', import.meta.url));
    await once(doomed, 'online');
    doomed.postMessage({
      kind: 'run-scenario',
      runId: 'doomed',
      input: { exposure: makePortfolio(500, 50), scenario: manySlashes(64) },
      cancelFlag: createCancelFlag(),
    } satisfies WorkerRequest<'run-scenario'>);
    await once(doomed, 'message');
    expect(await doomed.terminate()).toBe(1);
  });
});

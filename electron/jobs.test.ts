import { describe, expect, it } from 'vitest';
import { AppError } from '../shared/contract/errors.ts';
import type { Job } from '../shared/contract/jobs.ts';
import { createJobRunner, EVENT_GAP_MS, KEPT_JOBS, type JobContext } from './jobs.ts';
import { createCounter, createFakeClock } from './testing/test-services.ts';

/** A runner, what it told, and work that stands still until the test moves it. */
function setUp() {
  const clock = createFakeClock();
  const told: Job[] = [];
  const runner = createJobRunner({
    clock,
    randomId: createCounter('job'),
    onChange: (job) => void told.push(job),
  });
  function startHeld(portfolioId = 'p', isShared = false) {
    const held = Promise.withResolvers<string | null>();
    const begun = Promise.withResolvers<JobContext>();
    const job = runner.start({
      kind: 'refresh',
      portfolioId,
      step: 'first',
      isShared,
      work: (context) => {
        begun.resolve(context);
        context.signal.addEventListener('abort', () => held.reject(new Error('stopped in the middle')));
        return held.promise;
      },
    });
    return { job, begun: begun.promise, finish: held.resolve, fail: held.reject };
  }
  return { clock, told, runner, startHeld };
}

describe('a job', () => {
  it('runs, reports and ends with what it made', async () => {
    const { runner, startHeld, told, clock } = setUp();
    const { job, begun, finish } = startHeld();
    expect(job).toMatchObject({ state: 'running', progress: null, step: 'first', resultId: null });
    const context = await begun;
    clock.pass(500);
    context.report(0.5, 'second');
    clock.pass(500);
    finish('made');
    const last = await runner.finished(job.id);
    expect(last).toMatchObject({
      state: 'done',
      progress: 1,
      resultId: 'made',
      endedAt: job.startedAt + 1000,
    });
    expect(told.map(({ state, progress }) => [state, progress])).toEqual([
      ['running', null],
      ['running', 0.5],
      ['done', 1],
    ]);
  });

  it('tells of progress at most every 100 ms, of the last step without another report, and of its end at once', async () => {
    const { runner, startHeld, told, clock } = setUp();
    const { job, begun, finish } = startHeld();
    const context = await begun;
    for (let step = 1; step <= 50; step += 1) {
      clock.pass(10);
      context.report(step / 100, `step ${step}`);
    }
    expect(told.length).toBeLessThanOrEqual(1 + 500 / EVENT_GAP_MS);
    clock.pass(EVENT_GAP_MS);
    expect(told.at(-1)?.step).toBe('step 50');
    context.report(0.9, 'late');
    finish(null);
    await runner.finished(job.id);
    expect(told.at(-1)).toMatchObject({ state: 'done', step: 'late' });
    const count = told.length;
    clock.pass(10_000);
    expect(told.length, 'nothing is told after the end').toBe(count);
  });

  it('fails with the error of its work, without the path of any URL', async () => {
    const { runner, startHeld } = setUp();
    const { job, begun, fail } = startHeld();
    await begun;
    fail(new AppError('node-refused', 'No.', { detail: 'POST https://node.test/v2/SECRETKEY said 403' }));
    expect(await runner.finished(job.id)).toMatchObject({
      state: 'failed',
      error: { code: 'node-refused', detail: 'POST https://node.test/… said 403' },
    });
  });

  it('is cancelled once its work has stopped, whatever that threw', async () => {
    const { runner, startHeld } = setUp();
    const { job, begun } = startHeld();
    await begun;
    runner.cancel(job.id);
    expect(await runner.finished(job.id)).toMatchObject({ state: 'cancelled', error: null, resultId: null });
    expect(() => runner.cancel('never started')).toThrow(expect.objectContaining({ code: 'not-found' }));
  });

  it('keeps its progress between 0 and 1', async () => {
    const { startHeld, runner, clock } = setUp();
    const { begun, finish, job } = startHeld();
    const context = await begun;
    for (const [given, kept] of [
      [7, 1],
      [-1, 0],
      [Number.NaN, null],
      [null, null],
    ] as const) {
      clock.pass(1000);
      context.report(given, 'x');
      expect(runner.list()[0]?.progress).toBe(kept);
    }
    finish(null);
    await runner.finished(job.id);
  });
});

describe('the job runner', () => {
  it('hands back the job that runs already for the same portfolio, where the work may be shared', async () => {
    const { runner, startHeld } = setUp();
    const first = startHeld('p', true);
    expect(startHeld('p', true).job.id).toBe(first.job.id);
    expect(startHeld('q', true).job.id).not.toBe(first.job.id);
    expect(startHeld('p', false).job.id).not.toBe(first.job.id);
    await first.begun;
    first.finish(null);
    await runner.finished(first.job.id);
    expect(startHeld('r', true).job.id).not.toBe(first.job.id);
    await runner.close();
  });

  it('starts anew where the one that runs was told to stop', async () => {
    const { runner, startHeld } = setUp();
    const first = startHeld('p', true);
    await first.begun;
    runner.cancelOf('p');
    const second = startHeld('p', true);
    expect(second.job.id).not.toBe(first.job.id);
    await runner.close();
  });

  it('remembers the last jobs that ended', async () => {
    const { runner } = setUp();
    const ids: string[] = [];
    for (let index = 0; index < KEPT_JOBS + 3; index += 1) {
      const job = runner.start({ kind: 'report', portfolioId: 'p', step: 'x', work: async () => null });
      ids.push(job.id);
      await runner.finished(job.id);
    }
    expect(runner.list().map(({ id }) => id)).toEqual(ids.slice(3));
  });

  it('stops everything when it closes, and starts nothing more', async () => {
    const { runner, startHeld } = setUp();
    const jobs = [startHeld('p'), startHeld('q')];
    await Promise.all(jobs.map(({ begun }) => begun));
    await runner.close();
    expect(runner.list().map(({ state }) => state)).toEqual(['cancelled', 'cancelled']);
    expect(() => startHeld('r')).toThrow(expect.objectContaining({ code: 'cancelled' }));
  });
});

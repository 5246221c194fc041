import { describe, expect, it } from 'vitest';
import type { Job } from '../../shared/contract/jobs.ts';
import { mergeJobs } from './jobsStore.ts';

const running: Job = {
  id: 'j1',
  kind: 'refresh',
  portfolioId: 'p1',
  startedAt: 1,
  endedAt: null,
  state: 'running',
  progress: 0,
  step: 'shell.job.refresh',
  error: null,
  resultId: null,
};

describe('jobs', () => {
  it('advance with every event', () => {
    const merged = mergeJobs({ j1: running }, [{ ...running, progress: 0.5 }]);
    expect(merged['j1']?.progress).toBe(0.5);
  });

  it('stay ended when the answer that started them arrives after the event of their end', () => {
    const done: Job = { ...running, state: 'done', endedAt: 2, progress: 1 };
    expect(mergeJobs({ j1: done }, [running])['j1']?.state).toBe('done');
  });
});

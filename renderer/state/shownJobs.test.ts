import { expect, it } from 'vitest';
import { announceJobEnd, isJobEndShown } from './shownJobs.ts';

it('leaves the telling to the page until the last that shows it is gone', () => {
  expect(isJobEndShown('report')).toBe(false);
  const first = announceJobEnd('report');
  const second = announceJobEnd('report');
  first();
  expect(isJobEndShown('report')).toBe(true);
  expect(isJobEndShown('refresh')).toBe(false);
  second();
  expect(isJobEndShown('report')).toBe(false);
});

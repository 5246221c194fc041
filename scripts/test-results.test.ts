import { expect, it } from 'vitest';
import { addTallies, countExitCode, formatTally, tallyPlaywright, tallyVitest } from './test-results.ts';

it('counts vitest’s tests, and a file that could not be loaded as a failure', () => {
  const tally = tallyVitest({
    testResults: [
      {
        name: 'a.test.ts',
        status: 'failed',
        assertionResults: [
          { fullName: 'a works', status: 'passed' },
          { fullName: 'a breaks', status: 'failed' },
          { fullName: 'a waits', status: 'skipped' },
          { fullName: 'a is planned', status: 'todo' },
        ],
      },
      { name: 'broken.test.ts', status: 'failed', assertionResults: [] },
    ],
  });
  expect(tally).toEqual({ passed: 1, failed: 2, skipped: ['a waits', 'a is planned'] });
});

it('counts Playwright’s tests through nested suites', () => {
  const tally = tallyPlaywright({
    suites: [
      {
        title: 'a.spec.ts',
        specs: [{ title: 'opens', tests: [{ status: 'expected' }] }],
        suites: [
          {
            title: 'inner',
            specs: [
              { title: 'breaks', tests: [{ status: 'unexpected' }] },
              { title: 'waits', tests: [{ status: 'skipped' }] },
            ],
          },
        ],
      },
    ],
  });
  expect(tally).toEqual({ passed: 1, failed: 1, skipped: ['a.spec.ts > inner > waits'] });
});

it('never reports success for a runner that ended with an error', () => {
  const clean = { passed: 3, failed: 0, skipped: [] };
  expect(countExitCode(clean, 1).failed).toBe(1);
  expect(countExitCode(clean, 0)).toEqual(clean);
  expect(countExitCode({ ...clean, failed: 2 }, 1).failed).toBe(2);
});

it('ends with the sums over both runners, after the names of the skipped', () => {
  const sum = addTallies([
    { passed: 2, failed: 0, skipped: ['x'] },
    { passed: 1, failed: 1, skipped: ['y'] },
  ]);
  expect(formatTally(sum)).toBe('skipped: x\nskipped: y\n3 passed, 1 failed, 2 skipped');
});

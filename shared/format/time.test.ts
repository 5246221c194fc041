import { expect, it } from 'vitest';
import { formatAge, formatDay, formatInstant } from './time.ts';

const now = Date.UTC(2026, 10, 23, 17, 5, 9);
const seconds = (count: number): number => now - count * 1000;

it('says an age in the largest unit that says enough', () => {
  for (const [age, text] of [
    [0, '0 seconds ago'],
    [12.9, '12 seconds ago'],
    [59, '59 seconds ago'],
    [60, '1 minute ago'],
    [3599, '59 minutes ago'],
    [3600, '1 hour ago'],
    [86_400, '1 day ago'],
    [59 * 86_400, '59 days ago'],
    [60 * 86_400, '2 months ago'],
    [730 * 86_400, '2 years ago'],
  ] as const) {
    expect(formatAge(seconds(age), now)).toBe(text);
  }
});

it('takes a time ahead of the clock for now', () => {
  expect(formatAge(now + 90_000, now)).toBe('0 seconds ago');
});

it('writes instants and days in UTC, whatever the machine’s zone', () => {
  expect(formatInstant(now)).toBe('23 November 2026 at 17:05 UTC');
  expect(formatDay(Date.UTC(2026, 0, 1, 23, 59))).toBe('2026-01-01');
});

/** Times for people: dates by locale, ages in the largest unit that says enough. Pure: `now` is an input. */
import { DEFAULT_LOCALE } from './numbers.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const STEPS: readonly (readonly [limit: number, size: number, unit: Intl.RelativeTimeFormatUnit])[] = [
  [MINUTE, 1000, 'second'],
  [HOUR, MINUTE, 'minute'],
  [DAY, HOUR, 'hour'],
  [60 * DAY, DAY, 'day'],
  [730 * DAY, 30 * DAY, 'month'],
  [Number.POSITIVE_INFINITY, 365 * DAY, 'year'],
];

/** `12 seconds ago`, `3 days ago`. A time ahead of the clock reads as now, because a skewed clock is not news. */
export function formatAge(time: number, now: number, locale: string = DEFAULT_LOCALE): string {
  const age = Math.max(0, now - time);
  const [, size, unit] = STEPS.find(([limit]) => age < limit) ?? [0, 1000, 'second' as const];
  return new Intl.RelativeTimeFormat(locale, { numeric: 'always' }).format(-Math.floor(age / size), unit);
}

/** `23 November 2026 at 17:05 UTC`. UTC, so that a report reads the same everywhere. */
export function formatInstant(time: number, locale: string = DEFAULT_LOCALE): string {
  const date = new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: 'UTC',
  }).format(time);
  return `${date} UTC`;
}

/** `23 November 2026`, in UTC like {@link formatInstant}: for estimates, where an hour would say too much. */
export function formatDate(time: number, locale: string = DEFAULT_LOCALE): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(time);
}

/** `November 2026`, in UTC: for estimates that are days off. */
export function formatMonth(time: number, locale: string = DEFAULT_LOCALE): string {
  return new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(time);
}

/** `2026-11-23`, for file names and CSV. */
export function formatDay(time: number): string {
  return new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeZone: 'UTC' }).format(time);
}

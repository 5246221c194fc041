/** Ranges count back from the last reading, not from today: a portfolio that rests has a history too. */
export const HISTORY_RANGES = ['1m', '3m', '1y', 'all'] as const;
export type HistoryRange = (typeof HISTORY_RANGES)[number];

const MONTHS: Readonly<Record<HistoryRange, number | null>> = { '1m': 1, '3m': 3, '1y': 12, all: null };

/** Unix milliseconds; null is open. The same day of an earlier month, or its last where it is shorter. */
export function findRangeStart(range: HistoryRange, last: number): number | null {
  const months = MONTHS[range];
  if (months === null) return null;
  const date = new Date(last);
  const day = date.getUTCDate();
  date.setUTCMonth(date.getUTCMonth() - months);
  if (date.getUTCDate() !== day) date.setUTCDate(0);
  return date.getTime();
}

/** Dates that are no more exact than their source: a year or a month is every day of it. */

export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/u.test(text) && !Number.isNaN(Date.parse(text));
}

/** First and last day, as yyyy-mm-dd, of a date written as a year, a month or a day. Such texts sort as time does. */
function spanOfDate(date: string): { readonly first: string; readonly last: string } {
  if (date.length === 10) return { first: date, last: date };
  // Later than or equal to every day of the month, which is all that comparing needs.
  if (date.length === 7) return { first: `${date}-01`, last: `${date}-31` };
  return { first: `${date}-01-01`, last: `${date}-12-31` };
}

/** The same day so many months before; 31 where the month is shorter, which sorts as the month's end. */
function monthsBefore(day: string, months: number): string {
  const count = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 - months;
  const year = String(Math.floor(count / 12)).padStart(4, '0');
  const month = String((count % 12) + 1).padStart(2, '0');
  return `${year}-${month}${day.slice(7)}`;
}

/**
 * Whether a date lies within the months before `day`, that day among them: `certain` where every day of it does,
 * `possible` where some do.
 */
export function placeWithin(date: string, day: string, months: number): 'certain' | 'possible' | 'outside' {
  const { first, last } = spanOfDate(date);
  const from = monthsBefore(day, months);
  if (last < from || first > day) return 'outside';
  // What lies in the future has not been told of: the part of a span that can be meant ends today.
  return first >= from ? 'certain' : 'possible';
}

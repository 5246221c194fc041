/**
 * How long Ethereum's exit queue was, as recorded on public pages, and what that says about the time one has to expect.
 * Few and uneven points, most of them of days when somebody wrote about a long queue: good for a range, not for a law.
 */
import type { Evidence, NumberRange } from '../../../shared/domain/exit.ts';
import type { ParameterSet } from '../../../shared/domain/loss-distribution.ts';

export interface QueuePoint {
  /** ISO date. */
  readonly date: string;
  readonly waitDays: number;
  /** What the page says of wait or amount, and what was made of it. */
  readonly note: string;
}

/**
 * April 2023, when withdrawals were opened, to January 2026. Of the time after that one day is known, with nothing around
 * it to join it to, and is left out: 9.2 days on 2 May 2026, the peak after the theft from Kelp (www.ether.fi/blog, 9 June
 * 2026).
 */
export const QUEUE_HISTORY: readonly QueuePoint[] = [
  {
    date: '2023-04-13',
    waitDays: 17,
    note: '28,000 validators in April 2023: 17 days; set on the first day',
  },
  { date: '2023-05-03', waitDays: 9, note: 'early May: 9 days; day assumed' },
  { date: '2023-05-31', waitDays: 0.4, note: 'below 1 day, taken as 0.4' },
  {
    date: '2024-01-02',
    waitDays: 0.4,
    note: 'usual until January 2024: below 1,000 validators, below 1 day',
  },
  { date: '2024-01-05', waitDays: 5.6, note: '16,766 validators: 5.6 days' },
  { date: '2024-01-07', waitDays: 0.4, note: 'gone again; day assumed' },
  {
    date: '2025-07-16',
    waitDays: 0.4,
    note: 'last day of a short queue; assumed a week before the next point',
  },
  { date: '2025-07-23', waitDays: 9, note: '620,000 ETH; pages say 9 to 18 days' },
  { date: '2025-07-31', waitDays: 12.8, note: '740,000 ETH' },
  { date: '2025-08-25', waitDays: 18, note: 'August: 800,000 to 1,000,000 ETH, 18 days; day assumed' },
  { date: '2025-09-04', waitDays: 10.7, note: '617,000 ETH' },
  {
    date: '2025-09-11',
    waitDays: 45,
    note: '2.60 to 2.67 million ETH, 44 to 46 days, after one operator left',
  },
  { date: '2025-10-05', waitDays: 43.1, note: '2,480,000 ETH at 57,600 ETH a day' },
  { date: '2025-10-08', waitDays: 42.4, note: '2,440,000 ETH' },
  { date: '2025-11-07', waitDays: 42.5, note: 'November: 2,450,000 ETH; day assumed' },
  { date: '2026-01-05', waitDays: 0.001, note: '32 ETH' },
];

/**
 * Waits to reckon with. Calm: the pages' "below one day". Base: the mean of the history, its 95% quantile as the high.
 * Stressed: the peak of September 2025.
 */
export const QUEUE_SETS: Readonly<Record<ParameterSet, NumberRange>> = {
  calm: { low: 0, typical: 0.5, high: 1 },
  base: { low: 0, typical: 5, high: 42 },
  stressed: { low: 44, typical: 45, high: 46 },
};

export const QUEUE_EVIDENCE: Evidence = {
  status: 'secondary',
  source: 'news pages on the exit queue, April 2023 to January 2026',
  asOf: '2026-01-05',
  note: 'Days of waiting at 256 ETH per epoch, turned into the stake ahead that they mean.',
};

interface Segment {
  readonly days: number;
  readonly from: number;
  readonly to: number;
}

export interface QueueDistribution {
  readonly days: number;
  readonly mean: number;
  /** Share of the time in which the wait was above `waitDays`. */
  readonly shareAbove: (waitDays: number) => number;
  /** Least wait that was not exceeded for a share `level` of the time; 0 < level < 1. */
  readonly quantile: (level: number) => number;
}

/**
 * The time-weighted distribution of a history: straight lines between its points, each day counted once. Exact for the
 * lines: on one from u to v the wait is above x for the share (max - x) / |u - v| of its days.
 *
 * @throws RangeError for fewer than two points, dates out of order, or waits that are not numbers from 0 up: a history is
 *   written by hand, so this is a mistake in the program
 */
export function weighQueueHistory(points: readonly QueuePoint[]): QueueDistribution {
  const segments = toSegments(points);
  const days = segments.reduce((sum, segment) => sum + segment.days, 0);
  const longest = Math.max(...points.map(({ waitDays }) => waitDays));
  const shareAbove = (waitDays: number): number =>
    segments.reduce((sum, segment) => sum + segment.days * shareOfSegment(segment, waitDays), 0) / days;
  return {
    days,
    mean: segments.reduce((sum, { days: d, from, to }) => sum + (d * (from + to)) / 2, 0) / days,
    shareAbove,
    quantile(level) {
      let low = 0;
      let high = longest;
      // Halving to below a millisecond: 60 days / 2^40.
      for (let step = 0; step < 40; step += 1) {
        const middle = (low + high) / 2;
        if (1 - shareAbove(middle) >= level) high = middle;
        else low = middle;
      }
      return high;
    },
  };
}

function toSegments(points: readonly QueuePoint[]): Segment[] {
  const segments: Segment[] = [];
  for (let index = 1; index < points.length; index += 1) {
    const [a, b] = [points[index - 1]!, points[index]!];
    const days = (Date.parse(b.date) - Date.parse(a.date)) / 86_400_000;
    const areWaits = [a.waitDays, b.waitDays].every((wait) => Number.isFinite(wait) && wait >= 0);
    if (!(days > 0) || !areWaits) throw new RangeError(`queue history is not in order at ${b.date}`);
    segments.push({ days, from: a.waitDays, to: b.waitDays });
  }
  if (segments.length === 0) throw new RangeError('a queue history has two points or more');
  return segments;
}

function shareOfSegment({ from, to }: Segment, waitDays: number): number {
  const [low, high] = from < to ? [from, to] : [to, from];
  if (waitDays >= high) return 0;
  if (waitDays < low) return 1;
  return (high - waitDays) / (high - low);
}

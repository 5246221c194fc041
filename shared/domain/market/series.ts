/** Points in the order of time: finding, joining and breaking them. Nothing is ever put between two of them. */
import type { OrderedSource, PriceSource } from '../market.ts';

export interface SeriesPoint {
  /** Unix milliseconds. */
  readonly at: number;
  readonly value: bigint;
  readonly source: PriceSource;
}

const DAY_MS = 86_400_000;

/** Between two points farther apart no line is drawn: nothing is known of what was between them. */
export const GAP_MS = 3 * DAY_MS;

/** The point nearest in time, not farther away than `withinMs`; `points` are oldest first. */
export function findNearest<T extends { readonly at: number }>(
  points: readonly T[],
  at: number,
  withinMs: number,
): T | null {
  let low = 0;
  let high = points.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((points[middle]?.at ?? Number.POSITIVE_INFINITY) < at) low = middle + 1;
    else high = middle;
  }
  const candidates = [points[low - 1], points[low]].filter((point) => point !== undefined);
  const [first, second] = candidates;
  if (first === undefined) return null;
  const nearest = second && Math.abs(second.at - at) < Math.abs(first.at - at) ? second : first;
  return Math.abs(nearest.at - at) <= withinMs ? nearest : null;
}

/**
 * One series out of several: of each day (UTC) the points of the source that stands first in the order. Sources that
 * are not in the order come after those that are.
 */
export function joinByDay(
  series: readonly (readonly SeriesPoint[])[],
  order: readonly OrderedSource[],
): SeriesPoint[] {
  const ranks = new Map<PriceSource, number>(order.map((source, rank) => [source, rank]));
  const rankOf = ({ source }: SeriesPoint): number => ranks.get(source) ?? order.length;
  const best = new Map<number, number>();
  for (const points of series) {
    for (const point of points) {
      const day = Math.floor(point.at / DAY_MS);
      const rank = rankOf(point);
      if (rank < (best.get(day) ?? Number.POSITIVE_INFINITY)) best.set(day, rank);
    }
  }
  return series
    .flatMap((points) => points.filter((point) => best.get(Math.floor(point.at / DAY_MS)) === rankOf(point)))
    .sort((a, b) => a.at - b.at);
}

/** A point as it is drawn: whether the line before it is broken. */
export interface DrawnPoint extends SeriesPoint {
  readonly isAfterGap: boolean;
}

export function markGaps(points: readonly SeriesPoint[]): DrawnPoint[] {
  return points.map((point, index) => {
    const before = points[index - 1];
    return { ...point, isAfterGap: before !== undefined && point.at - before.at > GAP_MS };
  });
}

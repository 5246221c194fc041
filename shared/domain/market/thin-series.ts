import type { DrawnPoint } from './series.ts';

/** More points than a chart has columns are not seen one by one. */
const MAX_DRAWN_POINTS = 2000;

/**
 * At most `limit` points (four or more), of which every one is of the series: the first, the last, and the lowest and
 * highest of each stretch between, so that no fall and no peak is lost. A gap between two points that stay is kept.
 */
export function thinSeries(points: readonly DrawnPoint[], limit: number = MAX_DRAWN_POINTS): DrawnPoint[] {
  if (points.length <= limit) return [...points];
  const inner = points.length - 2;
  const stretches = Math.max(1, Math.floor((limit - 2) / 2));
  const kept = new Set([0, points.length - 1]);
  for (let stretch = 0; stretch < stretches; stretch++) {
    const from = 1 + Math.floor((inner * stretch) / stretches);
    const to = 1 + Math.floor((inner * (stretch + 1)) / stretches);
    const [low, high] = findExtremes(points, from, to);
    kept.add(low).add(high);
  }
  const drawn: DrawnPoint[] = [];
  let isAfterGap = false;
  for (const [index, point] of points.entries()) {
    isAfterGap ||= point.isAfterGap;
    if (!kept.has(index)) continue;
    drawn.push({ ...point, isAfterGap });
    isAfterGap = false;
  }
  return drawn;
}

/** Places of the lowest and the highest from `from` up to before `to`, of which there is at least one. */
function findExtremes(points: readonly DrawnPoint[], from: number, to: number): readonly [number, number] {
  let low = from;
  let high = from;
  for (let index = from + 1; index < to; index++) {
    const value = points[index]?.value ?? 0n;
    if (value < (points[low]?.value ?? 0n)) low = index;
    if (value > (points[high]?.value ?? 0n)) high = index;
  }
  return [low, high];
}

/** Times at which a token was off its peg: recorded ones, and runs found in the stored points. */
import type { Incident } from '../incident.ts';
import type { DepegEvent } from '../market.ts';
import { WAD } from '../units.ts';
import { GAP_MS, type SeriesPoint } from './series.ts';

const DAY_MS = 86_400_000;
/** How far around a recorded day its worst point is looked for. */
const AROUND_MS = 3 * DAY_MS;

function distanceOf({ value }: SeriesPoint): bigint {
  return value > WAD ? value - WAD : WAD - value;
}

function findWorst(points: readonly SeriesPoint[]): SeriesPoint | null {
  let worst: SeriesPoint | null = null;
  for (const point of points) if (worst === null || distanceOf(point) > distanceOf(worst)) worst = point;
  return worst;
}

/** Runs of points farther from one than `share`; a gap ends a run, because nothing is known of what was in it. */
export function findDepegs(
  asset: string,
  pegs: readonly SeriesPoint[],
  share: bigint,
  isSynthetic: boolean,
): DepegEvent[] {
  const runs: SeriesPoint[][] = [];
  let run: SeriesPoint[] = [];
  for (const point of pegs) {
    const before = run.at(-1);
    if (before !== undefined && point.at - before.at > GAP_MS) run = [];
    if (distanceOf(point) <= share) {
      run = [];
      continue;
    }
    if (run.length === 0) runs.push(run);
    run.push(point);
  }
  return runs.flatMap((points) => {
    const [first] = points;
    const last = points.at(-1);
    if (!first || !last) return [];
    return [
      {
        kind: 'detected',
        asset,
        title: '',
        from: first.at,
        to: last.at,
        worst: findWorst(points)?.value ?? null,
        status: null,
        isSynthetic,
      },
    ];
  });
}

/** The catalogue's incidents that struck the token, with the worst point stored around them. */
export function listRecordedDepegs(
  asset: string,
  incidents: readonly Incident[],
  pegs: readonly SeriesPoint[],
): DepegEvent[] {
  return incidents
    .filter(({ tokens }) => tokens.includes(asset))
    .map(({ title, date, status }) => {
      const [from, to] = readSpan(date);
      const around = pegs.filter(({ at }) => at >= from - AROUND_MS && at <= to + AROUND_MS);
      const worst = findWorst(around)?.value ?? null;
      return { kind: 'recorded', asset, title, from, to, worst, status, isSynthetic: false } as const;
    })
    .sort((a, b) => a.from - b.from);
}

/** A day, or the first and last moment of a month. */
function readSpan(date: string): readonly [from: number, to: number] {
  const [year = 0, month = 1, day] = date.split('-').map(Number);
  if (day !== undefined) return [Date.UTC(year, month - 1, day), Date.UTC(year, month - 1, day)];
  return [Date.UTC(year, month - 1, 1), Date.UTC(year, month, 1) - 1];
}

/**
 * Severities: how much of what is struck is lost. A quantile function given by a few points becomes equally likely
 * levels with the same mean, once, here, so that no two models discretise it differently.
 */
import { AppError } from '../../../shared/contract/errors.ts';
import type { Interpolation, SeverityPoints } from '../../../shared/domain/hazards.ts';
import type { Severity } from './loss-model.ts';

/** Fine enough that a level is 5% of chance; the mean is exact with any number. */
const LEVELS = 20;
const MOST_LEVELS = 10_000;
const MOST_POINTS = 100;

interface Segment {
  readonly from: number;
  readonly to: number;
  readonly valueFrom: number;
  readonly valueTo: number;
}

/**
 * The levels of a quantile function.
 *
 * `linear`: straight from 0 at chance 0 through the points; the last value stays to chance 1. `steps`: each value
 * holds from its point to the next, the first from 0. A single point is a fixed severity in both. Level j of n is the
 * mean of the quantile function from j/n to (j + 1)/n, so that the mean of the levels is the mean of the function.
 *
 * @param points chances above 0 and below 1, rising; shares from 0 to 1, not falling
 * @throws AppError scenario-invalid for points that are no quantile function, or no whole number of levels
 */
export function makeSeverity(
  points: SeverityPoints,
  interpolation: Interpolation = 'linear',
  levels = LEVELS,
): Severity {
  checkPoints(points);
  if (!Number.isInteger(levels) || levels < 1 || levels > MOST_LEVELS) {
    throw new AppError('scenario-invalid', `A severity has 1 to ${MOST_LEVELS} levels, not ${levels}.`, {
      help: `Choose a whole number of levels; ${LEVELS} is usual.`,
    });
  }
  const first = points[0]!;
  if (points.length === 1) return [first[1]];
  const segments = interpolation === 'linear' ? drawLines(points) : drawSteps(points);
  const result: number[] = [];
  let least = 0;
  for (let level = 0; level < levels; level++) {
    const mean = levels * integrate(segments, level / levels, (level + 1) / levels);
    // Rounding must not make a level fall below the one before it, or rise above everything.
    least = Math.min(1, Math.max(least, mean));
    result.push(least);
  }
  return result;
}

/** Mean share lost: the plain mean, because the levels are equally likely. */
export function meanOfSeverity(severity: Severity): number {
  let sum = 0;
  for (const level of severity) sum += level;
  return sum / severity.length;
}

/**
 * Every level times `factor`, at most 1.
 *
 * @param factor not below zero
 * @throws AppError scenario-invalid for a factor below zero or no number
 */
export function scaleSeverity(severity: Severity, factor: number): Severity {
  if (!Number.isFinite(factor) || factor < 0) {
    throw new AppError('scenario-invalid', `A severity cannot be scaled by ${factor}.`, {
      help: 'Use a factor of zero or more.',
    });
  }
  return severity.map((level) => Math.min(1, level * factor));
}

function checkPoints(points: SeverityPoints): void {
  if (points.length === 0 || points.length > MOST_POINTS) refuse(`has ${points.length} points`);
  let chanceBefore = 0;
  let shareBefore = 0;
  for (const [chance, share] of points) {
    // Written so that NaN fails.
    if (!(chance > chanceBefore && chance < 1)) refuse(`has the chance ${chance} after ${chanceBefore}`);
    if (!(share >= shareBefore && share <= 1)) refuse(`has the share ${share} after ${shareBefore}`);
    chanceBefore = chance;
    shareBefore = share;
  }
}

function refuse(what: string): never {
  throw new AppError('scenario-invalid', `A severity ${what}.`, {
    help: `Give 1 to ${MOST_POINTS} points: chances that rise between 0 and 1, and shares from 0 to 1 that do not fall.`,
  });
}

function drawLines(points: SeverityPoints): Segment[] {
  const segments: Segment[] = [];
  let from = 0;
  let valueFrom = 0;
  for (const [to, valueTo] of points) {
    segments.push({ from, to, valueFrom, valueTo });
    from = to;
    valueFrom = valueTo;
  }
  segments.push({ from, to: 1, valueFrom, valueTo: valueFrom });
  return segments;
}

function drawSteps(points: SeverityPoints): Segment[] {
  return points.map(([chance, value], index) => ({
    from: index === 0 ? 0 : chance,
    to: points[index + 1]?.[0] ?? 1,
    valueFrom: value,
    valueTo: value,
  }));
}

/** The integral of the function from `low` to `high`. */
function integrate(segments: readonly Segment[], low: number, high: number): number {
  let sum = 0;
  for (const { from, to, valueFrom, valueTo } of segments) {
    const a = Math.max(low, from);
    const b = Math.min(high, to);
    if (b <= a) continue;
    const slope = (valueTo - valueFrom) / (to - from);
    sum += (b - a) * (valueFrom + slope * ((a + b) / 2 - from));
  }
  return sum;
}

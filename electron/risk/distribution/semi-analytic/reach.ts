/**
 * How far the loss of independent sources reaches: a point beyond which less than 1e-14 of the mean lies. From it follows
 * the step of the lattice.
 */
import { MOST_RATIO } from './lattice-table.ts';
import type { SourceTable } from './source-table.ts';

/** log(1e14) */
const LOG_BEYOND = 32.24;
/** Largest sources taken as all happening when that gives the nearer bound. */
const MOST_TAKEN = 16;
/** Sources set aside at most, and how many steps a source set aside has at least. */
const MOST_SET_ASIDE = 4;
const LONG = 512;
/** No source in a lattice law jumps over more points. */
export const LONGEST_JUMP = LONG + 1;

/** Given the factor: mean and variance of the loss of all rows, and the expected number of events. */
export interface Spread {
  readonly mean: number;
  readonly variance: number;
  readonly events: number;
  /** The highest chance of a class. */
  readonly mostChance: number;
}

export function computeSpread(sources: SourceTable, chances: Float64Array): Spread {
  const { classStarts, classMeans, classSquares, classSelves } = sources;
  let mean = 0;
  let variance = 0;
  let events = 0;
  let mostChance = 0;
  for (let g = 0; g < chances.length; g += 1) {
    const p = chances[g]!;
    mean += p * classMeans[g]!;
    variance += p * (classSquares[g]! - p * classSelves[g]!);
    events += p * (classStarts[g + 1]! - classStarts[g]!);
    if (p > mostChance) mostChance = p;
  }
  return { mean, variance, events, mostChance };
}

/**
 * The t with P(X - E X > t) <= 1e-14 for a sum X of independent parts of which none exceeds its mean by more than
 * `most`: Bennett's inequality, exp(-v / m^2 H(t m / v)) with H(u) = (1 + u) log(1 + u) - u, solved from above.
 * Source: Bennett, "Probability inequalities for the sum of independent random variables", JASA 57 (1962).
 */
export function boundExcess(variance: number, most: number): number {
  if (!(variance > 0) || !(most > 0)) return 0;
  const goal = (LOG_BEYOND * most * most) / Math.max(variance, 1e-100 * most * most);
  let u = goal / 3 + Math.sqrt((goal * goal) / 9 + 2 * goal);
  for (let round = 0; round < 4; round += 1) {
    const log = Math.log1p(u);
    u -= ((1 + u) * log - u - goal) / log;
  }
  return (u * LOG_BEYOND * most) / goal;
}

export interface Lattice {
  readonly step: number;
  /** How many of {@link SourceTable.largestRows} are too large for the step. */
  readonly setAside: number;
  /** Points up to which the law of the others is needed. */
  readonly points: number;
}

/**
 * Points that may be spent on one node: `points` where every point depends on all before it, more where the widest
 * jump is short, at most `capacity`.
 */
export interface PointBudget {
  readonly points: number;
  readonly capacity: number;
}

/** For every number of largest rows set aside: the reach of the others on a lattice of the given step. */
function findReaches(
  sources: SourceTable,
  chances: Float64Array,
  spread: Spread,
  step: number,
): Float64Array {
  const { largestRows, rowMosts, rowClasses, outcomeStarts, outcomeLosses, outcomeChances } = sources;
  const count = Math.min(MOST_TAKEN, largestRows.length);
  const reaches = new Float64Array(count + 1);
  let { mean, variance, events } = spread;
  for (let taken = 0; taken <= count; taken += 1) {
    const row = largestRows[taken];
    if (row === undefined) break;
    // Splitting a loss over two points a step apart adds at most a quarter of a squared step to its variance.
    const most = rowMosts[row]! + step;
    reaches[taken] =
      Math.max(0, mean) +
      boundExcess(Math.max(0, variance) + 0.25 * step * step * Math.max(0, events), most) +
      most;
    const p = chances[rowClasses[row]!]!;
    let first = 0;
    let square = 0;
    for (let o = outcomeStarts[row]!; o < outcomeStarts[row + 1]!; o += 1) {
      first += outcomeChances[o]! * outcomeLosses[o]!;
      square += outcomeChances[o]! * outcomeLosses[o]! ** 2;
    }
    mean -= p * first;
    variance -= p * square - (p * first) ** 2;
    events -= p;
  }
  // Counting the largest in full may be nearer than bounding them.
  for (let taken = count - 1; taken >= 0; taken -= 1) {
    const most = rowMosts[largestRows[taken]!]! + step;
    reaches[taken] = Math.min(reaches[taken]!, reaches[taken + 1]! + most);
  }
  return reaches;
}

/** The lattice of a step, or null where it would cost more points than the budget allows. */
export function fitLattice(
  sources: SourceTable,
  chances: Float64Array,
  spread: Spread,
  step: number,
  budget: PointBudget,
): Lattice | null {
  const { largestRows, rowMosts } = sources;
  let setAside = 0;
  while (setAside < largestRows.length && rowMosts[largestRows[setAside]!]! > LONG * step) setAside += 1;
  if (setAside > MOST_SET_ASIDE) return null;
  if (setAside === largestRows.length) return { step, setAside, points: 0 };
  const points = Math.ceil(findReaches(sources, chances, spread, step)[setAside]! / step) + 1;
  const jump = Math.ceil(rowMosts[largestRows[setAside]!]! / step);
  // With a step as long as the largest loss, a longer one would save nothing.
  if (jump <= 1) return { step, setAside, points: Math.min(points, budget.capacity) };
  if (points > budget.capacity) return null;
  const ratio = Math.min(MOST_RATIO, spread.mostChance / (1 - Math.min(0.5, spread.mostChance)));
  const powers = 1 + 13 / -Math.log10(Math.max(1e-13, ratio));
  const cost = points * Math.min(points / 2, powers * jump);
  return cost <= (budget.points * budget.points) / 2 ? { step, setAside, points } : null;
}

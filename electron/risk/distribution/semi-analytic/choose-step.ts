/** The finest step of the lattice that the budget of points affords on a median day, and steps that fit all losses. */
import { fitLattice, type PointBudget, type Spread } from './reach.ts';
import type { SourceTable } from './source-table.ts';

/** Steps per search; fine enough to leave a fifth of a step on the table at most. */
const FINER = 1.2;
/** Sources set aside have at least so many steps (reach.ts). */
const LONG = 512;
/** Sources are set aside where this makes the step so much finer, for others that make so much of the expected loss. */
const WORTH = 4;
const WORTH_SHARE = 1e-3;
/** No step is finer than this share of the largest loss. */
const LEAST_STEP = 2 ** -40;

/** `chances` and `spread`: those of the book with the factor at its median. The sources lose something. */
export function chooseStep(
  sources: SourceTable,
  chances: Float64Array,
  spread: Spread,
  budget: PointBudget,
): number {
  const { largestRows, rowMosts } = sources;
  const largest = rowMosts[largestRows[0]!]!;
  const fits = (step: number) => fitLattice(sources, chances, spread, step, budget) !== null;
  const least = largest * LEAST_STEP;
  let best = (largest / LONG) * (1 + 1e-9);
  while (!fits(best)) best *= FINER;
  let left = spread.mean;
  for (let setAside = 0; setAside < largestRows.length && left >= WORTH_SHARE * spread.mean; setAside += 1) {
    // The steps for which just so many rows are set aside.
    const finest = Math.max(least, rowMosts[largestRows[setAside]!]! / LONG);
    const start = setAside === 0 ? best : (rowMosts[largestRows[setAside - 1]!]! / LONG) * (1 - 1e-9);
    left -= findMeanLoss(sources, largestRows[setAside]!, chances);
    if (start <= finest || !fits(start)) continue;
    let step = start;
    while (step / FINER > finest && fits(step / FINER)) step /= FINER;
    if (setAside === 0 || step * WORTH <= best) best = step;
  }
  return best;
}

function findMeanLoss(sources: SourceTable, row: number, chances: Float64Array): number {
  let mean = 0;
  for (let o = sources.outcomeStarts[row]!; o < sources.outcomeStarts[row + 1]!; o += 1) {
    mean += sources.outcomeChances[o]! * sources.outcomeLosses[o]!;
  }
  return mean * chances[sources.rowClasses[row]!]!;
}

/** Losses of which none is more than this many units are given a common unit, if they have one. */
const MOST_UNITS = 2 ** 20;

/** The largest unit of which all losses above zero are whole multiples, to within roundings; null where there is none. */
export function findCommonUnit(losses: Float64Array): number | null {
  let most = 0;
  for (const loss of losses) most = Math.max(most, loss);
  const least = most / MOST_UNITS;
  let unit = 0;
  for (const loss of losses) {
    if (loss > 0 && loss < least) return null;
    let a = loss;
    let b = unit;
    while (b > 0) {
      const rest = a % b;
      const isWhole = rest < 1e-10 * b || b - rest < 1e-10 * b;
      [a, b] = [b, isWhole ? 0 : rest];
      if (b > 0 && b < least) return null;
    }
    unit = a;
    if (unit > 0 && unit < least) return null;
  }
  return unit > 0 ? unit : null;
}

/** A step not finer than `step` on which losses that are multiples of a unit fall on points. */
export function alignStep(step: number, unit: number | null): number {
  return unit === null ? step : unit * Math.max(1, Math.ceil(step / unit));
}

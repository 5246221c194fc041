/** Finds the cover cuts that a fractional solution breaks: candidates by floating point, each cut made exactly. */
import { makeCoverCut, type CoverCut } from './cover-cut.ts';
import type { CoverProblem } from './cover-problem.ts';
import { ratioToNumber } from './rational.ts';

/** Below this the break is rounding. */
const TOLERANCE = 1e-6;
/** Sets F tried per target: prefixes of the items in descending order of how far they are taken. */
const MAX_PREFIXES = 48;

/** For each target at most one cut: the one that is broken most. `values` are those of items and of targets. */
export function separateCuts(
  problem: CoverProblem,
  itemValues: ArrayLike<number>,
  targetValues: ArrayLike<number>,
  shortfalls: ArrayLike<number> | null,
): CoverCut[] {
  const cuts: CoverCut[] = [];
  for (let target = 0; target < problem.gains.length; target += 1) {
    const wanted = targetValues[target]!;
    if (wanted < TOLERANCE || problem.needs[target]! === 0n) continue;
    const cut = separateTarget(problem, target, itemValues, wanted, shortfalls?.[target] ?? 0);
    if (cut !== null) cuts.push(cut);
  }
  return cuts;
}

function separateTarget(
  problem: CoverProblem,
  target: number,
  itemValues: ArrayLike<number>,
  wanted: number,
  shortfall: number,
): CoverCut | null {
  const { itemsOf, itemWeights, needs } = problem;
  const members = [];
  for (let place = itemsOf.starts[target]!; place < itemsOf.starts[target + 1]!; place += 1) {
    const item = itemsOf.entries[place]!;
    const weight = ratioToNumber(itemWeights[place]!, needs[target]!);
    if (weight > 0) members.push({ item, weight, value: itemValues[item]! });
  }
  members.sort((a, b) => b.value - a.value || b.weight - a.weight);
  const step = Math.max(1, Math.ceil(members.length / MAX_PREFIXES));
  let best = { length: -1, excess: TOLERANCE };
  let residual = 1;
  for (let length = 0; length < members.length && residual > TOLERANCE; length += 1) {
    if (length % step === 0) {
      let left = shortfall;
      for (let place = length; place < members.length; place += 1) {
        left += Math.min(members[place]!.weight, residual) * members[place]!.value;
      }
      const excess = wanted - left / residual;
      if (excess > best.excess) best = { length, excess };
    }
    residual -= members[length]!.weight;
  }
  if (best.length < 0) return null;
  return makeCoverCut(problem, target, new Set(members.slice(0, best.length).map(({ item }) => item)));
}

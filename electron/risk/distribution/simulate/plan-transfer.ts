/**
 * A plan as plain arrays, for handing it to another thread: thousands of groups as objects would take longer to copy
 * than many a run takes.
 */
import type { TapeGroup } from './event-tape.ts';
import type { SourceChances } from './kernel.ts';
import type { PlannedBin, SimulationPlan } from './plan.ts';

export interface PackedPlan {
  readonly seed: number;
  readonly pathCount: number;
  readonly storedPaths: number;
  readonly rowCount: number;
  readonly chances: SourceChances;
  /** BIN_NUMBERS for each bin. */
  readonly bins: Float64Array;
  /** GROUP_NUMBERS for each group. */
  readonly groups: Float64Array;
}

const BIN_NUMBERS = 10;
const GROUP_NUMBERS = 6;

export function packPlan(plan: SimulationPlan): PackedPlan {
  const bins = new Float64Array(BIN_NUMBERS * plan.bins.length);
  for (const [i, bin] of plan.bins.entries()) {
    const { uLow, uHigh, zLow, zHigh, paths, hazard, isDense, probability, groupStart, groupEnd } = bin;
    const numbers = [
      uLow,
      uHigh,
      zLow,
      zHigh,
      paths,
      hazard,
      isDense ? 1 : 0,
      probability,
      groupStart,
      groupEnd,
    ];
    bins.set(numbers, BIN_NUMBERS * i);
  }
  const groups = new Float64Array(GROUP_NUMBERS * plan.groups.length);
  for (let i = 0; i < plan.groups.length; i++) {
    const { bin, width, paths, rowStart, pathStart, weight } = plan.groups[i]!;
    const at = GROUP_NUMBERS * i;
    groups[at] = bin;
    groups[at + 1] = width;
    groups[at + 2] = paths;
    groups[at + 3] = rowStart;
    groups[at + 4] = pathStart;
    groups[at + 5] = weight;
  }
  const { seed, pathCount, storedPaths, rowCount, chances } = plan;
  return { seed, pathCount, storedPaths, rowCount, chances, bins, groups };
}

export function unpackPlan({ bins, groups, ...rest }: PackedPlan): SimulationPlan {
  return {
    ...rest,
    certain: rest.chances.certain,
    bins: Array.from({ length: bins.length / BIN_NUMBERS }, (_, i) => readBin(bins, BIN_NUMBERS * i)),
    groups: Array.from({ length: groups.length / GROUP_NUMBERS }, (_, i) =>
      readGroup(groups, GROUP_NUMBERS * i),
    ),
  };
}

function readBin(numbers: Float64Array, at: number): PlannedBin {
  return {
    uLow: numbers[at]!,
    uHigh: numbers[at + 1]!,
    zLow: numbers[at + 2]!,
    zHigh: numbers[at + 3]!,
    paths: numbers[at + 4]!,
    hazard: numbers[at + 5]!,
    isDense: numbers[at + 6] === 1,
    probability: numbers[at + 7]!,
    groupStart: numbers[at + 8]!,
    groupEnd: numbers[at + 9]!,
  };
}

function readGroup(numbers: Float64Array, at: number): TapeGroup {
  return {
    bin: numbers[at]!,
    width: numbers[at + 1]!,
    paths: numbers[at + 2]!,
    rowStart: numbers[at + 3]!,
    pathStart: numbers[at + 4]!,
    weight: numbers[at + 5]!,
  };
}

/** Carries out a simulation plan: the faults of every path, then what shocks and contagion add to them. */
import type { RunHooks } from '../../work.ts';
import { createWork } from '../../work.ts';
import type { LossModel } from '../loss-model.ts';
import { HISTOGRAM_CELLS, type EventTape, type TapeExtras, type TapeRoom } from './event-tape.ts';
import { createKernelMemory, scratchAt, startKernel, type Kernel } from './kernel.ts';
import {
  fillKnots,
  findExtremes,
  measureBand,
  planSimulation,
  type SimulationOptions,
  type SimulationPlan,
} from './plan.ts';
import { createRandom } from './random.ts';
import { prepareSpread, type Spread } from './spread.ts';

/** What one bin's paths got beyond their own faults: path among the stored ones, and its further sources. */
export interface BinExtras {
  readonly bin: number;
  readonly paths: readonly number[];
  readonly counts: readonly number[];
  readonly rows: readonly number[];
}

/** Byte offsets into the kernel's memory. */
export interface TapeLayout {
  readonly rowsAt: number;
  readonly weightsAt: number;
  readonly lossesAt: number;
  readonly histogramAt: number;
  readonly momentsAt: number;
  readonly countsAt: number;
  readonly placesAt: number;
  readonly end: number;
}

export function layOutTape(plan: SimulationPlan, spread: Spread | null, workers: number): TapeLayout {
  const sources = plan.chances.thresholds.length;
  const align = (at: number): number => Math.ceil(at / 64) * 64;
  const rowsAt = scratchAt(workers, sources, spread);
  const weightsAt = align(rowsAt + 2 * plan.rowCount);
  const lossesAt = align(weightsAt + 8 * (sources + 1));
  const histogramAt = align(lossesAt + 8 * plan.storedPaths);
  const momentsAt = align(histogramAt + 8 * (HISTOGRAM_CELLS + 1));
  const countsAt = momentsAt + 64;
  const placesAt = align(countsAt + 8 * (sources + 1));
  const end = placesAt + 4 * (plan.storedPaths + 1);
  return { rowsAt, weightsAt, lossesAt, histogramAt, momentsAt, countsAt, placesAt, end };
}

/** One bin after the other, as `nextBin` hands them out until it has none. Returns the bins that spread. */
export function sampleBins(
  plan: SimulationPlan,
  kernel: Kernel,
  layout: TapeLayout,
  spread: Spread | null,
  nextBin: () => number | undefined,
): BinExtras[] {
  const { chances, bins, groups, seed } = plan;
  const { rowsAt } = layout;
  const extremes = findExtremes(chances);
  const knots = new Float64Array(kernel.memory.buffer, kernel.knotsAt(), 34);
  const extras: BinExtras[] = [];
  let last = -2;
  for (let index = nextBin(); index !== undefined; index = nextBin()) {
    const bin = bins[index]!;
    if (bin.groupStart === bin.groupEnd) continue;
    const state = createRandom(seed, index);
    kernel.seed(state[0]!, state[1]!, state[2]!, state[3]!);
    fillKnots(bin, knots);
    if (bin.isDense) {
      const { paths, rowStart } = groups[bin.groupStart]!;
      kernel.sampleAll(rowsAt + 2 * rowStart, paths);
      last = -2;
    } else if (bin.hazard > 0) {
      const band = measureBand(chances, knots, extremes);
      kernel.fillTable(bin.zLow, bin.zHigh, bin.hazard, last === index - 1 ? 1 : 0, band);
      last = index;
      for (let g = bin.groupStart; g < bin.groupEnd; g++) {
        const { width, paths, rowStart } = groups[g]!;
        kernel.sampleGroup(rowsAt + 2 * rowStart, width, paths);
      }
    }
    if (spread !== null) {
      const found = spreadBin(plan, kernel, layout, spread, index);
      if (found !== null) extras.push(found);
    }
  }
  return extras;
}

function spreadBin(
  plan: SimulationPlan,
  kernel: Kernel,
  { rowsAt, weightsAt }: TapeLayout,
  { limit }: Spread,
  index: number,
): BinExtras | null {
  const { groupStart, groupEnd } = plan.bins[index]!;
  const { pathsAt, rowsAt: foundAt, room } = kernel.found;
  const { buffer } = kernel.memory;
  const paths: number[] = [];
  const counts: number[] = [];
  const rows: number[] = [];
  for (let g = groupStart; g < groupEnd; g++) {
    const { width, paths: own, rowStart, pathStart } = plan.groups[g]!;
    for (let from = 0; from < own;) {
      const at = rowsAt + 2 * rowStart;
      from = kernel.spreadGroup(at, width, from, own, weightsAt, limit, pathsAt, foundAt, room);
      const found = new Uint32Array(buffer, pathsAt, 2 * kernel.foundPathCount());
      for (let i = 0; i < found.length; i += 2) {
        paths.push(pathStart + found[i]!);
        counts.push(found[i + 1]!);
      }
      for (const row of new Uint16Array(buffer, foundAt, kernel.foundRowCount())) rows.push(row);
    }
  }
  return paths.length === 0 ? null : { bin: index, paths, counts, rows };
}

/** What every bin found, in the order of the paths, whoever found it. */
export function joinExtras(extras: readonly BinExtras[]): TapeExtras {
  const ordered = extras.toSorted((a, b) => a.bin - b.bin);
  const counts = ordered.flatMap((bin) => bin.counts);
  const starts = new Uint32Array(counts.length + 1);
  for (const [i, count] of counts.entries()) starts[i + 1] = starts[i]! + count;
  return {
    paths: Uint32Array.from(ordered.flatMap((bin) => bin.paths)),
    starts,
    rows: Uint16Array.from(ordered.flatMap((bin) => bin.rows)),
  };
}

export function assembleTape(
  plan: SimulationPlan,
  kernel: Kernel,
  layout: TapeLayout,
  extras: TapeExtras,
  certain: readonly number[],
): EventTape {
  const { buffer } = kernel.memory;
  const sourceCount = plan.chances.thresholds.length;
  const room: TapeRoom = {
    kernel,
    rowsAt: layout.rowsAt,
    weightsAt: layout.weightsAt,
    weights: new Float64Array(buffer, layout.weightsAt, sourceCount + 1),
    lossesAt: layout.lossesAt,
    losses: new Float64Array(buffer, layout.lossesAt, plan.storedPaths),
    histogramAt: layout.histogramAt,
    histogram: new Float64Array(buffer, layout.histogramAt, HISTOGRAM_CELLS + 1),
    placesAt: layout.placesAt,
    places: new Uint32Array(buffer, layout.placesAt, plan.storedPaths),
    momentsAt: layout.momentsAt,
    moments: new Float64Array(buffer, layout.momentsAt, 4),
    countsAt: layout.countsAt,
    counts: new Float64Array(buffer, layout.countsAt, sourceCount + 1).fill(NaN),
  };
  const { seed, pathCount, storedPaths, bins, groups } = plan;
  const rows = new Uint16Array(buffer, layout.rowsAt, plan.rowCount);
  return { seed, sourceCount, pathCount, storedPaths, bins, groups, rows, extras, certain, room };
}

/**
 * Simulates a model on one thread. Deterministic: the same model, paths, seed and allocation give the same bytes, on
 * any machine and with any number of workers. `memory`: one of an earlier run, used again where it is large enough.
 *
 * @throws AppError scenario-invalid for a model or options outside their range; cancelled
 */
export function simulate(
  model: LossModel,
  options: SimulationOptions,
  hooks: RunHooks = {},
  memory?: WebAssembly.Memory,
): EventTape {
  const plan = planSimulation(model, options);
  const spread = prepareSpread(model, plan.certain);
  const layout = layOutTape(plan, spread, 1);
  const isLarge = memory !== undefined && memory.buffer.byteLength >= layout.end;
  const kernel = startKernel(isLarge ? memory : createKernelMemory(layout.end), 0, plan.chances, spread);
  writeReach(kernel, layout, spread);
  const work = createWork(plan.bins.length, hooks);
  let next = 0;
  const extras = sampleBins(plan, kernel, layout, spread, () => {
    work.check();
    if (next > 0) work.advance();
    return next < plan.bins.length ? next++ : undefined;
  });
  return assembleTape(plan, kernel, layout, joinExtras(extras), [...(spread?.certain ?? plan.certain)]);
}

/** The kernel's sum over a path's rows is the path's reach. */
export function writeReach(kernel: Kernel, { weightsAt }: TapeLayout, spread: Spread | null): void {
  if (spread === null) return;
  new Float64Array(kernel.memory.buffer, weightsAt, spread.reach.length).set(spread.reach);
}

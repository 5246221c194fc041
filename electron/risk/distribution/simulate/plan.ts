/**
 * The plan of a simulation: everything that is decided before the first fault is drawn. Bins, paths per bin, candidate
 * counts, and with them the layout of the tape. It depends on the model and the seed alone; workers carry out parts of
 * it in any order.
 */
import { AppError } from '../../../../shared/contract/errors.ts';
import { hazardOf, normalQuantile } from '../../math/normal.ts';
import type { LossModel } from '../loss-model.ts';
import { planCandidateCounts } from './candidate-counts.ts';
import { MAX_SOURCES, type TapeBin, type TapeGroup } from './event-tape.ts';
import { factorAt, planFactorBins, type Allocation, type FactorBin } from './factor-bins.ts';
import { hazardTable, lookUpHazard } from './hazard-table.ts';
import { createKernelMemory, scratchAt, startKernel, type SourceChances } from './kernel.ts';
import { createRandom, drawUniform } from './random.ts';
import { prepareSpread, type Spread } from './spread.ts';

export interface SimulationOptions {
  /** Whole number of paths, at least 1. */
  readonly paths: number;
  /** Whole number. */
  readonly seed: number;
  readonly allocation?: Allocation;
}

export interface PlannedBin extends FactorBin, TapeBin {
  /** Total hazard at the bin's worst factor. */
  readonly hazard: number;
  readonly isDense: boolean;
}

export interface SimulationPlan {
  readonly seed: number;
  readonly pathCount: number;
  readonly storedPaths: number;
  readonly rowCount: number;
  readonly chances: SourceChances;
  readonly certain: readonly number[];
  readonly bins: readonly PlannedBin[];
  readonly groups: readonly TapeGroup[];
}

/** Rows of the tape that one run may need: 2 bytes each. */
const MAX_ROWS = 400_000_000;
const MAX_PATHS = 100_000_000;
/** Bins, so that building their tables and thinning within them cost about the same (measured). */
const LEAST_BINS = 24;
const MOST_BINS = 512;
const BIN_BALANCE = 4;

/** @throws AppError scenario-invalid for too many sources or paths, or numbers outside their range */
export function planSimulation(
  model: LossModel,
  options: SimulationOptions,
): { readonly plan: SimulationPlan; readonly spread: Spread | null } {
  checkOptions(model, options);
  const sure = model.sources.flatMap(({ probability }, index) => (probability >= 1 ? [index] : []));
  const spread = prepareSpread(model, sure);
  const certain = spread === null ? sure : [...spread.certain];
  return { plan: planChances(describeChances(model, certain), options), spread };
}

function planChances(chances: SourceChances, options: SimulationOptions): SimulationPlan {
  const { paths, seed, allocation = 'proportional' } = options;
  const { certain } = chances;
  const sourceCount = chances.thresholds.length;
  const sumHazards = prepareHazards(chances);
  const bins: PlannedBin[] = [];
  const groups: TapeGroup[] = [];
  let rowCount = 0;
  let storedPaths = 0;
  for (const [index, bin] of cutFactor(chances, sumHazards, paths, allocation).entries()) {
    const hazard = sumHazards(bin.zLow);
    // Where candidates would mostly be repeats, going through all sources one by one is cheaper.
    const isDense = hazard > sourceCount / 2;
    const offset = drawUniform(createRandom(seed, -1 - index));
    const counts = isDense
      ? [{ candidates: sourceCount, paths: bin.paths }]
      : planCandidateCounts(hazard, bin.paths, offset, certain.length > 0);
    const groupStart = groups.length;
    const weight = (bin.uHigh - bin.uLow) / bin.paths;
    for (const { candidates: width, paths: own } of counts) {
      groups.push({ bin: index, width, paths: own, rowStart: rowCount, pathStart: storedPaths, weight });
      rowCount += width * own;
      storedPaths += own;
    }
    bins.push({
      ...bin,
      hazard,
      isDense,
      probability: bin.uHigh - bin.uLow,
      groupStart,
      groupEnd: groups.length,
    });
  }
  if (rowCount > MAX_ROWS) {
    throw new AppError('scenario-invalid', 'This run would need more memory than it may take.', {
      detail: `${rowCount} events on ${paths} paths, ${MAX_ROWS} at most`,
      help: 'Ask for fewer paths.',
    });
  }
  const pathCount = bins.reduce((sum, bin) => sum + bin.paths, 0);
  return { seed, pathCount, storedPaths, rowCount, chances, certain, bins, groups };
}

function checkOptions(model: LossModel, { paths, seed }: SimulationOptions): void {
  const refuse = (message: string, help: string): never => {
    throw new AppError('scenario-invalid', message, { help });
  };
  if (!Number.isSafeInteger(paths) || paths < 1 || paths > MAX_PATHS) {
    refuse(`A simulation takes 1 to ${MAX_PATHS} paths.`, 'Enter a whole number in that range.');
  }
  if (!Number.isSafeInteger(seed)) refuse('The seed has to be a whole number.', 'Enter a whole number.');
  if (model.sources.length > MAX_SOURCES) {
    refuse(
      `A simulation takes at most ${MAX_SOURCES} sources of loss.`,
      'Merge sources that always happen together.',
    );
  }
  if (!(model.rho >= 0 && model.rho < 1)) {
    refuse('The correlation has to be at least 0 and below 1.', 'Enter a number such as 0.2.');
  }
  for (const { id, probability } of model.sources) {
    if (!(probability >= 0 && probability <= 1)) {
      refuse(`The chance of ${id} is not between 0 and 1.`, 'Enter a chance from 0 to 1.');
    }
  }
}

/** `certain`: what happens anyway, and what follows from it. It has no infinite hazard: it is not sampled at all. */
function describeChances({ sources, rho }: LossModel, certain: readonly number[]): SourceChances {
  const isCertain = new Set(certain);
  const thresholds = new Float64Array(sources.length);
  const fixedHazards = new Float64Array(sources.length);
  for (const [i, { probability, isOnFactor }] of sources.entries()) {
    if (isCertain.has(i)) continue;
    const moves = isOnFactor && rho > 0 && probability > 0;
    thresholds[i] = moves ? normalQuantile(probability) : 0;
    fixedHazards[i] = moves ? -1 : hazardOf(probability);
  }
  const hasFactor = fixedHazards.some((hazard) => hazard < 0);
  return { rho: hasFactor ? rho : 0, thresholds, fixedHazards, certain };
}

/** Total hazard of all sources given the factor: the kernel's own sum, the one that its tables add up to. */
function prepareHazards(chances: SourceChances): (z: number) => number {
  const memory = createKernelMemory(scratchAt(1, chances.thresholds.length, null));
  return startKernel(memory, 0, chances, null).sumHazards;
}

function cutFactor(
  chances: SourceChances,
  sumHazards: (z: number) => number,
  paths: number,
  allocation: Allocation,
): FactorBin[] {
  const { rho } = chances;
  const sources = chances.thresholds.length;
  const request = { rho, paths, allocation };
  if (rho === 0) return planFactorBins({ ...request, count: 1, slope: 0 });
  // About where faults happen: between half a deviation and one and a half on the bad side.
  const near = sumHazards(-0.5);
  const far = sumHazards(-1.5);
  const slope = near > 0 && far > near ? Math.min(4, Math.log(far / near)) : 0;
  const wanted = Math.sqrt((BIN_BALANCE * paths * sumHazards(-0.25)) / Math.max(1, sources));
  const count = Math.round(Math.min(MOST_BINS, Math.max(LEAST_BINS, wanted)));
  return planFactorBins({ ...request, count, slope });
}

/** Linear pieces of the factor within a bin, as in assembly/kernel.ts. */
const KNOTS = 32;

/** Factor at the knots of a bin, equally spaced in u, into `knots`. */
export function fillKnots(bin: FactorBin, knots: Float64Array): void {
  for (let k = 0; k <= KNOTS; k++) knots[k] = factorAt(bin.uLow + ((bin.uHigh - bin.uLow) * k) / KNOTS);
}

/** A margin over what was found at the knots, for what lies between them. */
const BAND_MARGIN = 1.25;
const LEAST_BAND = 0.004;
/** A share of the highest hazard. */
const STEEP = 0.6;
const PROBES = 12;

/**
 * How far the ratio of a source's hazard to its highest strays from its chord over the bin, as a share of the whole
 * fall: within this band the sampler looks the hazard up, outside it a comparison decides. The ratio's shape depends on
 * the threshold alone; `probes` are thresholds spread over those of the sources (listProbes). Where a hazard falls
 * steeply between the bounds, as at correlations near one, the shape is not trusted and every candidate is looked up.
 */
export function measureBand(chances: SourceChances, knots: Float64Array, probes: readonly number[]): number {
  const table = hazardTable();
  const loading = Math.sqrt(chances.rho);
  const scale = 1 / Math.sqrt(1 - chances.rho);
  let band = 0;
  for (const threshold of probes) {
    const hazardAt = (k: number): number => lookUpHazard(table, (threshold - loading * knots[k]!) * scale);
    const highest = hazardAt(0);
    const fall = highest - hazardAt(KNOTS);
    if (!(fall > 0)) continue;
    if (fall > STEEP * highest) return 1;
    for (let k = 1; k < KNOTS; k++) {
      const chord = highest - (fall * k) / KNOTS;
      band = Math.max(band, Math.abs(hazardAt(k) - chord) / fall);
    }
  }
  return band * BAND_MARGIN + LEAST_BAND;
}

/** Thresholds from the smallest to the largest of the sources on the factor, evenly spaced. */
export function listProbes({ thresholds, fixedHazards }: SourceChances): number[] {
  const moving = thresholds.filter((_, i) => fixedHazards[i]! < 0);
  if (moving.length === 0) return [];
  const least = moving.reduce((a, b) => Math.min(a, b));
  const most = moving.reduce((a, b) => Math.max(a, b));
  if (least === most) return [least];
  return Array.from({ length: PROBES }, (_, i) => least + ((most - least) * i) / (PROBES - 1));
}

/**
 * A loss model, flattened for passes over a tape: what each source takes from which position. Made anew for every
 * change of exposure, severity or cover; the tape stays.
 */
import { AppError } from '../../../../shared/contract/errors.ts';
import type { LossModel } from '../loss-model.ts';

export interface Book {
  readonly model: LossModel;
  readonly sourceCount: number;
  /** Values of the positions. */
  readonly values: Float64Array;
  /** Strikes of source s: from strikeStart[s] up to strikeStart[s + 1]. */
  readonly strikeStart: Int32Array;
  readonly strikeChance: Float64Array;
  readonly strikeSource: Int32Array;
  /** 1 where losses add to others of the position, 0 where they multiply. */
  readonly strikeAdds: Uint8Array;
  /** Severity levels of strike k: from levelStart[k] up to levelStart[k + 1]. */
  readonly levelStart: Int32Array;
  readonly levels: Float64Array;
  /** Hits of strike k: from hitStart[k] up to hitStart[k + 1]. */
  readonly hitStart: Int32Array;
  readonly hitPosition: Int32Array;
  readonly hitShare: Float64Array;
  readonly isSeverityCommon: Uint8Array;
  /**
   * Whether the loss of a path is the sum of a fixed amount per source: fixed severities, no chance left open, no
   * cover, and no position that its strikes could together take more than all of, or take in layers. Then one number
   * per source is the whole book.
   */
  readonly isAdditive: boolean;
}

/** @throws AppError scenario-invalid where a number is outside its range, or a hit is of no position */
export function compileBook(model: LossModel): Book {
  const { positions, sources } = model;
  checkPositions(model);
  const strikes = sources.flatMap((source, index) =>
    source.strikes.map((strike) => ({ strike, index, source })),
  );
  for (const { strike, source } of strikes) checkStrike(strike, source.id, positions.length);
  const strikeStart = new Int32Array(sources.length + 1);
  for (const [index, source] of sources.entries()) {
    strikeStart[index + 1] = strikeStart[index]! + source.strikes.length;
  }
  const levelStart = accumulate(strikes.map(({ strike }) => strike.severity.length));
  const hitStart = accumulate(strikes.map(({ strike }) => strike.hits.length));
  const hits = strikes.flatMap(({ strike }) => strike.hits);
  return {
    model,
    sourceCount: sources.length,
    values: Float64Array.from(positions, ({ value }) => value),
    strikeStart,
    strikeChance: Float64Array.from(strikes, ({ strike }) => strike.chance),
    strikeSource: Int32Array.from(strikes, ({ index }) => index),
    strikeAdds: Uint8Array.from(strikes, ({ strike }) => (strike.combine === 'adds' ? 1 : 0)),
    levelStart,
    levels: Float64Array.from(strikes.flatMap(({ strike }) => strike.severity)),
    hitStart,
    hitPosition: Int32Array.from(hits, ({ position }) => position),
    hitShare: Float64Array.from(hits, ({ share }) => share),
    isSeverityCommon: Uint8Array.from(sources, ({ isSeverityCommon }) => (isSeverityCommon ? 1 : 0)),
    isAdditive: isAdditive(model),
  };
}

function accumulate(counts: readonly number[]): Int32Array {
  const starts = new Int32Array(counts.length + 1);
  for (const [index, count] of counts.entries()) starts[index + 1] = starts[index]! + count;
  return starts;
}

/** Shares of one position may miss their sum by rounding. */
const ROUNDING = 1e-9;

function isAdditive({ positions, sources, covers }: LossModel): boolean {
  if (covers.length > 0) return false;
  const taken = new Float64Array(positions.length);
  const layers = new Int32Array(positions.length);
  const adders = new Int32Array(positions.length);
  for (const { strikes } of sources) {
    for (const { chance, severity, combine, hits } of strikes) {
      if (chance < 1 || severity.length !== 1) return false;
      for (const { position, share } of hits) {
        if (combine === 'multiplies') layers[position]!++;
        else {
          taken[position]! += share * severity[0]!;
          adders[position]!++;
        }
      }
    }
  }
  return positions.every((_, p) => {
    // A single layer that meets nothing else adds to nothing, too.
    if (layers[p]! > 0) return layers[p] === 1 && adders[p] === 0;
    return taken[p]! <= 1 + ROUNDING;
  });
}

/** What one event of each source takes, for an additive book, with one more zero for the null row. */
export function weighSources(book: Book): Float64Array {
  const { sourceCount, strikeStart, hitStart, hitPosition, hitShare, levels, levelStart, values } = book;
  const weights = new Float64Array(sourceCount + 1);
  for (let source = 0; source < sourceCount; source++) {
    let weight = 0;
    for (let k = strikeStart[source]!; k < strikeStart[source + 1]!; k++) {
      let struck = 0;
      for (let h = hitStart[k]!; h < hitStart[k + 1]!; h++) struck += hitShare[h]! * values[hitPosition[h]!]!;
      weight += struck * levels[levelStart[k]!]!;
    }
    weights[source] = weight;
  }
  return weights;
}

function refuse(message: string): never {
  throw new AppError('scenario-invalid', message, {
    help: 'Correct the number. No figure is computed from a model that contradicts itself.',
  });
}

function checkPositions({ positions, covers, sources }: LossModel): void {
  for (const { id, value } of positions) {
    if (!(value >= 0 && Number.isFinite(value)))
      refuse(`The value of position ${id} is not a number from 0 up.`);
  }
  const ids = new Set(sources.map(({ id }) => id));
  if (ids.size !== sources.length) refuse('Two sources of loss have the same id.');
  for (const { id, deductible, cap, positions: covered, hangsOn } of covers) {
    if (!(deductible >= 0 && cap >= 0)) refuse(`Cover ${id} has a cap or deductible below zero.`);
    if (covered.some((position) => positions[position] === undefined)) {
      refuse(`Cover ${id} names a position that the model does not have.`);
    }
    for (const { sourceId, share } of hangsOn) {
      if (!ids.has(sourceId)) refuse(`Cover ${id} hangs on ${sourceId}, which is not a source of the model.`);
      if (!(share >= 0 && share <= 1)) refuse(`Cover ${id} loses a share of its pool outside 0 to 1.`);
    }
  }
}

function checkStrike(
  strike: LossModel['sources'][number]['strikes'][number],
  id: string,
  positions: number,
): void {
  const isShare = (value: number): boolean => value >= 0 && value <= 1;
  if (!isShare(strike.chance)) refuse(`A strike of ${id} has a chance outside 0 to 1.`);
  if (strike.severity.length === 0 || !strike.severity.every(isShare)) {
    refuse(`A severity of ${id} is outside 0 to 1.`);
  }
  for (const { position, share } of strike.hits) {
    if (!(position >= 0 && position < positions))
      refuse(`A strike of ${id} hits a position that is not there.`);
    if (!isShare(share)) refuse(`A strike of ${id} hits a share of a position outside 0 to 1.`);
  }
}

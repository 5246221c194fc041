/**
 * A loss model, flattened for passes over a tape: what each source takes from which position. Made anew for every
 * change of exposure, severity or cover; the tape stays.
 */
import { AppError } from '../../../shared/contract/errors.ts';
import type { LossModel, Strike } from './loss-model.ts';

export interface Book {
  readonly model: LossModel;
  readonly sourceCount: number;
  /** Values of the positions. */
  readonly values: Float64Array;
  /** Their sum: no path loses more, but for rounding. */
  readonly totalValue: number;
  /** Strikes of source s: from strikeStart[s] up to strikeStart[s + 1]. */
  readonly strikeStart: Int32Array;
  readonly strikeChance: Float64Array;
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
  const size = measureModel(model);
  const book = {
    model,
    sourceCount: sources.length,
    values: Float64Array.from(positions, ({ value }) => value),
    totalValue: positions.reduce((sum, { value }) => sum + value, 0),
    strikeStart: new Int32Array(sources.length + 1),
    strikeChance: new Float64Array(size.strikes),
    strikeAdds: new Uint8Array(size.strikes),
    levelStart: new Int32Array(size.strikes + 1),
    levels: new Float64Array(size.levels),
    hitStart: new Int32Array(size.strikes + 1),
    hitPosition: new Int32Array(size.hits),
    hitShare: new Float64Array(size.hits),
    isSeverityCommon: new Uint8Array(sources.length),
  };
  let [k, level, hit] = [0, 0, 0];
  for (let s = 0; s < sources.length; s++) {
    const { id, strikes, isSeverityCommon } = sources[s]!;
    book.isSeverityCommon[s] = isSeverityCommon ? 1 : 0;
    for (const strike of strikes) {
      checkStrike(strike, id, positions.length);
      book.strikeChance[k] = strike.chance;
      book.strikeAdds[k] = strike.combine === 'adds' ? 1 : 0;
      for (const share of strike.severity) book.levels[level++] = share;
      for (const { position, share } of strike.hits) {
        book.hitPosition[hit] = position;
        book.hitShare[hit++] = share;
      }
      k++;
      book.levelStart[k] = level;
      book.hitStart[k] = hit;
    }
    book.strikeStart[s + 1] = k;
  }
  return { ...book, isAdditive: isAdditive(model) };
}

function measureModel({ sources }: LossModel): { strikes: number; levels: number; hits: number } {
  const size = { strikes: 0, levels: 0, hits: 0 };
  for (const { strikes } of sources) {
    for (const { severity, hits } of strikes) {
      size.strikes++;
      size.levels += severity.length;
      size.hits += hits.length;
    }
  }
  return size;
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
    if (!(deductible >= 0 && cap >= 0 && Number.isFinite(deductible) && Number.isFinite(cap))) {
      refuse(`The cap or deductible of cover ${id} is not a number from 0 up.`);
    }
    if (new Set(covered).size !== covered.length) refuse(`Cover ${id} names a position twice.`);
    if (covered.some((position) => positions[position] === undefined)) {
      refuse(`Cover ${id} names a position that the model does not have.`);
    }
    for (const { sourceId, share } of hangsOn) {
      if (!ids.has(sourceId)) refuse(`Cover ${id} hangs on ${sourceId}, which is not a source of the model.`);
      if (!(share >= 0 && share <= 1)) refuse(`Cover ${id} loses a share of its pool outside 0 to 1.`);
    }
  }
}

function isShare(value: number): boolean {
  return value >= 0 && value <= 1;
}

function checkStrike({ chance, severity, hits }: Strike, id: string, positions: number): void {
  if (!isShare(chance)) refuse(`A strike of ${id} has a chance outside 0 to 1.`);
  if (severity.length === 0) refuse(`A severity of ${id} has no level.`);
  for (const level of severity) if (!isShare(level)) refuse(`A severity of ${id} is outside 0 to 1.`);
  for (const { position, share } of hits) {
    if (!(position >= 0 && position < positions))
      refuse(`A strike of ${id} hits a position that is not there.`);
    if (!isShare(share)) refuse(`A strike of ${id} hits a share of a position outside 0 to 1.`);
  }
}

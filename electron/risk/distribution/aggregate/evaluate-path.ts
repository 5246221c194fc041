/**
 * What the events of one path cost, position by position, for any book.
 *
 * Of each position: strikes on its stake add up to at most all of it, S = min(1, sum); layers multiply on what is left,
 * K = prod(1 - l); the loss is value x (1 - (1 - S) K). Then covers pay. A loss is charged to the strikes in proportion
 * to what each would have taken alone, so that the charges sum to the loss whatever was capped, layered or paid.
 *
 * Severities and open chances are drawn by hashing seed, path and strike, not from a stream: so a path keeps its draws
 * whatever else is changed, and two books are compared on the same luck (common random numbers).
 */
import { mixBits } from '../simulate/random.ts';
import type { Book } from '../book.ts';

/** Net losses of one path. Arrays are used again for the next path; `touched` says which entries count. */
export interface PathLosses {
  total: number;
  readonly touched: number[];
  readonly byPosition: Float64Array;
  /** Strikes that took something, and what of it is charged to each. */
  readonly strikes: number[];
  readonly byStrike: Float64Array;
}

export interface Evaluator {
  /** `sources`: what happened, without repeats; `path` numbers the path for its draws. */
  evaluate(sources: readonly number[], path: number): PathLosses;
}

export function createEvaluator(book: Book, seed: number): Evaluator {
  const { values, strikeStart, strikeChance, strikeAdds, levelStart, levels } = book;
  const { hitStart, hitPosition, hitShare, isSeverityCommon } = book;
  const count = values.length;
  const strikeCount = strikeChance.length;
  const stake = new Float64Array(count);
  const kept = new Float64Array(count).fill(1);
  const alone = new Float64Array(count);
  const isTouched = new Uint8Array(count);
  const losses: PathLosses = {
    total: 0,
    touched: [],
    byPosition: new Float64Array(count),
    strikes: [],
    byStrike: new Float64Array(strikeCount),
  };
  // Of the current path: one entry per strike and position.
  const chargedStrike: number[] = [];
  const chargedPosition: number[] = [];
  const chargedShare: number[] = [];
  const covers = prepareCovers(book);
  const base = mixBits(seed ^ 0x5bd1e995);

  /** Uniform in [0, 1) for this path and number. */
  const draw = (path: number, number: number): number =>
    (mixBits(mixBits(base ^ Math.imul(path, 0x9e3779b1)) + Math.imul(number, 0x85ebca6b)) >>> 0) * 2 ** -32;

  function strike(source: number, path: number): void {
    const isCommon = isSeverityCommon[source] === 1;
    for (let k = strikeStart[source]!; k < strikeStart[source + 1]!; k++) {
      if (strikeChance[k]! < 1 && draw(path, 2 * k + 1) >= strikeChance[k]!) continue;
      const first = levelStart[k]!;
      const width = levelStart[k + 1]! - first;
      const at = width === 1 ? 0 : Math.floor(draw(path, isCommon ? -2 - 2 * source : 2 * k) * width);
      const level = levels[first + at]!;
      if (level === 0) continue;
      losses.strikes.push(k);
      for (let h = hitStart[k]!; h < hitStart[k + 1]!; h++) {
        const position = hitPosition[h]!;
        const share = hitShare[h]! * level;
        if (share === 0) continue;
        if (isTouched[position] === 0) {
          isTouched[position] = 1;
          losses.touched.push(position);
        }
        if (strikeAdds[k] === 1) stake[position]! += share;
        else kept[position]! *= 1 - share;
        alone[position]! += share;
        chargedStrike.push(k);
        chargedPosition.push(position);
        chargedShare.push(share);
      }
    }
  }

  function reset(): void {
    for (const position of losses.touched) {
      isTouched[position] = 0;
      stake[position] = 0;
      kept[position] = 1;
      alone[position] = 0;
    }
    for (const k of losses.strikes) losses.byStrike[k] = 0;
    losses.touched.length = 0;
    losses.strikes.length = 0;
    losses.total = 0;
    chargedStrike.length = 0;
    chargedPosition.length = 0;
    chargedShare.length = 0;
  }

  return {
    evaluate(sources, path) {
      reset();
      for (const source of sources) strike(source, path);
      const { byPosition, byStrike, touched } = losses;
      for (const position of touched) {
        const left = (1 - Math.min(1, stake[position]!)) * kept[position]!;
        byPosition[position] = values[position]! * (1 - left);
      }
      for (const cover of covers) cover(sources, byPosition, isTouched);
      for (const position of touched) losses.total += byPosition[position]!;
      for (let i = 0; i < chargedStrike.length; i++) {
        const position = chargedPosition[i]!;
        byStrike[chargedStrike[i]!]! += (byPosition[position]! * chargedShare[i]!) / alone[position]!;
      }
      return losses;
    },
  };
}

type ApplyCover = (sources: readonly number[], byPosition: Float64Array, isTouched: Uint8Array) => void;

/** Each cover pays in turn on what the ones before left: min(pool, max(0, loss - deductible)), pro rata. */
function prepareCovers({ model }: Book): ApplyCover[] {
  const indexOf = new Map(model.sources.map(({ id }, index) => [id, index]));
  return model.covers.map(({ positions, deductible, cap, hangsOn }) => {
    const hangs = hangsOn.map(({ sourceId, share }) => ({ source: indexOf.get(sourceId), share }));
    return (sources, byPosition, isTouched) => {
      let loss = 0;
      for (const position of positions) if (isTouched[position] === 1) loss += byPosition[position]!;
      if (loss <= deductible) return;
      let pool = cap;
      for (const { source, share } of hangs) {
        if (source !== undefined && sources.includes(source)) pool *= 1 - share;
      }
      const left = 1 - Math.min(pool, loss - deductible) / loss;
      for (const position of positions) if (isTouched[position] === 1) byPosition[position]! *= left;
    };
  });
}

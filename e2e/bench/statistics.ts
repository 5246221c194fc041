/** The few statistics of repeated measurements. */
export interface Spread {
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

/** Of at least one number. */
export function findMedian(values: readonly number[]): number {
  const ordered = values.toSorted((a, b) => a - b);
  const middle = ordered.length >> 1;
  const upper = ordered[middle];
  if (upper === undefined) throw new Error('There is no median of nothing.');
  return ordered.length % 2 === 1 ? upper : (ordered[middle - 1]! + upper) / 2;
}

/** Of at least one number. */
export function spreadOf(values: readonly number[]): Spread {
  return { min: Math.min(...values), median: findMedian(values), max: Math.max(...values) };
}

/**
 * Ratios pair by pair: the i-th measurement of one over the i-th of the other, which ran right after one another. So
 * a machine that slows down in the middle of a run slows both.
 */
export function spreadOfRatios(above: readonly number[], below: readonly number[]): Spread {
  if (above.length !== below.length) throw new Error('Only as many measurements as there are pairs.');
  return spreadOf(above.map((value, i) => value / below[i]!));
}

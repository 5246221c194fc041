/** The weighted quantile of a list, from above, without sorting all of it. */

/** Lists up to this long are sorted. */
const SHORT = 2000;
const CELLS = 1024;

/**
 * The largest of `values` such that the weights of it and of all larger ones sum to more than `tail`; the smallest
 * where no sum does, which only rounding can bring about. `values` is not empty.
 *
 * Each round counts weights into cells and goes on within the one that the quantile lies in, so that a crowd of nearly
 * equal values costs a few passes.
 */
export function selectFromTop(values: readonly number[], weights: readonly number[], tail: number): number {
  let own = Float64Array.from(values);
  let ownWeights = Float64Array.from(weights);
  let left = tail;
  while (own.length > SHORT) {
    let least = Infinity;
    let most = -Infinity;
    for (const value of own) {
      if (value < least) least = value;
      if (value > most) most = value;
    }
    const perCell = (CELLS - 1) / (most - least);
    if (!Number.isFinite(perCell)) return most;
    const sums = new Float64Array(CELLS);
    for (let i = 0; i < own.length; i++) sums[Math.floor((own[i]! - least) * perCell)]! += ownWeights[i]!;
    let cell = CELLS - 1;
    while (cell > 0 && sums[cell]! <= left) left -= sums[cell--]!;
    const chosen = own.map((value) => (Math.floor((value - least) * perCell) === cell ? 1 : 0));
    const next = own.filter((_, i) => chosen[i] === 1);
    if (next.length === 0 || next.length === own.length) break;
    ownWeights = ownWeights.filter((_, i) => chosen[i] === 1);
    own = next;
  }
  const order = Array.from(own.keys()).sort((a, b) => own[b]! - own[a]!);
  let sum = 0;
  for (const i of order) {
    sum += ownWeights[i]!;
    if (sum > left) return own[i]!;
  }
  return own[order.at(-1)!]!;
}

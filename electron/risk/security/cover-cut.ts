/**
 * Rows that every attack satisfies, and the bound that follows from them exactly.
 *
 * If a target t is attacked, what the items outside a set F bring must meet the need that F leaves,
 * R = need - weight of F, and an item counts for at most R (a knapsack cover inequality, Carr, Fleischer, Leung and
 * Phillips 2000):
 *
 *   sum over items i of t outside F of min(weight_i, R) y_i  [+ shortfall bought]  >=  R x_t
 *
 * For any multipliers L not below zero (Lagrange),
 *
 *   value <= sum over t of max(0, gain_t - sum of L R) + sum over i of max(0, sum of L min(weight_i, R) - cost_i)
 *
 * which is evaluated here in integers. A solver proposes the multipliers, and whatever they are, the bound is true.
 */
import type { CoverProblem } from './cover-problem.ts';

export interface CoverCut {
  readonly target: number;
  /** Items of the target outside F. */
  readonly items: readonly number[];
  /** min(weight, R) of each of them. */
  readonly weights: readonly bigint[];
  /** R, above zero. */
  readonly residual: bigint;
}

/** The cut of `target` with F = `given`; null where F alone meets the need. */
export function makeCoverCut(
  problem: CoverProblem,
  target: number,
  given: ReadonlySet<number>,
): CoverCut | null {
  const { itemsOf, itemWeights, needs } = problem;
  const [start, end] = [itemsOf.starts[target]!, itemsOf.starts[target + 1]!];
  let residual = needs[target]!;
  for (let place = start; place < end; place += 1) {
    if (given.has(itemsOf.entries[place]!)) residual -= itemWeights[place]!;
  }
  if (residual <= 0n) return null;
  const items: number[] = [];
  const weights: bigint[] = [];
  for (let place = start; place < end; place += 1) {
    const item = itemsOf.entries[place]!;
    const weight = itemWeights[place]!;
    if (given.has(item) || weight === 0n) continue;
    items.push(item);
    weights.push(weight < residual ? weight : residual);
  }
  return { target, items, weights, residual };
}

/** What a search has decided so far: of each item and target, free, in or out. */
export const FREE = 0;
export const IN = 1;
export const OUT = 2;

export interface Decisions {
  readonly items: Uint8Array;
  readonly targets: Uint8Array;
}

export function makeFreeDecisions(problem: CoverProblem): Decisions {
  return { items: new Uint8Array(problem.costs.length), targets: new Uint8Array(problem.gains.length) };
}

/** Multipliers are whole multiples of 2^-MULTIPLIER_BITS. */
export const MULTIPLIER_BITS = 80n;
const MULTIPLIER_ONE = 1n << MULTIPLIER_BITS;
const MULTIPLIER_SCALE = 2 ** Number(MULTIPLIER_BITS);

/** A solver's multiplier as an exact one: rounded down, nothing where it is no number or below zero. */
export function fixMultiplier(value: number): bigint {
  return value > 0 && Number.isFinite(value) ? BigInt(Math.floor(value * MULTIPLIER_SCALE)) : 0n;
}

/**
 * Upper bound of the value of every attack that agrees with `decisions`, exact: in whole units, rounded down. Null
 * where there is none (elastic, with every target out).
 */
export function boundCover(
  problem: CoverProblem,
  cuts: readonly CoverCut[],
  multipliers: readonly bigint[],
  decisions: Decisions,
): bigint | null {
  const { costs, gains, needs } = problem;
  const itemTerms = costs.map((cost) => -cost * MULTIPLIER_ONE);
  const targetTerms = gains.map((gain) => gain * MULTIPLIER_ONE);
  const prices = gains.map(() => -MULTIPLIER_ONE);
  for (const [index, { target, items, weights, residual }] of cuts.entries()) {
    const multiplier = multipliers[index]!;
    if (multiplier === 0n) continue;
    targetTerms[target]! -= multiplier * residual;
    prices[target]! += multiplier;
    for (const [place, item] of items.entries()) itemTerms[item]! += multiplier * weights[place]!;
  }
  let bound = sumDecided(itemTerms, decisions.items);
  if (problem.kind === 'shared')
    return (bound + sumDecided(targetTerms, decisions.targets)) >> MULTIPLIER_BITS;
  // Elastic: a shortfall, at most the need, is bought at one; and at least one target is attacked.
  for (const [target, price] of prices.entries()) if (price > 0n) bound += price * needs[target]!;
  const targets = sumChosen(targetTerms, decisions.targets);
  return targets === null ? null : (bound + targets) >> MULTIPLIER_BITS;
}

function sumDecided(terms: readonly bigint[], decided: Uint8Array): bigint {
  let sum = 0n;
  for (const [index, term] of terms.entries()) {
    if (decided[index] === IN || (decided[index] === FREE && term > 0n)) sum += term;
  }
  return sum;
}

/** The same, with at least one term in; null where all are out. */
function sumChosen(terms: readonly bigint[], decided: Uint8Array): bigint | null {
  let best: bigint | null = null;
  for (const [index, term] of terms.entries()) {
    if (decided[index] === IN || (decided[index] === FREE && term > 0n)) return sumDecided(terms, decided);
    if (decided[index] === FREE && (best === null || term > best)) best = term;
  }
  return best;
}

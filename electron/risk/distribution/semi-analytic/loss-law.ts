/** A whole loss law, and what is read from it. */
import { AppError } from '../../../../shared/contract/errors.ts';

export interface LossLaw {
  /** Losses the law puts mass on, rising, in the book's unit; none below zero. */
  readonly losses: Float64Array;
  /** Their probabilities, which sum to one. */
  readonly probabilities: Float64Array;
  /** Exact: the sum of chance times mean loss over all sources. The law's mean is the same, but for roundings. */
  readonly expectedLoss: number;
  /** Chance of losing anything. */
  readonly lossProbability: number;
  /** The largest loss the book can have: everything happens, in its worst outcome. */
  readonly maximum: number;
  /** Probability of the states of shocks left out; their mean loss stands in the law as one loss. */
  readonly truncatedProbability: number;
}

/** Sums of probabilities carry roundings of this order; a level hit to within them counts as reached. */
const ROUNDING = 1e-12;

function requireLevel(level: number): void {
  if (level >= 0 && level < 1) return;
  throw new AppError('scenario-invalid', `The confidence level ${level} is none.`, {
    help: 'Give a number from 0 to below 1, for example 0.99.',
  });
}

/** Index of the value at risk, and the probability of larger losses. Summed from the top, where the digits matter. */
function findQuantile(law: LossLaw, level: number): { index: number; beyond: number } {
  requireLevel(level);
  let beyond = 0;
  let index = law.losses.length - 1;
  while (index > 0 && beyond + law.probabilities[index]! <= (1 - level) * (1 + ROUNDING)) {
    beyond += law.probabilities[index]!;
    index -= 1;
  }
  return { index, beyond };
}

/**
 * Value at risk: the smallest loss x of the law with P(L <= x) >= level.
 * @throws AppError scenario-invalid
 */
export function computeValueAtRisk(law: LossLaw, level: number): number {
  return law.losses[findQuantile(law, level).index]!;
}

/**
 * Expected shortfall (CVaR): the mean of the worst 1 - level share of outcomes. Where the value at risk carries more
 * mass than is needed to fill the share, only what is needed of it counts.
 * Source: Acerbi and Tasche, "On the coherence of expected shortfall" (2002).
 * @throws AppError scenario-invalid
 */
export function computeExpectedShortfall(law: LossLaw, level: number): number {
  const { index, beyond } = findQuantile(law, level);
  let sum = 0;
  for (let i = law.losses.length - 1; i > index; i -= 1) sum += law.losses[i]! * law.probabilities[i]!;
  const share = 1 - level;
  return (sum + Math.max(0, share - beyond) * law.losses[index]!) / share;
}

/** P(L >= loss), for a loss of any size. */
export function computeExceedance(law: LossLaw, loss: number): number {
  let sum = 0;
  for (let i = law.losses.length - 1; i >= 0 && law.losses[i]! >= loss; i -= 1) sum += law.probabilities[i]!;
  return Math.min(1, sum);
}

/**
 * The exceedance curve in at most about `count` points: losses above zero with the chance that the loss is at least as
 * large, falling, from the most likely down to `lowest`, evenly in the logarithm of the chance.
 */
export function listExceedance(
  law: LossLaw,
  count = 128,
  lowest = 1e-7,
): { readonly loss: number; readonly probability: number }[] {
  const curve: { loss: number; probability: number }[] = [];
  const ratio = (1 / lowest) ** (1 / Math.max(1, count - 1));
  let next = lowest;
  let sum = 0;
  for (let i = law.losses.length - 1; i >= 0 && law.losses[i]! > 0; i -= 1) {
    sum += law.probabilities[i]!;
    const isLast = i === 0 || law.losses[i - 1] === 0;
    if (sum < next && !isLast) continue;
    curve.push({ loss: law.losses[i]!, probability: Math.min(1, sum) });
    while (next <= sum) next *= ratio;
  }
  return curve.reverse();
}

/** Mean of the law as it stands on its lattice: a check on it. */
export function computeLawMean(law: LossLaw): number {
  let sum = 0;
  for (let i = law.losses.length - 1; i >= 0; i -= 1) sum += law.losses[i]! * law.probabilities[i]!;
  return sum;
}

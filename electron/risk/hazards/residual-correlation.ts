/**
 * What the residual correlations of the hazard file mean in the model. They are conditional chances, not the rho of a
 * Gaussian factor, and there are two kinds.
 */
import { findRhoOfConditionalChance } from '../distribution/semi-analytic/one-factor.ts';

/** Of the one-factor model: beyond, the faults are one event, and the integrals over the factor lose digits. */
const MOST_RHO = 0.99;

/**
 * Chance that a second operator has its fault within the horizon, given that a first had one.
 *
 *     r + (1 - r) p
 *
 * With chance `residual` it is hit by the same event; if not, it may still have a fault of its own. So nothing left over
 * means independence, and everything means one event.
 *
 * @param probability of a fault within the horizon
 */
export function chanceOfSecond(probability: number, residual: number): number {
  return residual + (1 - residual) * probability;
}

/**
 * The correlation of the common factor under which two operators of this probability are hit together as often as
 * {@link chanceOfSecond} says. 0 where a probability of 0 or 1 leaves nothing to correlate.
 *
 * @returns 0 to 0.99
 */
export function rhoOfResidual(probability: number, residual: number): number {
  if (probability <= 0 || probability >= 1 || residual <= 0) return 0;
  const chance = Math.min(1, chanceOfSecond(probability, residual));
  return Math.min(MOST_RHO, findRhoOfConditionalChance(probability, chance));
}

/** One event that several can join: the services of an operator, the tokens of a market. */
export interface JointEvent {
  readonly probability: number;
  /** Chance of each to be part of the event, independent of the others given the event. */
  readonly joinChance: number;
}

/**
 * The event under which each single one is hit with chance `single` within the horizon, and a second given a first with
 * chance `residual`:
 *
 *     join chance c = max(residual, single),  event probability = single / c
 *
 * Each keeps its own chance exactly, and P(second | first) = c. Below `single` a second would be hit less often than by
 * coincidence, which no common cause does: at that bound the event is certain and the others independent.
 *
 * @param single chance within the horizon, 0 to 1
 */
export function joinEvents(single: number, residual: number): JointEvent {
  const joinChance = Math.max(residual, single);
  return { probability: joinChance === 0 ? 0 : single / joinChance, joinChance };
}

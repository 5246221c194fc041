/**
 * Marshall-Olkin shocks in closed form: independent shocks, each with a rate, strike all their members at once. What
 * happens to any set of sources depends only on the rates of the shocks that reach it.
 * Source: Marshall and Olkin, "A multivariate exponential distribution", JASA 62 (1967).
 */

/** Rate per year, not below zero; members by any numbering. An isolated fault is a shock with one member. */
export interface RatedShock {
  readonly rate: number;
  readonly members: readonly number[];
}

/** Summed rate of the shocks that reach at least one, or with `reach` "every", all of the sources. */
function sumRates(shocks: readonly RatedShock[], sources: readonly number[], reach: 'any' | 'every'): number {
  let sum = 0;
  for (const { rate, members } of shocks) {
    const reached =
      reach === 'any'
        ? sources.some((source) => members.includes(source))
        : sources.every((source) => members.includes(source));
    if (reached) sum += rate;
  }
  return sum;
}

/** Chance that none of the sources is struck within the horizon, in years: exp(-T x rates that reach them). */
export function computeJointSurvival(
  shocks: readonly RatedShock[],
  sources: readonly number[],
  horizon: number,
): number {
  return Math.exp(-horizon * sumRates(shocks, sources, 'any'));
}

/** Chance that one source is struck within the horizon: 1 - exp(-T x its rates), exact where it is tiny. */
export function computeFaultProbability(
  shocks: readonly RatedShock[],
  source: number,
  horizon: number,
): number {
  return -Math.expm1(-horizon * sumRates(shocks, [source], 'any'));
}

/**
 * Chance that two sources are both struck within the horizon: p_i p_j + S_i S_j (exp(T x rates common to both) - 1). The
 * same as 1 - S_i - S_j + S_ij, without its cancellation.
 */
export function computeJointFaultProbability(
  shocks: readonly RatedShock[],
  first: number,
  second: number,
  horizon: number,
): number {
  const independent =
    computeFaultProbability(shocks, first, horizon) * computeFaultProbability(shocks, second, horizon);
  const survivals =
    computeJointSurvival(shocks, [first], horizon) * computeJointSurvival(shocks, [second], horizon);
  return independent + survivals * Math.expm1(horizon * sumRates(shocks, [first, second], 'every'));
}

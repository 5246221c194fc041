/**
 * Expectations over the common factor of the one-factor model, by the trapezoidal rule on the whole line.
 *
 * In that model a fault is sqrt(rho) Z + sqrt(1 - rho) E < c. Take any m sources and let A be the event that all m have
 * their fault. Given the m latent variables, Z is normal with variance v(m) = (1 - rho) / (1 + (m - 1) rho), so the
 * Fourier transform of P(A | z) times the normal density is at most P(A) exp(-v(m) t^2 / 2). By Poisson's summation
 * formula the rule with step h therefore misses P(A) by at most about 2 exp(-2 pi^2 v(m) / h^2) of it, whatever the
 * thresholds are and however steep the conditional probabilities. No other placement of nodes has
 * such a bound, and none needs fewer: Gauss-Hermite with 64 nodes is useless at rho = 0.99.
 * Source: Trefethen and Weideman, "The exponentially convergent trapezoidal rule", SIAM Review 56 (2014), section 5.
 */

/** Points and weights with sum of weight x f(position) = E f(Z). Positions rise. */
export interface FactorNodes {
  readonly positions: Float64Array;
  readonly weights: Float64Array;
}

/** The relative error aimed at: log(2 / error) for 1e-14. */
const LOG_EXACT = 32.93;
/** The factor's mass above this is 5e-17. */
const HIGHEST = 8.3;
const ROOT_TWO_PI = 2.5066282746310007;

/**
 * The largest step with which the chance that `faults` given sources all have their fault is exact to a relative error
 * of 2 exp(-logError); by default 1e-14. `rho` from 0 to below 1.
 */
export function findFactorStep(rho: number, faults: number, logError = LOG_EXACT): number {
  const variance = (1 - rho) / (1 + (faults - 1) * rho);
  return Math.PI * Math.sqrt((2 * variance) / logError);
}

/**
 * Nodes with the given step, for sources whose smallest threshold Phi^-1(p) is `lowestThreshold`. They start at
 * -sqrt(c^2 + 68), c the threshold where it is below zero: a lower factor has less than 2e-15 of the chance p, whatever
 * the correlation, so that no source loses more of its mean than that. Chances of many faults together that are rarer
 * than 1e-19 may lie beyond.
 */
export function makeFactorNodes(step: number, lowestThreshold: number): FactorNodes {
  const lowest = -Math.sqrt(lowestThreshold < 0 ? lowestThreshold ** 2 + 68 : 68);
  const below = Math.ceil(-lowest / step);
  const count = below + Math.ceil(HIGHEST / step) + 1;
  const positions = new Float64Array(count);
  const weights = new Float64Array(count);
  for (let i = 0; i < count; i += 1) {
    const z = (i - below) * step;
    positions[i] = z;
    weights[i] = (step / ROOT_TWO_PI) * Math.exp(-0.5 * z * z);
  }
  return { positions, weights };
}

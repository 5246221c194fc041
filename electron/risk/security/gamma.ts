/**
 * The certificate that is cheap enough for every edit. Each service spreads the profit of corrupting it over its
 * stake: an attacker who needs the share alpha of it gains pi / (alpha x sigma_N) per unit of stake at most. Where no
 * validator's unit of stake is worth more than itself over all the services it serves, no attack pays.
 *
 *   load_v = sum over s in N(v) of pi_s / (alpha_s x sigma_N(s))        gamma = min over v of 1 / load_v - 1
 *
 * Source: Durvasula and Roughgarden, arXiv 2407.21785: the local condition that implies a buffer of gamma between
 * costs and profits; gamma >= 0 is the sufficient condition of the EigenLayer white paper.
 */
import { countEntries, rowOf, type IndexedNetwork } from './indexed-network.ts';
import {
  add,
  compare,
  divide,
  makeRational,
  multiply,
  ONE,
  subtract,
  sumUnreduced,
  ZERO,
  type Rational,
} from './rational.ts';

/**
 * How far attack costs are sure to exceed attack profits. `unbounded`: nothing can be gained anywhere. Below zero
 * the certificate says nothing: the network may be secure all the same.
 */
export type Gamma =
  | {
      readonly kind: 'finite';
      readonly value: Rational;
      /** Whose stake is the most lucrative. */
      readonly validatorId: string;
    }
  | { readonly kind: 'unbounded' };

/** A lower bound of how far attack costs exceed profits, or that itself: gamma, or the slack (slack.ts). */
export type CostBuffer =
  { readonly kind: 'finite'; readonly value: Rational } | { readonly kind: 'unbounded' };

/** Gain per unit of stake at a service; zero where it cannot be attacked, infinite where its members have no stake. */
export function weighService(network: IndexedNetwork, service: number): Rational | 'infinite' {
  const profit = network.profits[service]!;
  if (profit === 0n || countEntries(network.validatorsOf, service) === 0) return ZERO;
  const stake = network.serviceStakes[service]!;
  if (stake === 0n) return 'infinite';
  const { num, den } = network.thresholds[service]!;
  return makeRational(profit * den, num * stake);
}

/**
 * Gamma, exact, in one pass over the edges. Validators without stake do not count: they cost an attacker nothing and
 * bring it nothing, unless a service has no stake at all, which is then free to attack (gamma -1).
 */
export function computeGamma(network: IndexedNetwork): Gamma {
  const weights = network.serviceIds.map((_, service) => weighService(network, service));
  let worst: { load: Rational; validator: number } | null = null;
  for (const validator of network.validatorIds.keys()) {
    const load = loadValidator(network, weights, validator);
    if (load === 'infinite') return makeGamma(null, network.validatorIds[validator]!);
    if (load.num > 0n && (worst === null || compare(load, worst.load) > 0)) worst = { load, validator };
  }
  return worst === null
    ? { kind: 'unbounded' }
    : makeGamma(worst.load, network.validatorIds[worst.validator]!);
}

/** load_v, not in lowest terms; zero for a validator without stake at services that have some. */
export function loadValidator(
  network: IndexedNetwork,
  weights: readonly (Rational | 'infinite')[],
  validator: number,
): Rational | 'infinite' {
  const terms: Rational[] = [];
  for (const service of rowOf(network.servicesOf, validator)) {
    const weight = weights[service]!;
    if (weight === 'infinite') return weight;
    if (weight.num > 0n) terms.push(weight);
  }
  return network.stakes[validator]! > 0n ? sumUnreduced(terms) : ZERO;
}

/** The gamma of a load above zero; null: an infinite load. */
export function makeGamma(load: Rational | null, validatorId: string): Gamma {
  const inverse = load === null ? ZERO : divide(ONE, load);
  return { kind: 'finite', value: subtract(inverse, ONE), validatorId };
}

/** Whether the buffer certifies that no attack pays: costs are at least profits, and an attack must gain strictly. */
export function isCertifiedByGamma(gamma: CostBuffer): boolean {
  return gamma.kind === 'unbounded' || gamma.value.num >= 0n;
}

export interface LossBound {
  /** Share of all stake. May be above 1, where it says nothing. */
  readonly value: Rational;
  /** Whether R_psi is below `value`; otherwise it may equal it. */
  readonly isStrict: boolean;
}

/**
 * Upper bound of R_psi, the share of stake lost after a shock of share psi and every cascade it sets off:
 *
 *   R_psi < (1 + 1/gamma) psi        for gamma > 0 and psi > 0
 *
 * Any buffer serves as gamma. Null where it gives no bound. Without a shock (psi = 0) nothing is lost where gamma >= 0.
 * Source: arXiv 2407.21785, the upper bound of worst-case stake loss. R_psi counts psi itself, not the share that the
 * worst shock really takes.
 */
export function boundLoss(gamma: CostBuffer, psi: Rational): LossBound | null {
  if (!isCertifiedByGamma(gamma)) return null;
  if (psi.num === 0n) return { value: ZERO, isStrict: false };
  if (gamma.kind === 'unbounded') return { value: psi, isStrict: false };
  if (gamma.value.num === 0n) return null;
  return { value: multiply(add(ONE, divide(ONE, gamma.value)), psi), isStrict: true };
}

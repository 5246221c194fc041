/**
 * The certificate of an elastic network that is cheap enough for every edit, in the manner of gamma. With
 * u_j = profit_j / (theta_j x sum of w_ij), what a unit of stake gains at service j,
 *
 *   buffer = min( min over services of 1 / u_j - 1,  min over validators of sigma_i / (sum over j of u_j w_ij) - 1 )
 *
 * Every attack costs at least (1 + buffer) times what it brings: a validator with attack stakes a_ij <= w_ij pays
 * min(sigma_i, sum of a_ij), and sum of u_j a_ij is at most that over 1 + buffer by either condition; the sum over
 * validators is at least the profit, because the stakes on j come to theta_j sum of w_ij. Own derivation.
 */
import type { CoverProblem } from './cover-problem.ts';
import type { CostBuffer } from './gamma.ts';
import { rowOf } from './indexed-network.ts';
import { add, compare, makeRational, multiply, ONE, subtract, ZERO, type Rational } from './rational.ts';

/** @param problem of buildElasticCover. A service that is free to attack makes it -1. */
export function measureElasticBuffer(problem: CoverProblem): CostBuffer {
  const { gains, needs, costs, targetsOf, targetWeights } = problem;
  if (needs.includes(0n)) return { kind: 'finite', value: subtract(ZERO, ONE) };
  const unitGains = gains.map((gain, target) => makeRational(gain, needs[target]));
  let highest = ZERO;
  for (const gain of unitGains) highest = compare(gain, highest) > 0 ? gain : highest;
  for (const [item, cost] of costs.entries()) {
    let gain: Rational = ZERO;
    for (const [place, target] of rowOf(targetsOf, item).entries()) {
      const weight = targetWeights[targetsOf.starts[item]! + place]!;
      gain = add(gain, multiply(unitGains[target]!, { num: weight, den: 1n }));
    }
    // Without stake nothing is allocated, and nothing gained.
    if (gain.num === 0n) continue;
    const load = makeRational(gain.num, gain.den * cost);
    highest = compare(load, highest) > 0 ? load : highest;
  }
  if (highest.num === 0n) return { kind: 'unbounded' };
  return { kind: 'finite', value: subtract(makeRational(highest.den, highest.num), ONE) };
}

/** Whether every attack loses: it has to cost more than it brings, and breaking even is an attack here. */
export function isCertifiedStrictly(buffer: CostBuffer): boolean {
  return buffer.kind === 'unbounded' || buffer.value.num > 0n;
}

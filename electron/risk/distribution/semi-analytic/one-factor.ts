/**
 * The one-factor Gaussian model of dependent faults: source i has its fault when
 *     sqrt(rho) Z + sqrt(1 - rho) E_i < Phi^-1(p_i),
 * Z common, E_i its own, all standard normal. Source: Vasicek, "Probability of loss on a loan portfolio" (1987).
 */
import { AppError } from '../../../../shared/contract/errors.ts';
import { findFactorStep, makeFactorNodes } from '../../math/factor-quadrature.ts';
import { findRoot } from '../../math/find-root.ts';
import { normalCdf, normalQuantile } from '../../math/normal.ts';

/** The most correlation the inverse functions return. Beyond, faults are one and the same event: use a shock. */
export const MOST_RHO = 0.9999;

function requireChance(p: number, name: string): void {
  if (p >= 0 && p <= 1) return;
  throw new AppError('scenario-invalid', `The ${name} ${p} is no chance.`, {
    help: 'Give a number from 0 to 1.',
  });
}

function requireRho(rho: number): void {
  if (rho >= 0 && rho < 1) return;
  throw new AppError('scenario-invalid', `The correlation ${rho} is outside the model.`, {
    help: 'Give a number from 0 to below 1. What always happens together is a shock with members.',
  });
}

/**
 * Chance of a fault given the factor: p(z) = Phi((threshold - sqrt(rho) z) / sqrt(1 - rho)), threshold = Phi^-1(p).
 */
export function computeConditionalProbability(threshold: number, rho: number, z: number): number {
  return normalCdf((threshold - Math.sqrt(rho) * z) / Math.sqrt(1 - rho));
}

/**
 * Chance that two sources both have their fault: the bivariate normal distribution at their thresholds, as the integral
 * of the product of the conditional chances over the factor. Relative error about 1e-14.
 * @throws AppError scenario-invalid
 */
export function computeJointProbability(p1: number, p2: number, rho: number): number {
  requireChance(p1, 'first probability');
  requireChance(p2, 'second probability');
  requireRho(rho);
  if (p1 === 0 || p2 === 0) return 0;
  if (p1 === 1 || p2 === 1 || rho === 0) return p1 * p2;
  const first = normalQuantile(p1);
  const second = normalQuantile(p2);
  const { positions, weights } = makeFactorNodes(findFactorStep(rho, 2), Math.min(first, second));
  let sum = 0;
  for (let k = 0; k < positions.length; k += 1) {
    const z = positions[k]!;
    sum +=
      weights[k]! *
      computeConditionalProbability(first, rho, z) *
      (p1 === p2
        ? computeConditionalProbability(first, rho, z)
        : computeConditionalProbability(second, rho, z));
  }
  return Math.min(sum, p1, p2);
}

/**
 * Correlation of the two fault indicators, (p11 - p^2) / (p (1 - p)): far below rho where faults are rare. 0 for p = 0
 * and p = 1, where an indicator does not vary.
 * @throws AppError scenario-invalid
 */
export function computeDefaultCorrelation(p: number, rho: number): number {
  if (p === 0 || p === 1) return 0;
  return (computeJointProbability(p, p, rho) - p * p) / (p * (1 - p));
}

/**
 * The rho under which two sources of probability p both have their fault with the given chance. 0 where that chance is
 * not above p^2: the model knows no negative dependence. At most {@link MOST_RHO}.
 * @throws AppError scenario-invalid  where the joint chance exceeds p, or p is 0 or 1 and so tells nothing of rho
 */
export function findRhoOfJointProbability(p: number, joint: number): number {
  requireChance(p, 'probability');
  requireChance(joint, 'joint probability');
  if (joint > p) {
    throw new AppError(
      'scenario-invalid',
      `Two faults together (${joint}) cannot be likelier than one (${p}).`,
      {
        help: 'Give a joint probability of at most the single one.',
      },
    );
  }
  if (p === 0 || p === 1) {
    throw new AppError('scenario-invalid', `A fault of probability ${p} says nothing of correlation.`, {
      help: 'Give a probability between 0 and 1.',
    });
  }
  if (joint <= p * p) return 0;
  return findRoot((rho) => Math.log(computeJointProbability(p, p, rho) / joint), 0, MOST_RHO);
}

/**
 * The rho under which, given that one source has its fault, another of the same probability has it too with the given
 * chance: what hazards.json calls residual correlation ("chance that a second, unrelated operator is hit").
 * @throws AppError scenario-invalid
 */
export function findRhoOfConditionalChance(p: number, chance: number): number {
  requireChance(chance, 'conditional chance');
  return findRhoOfJointProbability(p, p * chance);
}

/**
 * The share of a very large, even book that is lost with confidence `level`: Phi((Phi^-1(p) + sqrt(rho)
 * Phi^-1(level)) / sqrt(1 - rho)). Source: Vasicek, "The distribution of loan portfolio value" (2002).
 * @throws AppError scenario-invalid
 */
export function computeVasicekQuantile(p: number, rho: number, level: number): number {
  requireChance(p, 'probability');
  requireChance(level, 'level');
  requireRho(rho);
  if (p === 0 || p === 1 || rho === 0) return p;
  return computeConditionalProbability(normalQuantile(p), rho, -normalQuantile(level));
}

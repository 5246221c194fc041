/**
 * An elastic network in which all validators and all services are alike, in closed form. The cost of an attack is
 * concave in each validator's attack stakes, so the cheapest way to a given sum takes as many validators whole as it
 * can, one in part, and leaves the rest alone.
 */
import { AppError } from '../../../shared/contract/errors.ts';
import {
  add,
  compare,
  maxOfRationals,
  minOfRationals,
  multiply,
  subtract,
  ZERO,
  type Rational,
} from './rational.ts';

export interface SymmetricElasticNetwork {
  readonly validatorCount: number;
  readonly serviceCount: number;
  readonly stake: Rational;
  /** Of each validator to each service, at most the stake. */
  readonly allocation: Rational;
  readonly profit: Rational;
  readonly threshold: Rational;
}

export interface SymmetricElasticResult {
  /** Of each validator, after the failures. */
  readonly stake: Rational;
  readonly allocation: Rational;
  /** Of the best attack on at least one service; null where none is left. */
  readonly bestProfit: Rational | null;
  /** Services it takes. */
  readonly attackedCount: number;
  /** Whether every attack loses. */
  readonly isSecure: boolean;
}

/**
 * The best attack after `failedCount` services failed, exact.
 *
 * With stake s and allocation w left, n validators, threshold theta, k services attacked:
 *
 *   cost(k) = q min(s, k w) + min(s, k (theta n - q) w),  q = floor(theta n);   profit(k) = k x profit - cost(k)
 *
 * @throws AppError scenario-invalid for counts that are no whole numbers or out of range
 */
export function solveSymmetricElastic(
  network: SymmetricElasticNetwork,
  failedCount: number,
): SymmetricElasticResult {
  const { validatorCount, serviceCount } = network;
  validateCounts(validatorCount, serviceCount, failedCount);
  const lost = multiply(network.allocation, toRational(failedCount));
  const stake = maxOfRationals(ZERO, subtract(network.stake, lost));
  const allocation = minOfRationals(network.allocation, stake);
  const left = serviceCount - failedCount;
  // An allocation of zero from the start is none: there is nobody to attack the service.
  const isAttackable = network.allocation.num > 0n && validatorCount > 0;
  let best: { profit: Rational; count: number } | null = null;
  for (let count = 1; isAttackable && count <= left; count += 1) {
    const share = multiply(allocation, toRational(count));
    const needed = multiply(network.threshold, toRational(validatorCount));
    const whole = { num: needed.num / needed.den, den: 1n };
    const cost = add(
      multiply(whole, minOfRationals(stake, share)),
      minOfRationals(stake, multiply(subtract(needed, whole), share)),
    );
    const profit = subtract(multiply(network.profit, toRational(count)), cost);
    if (best === null || compare(profit, best.profit) > 0) best = { profit, count };
  }
  return {
    stake,
    allocation,
    bestProfit: best?.profit ?? null,
    attackedCount: best?.count ?? 0,
    isSecure: best === null || best.profit.num < 0n,
  };
}

function validateCounts(validators: number, services: number, failed: number): void {
  const isWhole = [validators, services, failed].every((count) => Number.isSafeInteger(count) && count >= 0);
  if (isWhole && failed <= services) return;
  throw new AppError(
    'scenario-invalid',
    'Counts are whole numbers, and no more services can fail than there are.',
    {
      detail: `${validators} validators, ${services} services, ${failed} failed`,
      help: 'Correct the counts.',
    },
  );
}

function toRational(count: number): Rational {
  return { num: BigInt(count), den: 1n };
}

/**
 * Faults that cluster because the rate itself is uncertain: the chance of a fault is drawn once from Beta(a, b), then n
 * sources fail independently with it. The law of their number in closed form, by the ratio of neighbouring terms.
 */
import { AppError } from '../../../../shared/contract/errors.ts';

/**
 * P(k of n faults), k = 0 to n. The mean is n a / (a + b).
 * @throws AppError scenario-invalid
 */
export function computeBetaBinomialLaw(n: number, a: number, b: number): Float64Array {
  if (!Number.isInteger(n) || n < 0 || !(a > 0) || !(b > 0) || a + b === Infinity) {
    throw new AppError('scenario-invalid', `No beta-binomial law has n = ${n}, a = ${a}, b = ${b}.`, {
      help: 'Give a whole n from 0, and finite a and b above 0.',
    });
  }
  const law = new Float64Array(n + 1);
  let none = 1;
  for (let j = 0; j < n; j += 1) none *= (b + j) / (a + b + j);
  law[0] = none;
  for (let k = 0; k < n; k += 1) {
    law[k + 1] = (law[k]! * ((n - k) * (a + k))) / ((k + 1) * (b + n - k - 1));
  }
  return law;
}

/** Correlation of two fault indicators of the beta-binomial law: 1 / (a + b + 1). */
export function computeBetaBinomialCorrelation(a: number, b: number): number {
  return 1 / (a + b + 1);
}

/**
 * Exact fractions. Every published example of an insecure restaking network sits on an equality, so nothing that
 * decides a verdict passes through floating point.
 */

/** num / den with den above zero, in lowest terms where made by {@link makeRational}. */
export interface Rational {
  readonly num: bigint;
  readonly den: bigint;
}

export const ZERO: Rational = { num: 0n, den: 1n };
export const ONE: Rational = { num: 1n, den: 1n };

function absOf(value: bigint): bigint {
  return value < 0n ? -value : value;
}

/** Greatest common divisor, not negative; gcd(0, 0) is 0. */
export function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [absOf(a), absOf(b)];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

/** Least common multiple of two numbers above zero. */
export function lcm(a: bigint, b: bigint): bigint {
  return a === b ? a : (a / gcd(a, b)) * b;
}

/** num / den in lowest terms. `den` is not zero. */
export function makeRational(num: bigint, den = 1n): Rational {
  if (den === 1n) return { num, den };
  const divisor = gcd(num, den) * (den < 0n ? -1n : 1n);
  return { num: num / divisor, den: den / divisor };
}

export function add(a: Rational, b: Rational): Rational {
  if (a.den === b.den) return makeRational(a.num + b.num, a.den);
  return makeRational(a.num * b.den + b.num * a.den, a.den * b.den);
}

export function subtract(a: Rational, b: Rational): Rational {
  return add(a, { num: -b.num, den: b.den });
}

export function multiply(a: Rational, b: Rational): Rational {
  return makeRational(a.num * b.num, a.den * b.den);
}

/** a / b; `b` is not zero. */
export function divide(a: Rational, b: Rational): Rational {
  return makeRational(a.num * b.den, a.den * b.num);
}

/** Below zero, zero or above zero as a is less than, equal to or more than b, by cross-multiplication. */
export function compare(a: Rational, b: Rational): -1 | 0 | 1 {
  const left = a.num * b.den;
  const right = b.num * a.den;
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

export function minOfRationals(a: Rational, b: Rational): Rational {
  return compare(b, a) < 0 ? b : a;
}

export function maxOfRationals(a: Rational, b: Rational): Rational {
  return compare(b, a) > 0 ? b : a;
}

/** The sum, reduced once at the end: the greatest common divisor is the dear part. */
export function sumOfRationals(values: Iterable<Rational>): Rational {
  const { num, den } = sumUnreduced(values);
  return makeRational(num, den);
}

/** The sum, not in lowest terms: good for a comparison, and much cheaper. */
export function sumUnreduced(values: Iterable<Rational>): Rational {
  let [num, den] = [0n, 1n];
  for (const value of values) {
    if (value.den === den) num += value.num;
    else [num, den] = [num * value.den + value.num * den, den * value.den];
  }
  return { num, den };
}

const FRACTION = /^([+-]?\d{1,100})\/(\d{1,100})$/;
const DECIMAL = /^([+-]?)(\d{0,100})(?:\.(\d{0,100}))?(?:[eE]([+-]?\d{1,2}))?$/;

/**
 * Reads `9/10`, `0.9`, `12` or `1e30` exactly; null for anything else: no number, `NaN`, `Infinity`, a denominator of
 * zero, more than a hundred digits.
 */
export function parseRational(text: string): Rational | null {
  const trimmed = text.trim();
  const fraction = FRACTION.exec(trimmed);
  if (fraction !== null) {
    const den = BigInt(fraction[2]!);
    return den === 0n ? null : makeRational(BigInt(fraction[1]!), den);
  }
  const decimal = DECIMAL.exec(trimmed);
  if (decimal === null) return null;
  const [, sign, whole = '', part = '', power = '0'] = decimal;
  if (whole + part === '') return null;
  const digits = BigInt(whole + part) * (sign === '-' ? -1n : 1n);
  const exponent = Number(power) - part.length;
  return exponent >= 0
    ? makeRational(digits * 10n ** BigInt(exponent))
    : makeRational(digits, 10n ** BigInt(-exponent));
}

/** `3/4`, or `12` for a whole number. */
export function formatRational({ num, den }: Rational): string {
  return den === 1n ? num.toString() : `${num.toString()}/${den.toString()}`;
}

const SIGNIFICANT_BITS = 64;

function countBits(value: bigint): number {
  return value === 0n ? 0 : absOf(value).toString(16).length * 4;
}

/**
 * num / den as the nearest double, to within two units in its last place, whatever the size of the integers. For
 * search, display and solvers; never for a verdict.
 */
export function ratioToNumber(num: bigint, den: bigint): number {
  const [top, bottom] = [Number(num), Number(den)];
  if (Number.isFinite(top) && Number.isFinite(bottom)) return top / bottom;
  const shift = countBits(den) - countBits(num) + SIGNIFICANT_BITS;
  const quotient = shift >= 0 ? (num << BigInt(shift)) / den : num / (den << BigInt(-shift));
  // Two steps, so that an exponent near the end of the range does not overflow on the way.
  const half = Math.trunc(-shift / 2);
  return Number(quotient) * 2 ** half * 2 ** (-shift - half);
}

export function toNumber({ num, den }: Rational): number {
  return ratioToNumber(num, den);
}

/**
 * The regularised incomplete gamma function and its inverse, to 10 digits and more for shapes from 0.5 to 100,000:
 * what the posterior of a rate needs. Source: Abramowitz and Stegun, Handbook of Mathematical Functions, 6.1.41
 * (Stirling's series), 6.5.29 (power series) and 6.5.31 (continued fraction).
 */

const MOST_TERMS = 100_000;
const TINY = 1e-300;
/** From here on seven terms of Stirling's series are exact to a double. */
const STIRLING_FROM = 15;

/** B_2n / (2n (2n - 1)) for n = 1, 2, ... */
const STIRLING = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360_360, 1 / 156] as const;

/** The logarithm of the gamma function of x > 0. */
export function logGamma(x: number): number {
  // log gamma(x) = log gamma(x + n) - log(x (x + 1) ... (x + n - 1))
  let product = 1;
  let shifted = x;
  while (shifted < STIRLING_FROM) {
    product *= shifted;
    shifted += 1;
  }
  const inverseSquare = 1 / (shifted * shifted);
  let series = 0;
  for (let n = STIRLING.length - 1; n >= 0; n--) series = series * inverseSquare + STIRLING[n]!;
  const stirling =
    (shifted - 0.5) * Math.log(shifted) - shifted + 0.5 * Math.log(2 * Math.PI) + series / shifted;
  return stirling - Math.log(product);
}

/** The chance that a Gamma(shape, 1) variable is at most x: P(shape, x). Shape above zero. */
export function gammaCdf(shape: number, x: number): number {
  if (x <= 0) return 0;
  return x < shape + 1 ? sumSeries(shape, x) : 1 - evaluateFraction(shape, x);
}

/** x^shape e^-x / gamma(shape) */
function density(shape: number, x: number): number {
  return Math.exp(shape * Math.log(x) - x - logGamma(shape));
}

function sumSeries(shape: number, x: number): number {
  let term = 1 / shape;
  let sum = term;
  for (let n = 1; n < MOST_TERMS && term > sum * Number.EPSILON; n++) {
    term *= x / (shape + n);
    sum += term;
  }
  return sum * density(shape, x);
}

/** 1 - P by its continued fraction, evaluated forwards (Lentz), where the series would converge slowly. */
function evaluateFraction(shape: number, x: number): number {
  let b = x + 1 - shape;
  let c = 1 / TINY;
  let d = 1 / b;
  let fraction = d;
  for (let n = 1; n < MOST_TERMS; n++) {
    const a = -n * (n - shape);
    b += 2;
    d = 1 / keepFromZero(a * d + b);
    c = keepFromZero(b + a / c);
    const factor = c * d;
    fraction *= factor;
    if (Math.abs(factor - 1) <= Number.EPSILON) break;
  }
  return fraction * density(shape, x);
}

function keepFromZero(x: number): number {
  return Math.abs(x) < TINY ? TINY : x;
}

/**
 * The x with P(shape, x) = chance, by bisection on the logarithm: slow and sure, for a handful of calls. Shape above
 * zero; chance above 0 and below 1.
 */
export function gammaQuantile(shape: number, chance: number): number {
  // P(shape, x) <= x^shape / gamma(shape + 1), so that the quantile is at least this.
  let low = (Math.log(chance) + logGamma(shape + 1)) / shape;
  let high = Math.log(shape + 1);
  while (gammaCdf(shape, Math.exp(high)) < chance) high += 1;
  low = Math.min(low, high);
  for (let step = 0; step < 200; step++) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) break;
    if (gammaCdf(shape, Math.exp(middle)) < chance) low = middle;
    else high = middle;
  }
  return Math.exp((low + high) / 2);
}

/**
 * The normal distribution in double precision, out to the far tail.
 *
 * The tail is a Gaussian times the scaled function erfcx(x) = exp(x^2) erfc(x), which is smooth and falls like 1/x, so
 * that one rational function per range holds it to a rounding error. The coefficients are this program's own: rational
 * interpolation at Chebyshev nodes, solved in 50-digit arithmetic, rounded to doubles and checked against 50 digits on
 * each whole range. All of them are positive, so evaluating them cancels nothing. The relative error of `erfc`,
 * `normalCdf` and `normalSurvival` is below 1e-15 where the result is a normal double, and so is that of
 * `normalQuantile` (normal.test.ts compares them with values of 30 digits).
 */

const SQRT_HALF = Math.SQRT1_2;
const SQRT_HALF_PI = 1.2533141373155003;

/** erf(x) / x as a function of u = x^2, 0 <= u <= 1/4. Error of the fit 2e-17. */
function erfOverX(u: number): number {
  const numerator =
    1.1283791670955126 +
    u *
      (0.13273966320925892 +
        u * (0.04003513963541889 + u * (0.0011120004637101449 + u * 6.53144121223446e-5)));
  const denominator =
    1 +
    u *
      (0.45097079694490944 +
        u * (0.08580381769080797 + u * (0.008299201430593822 + u * 3.5167239808555056e-4)));
  return numerator / denominator;
}

/** exp(x^2) erfc(x) for x >= 1/2. Errors of the fits 3e-17, 1.2e-16, 1e-16. */
function erfcScaled(x: number): number {
  if (x < 2) {
    const numerator =
      1.0000000000451141 +
      x *
        (1.4816836869134775 +
          x *
            (1.0979592511363965 +
              x *
                (0.48773658229100475 +
                  x * (0.1352202527173938 + x * (0.022106945564678158 + x * 0.0016794563116113756)))));
    const denominator =
      1 +
      x *
        (2.610062854764081 +
          x *
            (3.043099795322422 +
              x *
                (2.0636969473183218 +
                  x *
                    (0.8841800313513207 +
                      x * (0.2411505524210905 + x * (0.039184140372800505 + x * 0.0029767402401037067))))));
    return numerator / denominator;
  }
  if (x < 6) {
    const numerator =
      1.0000114243437321 +
      x *
        (1.8166537256903375 +
          x *
            (1.6052958130138417 +
              x *
                (0.8620314288650296 +
                  x * (0.2971501581126044 + x * (0.06317123092285538 + x * 0.0070882499233550144)))));
    const denominator =
      1 +
      x *
        (2.945113671245797 +
          x *
            (3.9282185117671315 +
              x *
                (3.102342143161272 +
                  x *
                    (1.5838972889685807 +
                      x * (0.5329666201091001 + x * (0.11196809538138029 + x * 0.012563595814316902))))));
    return numerator / denominator;
  }
  const u = 1 / (x * x);
  const numerator =
    0.5641895835477563 +
    u * (8.861707965367794 + u * (39.003671922619276 + u * (48.76536346874674 + u * 8.333345267585223)));
  const denominator =
    1 +
    u * (16.206968408816007 + u * (76.48569270327498 + u * (114.39697626087774 + u * 38.430264306760016)));
  return numerator / (denominator * x);
}

/** exp(-t) = 2^(-i) 2^(-k / 128) exp(-r), with 128 i + k the whole number of parts of log 2 / 128 in t. */
const PARTS = 128;
const PARTS_PER_UNIT = 184.6649652337873;
/** log 2 / 128 in two pieces; up to 2^20 times the first is exact. */
const PART_HEAD = 0.00541521234663378;
const PART_TAIL = 1.4907929134926466e-12;
const PART_POWERS = Float64Array.from({ length: PARTS }, (_, k) => 2 ** (-k / PARTS));
const WHOLE_POWERS = Float64Array.from({ length: 2200 }, (_, i) => 2 ** -i);

/**
 * exp(-scale x^2), scale 1 or 1/2, |x| < 39. Squaring x in one piece would lose x^2 roundings of relative accuracy; the
 * square of its first 24 bits is exact, and the rest joins the remainder r, of which six terms of the series are enough.
 * Faster than Math.exp, whose last digit is each engine's own.
 */
function gauss(x: number, scale: number): number {
  const head = Math.fround(x);
  const square = scale * head * head;
  const parts = Math.floor(square * PARTS_PER_UNIT);
  const r = square - parts * PART_HEAD - (parts * PART_TAIL - scale * (x - head) * (x + head));
  const series = 1 - r * (1 - r * (1 / 2 - r * (1 / 6 - r * (1 / 24 - r * (1 / 120)))));
  return WHOLE_POWERS[parts >> 7]! * PART_POWERS[parts & (PARTS - 1)]! * series;
}

/** The complementary error function. NaN for NaN, 0 beyond 27.23, 2 below -5.9. */
export function erfc(x: number): number {
  const size = Math.abs(x);
  if (size < 0.5) return 1 - x * erfOverX(x * x);
  if (size > 27.5) return x > 0 ? 0 : 2;
  const tail = gauss(size, 1) * erfcScaled(size);
  return x > 0 ? tail : 2 - tail;
}

/** P(Z > x) of a standard normal Z. */
export function normalSurvival(x: number): number {
  const size = Math.abs(x);
  if (size < 0.7) return 0.5 - 0.5 * SQRT_HALF * x * erfOverX(0.5 * x * x);
  if (size > 38.9) return x > 0 ? 0 : 1;
  const tail = 0.5 * gauss(size, 0.5) * erfcScaled(size * SQRT_HALF);
  return x > 0 ? tail : 1 - tail;
}

/** P(Z <= x) of a standard normal Z. */
export function normalCdf(x: number): number {
  return normalSurvival(-x);
}

/** x of P(Z > x) = exp(logP) for P up to about 0.3, to 1e-7: where the refinement starts. */
function guessUpperQuantile(logP: number): number {
  const r = Math.sqrt(-logP);
  const numerator =
    -3.148759920691131 +
    r *
      (-10.701048434160175 +
        r *
          (4.322427115284996 +
            r *
              (12.087157463925264 +
                r *
                  (4.003556255407703 +
                    r * (0.39771343796724745 + r * (0.012416308203257816 + r * 9.491201671277726e-5))))));
  const denominator =
    1 +
    r *
      (7.388839758659255 +
        r *
          (9.130174099680092 +
            r *
              (2.854468310092293 +
                r * (0.28146350329606123 + r * (0.008779774977662892 + r * 6.711277574445251e-5)))));
  return numerator / denominator;
}

/**
 * x with P(Z > x) = p, for 0 < p < 0.2. One Halley step on log P(Z > x), whose slope is the hazard of the normal, 1 / M
 * with the Mills ratio M: cubic, so the 1e-7 of the guess leaves nothing but rounding, also where p itself is subnormal.
 */
function upperQuantile(p: number): number {
  const logP = Math.log(p);
  const x = guessUpperQuantile(logP);
  const scaled = erfcScaled(x * SQRT_HALF);
  const mills = SQRT_HALF_PI * scaled;
  const excess = Math.log(0.5 * scaled) - 0.5 * x * x - logP;
  return x + (excess * mills) / (1 + 0.5 * excess * (1 - x * mills));
}

/** x / q for the x with P(Z <= x) = 1/2 + q, as a function of v = 0.09 - q^2, |q| <= 0.3. Error of the fit 5e-17. */
function centralQuantileOverQ(v: number): number {
  const numerator =
    2.805404111909714 +
    v *
      (45.8763393341978 +
        v *
          (275.5987776646375 +
            v *
              (743.4627341055772 +
                v * (877.1182979091507 + v * (363.88602224162224 + v * 24.24715272379314)))));
  const denominator =
    1 +
    v *
      (17.87076924638418 +
        v *
          (120.2941274069949 +
            v *
              (378.19085760273396 +
                v * (556.9962795748588 + v * (333.6120551684884 + v * 52.59659055258619)))));
  return numerator / denominator;
}

/** The x with P(Z <= x) = p: -Infinity at 0, Infinity at 1, NaN outside [0, 1]. */
export function normalQuantile(p: number): number {
  const q = p - 0.5;
  if (Math.abs(q) <= 0.3) return q * centralQuantileOverQ(0.09 - q * q);
  if (p > 0 && p < 0.5) return -upperQuantile(p);
  if (p > 0.5 && p < 1) return upperQuantile(1 - p);
  if (p === 0) return -Infinity;
  return p === 1 ? Infinity : Number.NaN;
}

/** Density of the standard normal. */
export function normalDensity(x: number): number {
  if (Math.abs(x) > 38.9) return 0;
  return (0.5 * gauss(x, 0.5)) / SQRT_HALF_PI;
}

/** The cumulated hazard -log(1 - p) of a chance p: 0 at 0, Infinity at 1. Rates add up where chances do not. */
export function hazardOf(p: number): number {
  return -Math.log1p(-p);
}

/** The chance 1 - exp(-hazard) of a cumulated hazard, exact also where it is tiny. */
export function chanceOf(hazard: number): number {
  return -Math.expm1(-hazard);
}

/**
 * Gauss rules, generated: an oracle for tests that is independent of the trapezoidal rule the engine uses. Roots by
 * Newton's iteration on the three-term recurrence, each start refined from the roots found before.
 */

export interface GaussRule {
  readonly positions: readonly number[];
  readonly weights: readonly number[];
}

/** n nodes on [-1, 1]. */
export function makeGaussLegendre(n: number): GaussRule {
  const positions: number[] = [];
  const weights: number[] = [];
  for (let i = 0; i < n; i += 1) {
    let x = -Math.cos((Math.PI * (i + 0.75)) / (n + 0.5));
    let slope = 1;
    for (let round = 0; round < 100; round += 1) {
      let before = 0;
      let value = 1;
      for (let k = 1; k <= n; k += 1) {
        [before, value] = [value, ((2 * k - 1) * x * value - (k - 1) * before) / k];
      }
      slope = (n * (x * value - before)) / (x * x - 1);
      const change = value / slope;
      x -= change;
      if (Math.abs(change) < 1e-16) break;
    }
    positions.push(x);
    weights.push(2 / ((1 - x * x) * slope * slope));
  }
  return { positions, weights };
}

/** Orthonormal Hermite functions of degree n and n - 1 at x, for the weight exp(-x^2 / 2) / sqrt(2 pi). */
function evaluateHermite(n: number, x: number): { value: number; before: number } {
  let before = 0;
  let value = 1;
  for (let k = 1; k <= n; k += 1) {
    [before, value] = [value, (x * value - Math.sqrt(k - 1) * before) / Math.sqrt(k)];
  }
  return { value, before };
}

/** n nodes for a standard normal variable: sum of weight x f(position) = E f(Z) for polynomials up to 2n - 1. */
export function makeGaussHermite(n: number): GaussRule {
  // The roots of degree n lie between those of degree n - 1; each is bracketed, then bisected and polished.
  let roots: number[] = [];
  for (let degree = 1; degree <= n; degree += 1) {
    const edge = Math.sqrt(4 * degree + 4);
    const walls = [-edge, ...roots, edge];
    roots = walls.slice(1).map((right, i) => {
      let a = walls[i]!;
      let b = right;
      const signAtA = Math.sign(evaluateHermite(degree, a).value);
      for (let round = 0; round < 200 && b - a > 1e-15 * Math.max(1, Math.abs(a)); round += 1) {
        const middle = 0.5 * (a + b);
        if (Math.sign(evaluateHermite(degree, middle).value) === signAtA) a = middle;
        else b = middle;
      }
      return 0.5 * (a + b);
    });
  }
  return {
    positions: roots,
    weights: roots.map((x) => 1 / (n * evaluateHermite(n, x).before ** 2)),
  };
}

/**
 * The root of a function that rises from `low` to `high`, to the last bits, by bisection with secant steps between (the
 * Illinois rule). Values at the ends must have different signs or be zero.
 */
export function findRoot(compute: (x: number) => number, low: number, high: number): number {
  let a = low;
  let b = high;
  let atA = compute(a);
  let atB = compute(b);
  if (atA >= 0) return a;
  if (atB <= 0) return b;
  for (let round = 0; round < 200 && b - a > 4e-16 * Math.max(Math.abs(a), Math.abs(b)); round += 1) {
    const secant = (a * atB - b * atA) / (atB - atA);
    const x = round % 3 === 2 || !(secant > a && secant < b) ? 0.5 * (a + b) : secant;
    if (x <= a || x >= b) break;
    const at = compute(x);
    if (at === 0) return x;
    if (at < 0) {
      a = x;
      atA = at;
      atB *= 0.5;
    } else {
      b = x;
      atB = at;
      atA *= 0.5;
    }
  }
  return 0.5 * (a + b);
}

/** From a figure to points: straight lines between declared knots, the end values beyond them. */

type Knot = readonly [figure: number, points: number];

/** Figures rise; points, 0 to 100, only rise or only fall. */
export type ScaleKnots = readonly [Knot, ...Knot[]];

/** Points of one figure, 0 to 100. */
export function scaleFigure([first, ...rest]: ScaleKnots, figure: number): number {
  let [from, lower] = first;
  if (figure <= from) return lower;
  for (const [to, upper] of rest) {
    if (figure <= to) return lower + ((upper - lower) * (figure - from)) / (to - from);
    from = to;
    lower = upper;
  }
  return lower;
}

/** Points of every figure in a range. */
export function scaleRange(
  knots: ScaleKnots,
  { low, high }: { readonly low: number; readonly high: number },
): { readonly low: number; readonly high: number } {
  const ends = [scaleFigure(knots, low), scaleFigure(knots, high)] as const;
  return { low: Math.min(...ends), high: Math.max(...ends) };
}

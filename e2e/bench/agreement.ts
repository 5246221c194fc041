/** Speed is compared only between programs that come to the same figures. */
import { FIGURE_NAMES, type Figures } from './contestant.ts';
import type { Measured } from './run-interleaved.ts';

/** Standard errors of a difference that chance is trusted with: among the hundred comparisons of a run, less than one in a thousand runs goes beyond. */
export const TOLERATED_ERRORS = 5;
/** Room for the rounding of sums, and for the lattice that quantiles are read from, as a share of the figure. */
const ROUNDING = 1e-3;
/**
 * A value at risk with less error than this, as a share of it, stands on a loss that has a probability of its own. Where
 * the level falls between two such losses chance decides which it is, and no error tells; the mean beyond it hardly
 * moves, and is compared instead.
 */
const LEAST_ERROR = 1e-4;

export interface Disagreement {
  readonly figure: keyof Figures;
  readonly one: string;
  readonly other: string;
  readonly values: readonly [number, number];
  /** Standard error of the difference. */
  readonly error: number;
}

interface Claim {
  readonly name: string;
  readonly figures: Figures;
  readonly errors: Figures;
}

const EXACT: Figures = { el: 0, var99: 0, cvar99: 0, var999: 0, cvar999: 0 };

/** Holds the figures of the first run of each against those of the first that has any. */
export function findDisagreements(measured: readonly Measured[]): Disagreement[] {
  const claims = measured.flatMap(({ name, repetitions }): Claim[] => {
    const figures = repetitions[0]?.figures ?? null;
    return figures === null ? [] : [{ name, figures, errors: repetitions[0]?.errors ?? EXACT }];
  });
  const [reference, ...others] = claims;
  if (reference === undefined) return [];
  return others.flatMap((other) => FIGURE_NAMES.flatMap((figure) => compare(figure, reference, other)));
}

/** Holds the mean losses against the exact one. */
export function findWrongMeans(measured: readonly Measured[], expectedLoss: number): Disagreement[] {
  const exact: Claim = { name: 'sum of p w', figures: { ...EXACT, el: expectedLoss }, errors: EXACT };
  return measured.flatMap(({ name, repetitions }) => {
    const figures = repetitions[0]?.figures ?? null;
    if (figures === null) return [];
    return compare('el', { name, figures, errors: repetitions[0]?.errors ?? EXACT }, exact);
  });
}

function compare(figure: keyof Figures, one: Claim, other: Claim): Disagreement[] {
  const values = [one.figures[figure], other.figures[figure]] as const;
  const error = Math.hypot(one.errors[figure], other.errors[figure]);
  if (figure.startsWith('var') && error < LEAST_ERROR * Math.abs(values[1])) return [];
  const room = TOLERATED_ERRORS * error + ROUNDING * Math.abs(values[1]);
  // Not "difference > room": a figure that is no number has to be found.
  if (Math.abs(values[0] - values[1]) <= room) return [];
  return [{ figure, one: one.name, other: other.name, values, error }];
}

export function describeDisagreement({ figure, one, other, values, error }: Disagreement): string {
  return `${figure}: ${one} says ${values[0]}, ${other} says ${values[1]} (standard error ${error})`;
}

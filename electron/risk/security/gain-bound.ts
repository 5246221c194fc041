/** How much an attack could gain at most, for people. */
import type { CoverBound } from './decide-cover.ts';
import { multiply, ratioToNumber, subtract, toNumber, type Rational } from './rational.ts';

/**
 * In the network's own unit of account. `exact` is proved in integers; `solver` holds as far as the solver's floating
 * point does.
 */
export type GainBound =
  { readonly kind: 'exact'; readonly value: Rational } | { readonly kind: 'solver'; readonly value: number };

export function scaleBound(bound: CoverBound, unit: Rational): GainBound {
  return bound.kind === 'exact'
    ? { kind: 'exact', value: multiply({ num: bound.value, den: 1n }, unit) }
    : { kind: 'solver', value: bound.value * ratioToNumber(unit.num, unit.den) };
}

/** How far the bound is above what was found; zero where they agree. */
export function measureGap(found: Rational, bound: GainBound): number {
  if (bound.kind === 'exact') return toNumber(subtract(bound.value, found));
  return Math.max(0, bound.value - toNumber(found));
}

/** The relative precision to which a solver's optimum can be told from a better one. */
const SOLVER_PRECISION = 1e-6;

/** Whether nothing better than what was found is left: for certain, or as far as the solver's numbers go. */
export function isBoundReached(gap: number, bound: GainBound): boolean {
  return gap <= (bound.kind === 'exact' ? 0 : SOLVER_PRECISION * Math.abs(bound.value));
}

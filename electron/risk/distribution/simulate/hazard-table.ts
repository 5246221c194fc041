/**
 * The conditional hazard h(x) = -log(1 - Phi(x)) of the one-factor model, from a table: the sampler needs it for every
 * source at every bin's bounds, and again wherever its squeeze does not decide.
 *
 * Cubic Hermite pieces with the exact derivative phi(x) / (1 - Phi(x)). The relative error is below 1e-7 where h is
 * above 1e-12 (tested), which is far below the noise of any number of paths; it is the same function at a bin's bounds
 * and inside, so that the bound stays one. The semi-analytic law uses the exact function instead.
 */
import { normalSurvival } from '../../math/normal.ts';

const LEAST = -12;
const MOST = 12;
const STEPS_PER_UNIT = 128;
const INTERVALS = (MOST - LEAST) * STEPS_PER_UNIT;
/** Hazard and its derivative times the step, interleaved. Made when first needed. */
let table: Float64Array | null = null;

function makeTable(): Float64Array {
  const made = new Float64Array(2 * (INTERVALS + 1));
  for (let i = 0; i <= INTERVALS; i++) {
    const x = LEAST + i / STEPS_PER_UNIT;
    const survival = normalSurvival(x);
    const density = Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
    // Left of the middle 1 - Phi(x) loses the digits that log1p keeps.
    made[2 * i] = x < 0 ? -Math.log1p(-normalSurvival(-x)) : -Math.log(survival);
    made[2 * i + 1] = density / survival / STEPS_PER_UNIT;
  }
  return made;
}

export function hazardTable(): Float64Array {
  table ??= makeTable();
  return table;
}

/** h(x), held constant beyond |x| = 12, where Phi differs from 0 or 1 by less than 1e-32. */
export function lookUpHazard(values: Float64Array, x: number): number {
  const position = (x - LEAST) * STEPS_PER_UNIT;
  if (!(position > 0)) return values[0]!;
  if (position >= INTERVALS) return values[2 * INTERVALS]!;
  const i = position | 0;
  const t = position - i;
  const at = 2 * i;
  const low = values[at]!;
  const slopeLow = values[at + 1]!;
  const high = values[at + 2]!;
  const slopeHigh = values[at + 3]!;
  const rise = high - low;
  return (
    low + t * (slopeLow + t * (3 * rise - 2 * slopeLow - slopeHigh + t * (slopeLow + slopeHigh - 2 * rise)))
  );
}

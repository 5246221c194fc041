/**
 * Figures behind EigenLayer shares. Where the formula of SlashingLib, applied to what was read, gives what the
 * contract answered, the figure carries the formula and its inputs beside that answer; where it does not (an input
 * missing, a later version of the contract), it carries the answer alone. The value is the contract's in both cases.
 */
import { figureOfReading } from './figure-of-reading.ts';
import { computeFigure, FACTOR_UNIT, SHARES_UNIT, type Figure, type FormulaId } from './figure.ts';
import type { Observation, Reading } from './observation.ts';
import { mulDivFloor, WAD } from './units.ts';

export function makeSharesFigure(
  name: 'depositShares' | 'scaledShares' | 'withdrawableShares',
  subject: string,
  reading: Reading,
  observation: Observation,
): Figure {
  return figureOfReading({ name: `figure.name.${name}`, subject, unit: SHARES_UNIT }, reading, observation);
}

export function makeFactorFigure(
  name: 'scalingFactor' | 'beaconFactor' | 'maxMagnitude',
  subject: string,
  reading: Reading,
  observation: Observation,
): Figure {
  return figureOfReading({ name: `figure.name.${name}`, subject, unit: FACTOR_UNIT }, reading, observation);
}

export interface SlashingFactors {
  /** Null where delegated to nobody: then no service can have slashed it. */
  readonly maxMagnitude: Figure | null;
  /** Null for everything but native ETH. */
  readonly beaconFactor: Figure | null;
}

function valueOfFactors({ maxMagnitude, beaconFactor }: SlashingFactors): bigint | null {
  const magnitude = maxMagnitude ? maxMagnitude.value : WAD;
  if (magnitude === null || !beaconFactor) return magnitude;
  return beaconFactor.value === null ? null : mulDivFloor(magnitude, beaconFactor.value, WAD);
}

/** Attaches the formula where it explains the answer to the last share. */
function explainShares(
  answer: Figure,
  formula: FormulaId,
  scaled: bigint | null,
  shown: readonly (Figure | null)[],
  factors: SlashingFactors,
): Figure {
  const factor = valueOfFactors(factors);
  if (answer.value === null || scaled === null || factor === null) return answer;
  if (mulDivFloor(scaled, factor, WAD) !== answer.value) return answer;
  const said: Figure = { ...answer, name: 'figure.name.contractAnswer' };
  const known = [...shown, factors.maxMagnitude, factors.beaconFactor].filter((input) => input !== null);
  const { name, subject, unit, value } = answer;
  return computeFigure({ name, subject, unit }, formula, [...known, said], () => value);
}

/** getWithdrawableShares, explained by deposit shares, deposit scaling factor and slashing factors. */
export function explainWithdrawable(
  answer: Figure,
  depositShares: Figure,
  scalingFactor: Figure,
  factors: SlashingFactors,
): Figure {
  const scaled = scaleDeposit(depositShares.value, scalingFactor.value);
  return explainShares(answer, 'withdrawable-shares', scaled, [depositShares, scalingFactor], factors);
}

/** The shares of a queued withdrawal, explained by its scaled shares and the slashing factors of now. */
export function explainQueued(answer: Figure, scaledShares: Figure, factors: SlashingFactors): Figure {
  return explainShares(answer, 'queued-shares', scaledShares.value, [scaledShares], factors);
}

/** floor(deposit shares x scaling factor / 1e18): what slashing factors act on. Null where either is unknown. */
export function scaleDeposit(depositShares: bigint | null, scalingFactor: bigint | null): bigint | null {
  return depositShares === null || scalingFactor === null
    ? null
    : mulDivFloor(depositShares, scalingFactor, WAD);
}

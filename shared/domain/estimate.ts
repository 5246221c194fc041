/** Estimates, which are floating point, as figures, which are not. */
import type { Estimate } from './loss-distribution.ts';
import type { Figure, FormulaId, Unit } from './figure.ts';

/** What rates and severities known to a few events support. */
export const SHOWN_DIGITS = 2;
/** What is kept, for hover and copy: enough to see a standard error, and no more. */
const KEPT_DIGITS = 4;

/**
 * In the unit's smallest parts, rounded to four digits that count; of a share above one half, to four of what it lacks, so
 * that nearly all is never all. `value` is finite.
 */
export function unitsOf(value: number, { decimals, kind }: Pick<Unit, 'decimals' | 'kind'>): bigint {
  if (kind === 'share' && value > 0.5 && value < 1) {
    return 10n ** BigInt(decimals) - roundToUnits(1 - value, decimals);
  }
  return roundToUnits(value, decimals);
}

function roundToUnits(value: number, decimals: number): bigint {
  const [mantissa = '0', exponent = '0'] = value.toExponential(KEPT_DIGITS - 1).split('e');
  const digits = BigInt(mantissa.replace('.', ''));
  const power = Number(exponent) - (KEPT_DIGITS - 1) + decimals;
  return power >= 0 ? digits * 10n ** BigInt(power) : digits / 10n ** BigInt(-power);
}

interface EstimateHead {
  /** Message key. */
  readonly name: string;
  readonly subject: string;
  readonly unit: Unit;
  readonly formula: FormulaId;
}

/** With its standard error, where it has one, as its last input. */
export function estimateFigure(
  { name, subject, unit, formula }: EstimateHead,
  { value, standardError }: Estimate,
  inputs: readonly Figure[],
): Figure {
  const error = standardError === null ? [] : [errorFigure(standardError, subject, unit)];
  return {
    name,
    subject,
    unit,
    value: unitsOf(value, unit),
    isEstimate: true,
    significantDigits: SHOWN_DIGITS,
    basis: { kind: 'computed', formula, inputs: [...inputs, ...error] },
  };
}

function errorFigure(standardError: number, subject: string, unit: Unit): Figure {
  return {
    name: 'figure.name.standardError',
    subject,
    unit,
    value: unitsOf(standardError, unit),
    isEstimate: true,
    significantDigits: SHOWN_DIGITS,
    basis: { kind: 'computed', formula: 'standard-error', inputs: [] },
  };
}

/** Estimates, which are floating point, as figures, which are not. */
import type { Estimate } from './loss-distribution.ts';
import type { Figure, FormulaId, Unit } from './figure.ts';

/** What rates and severities known to a few events support. */
export const SHOWN_DIGITS = 2;
/** What is kept, for hover and copy: enough to see a standard error, and no more. */
const KEPT_DIGITS = 4;

/** In the unit's smallest parts, rounded to four digits that count. `value` is finite. */
export function unitsOf(value: number, { decimals }: Pick<Unit, 'decimals'>): bigint {
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

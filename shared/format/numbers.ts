/** Numbers for people: by locale, with their unit, and never more digits than asked for. Pure. */
import type { Figure, Unit } from '../domain/figure.ts';

export const DEFAULT_LOCALE = 'en-GB';

/** A decimal number kept as text, so that no digit of a bigint passes through floating point. */
export function toDecimalText(value: bigint, decimals: number): string {
  const isNegative = value < 0n;
  const digits = (isNegative ? -value : value).toString().padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const fraction = digits.slice(digits.length - decimals).replace(/0+$/u, '');
  return `${isNegative ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

/** Rounds half away from zero to `digits` decimals; still a bigint, now with `digits` decimals. */
export function roundTo(value: bigint, decimals: number, digits: number): bigint {
  if (digits >= decimals) return value * 10n ** BigInt(digits - decimals);
  const step = 10n ** BigInt(decimals - digits);
  const half = step / 2n;
  return value < 0n ? -((-value + half) / step) : (value + half) / step;
}

function groupWhole(whole: string, locale: string): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 0 }).format(BigInt(whole));
}

function decimalMark(locale: string): string {
  const parts = new Intl.NumberFormat(locale).formatToParts(1.5);
  return parts.find((part) => part.type === 'decimal')?.value ?? '.';
}

interface DecimalOptions {
  readonly locale?: string | undefined;
  /** Exactly this many decimals are shown. */
  readonly digits: number;
}

/** 1234567 with 3 decimals, 2 digits: `1,234.57`. */
export function formatDecimal(value: bigint, decimals: number, options: DecimalOptions): string {
  const locale = options.locale ?? DEFAULT_LOCALE;
  const rounded = roundTo(value, decimals, options.digits);
  const isNegative = rounded < 0n;
  const digits = (isNegative ? -rounded : rounded).toString().padStart(options.digits + 1, '0');
  const whole = groupWhole(digits.slice(0, digits.length - options.digits), locale);
  const fraction =
    options.digits === 0 ? '' : decimalMark(locale) + digits.slice(digits.length - options.digits);
  // A true minus sign: a hyphen is narrower than a figure and is lost in a column.
  return `${isNegative ? '−' : ''}${whole}${fraction}`;
}

/** Decimals shown for a unit where the screen does not ask for more. */
function digitsFor(unit: Unit): number {
  switch (unit.kind) {
    case 'amount':
      return 4;
    case 'rate':
      return 6;
    case 'fiat':
    case 'share':
      return 2;
    case 'count':
      return 0;
  }
}

/** True where rounding to the shown digits would print a value above zero as zero. */
function isTooSmall(value: bigint, decimals: number, digits: number): boolean {
  return value !== 0n && roundTo(value, decimals, digits) === 0n;
}

interface UnitOptions {
  readonly locale?: string | undefined;
  readonly digits?: number | undefined;
  /** Leaves the unit's symbol out, for a column whose head carries it. */
  readonly isBare?: boolean | undefined;
}

/**
 * `12.4081 ETH`, `4,310.20 USD`, `12.50%`. An amount that is not zero but would round to it reads `< 0.0001`, because
 * zero means something else.
 */
export function formatValue(value: bigint, unit: Unit, options: UnitOptions = {}): string {
  const digits = options.digits ?? digitsFor(unit);
  const decimals = unit.kind === 'share' ? unit.decimals - 2 : unit.decimals;
  const small = isTooSmall(value, decimals, digits);
  const smallest = value < 0n ? -1n : 1n;
  const shown = small ? smallest : value;
  const text = formatDecimal(shown, small ? digits : decimals, { locale: options.locale, digits });
  const number = small ? `${value < 0n ? '> ' : '< '}${text}` : text;
  if (options.isBare) return number;
  if (unit.kind === 'share') return `${number}%`;
  // A block is named by its number, not counted.
  if (unit.symbol === 'block') return `${unit.symbol} ${number}`;
  return unit.symbol === '' ? number : `${number} ${unit.symbol}`;
}

/** `21,480,112`: a block number, grouped so that it can be read aloud. */
export function formatBlock(number: bigint, locale: string = DEFAULT_LOCALE): string {
  return formatDecimal(number, 0, { locale, digits: 0 });
}

/**
 * With no more than `significant` digits: `5.4 ETH`, `350 ETH`, `0.071 ETH`, `12%`. Nothing below 0.0001, and no share that is
 * not whole as 100%: those read `< 0.0001`, `> 99%`.
 */
export function formatSignificant(
  value: bigint,
  unit: Unit,
  significant: number,
  options: Omit<UnitOptions, 'digits'> = {},
): string {
  if (value === 0n) return formatValue(value, unit, { ...options, digits: 0 });
  const decimals = unit.kind === 'share' ? unit.decimals - 2 : unit.decimals;
  const one = 10n ** BigInt(unit.decimals);
  const rounded = roundSignificant(value, significant);
  if (unit.kind === 'share' && value < one && rounded >= one) {
    return `> ${formatValue(one - one / 100n, unit, { ...options, digits: 0 })}`;
  }
  const length = (rounded < 0n ? -rounded : rounded).toString().length;
  const digits = Math.min(MOST_DECIMALS, Math.max(0, decimals - (length - significant)));
  // Below the smallest that is shown: said so, not rounded up to it.
  const isTiny = isTooSmall(rounded, decimals, digits);
  return formatValue(isTiny ? value : rounded, unit, { ...options, digits });
}

/** Of an estimate. */
const MOST_DECIMALS = 4;

/** Half away from zero, to so many digits that count. */
function roundSignificant(value: bigint, significant: number): bigint {
  const length = (value < 0n ? -value : value).toString().length;
  const dropped = length - significant;
  return dropped <= 0 ? value : roundTo(value, dropped, 0) * 10n ** BigInt(dropped);
}

/** `< 0.0001`, `> 99%`. */
export function isBound(text: string): boolean {
  return /^[<>]/u.test(text);
}

/** A figure for a person, or null where it is not known: the caller says so in words. */
export function formatFigure(figure: Figure, options: UnitOptions = {}): string | null {
  if (figure.value === null) return null;
  const { value, unit, significantDigits } = figure;
  const text =
    significantDigits === undefined
      ? formatValue(value, unit, options)
      : formatSignificant(value, unit, significantDigits, options);
  // A bound says by itself that it is none of the digits.
  return figure.isEstimate === true && !isBound(text) ? `≈ ${text}` : text;
}

/** Every digit there is, for hover, copy and export: `12.408132440981230001`. No grouping. */
export function formatExact(value: bigint, unit: Unit): string {
  return unit.kind === 'share'
    ? toDecimalText(value, unit.decimals - 2)
    : toDecimalText(value, unit.decimals);
}

export type ParsedDecimal =
  | { readonly ok: true; readonly value: bigint }
  | { readonly ok: false; readonly problem: 'empty' | 'not-a-number' | 'too-many-decimals' | 'negative' };

/** `1234`, `1234.5`, `1,234.5`: commas only where they group thousands of the whole part. */
const TYPED_DECIMAL = /^(\d{1,60}|[1-9]\d{0,2}(?:,\d{3}){1,19})(?:\.(\d*))?$/u;

/**
 * Reads what a person typed (`1 234.5`, `1,234.50`) as a bigint with `decimals`. One form only, the dot as mark: a
 * comma that cannot be grouping (`0,5`, `1.234,5`) is refused instead of being guessed at.
 */
export function parseDecimal(text: string, decimals: number): ParsedDecimal {
  const cleaned = text.trim().replace(/[\s_]/gu, '');
  if (cleaned === '') return { ok: false, problem: 'empty' };
  if (/^[-\u2212]/u.test(cleaned)) return { ok: false, problem: 'negative' };
  const match = TYPED_DECIMAL.exec(cleaned);
  if (!match) return { ok: false, problem: 'not-a-number' };
  const whole = (match[1] ?? '0').replaceAll(',', '');
  const fraction = match[2] ?? '';
  if (fraction.length > decimals) return { ok: false, problem: 'too-many-decimals' };
  return { ok: true, value: BigInt(`${whole}${fraction.padEnd(decimals, '0')}`) };
}

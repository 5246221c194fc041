/** What the yield calculator starts from, and what was typed over it. Pure. */
import type { Catalog, CatalogObservation, Fact, Protocol } from '../../../shared/domain/catalog.ts';
import { YIELD_PARTS, type PercentRange, type YieldRequest } from '../../../shared/domain/yield.ts';
import { parseDecimal } from '../../../shared/format/numbers.ts';
import { splitYield, type YieldSplit } from './splitYield.ts';

export const RANGE_FIELDS = [
  'base',
  'service',
  'emissions',
  'unsplit',
  'fee',
  'expectedLoss',
  'exitFee',
] as const;
export type RangeField = (typeof RANGE_FIELDS)[number];
export type TypedField = RangeField | 'emissionsFactor' | 'horizonDays' | 'amount';

/** Where a value stands that was not typed. */
export type StartOrigin =
  | { readonly kind: 'observed'; readonly observation: CatalogObservation }
  | { readonly kind: 'fact'; readonly fact: Fact }
  | { readonly kind: 'simulated'; readonly madeAt: number }
  /** What is left of the total after the parts that are known. */
  | { readonly kind: 'implied'; readonly observation: CatalogObservation }
  /** Part of what is not split. */
  | { readonly kind: 'in-unsplit' }
  | { readonly kind: 'unknown' };

interface StartValue {
  readonly range: PercentRange | null;
  readonly origin: StartOrigin;
}

export type YieldStart = Readonly<Record<RangeField, StartValue>>;

export interface SimulatedLoss {
  /** Percent a year. */
  readonly range: PercentRange;
  readonly madeAt: number;
}

const UNKNOWN: StartValue = { range: null, origin: { kind: 'unknown' } };

/** From the catalogue, and from the last simulation of the protocol where there is one. */
export function startYield(protocol: Protocol, catalog: Catalog, loss: SimulatedLoss | null): YieldStart {
  return {
    ...startParts(protocol, catalog),
    fee: startFact(protocol.facts.feeOnRewards),
    exitFee: startFact(protocol.facts.exitFee),
    expectedLoss:
      loss === null ? UNKNOWN : { range: loss.range, origin: { kind: 'simulated', madeAt: loss.madeAt } },
  };
}

type Parts = Pick<YieldStart, 'base' | 'service' | 'emissions' | 'unsplit'>;

/**
 * Parts that nobody tells are within the rest of the total, which then is not split. Parts of another day or product, and
 * parts that are more than the least of the total, are none of it: published before the fee, or of something else. Without a total
 * the others are not known.
 */
function startParts(protocol: Protocol, catalog: Catalog): Parts {
  const { total, base, service, emissions } = listParts(splitYield(catalog.observations, protocol));
  const observed = (one: CatalogObservation | null): StartValue | null =>
    one === null
      ? null
      : { range: clampRange(one.low, one.high), origin: { kind: 'observed', observation: one } };
  const known = { base: observed(base), service: observed(service), emissions: observed(emissions) };
  const zero = { low: 0, high: 0 };
  const inUnsplit: StartValue = { range: zero, origin: { kind: 'in-unsplit' } };
  const fill = (value: StartValue | null): StartValue => value ?? (total === null ? UNKNOWN : inUnsplit);
  const parts = [base, service, emissions].filter((one) => one !== null);
  const isSplit = parts.length === 3;
  const low = parts.reduce((sum, one) => sum + one.low, 0);
  const high = parts.reduce((sum, one) => sum + one.high, 0);
  const unsplit: StartValue =
    isSplit || total === null
      ? { range: isSplit ? zero : null, origin: isSplit ? { kind: 'in-unsplit' } : { kind: 'unknown' } }
      : parts.length === 0
        ? (observed(total) ?? UNKNOWN)
        : {
            range: clampRange(total.low - high, total.high - low),
            origin: { kind: 'implied', observation: total },
          };
  return {
    base: fill(known.base),
    service: fill(known.service),
    emissions: fill(known.emissions),
    unsplit,
  };
}

function listParts(split: YieldSplit): Omit<YieldSplit, 'emissionShare'> {
  const { total, base, service, emissions } = split;
  if (total === null) return split;
  const own = (one: CatalogObservation | null): CatalogObservation | null =>
    one?.product === total.product && one.asOf === total.asOf ? one : null;
  const parts = { base: own(base), service: own(service), emissions: own(emissions) };
  const least = Object.values(parts).reduce((sum, one) => sum + (one?.low ?? 0), 0);
  return least > total.low ? { total, base: null, service: null, emissions: null } : { total, ...parts };
}

function clampRange(low: number, high: number): PercentRange {
  // Published to two digits; what is below zero is a rounding or another day.
  const round = (value: number): number => Math.max(0, Math.round(value * 10_000) / 10_000);
  return { low: round(low), high: round(high) };
}

function startFact(fact: Fact): StartValue {
  if (fact.figure === null || fact.figure.unit !== 'percent') return UNKNOWN;
  return { range: { low: fact.figure.low, high: fact.figure.high }, origin: { kind: 'fact', fact } };
}

export interface YieldDraft {
  /** By field; what is not here is as it started. */
  readonly typed: Readonly<Partial<Record<TypedField, string>>>;
  /** Published yields usually have the fee taken already. */
  readonly isAfterFee: boolean;
}

export const FIRST_YIELD_DRAFT: YieldDraft = { typed: {}, isAfterFee: true };

export const PLAIN_STARTS = { emissionsFactor: '100', horizonDays: '365', amount: '10' } as const;

/** `2.7` or `2.7 - 3.1`, as it would be typed; empty where not known. */
export function writeRange(range: PercentRange | null): string {
  if (range === null) return '';
  return range.low === range.high ? String(range.low) : `${range.low} - ${range.high}`;
}

export type FieldProblem = 'wrong' | 'tooMuch' | 'wrongDays' | 'wrongAmount';

interface JudgedYield {
  readonly problems: Readonly<Partial<Record<TypedField, FieldProblem>>>;
  /** Null where a field makes no sense. */
  readonly request: YieldRequest | null;
}

const RANGE = /^(\d{1,6}(?:\.\d{1,6})?)(?:\s*(?:-|–|to)\s*(\d{1,6}(?:\.\d{1,6})?))?$/u;

/** Null for what is no range; an empty field is unknown, which is a value. */
export function readRange(text: string): { readonly range: PercentRange | null } | null {
  const typed = text.trim().replace(/\s*%\s*/gu, '');
  if (typed === '') return { range: null };
  const match = RANGE.exec(typed);
  if (!match) return null;
  const low = Number(match[1]);
  const high = match[2] === undefined ? low : Number(match[2]);
  return low <= high ? { range: { low, high } } : null;
}

/** Of these more than all makes no sense. */
const SHARES: readonly RangeField[] = ['fee', 'expectedLoss', 'exitFee'];

export function judgeYield(draft: YieldDraft, start: YieldStart, decimals: number): JudgedYield {
  const { typed, isAfterFee } = draft;
  const problems: Partial<Record<TypedField, FieldProblem>> = {};
  const range = (field: RangeField): PercentRange | null => {
    const text = typed[field];
    if (text === undefined) return start[field].range;
    const read = readRange(text);
    if (read === null) problems[field] = 'wrong';
    else if (SHARES.includes(field) && read.range !== null && read.range.high > 100)
      problems[field] = 'tooMuch';
    return read?.range ?? null;
  };
  const factor = readRange(typed.emissionsFactor ?? PLAIN_STARTS.emissionsFactor)?.range ?? null;
  if (factor === null || factor.low !== factor.high) problems.emissionsFactor = 'wrong';
  const days = Number((typed.horizonDays ?? PLAIN_STARTS.horizonDays).trim());
  if (!Number.isInteger(days) || days < 1 || days > 36_500) problems.horizonDays = 'wrongDays';
  const amount = parseDecimal(typed.amount ?? PLAIN_STARTS.amount, decimals);
  if (!amount.ok) problems.amount = 'wrongAmount';
  const request: YieldRequest = {
    gross: {
      base: range('base'),
      service: range('service'),
      emissions: range('emissions'),
      unsplit: range('unsplit'),
    },
    fee: isAfterFee ? { low: 0, high: 0 } : range('fee'),
    feeOn: isAfterFee ? [] : YIELD_PARTS,
    emissionsFactor: (factor?.low ?? 0) / 100,
    expectedLoss: range('expectedLoss'),
    exitFee: range('exitFee'),
    horizonDays: days,
    amount: amount.ok ? amount.value : 0n,
  };
  return { problems, request: Object.keys(problems).length === 0 ? request : null };
}

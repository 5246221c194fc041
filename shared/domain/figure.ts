/**
 * A figure that can be picked up and turned over: its value, its unit, and the tree of formulas and sources behind
 * it. A value that cannot be had is null with a reason; it is never zero.
 */
import { z } from 'zod';
import { sourceSchema, timeOfSource, type Source } from './source.ts';

const unitSchema = z.object({
  symbol: z.string(),
  decimals: z.number().int().min(0).max(77),
  kind: z.enum(['amount', 'fiat', 'rate', 'share', 'count']),
});
export type Unit = z.infer<typeof unitSchema>;

export const ETH_UNIT: Unit = { symbol: 'ETH', decimals: 18, kind: 'amount' };
export const BTC_UNIT: Unit = { symbol: 'BTC', decimals: 8, kind: 'amount' };
export const USD_UNIT: Unit = { symbol: 'USD', decimals: 8, kind: 'fiat' };
export const SHARE_UNIT: Unit = { symbol: '%', decimals: 18, kind: 'share' };
export const SHARES_UNIT: Unit = { symbol: 'shares', decimals: 18, kind: 'amount' };
/** ETH per whole unit of a token. */
export const RATE_UNIT: Unit = { symbol: 'ETH', decimals: 18, kind: 'rate' };
/** BTC per whole unit of a token. */
export const BTC_RATE_UNIT: Unit = { symbol: 'BTC', decimals: 18, kind: 'rate' };
/** A magnitude or factor: 1 is all of it. */
export const FACTOR_UNIT: Unit = { symbol: '', decimals: 18, kind: 'rate' };
export const BLOCK_UNIT: Unit = { symbol: 'block', decimals: 0, kind: 'count' };
/** A number of blocks. */
export const BLOCKS_UNIT: Unit = { symbol: 'blocks', decimals: 0, kind: 'count' };
/** A moment, in Unix seconds. */
export const SECOND_UNIT: Unit = { symbol: 's', decimals: 0, kind: 'count' };

export const unknownReasonSchema = z.object({
  code: z.enum([
    'no-price',
    'no-rate',
    'call-failed',
    'protocol-changed',
    'not-configured',
    'not-visible',
    'stale-price',
    'input-unknown',
  ]),
  detail: z.string().optional(),
});
export type UnknownReason = z.infer<typeof unknownReasonSchema>;

/** Every formula the program uses on a figure; texts and citations stand in the message catalogue (`formula.*`). */
export const FORMULAS = [
  'book-eth',
  'book-usd',
  'rate-of-btc',
  'btc-usd',
  'slashing-transaction',
  'timelock-end',
  'sum',
  'share',
  'withdrawable-shares',
  'queued-shares',
  'underlying',
  'request-pays',
  'lost-to-slashing',
  'after-scenario',
  'scenario-loss',
  'market-loss',
  'locked-value',
  'market-eth',
  'market-rate-usd',
  'market-rate-wrapped',
  'market-rate-unwrapped',
  'redeem-all',
  'redeem-pays',
  'redeem-limit',
  'slash-reach',
  'after-slash',
  'cover-payment',
  'expected-loss',
  'loss-probability',
  'value-at-risk',
  'expected-shortfall',
  'largest-loss',
  'standard-error',
  'paired-change',
] as const;
export type FormulaId = (typeof FORMULAS)[number];

export interface Figure {
  /** Message key of its name, and what it is about (a token, an account, a contract). */
  readonly name: string;
  readonly subject: string;
  readonly unit: Unit;
  readonly value: bigint | null;
  readonly reason?: UnknownReason | undefined;
  readonly isEstimate?: boolean | undefined;
  /** Set where its inputs support only so many digits: it is then shown with no more. */
  readonly significantDigits?: number | undefined;
  readonly basis: Basis;
}

export type Basis =
  | { readonly kind: 'read'; readonly source: Source }
  | { readonly kind: 'computed'; readonly formula: FormulaId; readonly inputs: readonly Figure[] }
  | { readonly kind: 'none' };

export const figureSchema: z.ZodType<Figure, Figure> = z.object({
  name: z.string(),
  subject: z.string(),
  unit: unitSchema,
  value: z.bigint().nullable(),
  reason: unknownReasonSchema.optional(),
  isEstimate: z.boolean().optional(),
  significantDigits: z.number().int().min(1).optional(),
  basis: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('read'), source: sourceSchema }),
    z.object({
      kind: z.literal('computed'),
      formula: z.enum(FORMULAS),
      get inputs() {
        return z.array(figureSchema);
      },
    }),
    z.object({ kind: z.literal('none') }),
  ]),
});

interface FigureHead {
  readonly name: string;
  readonly subject: string;
  readonly unit: Unit;
}

/** A figure read from a source as it stands. */
export function readFigure(head: FigureHead, value: bigint, source: Source): Figure {
  return { ...head, value, basis: { kind: 'read', source } };
}

/** A figure that could not be had, with the reason; the inputs that were had stay in view. */
export function unknownFigure(
  head: FigureHead,
  reason: UnknownReason,
  basis: Basis = { kind: 'none' },
): Figure {
  return { ...head, value: null, reason, basis };
}

/**
 * A figure computed from others. Where any input is unknown the result is unknown, with that input's own reason, so
 * that a missing price or rate never turns into a zero.
 */
export function computeFigure(
  head: FigureHead,
  formula: FormulaId,
  inputs: readonly Figure[],
  compute: (...values: bigint[]) => bigint,
): Figure {
  const basis: Basis = { kind: 'computed', formula, inputs };
  const missing = inputs.find((input) => input.value === null);
  if (missing)
    return unknownFigure(head, missing.reason ?? { code: 'input-unknown', detail: missing.subject }, basis);
  const value = compute(...inputs.map((input) => input.value ?? 0n));
  return inputs.some((input) => input.isEstimate)
    ? { ...head, value, isEstimate: true, basis }
    : { ...head, value, basis };
}

/** Sum of the known inputs, and how many were left out because they are not known. */
export interface PartialSum {
  readonly figure: Figure;
  readonly unknownCount: number;
}

/** The reason most inputs are unknown for; of equally common ones the first met. */
function mostCommonReason(inputs: readonly Figure[]): UnknownReason {
  const counts = new Map<UnknownReason['code'], number>();
  for (const { reason } of inputs) {
    if (reason) counts.set(reason.code, (counts.get(reason.code) ?? 0) + 1);
  }
  const most = Math.max(0, ...counts.values());
  const common = inputs.find(({ reason }) => reason && counts.get(reason.code) === most);
  return common?.reason ?? { code: 'input-unknown' };
}

/** A total that says what it leaves out. With nothing known the total is unknown; an empty list sums to zero. */
export function sumFigures(head: FigureHead, inputs: readonly Figure[]): PartialSum {
  const known = inputs.filter((input) => input.value !== null);
  const unknownCount = inputs.length - known.length;
  if (known.length === 0 && unknownCount > 0) {
    const reason = mostCommonReason(inputs);
    return {
      figure: unknownFigure(head, reason, { kind: 'computed', formula: 'sum', inputs }),
      unknownCount,
    };
  }
  const figure = computeFigure(head, 'sum', known, (...values) => values.reduce((a, b) => a + b, 0n));
  return { figure, unknownCount };
}

/** All sources a figure rests on, in the order met. */
export function sourcesOf(figure: Figure): readonly Source[] {
  if (figure.basis.kind === 'read') return [figure.basis.source];
  if (figure.basis.kind === 'none') return [];
  return figure.basis.inputs.flatMap((input) => sourcesOf(input));
}

/** Unix milliseconds of the oldest source behind the figure; null where nothing behind it ages. */
export function oldestTimeOf(figure: Figure): number | null {
  let oldest: number | null = null;
  for (const source of sourcesOf(figure)) {
    const time = timeOfSource(source);
    if (time !== null && (oldest === null || time < oldest)) oldest = time;
  }
  return oldest;
}

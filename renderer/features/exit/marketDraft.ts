/** Markets as they are typed, and as the engine takes them. Pure. */
import type { DepthCurve, ExitAssumptions } from '../../../shared/domain/exit.ts';
import { WAD, type Wad } from '../../../shared/domain/units.ts';
import { parseDecimal } from '../../../shared/format/numbers.ts';

export const CURVE_KINDS = [
  'constant-product',
  'points',
  'fixed-fee',
] as const satisfies readonly DepthCurve['kind'][];
export type CurveKind = (typeof CURVE_KINDS)[number];

/** Numbers as typed: ETH, percent, and a quote per line. */
export interface MarketDraft {
  readonly instrumentId: string;
  readonly kind: CurveKind;
  readonly reserveIn: string;
  readonly reserveOut: string;
  readonly fee: string;
  readonly capacity: string;
  readonly points: string;
}

export function startMarket(instrumentId: string): MarketDraft {
  return {
    instrumentId,
    kind: 'constant-product',
    reserveIn: '',
    reserveOut: '',
    fee: '0.3',
    capacity: '',
    points: '',
  };
}

export type MarketField = 'reserveIn' | 'reserveOut' | 'fee' | 'capacity' | 'points';
export type MarketProblem =
  | 'empty'
  | 'not-a-number'
  | 'too-many-decimals'
  | 'negative'
  | 'zero'
  | 'too-large'
  | 'all-fee'
  | 'no-quotes'
  | 'bad-quote'
  | 'not-rising'
  | 'not-convex';
/** By token and field. */
export type MarketProblems = Readonly<Record<string, Readonly<Partial<Record<MarketField, MarketProblem>>>>>;

const ETH_DECIMALS = 18;
/** As the engine has it: far above anything in existence. */
const MOST = 10n ** 40n;
const PERCENT_DECIMALS = 16;

class Reader {
  readonly problems: Partial<Record<MarketField, MarketProblem>> = {};

  amount(field: MarketField, text: string, isAboveZero: boolean): bigint {
    const parsed = parseDecimal(text, ETH_DECIMALS);
    if (!parsed.ok) return this.#fail(field, parsed.problem);
    if (parsed.value > MOST) return this.#fail(field, 'too-large');
    return isAboveZero && parsed.value === 0n ? this.#fail(field, 'zero') : parsed.value;
  }

  fee(text: string): Wad {
    const parsed = parseDecimal(text, PERCENT_DECIMALS);
    const share = parsed.ok ? parsed.value : this.#fail('fee', parsed.problem);
    return (share >= WAD ? this.#fail('fee', 'all-fee') : share) as Wad; // as: percent with 16 decimals is 1e-18
  }

  points(text: string): { amount: bigint; received: bigint }[] {
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    if (lines.length === 0) this.#fail('points', 'no-quotes');
    const points = lines.flatMap((line) => {
      const parts = line.trim().split(/\s+/u);
      const [amount, received] = parts.map((part) => parseDecimal(part, ETH_DECIMALS));
      if (
        parts.length !== 2 ||
        amount?.ok !== true ||
        received?.ok !== true ||
        amount.value > MOST ||
        received.value > MOST
      ) {
        this.#fail('points', 'bad-quote');
        return [];
      }
      return [{ amount: amount.value, received: received.value }];
    });
    let last = { amount: 0n, received: 0n };
    let step: { amount: bigint; received: bigint } | null = null;
    for (const point of points) {
      const next = { amount: point.amount - last.amount, received: point.received - last.received };
      if (next.amount <= 0n || next.received < 0n) this.#fail('points', 'not-rising');
      else if (step !== null && next.received * step.amount > step.received * next.amount) {
        this.#fail('points', 'not-convex');
      }
      [last, step] = [point, next];
    }
    return points;
  }

  #fail(field: MarketField, problem: MarketProblem): bigint {
    this.problems[field] ??= problem;
    return 0n;
  }
}

function readCurve(draft: MarketDraft, reader: Reader): DepthCurve {
  switch (draft.kind) {
    case 'constant-product':
      return {
        kind: draft.kind,
        reserveIn: reader.amount('reserveIn', draft.reserveIn, true),
        reserveOut: reader.amount('reserveOut', draft.reserveOut, true),
        fee: reader.fee(draft.fee),
      };
    case 'points':
      return { kind: draft.kind, points: reader.points(draft.points) };
    case 'fixed-fee':
      return {
        kind: draft.kind,
        capacity: reader.amount('capacity', draft.capacity, false),
        fee: reader.fee(draft.fee),
      };
  }
}

/** What is not typed yet. */
const UNFINISHED: ReadonlySet<MarketProblem> = new Set(['empty', 'no-quotes']);

/** A market that is not yet typed in full is left out, not wrong. */
export function judgeMarkets(drafts: readonly MarketDraft[]): {
  readonly markets: ExitAssumptions['markets'];
  readonly problems: MarketProblems;
} {
  const markets: ExitAssumptions['markets'] = [];
  const problems: Record<string, MarketProblems[string]> = {};
  for (const draft of drafts) {
    const { instrumentId } = draft;
    const reader = new Reader();
    const curve = readCurve(draft, reader);
    const found = Object.entries(reader.problems);
    const wrong = found.filter(([, problem]) => !UNFINISHED.has(problem));
    if (wrong.length > 0) problems[instrumentId] = Object.fromEntries(wrong);
    if (found.length === 0) markets.push({ id: instrumentId, instrumentIds: [instrumentId], curve });
  }
  return { markets, problems };
}

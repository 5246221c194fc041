/** A move as the page holds it, and as the engine takes it. Pure. */
import type { Move } from '../../../../shared/domain/loss-study.ts';
import type { Position } from '../../../../shared/domain/position.ts';
import {
  parseDecimal,
  roundTo,
  toDecimalText,
  type ParsedDecimal,
} from '../../../../shared/format/numbers.ts';

/** Stands for ETH that nothing reaches, in the list of where to. */
export const PLAIN_ETH = 'eth';

export interface MoveDraft {
  readonly from: string | null;
  /** Id of a position, or {@link PLAIN_ETH}. */
  readonly to: string;
  /** As typed. */
  readonly amount: string;
}

export const NO_MOVE: MoveDraft = { from: null, to: PLAIN_ETH, amount: '' };

const DECIMALS = 18;
/** Of an amount that the slider writes. */
const SLIDER_DECIMALS = 4;
export const SLIDER_STEPS = 100;

/** Positions that value can be moved out of, largest first. */
export function listMovable(positions: readonly Position[]): readonly Position[] {
  return positions
    .filter(({ bookEth }) => bookEth.value !== null && bookEth.value > 0n)
    .toSorted((a, b) => {
      const difference = (b.bookEth.value ?? 0n) - (a.bookEth.value ?? 0n);
      return difference > 0n ? 1 : difference < 0n ? -1 : 0;
    });
}

export type MoveProblem = Exclude<ParsedDecimal, { ok: true }>['problem'] | 'zero' | 'above-all';

export type JudgedMove =
  | { readonly kind: 'incomplete' }
  | { readonly kind: 'wrong'; readonly problem: MoveProblem }
  | { readonly kind: 'ready'; readonly move: Move };

/** `held`: what the position to move from is worth. An amount not yet typed is incomplete, not wrong. */
export function judgeMove({ from, to, amount }: MoveDraft, held: bigint | null): JudgedMove {
  if (from === null || held === null || amount.trim() === '' || to === from) return { kind: 'incomplete' };
  const parsed = parseDecimal(amount, DECIMALS);
  if (!parsed.ok) return { kind: 'wrong', problem: parsed.problem };
  if (parsed.value === 0n) return { kind: 'wrong', problem: 'zero' };
  if (parsed.value > held) return { kind: 'wrong', problem: 'above-all' };
  const toPositionId = to === PLAIN_ETH ? null : to;
  return {
    kind: 'ready',
    // An estimate moves estimates: what a double cannot hold of it does not count.
    move: { fromPositionId: from, toPositionId, amount: Number(parsed.value) / 10 ** DECIMALS },
  };
}

/** What so many steps of the slider are: to four decimals, and all of it at the end. */
export function amountOfStep(step: number, held: bigint): string {
  if (step >= SLIDER_STEPS) return toDecimalText(held, DECIMALS);
  const part = (held * BigInt(step)) / BigInt(SLIDER_STEPS);
  const rounded = roundTo(part, DECIMALS, SLIDER_DECIMALS);
  // Rounded to nothing, or above all, it would be no amount to move: very small positions keep their digits.
  return rounded === 0n || rounded * 10n ** BigInt(DECIMALS - SLIDER_DECIMALS) > held
    ? toDecimalText(part, DECIMALS)
    : toDecimalText(rounded, SLIDER_DECIMALS);
}

/** Where the slider stands for an amount; at its start for one that makes no sense. */
export function stepOfAmount(amount: string, held: bigint): number {
  const parsed = parseDecimal(amount, DECIMALS);
  if (!parsed.ok || held <= 0n) return 0;
  return Math.min(SLIDER_STEPS, Number((parsed.value * BigInt(SLIDER_STEPS) + held / 2n) / held));
}

export function isSameMove(one: Move, two: Move): boolean {
  return (
    one.fromPositionId === two.fromPositionId &&
    one.toPositionId === two.toPositionId &&
    one.amount === two.amount
  );
}

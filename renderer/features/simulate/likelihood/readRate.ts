/** A rate as a person types it. Pure. */
import { parseDecimal, toDecimalText } from '../../../../shared/format/numbers.ts';

export type ReadRate =
  { readonly ok: true; readonly rate: number; readonly isClamped: boolean } | { readonly ok: false };

const DECIMALS = 12;

/** Kept within what can be entered for its class. */
export function readRate(
  text: string,
  { min, max }: { readonly min: number; readonly max: number },
): ReadRate {
  const parsed = parseDecimal(text, DECIMALS);
  if (!parsed.ok) return { ok: false };
  // The text itself, read once: a division would round a second time.
  const typed = Number(toDecimalText(parsed.value, DECIMALS));
  const rate = Math.min(max, Math.max(min, typed));
  return { ok: true, rate, isClamped: rate !== typed };
}

/** All its digits, without an exponent: `0.00004671`. */
export function writeRate(rate: number): string {
  const shortest = String(rate);
  return shortest.includes('e')
    ? toDecimalText(BigInt(Math.round(rate * 10 ** DECIMALS)), DECIMALS)
    : shortest;
}

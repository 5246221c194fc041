/** Waiting against selling, position by position, and why a side is not known. Pure. */
import type { ExitAssumptions, ExitPlan } from '../../../shared/domain/exit.ts';

export type MissingReason =
  'no-rate' | 'no-market' | 'not-sold' | 'no-time' | 'no-value' | 'too-large' | 'never';

/** Why what waiting costs is not known; null where it is. */
export function explainWaiting({ amount, waiting, total, isPausedForGood }: ExitPlan): MissingReason | null {
  if (amount === null || waiting === null) return 'no-value';
  if (waiting.cost.typical !== null) return null;
  if (isPausedForGood) return 'never';
  return total.typical === null ? 'no-time' : 'no-rate';
}

/** Why what selling all of it costs is not known; null where it is. */
export function explainSelling(
  { amount, sale, pathId }: ExitPlan,
  instrumentId: string,
  isSellable: boolean,
  { markets }: ExitAssumptions,
): MissingReason | null {
  if (sale !== null) return null;
  if (!isSellable || pathId === 'none') return 'not-sold';
  if (amount === null) return 'no-value';
  return markets.some(({ instrumentIds }) => instrumentIds.includes(instrumentId))
    ? 'too-large'
    : 'no-market';
}

/** Which of several prices counts, and which of them contradict each other. */
import { WAD } from '../units.ts';
import type { Disagreement, OrderedSource, PricePoint } from '../market.ts';

/** Older than this, a price is not of today any more. */
export const STALE_AFTER_MS = 24 * 3_600_000;

/**
 * What the user typed; else the first source in the user's order whose price is fresh; else the newest there is; else
 * the sample's. Null where nobody says anything.
 */
export function choosePrice(
  points: readonly PricePoint[],
  order: readonly OrderedSource[],
  now: number,
): PricePoint | null {
  const manual = points.find(({ source }) => source === 'manual');
  if (manual) return manual;
  const ranked = order.flatMap((source) => points.filter((point) => point.source === source));
  const fresh = ranked.find(({ at }) => now - at <= STALE_AFTER_MS);
  if (fresh) return fresh;
  const [first, ...others] = ranked;
  if (first) return others.reduce((newest, point) => (point.at > newest.at ? point : newest), first);
  return points.find(({ source }) => source === 'sample') ?? null;
}

/** The larger over the smaller, less one; 1e18 = 100%. */
export function differenceOf(a: bigint, b: bigint): bigint {
  const [low, high] = a < b ? [a, b] : [b, a];
  return ((high - low) * WAD) / low;
}

/**
 * The largest difference between the chosen price and another one of about the same time, where it exceeds `share`.
 * `others` are in the same quote.
 */
export function findDisagreement(
  chosen: PricePoint,
  others: readonly PricePoint[],
  share: bigint,
): Disagreement | null {
  let worst: Disagreement | null = null;
  for (const other of others) {
    if (other.source === chosen.source) continue;
    const difference = differenceOf(chosen.price, other.price);
    if (difference <= share || (worst !== null && difference <= worst.difference)) continue;
    worst = { asset: chosen.asset, quote: chosen.quote, one: chosen, other, difference };
  }
  return worst;
}

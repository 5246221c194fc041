/** What is left of a position, seen from outside: what a buyer would pay less for it, and what of it cannot be redeemed. */
import type { LossReason, PositionResult } from '../../../shared/domain/scenario.ts';
import { mulDivFloor, WAD, type Wei } from '../../../shared/domain/units.ts';
import { keepShare } from './revalue.ts';
import { wholeShare, type PositionState } from './state.ts';

type MarketReason = Extract<LossReason, { kind: 'market' }>;
type LockReason = Extract<LossReason, { kind: 'locked' }>;

const NO_LOSS = 0n as Wei; // as: no wei

/**
 * The market loss on what the scenario leaves, by event: floor(left x product of (1 - discount)) after each, so that the
 * parts sum to the whole exactly and discounts multiply with losses and with each other.
 */
export function measureMarket({ discounts, valueWei }: PositionState): readonly MarketReason[] {
  const kept = wholeShare();
  let worth = valueWei;
  return discounts.map(({ eventIndex, discount }) => {
    keepShare(kept, WAD - discount, WAD);
    const next = mulDivFloor(valueWei, kept.kept, kept.scale);
    const marketLossWei = (worth - next) as Wei; // as: a difference of wei is wei
    worth = next;
    return { kind: 'market', eventIndex, discount, marketLossWei, lossWei: NO_LOSS };
  });
}

export function listLocks({ locks }: PositionState): readonly LockReason[] {
  return locks.map(({ eventIndex, days }) => ({ kind: 'locked', eventIndex, days, lossWei: NO_LOSS }));
}

/** Closures begin together, so the longest counts; one without an end is the longest. */
export function findLongestLock({ locks }: PositionState): PositionResult['lock'] {
  if (locks.length === 0) return null;
  const days = locks.map((lock) => lock.days).filter((count) => count !== null);
  return { days: days.length < locks.length ? null : Math.max(...days) };
}

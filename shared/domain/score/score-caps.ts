/** Bounds on the whole score, whatever else is good about a protocol. */
import type { Protocol } from '../catalog.ts';
import { placeWithin } from './date-span.ts';
import { isSettled } from './score-figures.ts';
import type { ScoreCap } from './score.ts';

/** The most a protocol scores whose holders lost something so many months ago or less. */
export const RECENT_LOSS = { months: 12, at: 50 } as const;

/**
 * A loss that is known and dated within the months is certain. One that nobody confirmed, of which it is disputed or
 * unknown whether anything was lost, or whose date may lie outside, may be none.
 */
export function listCaps({ incidents }: Protocol, on: string): readonly ScoreCap[] {
  return incidents.flatMap(({ date, title, hasLoss, status, sources }): ScoreCap[] => {
    const place = placeWithin(date, on, RECENT_LOSS.months);
    if (hasLoss === false || place === 'outside') return [];
    const isCertain = hasLoss === true && place === 'certain' && isSettled(status);
    return [{ id: 'recentLoss', at: RECENT_LOSS.at, isCertain, title, date, status, sources }];
  });
}

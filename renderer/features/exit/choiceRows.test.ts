import { describe, expect, it } from 'vitest';
import type { ExitAssumptions, WaitingCost } from '../../../shared/domain/exit.ts';
import { explainSelling, explainWaiting } from './choiceRows.ts';
import { makePlan, rangeOf } from './testing/makePlan.ts';

const NOTHING = { low: null, typical: null, high: null };
const unknown: WaitingCost = { lossShare: NOTHING, timeShare: NOTHING, share: NOTHING, cost: NOTHING };

describe('why waiting has no known cost', () => {
  it('is the value, the pause, the time or the rate, in this order', () => {
    const never = rangeOf(null, null, null);
    expect(explainWaiting(makePlan({ amount: null }))).toBe('no-value');
    expect(explainWaiting(makePlan({ waiting: unknown, total: never, isPausedForGood: true }))).toBe('never');
    expect(explainWaiting(makePlan({ waiting: unknown, total: never }))).toBe('no-time');
    expect(explainWaiting(makePlan({ waiting: unknown }))).toBe('no-rate');
    expect(
      explainWaiting(makePlan({ waiting: { ...unknown, cost: { low: 0n, typical: 0n, high: 0n } } })),
    ).toBe(null);
  });
});

describe('why selling has no known cost', () => {
  const market: ExitAssumptions['markets'][number] = {
    id: 'm',
    instrumentIds: ['weETH'],
    curve: { kind: 'points', points: [{ amount: 1n, received: 1n }] },
  };
  const explain = (change: Parameters<typeof makePlan>[0], isSellable: boolean, markets = [market]) =>
    explainSelling(makePlan(change), 'weETH', isSellable, { markets } as unknown as ExitAssumptions); // as: reads no more

  it('is that nobody trades it, no market was entered, or it is too small', () => {
    expect(explain({}, false)).toBe('not-sold');
    expect(explain({ pathId: 'none' }, true)).toBe('not-sold');
    expect(explain({ amount: null }, true)).toBe('no-value');
    expect(explain({}, true, [])).toBe('no-market');
    expect(explain({}, true)).toBe('too-large');
    expect(explain({ sale: { amount: 1n, received: 1n, cost: 0n, costShare: 0n } }, true)).toBeNull();
  });
});

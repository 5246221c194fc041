import { describe, expect, it } from 'vitest';
import { listCalendarRows } from './calendarRows.ts';
import { makeLeg, makeOverview, makePlan, rangeOf } from './testing/makePlan.ts';

const rowOf = (plan: ReturnType<typeof makePlan>, before?: ReturnType<typeof makePlan>) =>
  listCalendarRows(makeOverview([plan]), before ? makeOverview([before]) : null)[0];

describe('a row of the calendar', () => {
  it('shows the typical steps and the range beneath', () => {
    expect(rowOf(makePlan())).toEqual({
      id: 'p',
      bars: [{ legId: 'lido-queue', group: 'issuer', from: 0, to: 3, lane: 0 }],
      lanes: 1,
      low: 1,
      typical: 3,
      high: 5,
      before: null,
    });
  });

  it('puts steps that run at the same time beneath each other, and those in turn on one line', () => {
    const legs = [
      makeLeg({ id: 'churn-queue', kind: 'churn-queue', duration: rangeOf(5, 5, 5) }),
      makeLeg({ id: 'sweep', kind: 'sweep', start: rangeOf(5, 5, 5), duration: rangeOf(0, 4, 8) }),
      makeLeg({ id: 'eigenlayer-escrow', kind: 'escrow', duration: rangeOf(14, 14, 14) }),
    ];
    const row = rowOf(makePlan({ legs }));
    expect(row?.lanes).toBe(2);
    expect(row?.bars.map(({ legId, group, lane }) => [legId, group, lane])).toEqual([
      ['churn-queue', 'exit', 0],
      ['eigenlayer-escrow', 'escrow', 1],
      ['sweep', 'payout', 0],
    ]);
  });

  it('leaves out what is typically not needed, and what begins nobody knows when', () => {
    const legs = [
      makeLeg({ id: 'sweep', kind: 'sweep', duration: rangeOf(0, 0, 8) }),
      makeLeg({ id: 'pause:lido', kind: 'pause', duration: rangeOf(null, null, null) }),
      makeLeg({ start: rangeOf(null, null, null) }),
    ];
    const row = rowOf(makePlan({ legs, total: rangeOf(null, null, null) }));
    expect(row?.bars).toEqual([{ legId: 'pause:lido', group: 'pause', from: 0, to: null, lane: 0 }]);
    expect(row?.typical).toBeNull();
  });

  it('draws a wait nobody publishes, and a way out nobody knows, as not known instead of nothing', () => {
    const unknown = makeLeg({ duration: rangeOf(null, null, null) });
    expect(rowOf(makePlan({ legs: [unknown] }))?.bars).toMatchObject([{ group: 'unknown', to: null }]);
    expect(rowOf(makePlan({ pathId: null, legs: [] }))?.bars).toMatchObject([{ group: 'unknown', to: null }]);
  });

  it('marks the typical time without stress where it is another', () => {
    const calm = makePlan();
    expect(rowOf(makePlan({ total: rangeOf(4, 12, 20) }), calm)?.before).toBe(3);
    expect(rowOf(makePlan(), calm)?.before).toBeNull();
  });
});

describe('the order of the rows', () => {
  it('is soonest first, not known last, and the same under stress', () => {
    const plans = [
      makePlan({ positionId: 'never', total: rangeOf(null, null, null) }),
      makePlan({ positionId: 'late', total: rangeOf(9, 9, 9) }),
      makePlan({ positionId: 'soon', total: rangeOf(1, 1, 1) }),
    ];
    const calm = makeOverview(plans);
    const order = ['soon', 'late', 'never'];
    expect(listCalendarRows(calm, null).map(({ id }) => id)).toEqual(order);
    const stressed = makeOverview(
      plans.map((plan) => (plan.positionId === 'soon' ? { ...plan, total: rangeOf(90, 90, 90) } : plan)),
    );
    expect(listCalendarRows(stressed, calm).map(({ id }) => id)).toEqual(order);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Attribution } from '../../../shared/domain/loss-distribution.ts';
import { rankCharges } from './buildChargeBars.ts';

const attribution = (rows: Attribution['rows']): Attribution => ({ dimension: 'operator', rows });

describe('charges', () => {
  it('are ranked by the worst cases, and what is beyond the limit is one more', () => {
    const { rows, rest } = rankCharges(
      attribution([
        { id: 'a', expectedLoss: 5, expectedShortfall: 1 },
        { id: null, expectedLoss: 1, expectedShortfall: 6 },
        { id: 'c', expectedLoss: 2, expectedShortfall: 2 },
        { id: 'd', expectedLoss: 2, expectedShortfall: 1 },
      ]),
      2,
    );
    expect(rows.map(({ id }) => id)).toEqual([null, 'c']);
    expect(rows[0]).toMatchObject({ expectedShare: 0.1, tailShare: 0.6 });
    expect(rest).toMatchObject({ count: 2, expectedLoss: 7, expectedShortfall: 2 });
  });

  it('sum to all of it, whatever the limit', () => {
    const row = fc.record({
      id: fc.option(fc.string(), { nil: null }),
      expectedLoss: fc.double({ min: 0, max: 100, noNaN: true }),
      expectedShortfall: fc.double({ min: 0, max: 100, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 20 }), fc.integer({ min: 1, max: 10 }), (given, limit) => {
        const { rows, rest } = rankCharges(attribution(given), limit);
        const lines = rest === null ? rows : [...rows, rest];
        for (const key of ['expectedLoss', 'expectedShortfall'] as const) {
          const all = given.reduce((sum, entry) => sum + entry[key], 0);
          expect(lines.reduce((sum, entry) => sum + entry[key], 0)).toBeCloseTo(all, 9);
        }
        const tail = given.reduce((sum, entry) => sum + entry.expectedShortfall, 0);
        if (tail > 0) expect(lines.reduce((sum, entry) => sum + entry.tailShare, 0)).toBeCloseTo(1, 9);
        expect(rows.length + (rest?.count ?? 0)).toBe(given.length);
      }),
    );
  });

  it('of nothing are nothing, not a division by zero', () => {
    const { rows } = rankCharges(attribution([{ id: 'a', expectedLoss: 0, expectedShortfall: 0 }]), 3);
    expect(rows[0]).toMatchObject({ expectedShare: 0, tailShare: 0 });
  });
});

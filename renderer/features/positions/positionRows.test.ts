import { describe, expect, it } from 'vitest';
import { WAD } from '../../../shared/domain/units.ts';
import type { Run } from '../../../shared/domain/scenario.ts';
import type { Wei } from '../../../shared/domain/units.ts';
import { BLOCK } from '../../../shared/domain/testing/arbitrary-observation.ts';
import { buildPositionRows, filterRows, groupKeyOf, type Grouping } from './positionRows.ts';
import { sumRows } from './sumRows.ts';
import { COLD, makeBusyView, OPERATOR, TREASURY } from './testing/makeView.ts';

const { view, exposure } = makeBusyView();
const rows = buildPositionRows(view, exposure, null);
const nameState = (state: string): string => (state === 'queued' ? 'Withdrawal queued' : state);

function symbolsOf(found: typeof rows): string[] {
  return found.map(({ position }) => position.instrument.symbol);
}

/** A run that takes 4 ETH of the delegated position. */
function makeRun(blockNumber: bigint): Run {
  const wei = (value: bigint): Wei => value as Wei; // as: the test's amounts are wei
  const valued = view.positions.filter(({ bookEth }) => bookEth.value !== null);
  const total = view.totals.bookEth.value ?? 0n;
  const loss = 4n * WAD;
  return {
    id: 'run',
    portfolioId: 'p',
    ranAt: 0,
    blockNumber,
    result: {
      scenario: {
        preset: 'custom',
        events: [{ kind: 'operator-slash', operator: OPERATOR, service: 'all', wad: WAD }],
      },
      positions: valued.map(({ id, bookEth, state }) => {
        const before = bookEth.value ?? 0n;
        const lost = state === 'delegated' ? loss : 0n;
        return {
          positionId: id,
          beforeWei: wei(before),
          afterWei: wei(before - lost),
          lossWei: wei(lost),
          hiddenWei: wei(0n),
          recoveredWei: wei(0n),
          marketLossWei: wei(0n),
          lockedWei: wei(0n),
          lock: null,
          reasons: [],
        };
      }),
      events: [],
      totalBeforeWei: wei(total),
      totalAfterWei: wei(total - loss),
      totalLossWei: wei(loss),
      totalRecoveredWei: wei(0n),
      totalMarketLossWei: wei(0n),
      totalLockedWei: wei(0n),
      covers: [],
      unvaluedIds: [],
      leftOut: [],
    },
  };
}

describe('rows', () => {
  it('have shares of the known book value, and none where the value is not known', () => {
    const shares = rows.map(({ share }) => share.value);
    expect(shares.filter((share) => share === null)).toHaveLength(1);
    const sum = shares.reduce<bigint>((total, share) => total + (share ?? 0n), 0n);
    expect(WAD - sum).toBeLessThan(BigInt(rows.length));
  });

  it('say with whom each stands', () => {
    const places = rows.map(({ position, operator }) => [position.instrument.symbol, operator.kind]);
    expect(places).toEqual([
      ['ETH', 'none'],
      ['stETH in EigenLayer', 'one'],
      ['stETH in EigenLayer', 'one'],
      ['weETH', 'hidden'],
      ['ezETH', 'hidden'],
    ]);
  });

  it('show what a run left only where it was run on these values', () => {
    const current = buildPositionRows(view, exposure, makeRun(BLOCK));
    expect(current[1]?.scenario?.after.value).toBe(36n * WAD);
    expect(sumRows(current, view.totals.bookEth).after?.value).toBe(
      (view.totals.bookEth.value ?? 0n) - 4n * WAD,
    );
    const older = buildPositionRows(view, exposure, makeRun(BLOCK - 1n));
    expect(older.every(({ scenario }) => scenario === null)).toBe(true);
    const changed = { ...view, positions: view.positions.slice(1) };
    const fewer = buildPositionRows(changed, exposure, makeRun(BLOCK));
    expect(fewer.every(({ scenario }) => scenario === null)).toBe(true);
  });
});

describe('grouping', () => {
  it.each<[Grouping, number]>([
    ['account', 2],
    ['token', 4],
    ['state', 3],
    ['operator', 3],
  ])('by %s puts every row in one group', (grouping, count) => {
    expect(new Set(rows.map((row) => groupKeyOf(row, grouping))).size).toBe(count);
  });

  it('keeps two accounts of one label apart', () => {
    const keys = rows.map((row) => groupKeyOf(row, 'account'));
    expect(new Set(keys)).toEqual(new Set([TREASURY.id, COLD.id]));
  });

  it('sums the known values of a group and counts the rest', () => {
    const cold = rows.filter((row) => groupKeyOf(row, 'account') === COLD.id);
    const sums = sumRows(cold, view.totals.bookEth);
    expect(sums.bookEth.value).toBe((22n * WAD) / 10n);
    expect(sums.unvaluedCount).toBe(1);
  });
});

describe('the filter', () => {
  it('wants every word somewhere in the row', () => {
    expect(symbolsOf(filterRows(rows, 'treasury alder', nameState))).toHaveLength(2);
    expect(symbolsOf(filterRows(rows, 'alder queued', nameState))).toHaveLength(1);
    expect(symbolsOf(filterRows(rows, 'weeth treasury', nameState))).toEqual([]);
  });

  it('finds addresses of accounts and operators, in any case', () => {
    expect(filterRows(rows, COLD.address.toUpperCase(), nameState)).toHaveLength(2);
    expect(filterRows(rows, OPERATOR, nameState)).toHaveLength(2);
  });

  it('shows all rows while nothing is typed', () => {
    expect(filterRows(rows, '  ', nameState)).toBe(rows);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WAD } from '../units.ts';
import { buildHistory, NO_PRICES, type HistoryPrices, type HistoryQuestion } from './build-history.ts';
import type { HistoryView } from './history-view.ts';
import type { Snapshot } from './snapshot.ts';
import { anySnapshots, dayOf, makePosition, makeSnapshotOf, SPARE, VAULT } from './testing/make-snapshots.ts';

const QUESTION: HistoryQuestion = {
  currency: 'ETH',
  groupBy: 'position',
  basis: 'book',
  from: null,
  to: null,
};

function build(
  snapshots: readonly Snapshot[],
  question: Partial<HistoryQuestion> = {},
  prices: HistoryPrices = NO_PRICES,
): HistoryView {
  const parts = { snapshots, prices, names: new Map<string, string>(), isSynthetic: false, imports: [] };
  return buildHistory({ ...QUESTION, ...question }, parts);
}

const eth = (value: number): bigint => BigInt(value * 1000) * (WAD / 1000n);
const wsteth = (amount: number | null, rate = 1) =>
  makePosition('wstETH', {
    amount: amount === null ? null : eth(amount),
    rate: eth(rate),
    why: amount === null ? 'call-failed' : null,
  });

describe('lines', () => {
  it('are zero where the account was read and did not hold it, and a gap where it was not seen', () => {
    const { series } = build([
      makeSnapshotOf(0, []),
      makeSnapshotOf(1, [wsteth(10)]),
      makeSnapshotOf(2, [wsteth(null)]),
      makeSnapshotOf(3, [], { accounts: [{ address: VAULT, name: 'Vault', read: ['ETH'] }] }),
      makeSnapshotOf(4, [], { accounts: [] }),
    ]);
    expect(series[0]?.values).toEqual([0n, eth(10), null, null, null]);
    expect(series[0]?.unknown).toEqual([
      { from: 2, to: 2, why: 'call-failed' },
      { from: 3, to: 3, why: 'not-read' },
      { from: 4, to: 4, why: 'not-watched' },
    ]);
  });

  it('keep a holding one line while its state changes', () => {
    const restaked = (state: 'deposited' | 'delegated' | 'restaked') =>
      makePosition('eigenlayer:s', { symbol: 'stETH in EigenLayer', state });
    const { series } = build([
      makeSnapshotOf(0, [restaked('deposited')]),
      makeSnapshotOf(1, [restaked('delegated')]),
      makeSnapshotOf(2, [restaked('restaked')]),
    ]);
    expect(series.map(({ values }) => values)).toEqual([[eth(10), eth(10), eth(10)]]);
  });

  it('break between two snapshots that lie too far apart', () => {
    const days = [0, 7, 14, 40, 47];
    const view = build(days.map((day) => makeSnapshotOf(day, [wsteth(1)])));
    expect(view.times.map(({ isAfterGap }) => isAfterGap)).toEqual([false, false, false, true, false]);
    expect(view.notes).toEqual([{ kind: 'gaps', count: 1, days: 26 }]);
  });

  it('of a sum are a gap where any part is unknown, and go on where an account is not watched', () => {
    const both = [
      { address: VAULT, name: 'Vault', read: ['wstETH'] },
      { address: SPARE, name: 'Spare', read: ['wstETH'] },
    ];
    const spare = { ...wsteth(5), address: SPARE };
    const { total, notes } = build(
      [
        makeSnapshotOf(0, [wsteth(1)]),
        makeSnapshotOf(1, [wsteth(1), spare], { accounts: both }),
        makeSnapshotOf(2, [wsteth(null), spare], { accounts: both }),
      ],
      { groupBy: 'protocol' },
    );
    expect(total.values).toEqual([eth(1), eth(6), null]);
    expect(notes).toEqual([{ kind: 'account-in', name: 'Spare', at: dayOf(1) }]);
  });

  it('are drawn in dollars and BTC at the price of the time, and are gaps without one', () => {
    const snapshots = [
      makeSnapshotOf(0, [wsteth(2)]),
      makeSnapshotOf(1, [wsteth(2)], { ethUsd: null, whyNoPrice: 'stale-price' }),
      makeSnapshotOf(2, [wsteth(2)], { btcUsd: null }),
    ];
    const dollars = build(snapshots, { currency: 'USD' });
    expect(dollars.total.values).toEqual([6000n * 10n ** 8n, null, 6000n * 10n ** 8n]);
    expect(dollars.total.unknown).toEqual([{ from: 1, to: 1, why: 'stale-price' }]);
    expect(dollars.notes).toEqual([{ kind: 'no-price', currency: 'USD', count: 1 }]);
    expect(build(snapshots, { currency: 'BTC' }).total.values).toEqual([10_000_000n, null, null]);
    const priced = { ...NO_PRICES, ethUsd: () => 1000n * 10n ** 8n, btcUsd: () => 50_000n * 10n ** 8n };
    const filled = build(snapshots, { currency: 'BTC' }, priced);
    expect(filled.total.values).toEqual([10_000_000n, 3_333_333n, 12_000_000n]);
  });

  it('at the market follow its price for what is held, and the books for what is restaked', () => {
    const restaked = makePosition('eigenlayer:s', { symbol: 'stETH in EigenLayer', state: 'delegated' });
    const traded = { ...wsteth(10, 1.2), market: eth(1.1) };
    const snapshots = [makeSnapshotOf(0, [traded, restaked]), makeSnapshotOf(1, [wsteth(10, 1.2), restaked])];
    const view = build(snapshots, { basis: 'market' });
    expect(view.total.values).toEqual([eth(21), null]);
    expect(view.notes).toEqual([{ kind: 'no-market', symbols: ['wstETH'] }]);
    expect(
      build(snapshots, { basis: 'market' }, { ...NO_PRICES, market: () => eth(1) }).total.values,
    ).toEqual([eth(21), eth(20)]);
  });
});

describe('the attribution', () => {
  it('counts rewards on what was there at the time, step by step', () => {
    const view = build([
      makeSnapshotOf(0, [wsteth(10, 1)]),
      makeSnapshotOf(7, [wsteth(10, 1.1)]),
      makeSnapshotOf(14, [wsteth(20, 1.1)]),
      makeSnapshotOf(21, [wsteth(20, 1.2)]),
    ]);
    const parts = { flows: eth(11), rewards: eth(3), price: 0n, mixed: 0n, isEstimate: false };
    expect(view.attribution?.rows[0]).toMatchObject({ before: eth(10), after: eth(24), parts });
    expect(view.attribution?.total).toMatchObject({ before: eth(10), after: eth(24), parts, leftOut: 0 });
  });

  it('passes over a time at which the holding is not known, and says nothing where an end is not', () => {
    const snapshots = [
      makeSnapshotOf(0, [wsteth(10, 1)]),
      makeSnapshotOf(1, [wsteth(null)]),
      makeSnapshotOf(2, [wsteth(10, 1.1)]),
    ];
    expect(build(snapshots).attribution?.total.parts).toMatchObject({ rewards: eth(1), flows: 0n });
    expect(build(snapshots.slice(0, 2)).attribution?.rows[0]).toMatchObject({
      before: eth(10),
      after: null,
      parts: null,
      why: 'call-failed',
    });
    expect(build(snapshots.slice(0, 1)).attribution).toBeNull();
  });

  it('leaves out and counts what came into view, instead of calling it a deposit', () => {
    const accounts = [VAULT, SPARE].map((address) => ({ address, name: address, read: ['wstETH'] }));
    const view = build([
      makeSnapshotOf(0, [wsteth(1)]),
      makeSnapshotOf(1, [wsteth(1), { ...wsteth(5), address: SPARE }], { accounts }),
    ]);
    expect(view.attribution?.total).toMatchObject({ before: eth(1), after: eth(1), leftOut: 1 });
    expect(view.attribution?.rows.find(({ before }) => before === null)).toMatchObject({
      after: eth(5),
      why: 'not-watched',
    });
  });

  it('sums exactly for any history, in every row and every currency', () => {
    fc.assert(
      fc.property(
        anySnapshots,
        fc.constantFrom('USD' as const, 'ETH' as const, 'BTC' as const),
        fc.constantFrom('position' as const, 'protocol' as const, 'total' as const),
        fc.constantFrom('book' as const, 'market' as const),
        (snapshots, currency, groupBy, basis) => {
          const { attribution, series, times, total } = build(snapshots, { currency, groupBy, basis });
          for (const { values } of [...series, total]) expect(values).toHaveLength(times.length);
          for (const { before, after, parts } of attribution
            ? [...attribution.rows, attribution.total]
            : []) {
            if (before === null || after === null || parts === null) continue;
            const { flows, rewards, price, mixed } = parts;
            expect(before + (flows ?? 0n) + (rewards ?? 0n) + price + mixed).toBe(after);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('a long history', () => {
  it('is drawn with its ends and the edges of its gaps, and says that there is more', () => {
    const days = Array.from({ length: 1400 }, (_, day) => day).filter((day) => day < 600 || day > 640);
    const view = build(days.map((day) => makeSnapshotOf(day, [wsteth(1)])));
    expect(view.times.length).toBeLessThanOrEqual(502);
    expect([view.times[0]?.at, view.times.at(-1)?.at]).toEqual([dayOf(0), dayOf(1399)]);
    const edge = view.times.findIndex(({ isAfterGap }) => isAfterGap);
    expect([view.times[edge - 1]?.at, view.times[edge]?.at]).toEqual([dayOf(599), dayOf(641)]);
    expect(view.notes).toContainEqual({ kind: 'thinned', shown: view.times.length, of: 1359 });
  });
});

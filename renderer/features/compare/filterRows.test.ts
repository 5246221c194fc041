import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createText } from '../../../shared/text/text.ts';
import { describeFilters } from './describeFilters.ts';
import { filterCompareRows, NO_FILTER, readMaxDays, sortCompareRows } from './filterRows.ts';
import { makeFact, makeProtocol } from './testing/makeCatalog.ts';
import { makeRows } from './testing/makeRows.ts';

const exit = (low: number, high: number) => makeFact({ figure: { low, high, unit: 'days' } });
const quick = makeProtocol({ id: 'quick', name: 'Quick', facts: { exitDays: exit(1, 3) } });
const slow = makeProtocol({
  id: 'slow',
  name: 'Slow',
  asset: 'BTC',
  kind: 'btc-lrt',
  facts: { exitDays: exit(2, 14) },
});
const silent = makeProtocol({ id: 'silent', name: 'Silent' });
const rows = makeRows([slow, silent, quick]);
const idsOf = (found: typeof rows): readonly string[] => found.map(({ protocol }) => protocol.id);

describe('sorting', () => {
  it('puts what is not known last in both directions', () => {
    expect(idsOf(sortCompareRows(rows, { id: 'exitDays', isDescending: false }))).toEqual([
      'quick',
      'slow',
      'silent',
    ]);
    expect(idsOf(sortCompareRows(rows, { id: 'exitDays', isDescending: true }))).toEqual([
      'slow',
      'quick',
      'silent',
    ]);
  });

  it('keeps every row, ordered by the middle of its range', () => {
    const figure = fc.option(
      fc
        .tuple(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 50 }))
        .map(([low, more]) => exit(low, low + more)),
    );
    fc.assert(
      fc.property(fc.array(figure, { maxLength: 20 }), fc.boolean(), (facts, isDescending) => {
        const made = makeRows(
          facts.map((fact, index) =>
            makeProtocol({
              id: `p${index}`,
              name: `P ${index}`,
              ...(fact === null ? {} : { facts: { exitDays: fact } }),
            }),
          ),
        );
        const sorted = sortCompareRows(made, { id: 'exitDays', isDescending });
        expect(new Set(idsOf(sorted))).toEqual(new Set(idsOf(made)));
        const orders = sorted.map(({ cells }) => cells.exitDays.order);
        const known = orders.filter((order) => typeof order === 'number');
        expect(orders.slice(known.length).every((order) => order === null)).toBe(true);
        const ascending = known.toSorted((a, b) => a - b);
        expect(known).toEqual(isDescending ? ascending.toReversed() : ascending);
      }),
    );
  });
});

describe('filtering', () => {
  it('finds by every word typed, in names, tokens and facts', () => {
    expect(idsOf(filterCompareRows(rows, { ...NO_FILTER, text: 'SLOW bitcoin' }))).toEqual(['slow']);
    expect(idsOf(filterCompareRows(rows, { ...NO_FILTER, text: 'madeth' }))).toHaveLength(3);
    expect(filterCompareRows(rows, { ...NO_FILTER, text: 'slow eigen' })).toEqual([]);
  });

  it('takes for an exit within a limit only what is known to keep it at its longest', () => {
    expect(idsOf(filterCompareRows(rows, { ...NO_FILTER, maxExitDays: '7' }))).toEqual(['quick']);
    expect(idsOf(filterCompareRows(rows, { ...NO_FILTER, maxExitDays: '14' }))).toEqual(['slow', 'quick']);
    expect(filterCompareRows(rows, { ...NO_FILTER, maxExitDays: 'x' })).toHaveLength(3);
  });

  it('narrows by asset, kind, status and what is held', () => {
    expect(idsOf(filterCompareRows(rows, { ...NO_FILTER, asset: 'BTC' }))).toEqual(['slow']);
    expect(idsOf(filterCompareRows(rows, { ...NO_FILTER, kinds: ['lrt'] }))).toEqual(['silent', 'quick']);
    expect(idsOf(filterCompareRows(rows, { ...NO_FILTER, statuses: ['confirmed'] }))).toEqual([
      'slow',
      'quick',
    ]);
    expect(filterCompareRows(rows, { ...NO_FILTER, statuses: ['disputed'] })).toEqual([]);
    expect(filterCompareRows(rows, { ...NO_FILTER, isHeldOnly: true })).toEqual([]);
  });

  it('reads a limit only from what is a number of days', () => {
    expect(readMaxDays(' 7.5 ')).toBe(7.5);
    for (const typed of ['', '-1', '1e3', '7 days', '123456']) expect(readMaxDays(typed)).toBeNull();
  });

  it('names what is set, so that an empty table says what to clear', () => {
    const { t } = createText();
    expect(describeFilters({ ...NO_FILTER, text: ' lido ', maxExitDays: '3' }, t)).toBe(
      'the search “lido” and exit within 3 days',
    );
  });
});

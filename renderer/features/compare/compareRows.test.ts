import { describe, expect, it } from 'vitest';
import { FACT_KEYS } from '../../../shared/domain/catalog.ts';
import type { Instrument } from '../../../shared/domain/instrument.ts';
import { en } from '../../../shared/text/en/en.ts';
import { COLUMN_IDS } from './compareColumns.ts';
import { makeFact, makeObservation, makeProtocol } from './testing/makeCatalog.ts';
import { makeRows } from './testing/makeRows.ts';

const days = (low: number, high: number) => ({ low, high, unit: 'days' as const });

describe('a row of the comparison', () => {
  it('shows the range of a disputed fact, its status, and sorts it by the middle', () => {
    const protocol = makeProtocol({
      facts: { exitDays: makeFact({ figure: days(7, 15), status: 'disputed', asOf: '2025-08' }) },
    });
    const [row] = makeRows([protocol]);
    expect(row?.cells.exitDays).toEqual({
      text: '7 – 15 days',
      missing: 'unknown',
      status: 'disputed',
      asOf: '2025-08',
      order: 11,
    });
    expect(row?.statuses.has('disputed')).toBe(true);
  });

  it('tells what is not known from what has no dated figure, and makes neither a number', () => {
    const [row] = makeRows([makeProtocol()]);
    expect(row?.cells.exitDays).toMatchObject({ text: null, missing: 'unknown', status: null, order: null });
    expect(row?.cells.tvl).toMatchObject({ text: null, missing: 'undated', order: null });
    expect(row?.cells.score).toMatchObject({ text: null, order: null });
  });

  it('does not take words for a number', () => {
    const protocol = makeProtocol({ facts: { audits: makeFact({ text: 'Several, not counted.' }) } });
    const [row] = makeRows([protocol]);
    expect(row?.cells.audits).toMatchObject({ text: 'Several, not counted.', order: null });
  });

  it('says how much of the yield is paid in emissions, only where both are of one day and product', () => {
    const apy = makeObservation({ low: 4, high: 5 });
    const emissions = makeObservation({ metric: 'apyEmissions', low: 1, high: 2 });
    const [row] = makeRows([makeProtocol()], [apy, emissions]);
    expect(row?.cells.emissionShare).toMatchObject({ text: '20 – 50%', status: 'secondary' });
    const [other] = makeRows([makeProtocol()], [apy, { ...emissions, asOf: '2025-12-31' }]);
    expect(other?.cells.emissionShare).toMatchObject({ text: null, missing: 'undated' });
  });

  it('shows figures of one day and product that disagree as one range, with how each was measured', () => {
    const day = makeObservation({ low: 2.59, high: 2.59, label: 'over 24 hours' });
    const week = makeObservation({ low: 2.33, high: 2.33, label: 'over 7 days', status: 'disputed' });
    const [row] = makeRows([makeProtocol()], [day, week]);
    expect(row?.cells.yield).toMatchObject({
      text: '2.33 – 2.59%',
      status: 'disputed',
      measured: { fee: 'after', label: 'over 24 hours; over 7 days' },
    });
  });

  it('does not mix a figure with one that was fetched later, or of another product or day', () => {
    const late = makeObservation({ low: 3, high: 3, fetchedAt: 2 });
    const others = [{ fetchedAt: 1 }, { product: 'b' }, { asOf: '2025-01-01' }].map((change) =>
      makeObservation({ low: 9, high: 9, ...change }),
    );
    const [row] = makeRows([makeProtocol()], [...others, late]);
    expect(row?.cells.yield.text).toBe('3%');
  });

  it.each([
    ['base staking, after Lido’s fee', 'after'],
    ['after commission', 'after'],
    ['a validator of one’s own, before any pool’s fee', 'before'],
    ['consensus rewards', 'untold'],
    ['before the exploit', 'untold'],
  ])('tells by the words of the source whether a part is after the fee: %s', (label, fee) => {
    const [row] = makeRows([makeProtocol()], [makeObservation({ metric: 'apyBase', label })]);
    expect(row?.cells.yieldBase.measured).toEqual({ fee, label });
  });

  it('finds no emissions where staking pays all of the yield', () => {
    const apy = makeObservation({ low: 2.4, high: 2.6 });
    const [row] = makeRows([makeProtocol()], [apy, { ...apy, metric: 'apyBase' }]);
    expect(row?.cells.emissionShare).toMatchObject({ text: '0%', order: 0 });
    const [less] = makeRows([makeProtocol()], [apy, { ...apy, metric: 'apyBase', low: 2.3 }]);
    expect(less?.cells.emissionShare.text).toBeNull();
  });

  it('takes the newest figure, and of two of one day the later one', () => {
    const tvl = { metric: 'tvl', unit: 'USD' } as const;
    const [row] = makeRows(
      [makeProtocol()],
      [
        makeObservation({ ...tvl, low: 5e9, high: 5e9 }),
        makeObservation({ ...tvl, low: 6e9, high: 6e9 }),
        makeObservation({ ...tvl, low: 1e9, high: 1e9, asOf: '2025-01-01' }),
      ],
    );
    expect(row?.cells.tvl).toMatchObject({ text: '6bn USD', order: 6e9 });
  });

  it('does not sort coins among dollars', () => {
    const tvl = { metric: 'tvl', low: 441_000, high: 441_000 } as const;
    const [row] = makeRows([makeProtocol()], [makeObservation({ ...tvl, unit: 'ETH' })]);
    expect(row?.cells.tvl).toMatchObject({ text: '441k ETH', order: null });
    const both = [
      makeObservation({ ...tvl, unit: 'USD' }),
      makeObservation({ ...tvl, unit: 'ETH', low: 9, high: 9 }),
    ];
    expect(makeRows([makeProtocol()], both)[0]?.cells.tvl).toMatchObject({
      text: '441k USD',
      order: 441_000,
    });
  });

  it('is no surer of a list than of what is least sure in it', () => {
    const dependencies = [
      { kind: 'bridge', name: 'A bridge', status: 'confirmed', sources: ['made-up'] },
      { kind: 'oracle', name: 'An oracle', status: 'unconfirmed', sources: [] },
    ] as const;
    const protocol = makeProtocol({
      dependencies: dependencies.map((one) => ({ ...one, sources: [...one.sources] })),
    });
    const [row] = makeRows([protocol]);
    expect(row?.cells.dependencies).toMatchObject({ text: 'A bridge, An oracle', status: 'unconfirmed' });
  });

  it('says that no incident is recorded, not that there was none', () => {
    const [row] = makeRows([makeProtocol()]);
    expect(row?.cells.incidents).toMatchObject({ text: 'none recorded', order: 0 });
  });
});

describe('what is held', () => {
  it('is found by instrument, by symbol, and for shares by the platform', () => {
    const product = { name: 'Made-up ETH', kind: 'lrt', decimals: 18 } as const;
    const made = makeProtocol({
      products: [
        { ...product, id: 'a', symbol: 'madETH', instrument: null },
        { ...product, id: 'b', symbol: 'wmadETH', instrument: 'wrapped' },
      ],
    });
    const platform = makeProtocol({ id: 'eigenlayer', name: 'EigenLayer' });
    const other = makeProtocol({
      id: 'other',
      products: [{ ...product, id: 'c', symbol: 'xETH', instrument: null }],
    });
    const held = (instrument: Pick<Instrument, 'id' | 'symbol'> & Partial<Instrument>) => {
      const other = { name: 'Made up', decimals: 18, family: 'lrt' as const, issuer: null, dependsOn: [] };
      return { instrument: { ...other, ...instrument } };
    };
    const positions = [
      held({ id: 'madETH', symbol: 'madETH' }),
      held({ id: 'wrapped', symbol: 'W' }),
      held({ id: 'madETH', symbol: 'madETH' }),
      held({ id: 'eigenlayer:0x1', symbol: 'ETH', family: 'restaked' }),
    ];
    const rows = makeRows([made, platform, other], [], { positions });
    expect(rows.map((row) => row.held)).toEqual([['madETH', 'W'], ['madETH', 'ETH'], []]);
  });
});

describe('the texts', () => {
  it('name every column and every fact, and none to spare', () => {
    const { compare, catalog } = en;
    expect(Object.keys(compare.column).toSorted()).toEqual(['name', ...COLUMN_IDS].toSorted());
    expect(Object.keys(compare.columnHint).toSorted()).toEqual(['name', ...COLUMN_IDS].toSorted());
    expect(Object.keys(catalog.fact).toSorted()).toEqual([...FACT_KEYS].toSorted());
    expect(Object.keys(catalog.factHint).toSorted()).toEqual([...FACT_KEYS].toSorted());
  });
});

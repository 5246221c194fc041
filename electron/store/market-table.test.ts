import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeAddress, makeObservation, makePortfolio } from '../testing/made-up.ts';
import type { MarketSeries } from './market-table.ts';
import { openStore, type Store } from './store.ts';

const DAY = 86_400_000;
const SERIES: MarketSeries = { kind: 'price', asset: 'weETH', quote: 'USD', source: 'imported' };

let folder: string;
let store: Store;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ballast-market-'));
  store = openStore(folder);
});

afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

function makeDays(count: number, from = Date.UTC(2016, 0, 1)) {
  return Array.from({ length: count }, (_, day) => ({
    at: from + day * DAY,
    value: 100_000_000n + BigInt(day),
    detail: 'prices.csv',
  }));
}

describe('stored prices', () => {
  it('are given back in the order of time, across years and across starts', () => {
    const days = makeDays(800);
    expect(store.market.put(SERIES, days.toReversed())).toEqual({ added: 800, replaced: 0, unchanged: 0 });
    store.close();
    store = openStore(folder);
    expect(store.market.read(SERIES)).toEqual(days);
    expect(store.market.listNewest()).toEqual([{ series: SERIES, point: days.at(-1) }]);
    expect(store.market.read({ ...SERIES, source: 'llama' })).toEqual([]);
    expect(store.market.read({ ...SERIES, kind: 'rate' })).toEqual([]);
  });

  it('are taken once: the same again changes nothing, another value of a time takes its place', () => {
    const [first, second] = makeDays(2);
    if (!first || !second) throw new Error('there are two days');
    store.market.put(SERIES, [first]);
    const next = [{ ...first, value: 5n }, second, second];
    expect(store.market.preview(SERIES, next)).toEqual({ added: 1, replaced: 1, unchanged: 0 });
    expect(store.market.read(SERIES)).toEqual([first]);
    store.market.put(SERIES, next);
    expect(store.market.put(SERIES, next)).toEqual({ added: 0, replaced: 0, unchanged: 2 });
    expect(store.market.read(SERIES)).toEqual([{ ...first, value: 5n }, second]);
  });

  it('do not show in the file which assets they are of', () => {
    store.market.put(SERIES, makeDays(400));
    store.catalog.put([]);
    const bytes = Buffer.concat(readdirSync(folder).map((name) => readFileSync(join(folder, name))));
    for (const text of ['weETH', 'WEETH', 'prices.csv', 'imported']) expect(bytes.includes(text)).toBe(false);
  });

  it('are gone once removed', () => {
    store.market.put(SERIES, makeDays(400));
    store.market.remove(SERIES);
    expect(store.market.listNewest()).toEqual([]);
  });

  it('list each reading of a node once, and again after it was removed and put back', () => {
    store.portfolios.insert(makePortfolio(1));
    store.observations.insert('portfolio-1', { id: 'o1', observation: makeObservation([makeAddress(1)]) });
    expect(store.market.listNewReadings()).toEqual(['o1']);
    store.market.noteReading('o1');
    expect(store.market.listNewReadings()).toEqual([]);
    store.putBack(store.remove('portfolio', 'portfolio-1'));
    expect(store.market.listNewReadings()).toEqual(['o1']);
  });
});

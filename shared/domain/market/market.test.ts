import { describe, expect, it } from 'vitest';
import type { CatalogObservation } from '../catalog.ts';
import type { Incident } from '../incident.ts';
import type { PricePoint, PriceSource } from '../market.ts';
import { WAD } from '../units.ts';
import { choosePrice, differenceOf, findDisagreement } from './choose-price.ts';
import { findDepegs, listRecordedDepegs } from './find-depegs.ts';
import { measurePeg, measurePegs } from './measure-peg.ts';
import { pointsOfCatalog } from './observed-points.ts';
import { makeSampleHistory, SAMPLE_DAYS, SAMPLE_DEPEGS } from './sample-history.ts';
import { findNearest, joinByDay, type SeriesPoint } from './series.ts';

const DAY = 86_400_000;
const NOW = 1000 * DAY;
const USD = 10n ** 8n;

function price(source: PriceSource, dollars: bigint, at = NOW, asset = 'ETH'): PricePoint {
  return { asset, quote: 'USD', price: dollars * USD, at, source, detail: '' };
}
function points(values: readonly bigint[], source: PriceSource = 'imported'): SeriesPoint[] {
  return values.map((value, day) => ({ at: day * DAY, value, source }));
}

describe('choosing a price', () => {
  const order = ['llama', 'imported', 'chain', 'catalog'] as const;

  it('puts what the user typed first, however old it is', () => {
    const manual = price('manual', 1n, 0);
    expect(choosePrice([price('llama', 2n), manual], order, NOW)).toBe(manual);
  });

  it('takes the first source in the order that is fresh, else the newest there is', () => {
    const [llama, imported] = [price('llama', 2n, NOW - 2 * DAY), price('imported', 3n)];
    expect(choosePrice([imported, llama], order, NOW)).toBe(imported);
    expect(choosePrice([imported, price('llama', 2n)], order, NOW)?.source).toBe('llama');
    expect(choosePrice([price('catalog', 2n, 3 * DAY), llama], order, NOW)).toBe(llama);
  });

  it('uses the sample only where nobody else says anything', () => {
    const sample = price('sample', 9n);
    expect(choosePrice([sample, price('catalog', 2n, 0)], order, NOW)?.source).toBe('catalog');
    expect(choosePrice([sample], order, NOW)).toBe(sample);
    expect(choosePrice([], order, NOW)).toBeNull();
  });

  it('calls a difference above the share a disagreement, of the smaller price', () => {
    expect(differenceOf(98n, 100n)).toBe((2n * WAD) / 98n);
    const [one, other] = [price('llama', 100n), price('chain', 103n)];
    expect(findDisagreement(one, [one, other], 3n * 10n ** 16n)).toBeNull();
    expect(findDisagreement(one, [price('catalog', 102n), other], 10n ** 16n)).toMatchObject({
      other,
      difference: 3n * 10n ** 16n,
    });
  });
});

describe('points in the order of time', () => {
  it('finds the nearest one, and none that is too far', () => {
    const known = points([1n, 2n, 3n]);
    expect(findNearest(known, DAY + 5, DAY)?.value).toBe(2n);
    expect(findNearest(known, -3, 3)?.value).toBe(1n);
    expect(findNearest(known, 2 * DAY + 4, 3)).toBeNull();
    expect(findNearest([], 0, DAY)).toBeNull();
  });

  it('takes one source a day, by the order of the user', () => {
    const joined = joinByDay(
      [points([1n, 2n], 'llama'), points([7n, 8n, 9n], 'imported')],
      ['llama', 'imported'],
    );
    expect(joined.map(({ value }) => value)).toEqual([1n, 2n, 9n]);
  });
});

describe('the peg', () => {
  const rate = { ...price('chain', 0n, NOW - DAY, 'weETH'), quote: 'ETH', price: (WAD * 11n) / 10n } as const;
  const parts = { isOneToOne: false, direct: null, underlying: [price('llama', 2000n)], rates: [rate] };

  it('is the price over underlying times rate', () => {
    const dollars = price('llama', 2178n, NOW, 'weETH');
    expect(measurePeg({ ...parts, dollars })).toMatchObject({ kind: 'known', peg: (99n * WAD) / 100n, rate });
  });

  it('is not known without a price, an underlying or a rate of about that time, and says which', () => {
    const dollars = price('llama', 2178n, NOW, 'weETH');
    expect(measurePeg({ ...parts, dollars: null })).toEqual({ kind: 'unknown', why: 'no-price' });
    const old = [price('llama', 2000n, NOW - 2 * 3_600_000)];
    expect(measurePeg({ ...parts, dollars, underlying: old })).toMatchObject({ why: 'no-underlying' });
    expect(measurePeg({ ...parts, dollars, rates: [{ ...rate, at: NOW - 8 * DAY }] })).toMatchObject({
      why: 'no-rate',
    });
  });

  it('needs no underlying where the price is in it, and no rate where one is one', () => {
    const direct = { ...price('imported', 0n, NOW, 'stETH'), quote: 'ETH', price: WAD - 5n } as const;
    const peg = measurePeg({ isOneToOne: true, dollars: null, direct, underlying: [], rates: [] });
    expect(peg).toEqual({ kind: 'known', peg: WAD - 5n, price: direct, underlying: null, rate: null });
  });

  it('counts the prices it could not be had of', () => {
    const dollars = points([100n, 100n, 100n]);
    const measured = measurePegs({
      isOneToOne: true,
      dollars,
      direct: [],
      underlying: dollars.slice(0, 2),
      rates: [],
    });
    expect(measured.fromDollars.map(({ value }) => value)).toEqual([WAD, WAD]);
    expect(measured.missing).toEqual({ 'no-underlying': 1, 'no-rate': 0 });
  });
});

describe('depegs', () => {
  const share = 2n * 10n ** 16n;
  const percent = (value: bigint): bigint => (WAD * value) / 100n;

  it('are runs of points beyond the share, each with its worst', () => {
    const pegs = points([100n, 97n, 90n, 98n, 103n, 100n].map(percent));
    expect(findDepegs('x', pegs, share, false)).toMatchObject([
      { from: DAY, to: 2 * DAY, worst: percent(90n) },
      { from: 4 * DAY, to: 4 * DAY, worst: percent(103n) },
    ]);
  });

  it('end where nothing is known', () => {
    const pegs = [
      { at: 0, value: percent(90n), source: 'llama' },
      { at: 10 * DAY, value: percent(91n), source: 'llama' },
    ] as const;
    expect(findDepegs('x', pegs, share, false)).toHaveLength(2);
  });

  it('are annotated from the incidents of the token, a month as a month', () => {
    const incident: Incident = {
      id: 'i',
      title: 'Made up',
      date: '1970-02',
      tokens: ['x'],
      what: 'x',
      recorded: 'x',
      status: 'disputed',
      sources: [{ name: 'x', url: null }],
      replays: [],
      noReplay: 'x',
    };
    const pegs = [{ at: 40 * DAY, value: percent(80n), source: 'llama' }] as const;
    const [event] = listRecordedDepegs('x', [incident, { ...incident, tokens: ['y'] }], pegs);
    expect(event).toMatchObject({
      from: 31 * DAY,
      to: 59 * DAY - 1,
      worst: percent(80n),
      status: 'disputed',
    });
  });
});

describe('dated figures of the catalogue', () => {
  const base: CatalogObservation = {
    protocol: 'kelp',
    product: 'rsETH',
    metric: 'exchangeRate',
    label: 'rate',
    low: 1.0748,
    high: 1.0748,
    unit: 'ETH per rsETH',
    asOf: '2026-06-29',
    status: 'secondary',
    source: { name: 'a page', url: null, pageDate: null },
    note: null,
    fetchedAt: null,
  };
  const read = (one: Partial<CatalogObservation>) => pointsOfCatalog([{ ...base, ...one }], () => 'rsETH');

  it('are points where they are of one day and one number', () => {
    expect(read({})).toMatchObject([
      { kind: 'rate', asset: 'rsETH', quote: 'ETH', value: 1_074_800_000_000_000_000n },
    ]);
    expect(read({ metric: 'price', unit: 'USD', low: 2610.97, high: 2610.97 })).toMatchObject([
      { kind: 'price', quote: 'USD', value: 261_097_000_000n },
    ]);
  });

  it('are none where they are a month, a range, or in another unit', () => {
    expect(read({ asOf: '2026-06' })).toEqual([]);
    expect(read({ high: 2 })).toEqual([]);
    expect(read({ unit: 'percent' })).toEqual([]);
    expect(read({ metric: 'tvl' })).toEqual([]);
  });
});

describe('the history of the sample', () => {
  const series = makeSampleHistory(NOW * 10);

  it('is the same every time, of two years of days, and above zero', () => {
    expect(makeSampleHistory(NOW * 10)).toEqual(series);
    for (const { points: days } of series) {
      expect(days).toHaveLength(SAMPLE_DAYS);
      expect(days.every(({ value }) => value > 0n)).toBe(true);
    }
  });

  it('holds the two depegs it says, and no other', () => {
    const find = (kind: 'price' | 'rate', asset: string): SeriesPoint[] =>
      (series.find((one) => one.kind === kind && one.asset === asset)?.points ?? []).map((point) => ({
        ...point,
        source: 'sample',
      }));
    const found = ['stETH', 'weETH', 'ezETH', 'rsETH'].flatMap((asset) => {
      const { fromDollars } = measurePegs({
        isOneToOne: asset === 'stETH',
        dollars: find('price', asset),
        direct: [],
        underlying: find('price', 'ETH'),
        rates: find('rate', asset),
      });
      return findDepegs(asset, fromDollars, 2n * 10n ** 16n, true);
    });
    expect(found.map(({ asset }) => asset)).toEqual(SAMPLE_DEPEGS.map(({ asset }) => asset));
  });
});

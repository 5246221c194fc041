import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Catalog, Protocol } from '../../../shared/domain/catalog.ts';
import { hazardsSchema, type Hazards } from '../../../shared/domain/hazards.ts';
import type { Estimate, ParameterSet } from '../../../shared/domain/loss-distribution.ts';
import {
  DEFAULT_COMPARISON,
  productComparisonSchema,
  type ComparedFigures,
  type ComparedSet,
  type ComparisonRequest,
  type ProductComparison,
} from '../../../shared/domain/product-comparison.ts';
import {
  makeDependency,
  makeFact,
  makeProtocol,
  makeSize,
} from '../../../shared/domain/testing/make-protocol.ts';
import { compareProducts } from './compare-products.ts';

const hazards = hazardsSchema.parse(
  JSON.parse(
    readFileSync(join(import.meta.dirname, '..', '..', '..', 'assets', 'hazards', 'hazards.json'), 'utf8'),
  ),
);

const platform = makeProtocol({ id: 'eigenlayer', kind: 'restaking-platform' });
const staking = makeProtocol({
  id: 'staking',
  kind: 'lst',
  facts: { exitDays: makeFact('secondary', [1, 5, 'days']) },
});
const restaked = makeProtocol({
  id: 'restaked',
  kind: 'lrt',
  dependencies: [makeDependency('protocol', 'The staking protocol, for what it holds')],
  facts: {
    exitDays: makeFact('disputed', [8, 21, 'days']),
    exitStressDays: makeFact('secondary', [27, 27, 'days']),
  },
});
const bitcoin = makeProtocol({
  id: 'bitcoin',
  kind: 'btc-staking',
  asset: 'BTC',
  products: [
    { id: 'token', symbol: null, name: 'A stake', kind: 'btc-staking', decimals: 8, instrument: null },
  ],
});
const kept = makeProtocol({
  id: 'kept',
  kind: 'btc-lrt',
  asset: 'BTC',
  dependencies: [makeDependency('custodian', 'A safe'), makeDependency('bridge', 'A bridge', 'unconfirmed')],
});
const alsoKept = makeProtocol({
  id: 'also-kept',
  kind: 'btc-wrapper',
  asset: 'BTC',
  dependencies: [makeDependency('custodian', 'a Safe')],
});

function makeCatalog(protocols: readonly Protocol[]): Catalog {
  return {
    schema: 'ballast-catalog/1',
    version: 3,
    date: '2026-11-23',
    note: 'Made by hand.',
    sources: {},
    protocols: [...protocols],
    observations: [makeSize('staking', 1, 'ETH')],
    corrections: [],
    lookalikes: [],
  };
}

const catalog = makeCatalog([platform, staking, restaked, bitcoin, kept, alsoKept]);

function compare(
  ids: readonly string[],
  more: Partial<ComparisonRequest> = {},
  own: Hazards = hazards,
): ProductComparison {
  const productIds = ids.map((id) => `${id}/token`);
  return compareProducts(catalog, own, { ...DEFAULT_COMPARISON, productIds, paths: 40_000, ...more });
}

function setOf({ sets }: ProductComparison, wanted: ParameterSet = 'base'): ComparedSet {
  return sets.find(({ set }) => set === wanted)!;
}

function figuresOf(comparison: ProductComparison, id: string, set: ParameterSet = 'base'): ComparedFigures {
  return setOf(comparison, set).products.find(({ productId }) => productId === `${id}/token`)!;
}

/** What the sources of a product are expected to cost one by one. */
function sumOf(comparison: ProductComparison, id: string, set: ParameterSet = 'base'): number {
  return setOf(comparison, set)
    .sources.flatMap(({ costs }) => costs)
    .filter(({ productId }) => productId === `${id}/token`)
    .reduce((sum, { expectedLoss }) => sum + expectedLoss, 0);
}

function expectNear({ value, standardError }: Estimate, wanted: number, slack = 0): void {
  expect(Math.abs(value - wanted)).toBeLessThan(4 * (standardError ?? 0) + slack);
}

describe('a comparison', () => {
  const all = compare(['staking', 'restaked', 'bitcoin', 'kept']);

  it('is what the contract says, for all three sets', () => {
    expect(productComparisonSchema.parse(all)).toEqual(all);
    expect(all.sets.map(({ set }) => set)).toEqual(['calm', 'base', 'stressed']);
    expect(all.catalog).toEqual({ version: 3, date: '2026-11-23' });
    expect(setOf(all).pairs).toHaveLength(6);
  });

  it('gives the same figures for the same seed, and others for another', () => {
    expect(compare(['staking', 'restaked', 'bitcoin', 'kept'])).toEqual(all);
    const other = compare(['staking', 'restaked', 'bitcoin', 'kept'], { seed: 2 });
    expect(figuresOf(other, 'restaked').expectedLoss).not.toEqual(figuresOf(all, 'restaked').expectedLoss);
  });

  it('does not depend on the order of the products', () => {
    const turned = compare(['kept', 'bitcoin', 'restaked', 'staking']);
    for (const id of ['staking', 'restaked', 'bitcoin', 'kept']) {
      for (const set of ['calm', 'base', 'stressed'] as const) {
        expect(figuresOf(turned, id, set)).toEqual(figuresOf(all, id, set));
      }
    }
    const [first] = setOf(all).pairs;
    const last = setOf(turned).pairs.at(-1)!;
    expect([last.one, last.other]).toEqual([first!.other, first!.one]);
    expect(last.expectedLoss.value).toBeCloseTo(-first!.expectedLoss.value, 12);
    expect(last.bothLose).toEqual(first!.bothLose);
  });

  it('gets worse from calm to stressed, and gives the range', () => {
    for (const { productId, expectedLoss, expectedShortfall } of all.products) {
      const id = productId.slice(0, -6);
      const [calm, base, stressed] = (['calm', 'base', 'stressed'] as const).map((set) =>
        figuresOf(all, id, set),
      );
      expect(calm!.expectedLoss.value).toBeLessThan(base!.expectedLoss.value);
      expect(base!.expectedLoss.value).toBeLessThan(stressed!.expectedLoss.value);
      expect(expectedLoss).toEqual({ low: calm!.expectedLoss.value, high: stressed!.expectedLoss.value });
      expect(expectedShortfall.low).toBeLessThanOrEqual(expectedShortfall.high);
    }
  });

  it('is expected to lose what its sources cost one by one, less what they take of each other', () => {
    for (const id of ['staking', 'restaked', 'bitcoin', 'kept']) {
      const alone = sumOf(all, id, 'calm');
      // What two layers take together is less than both: at most the square of the sum.
      expectNear(figuresOf(all, id, 'calm').expectedLoss, alone, alone * alone);
    }
  });

  it('costs Bitcoin staking what the paper says', () => {
    // One finality provider, 0.005141 a year: 1 - exp(-0.005141) = 0.00512781; 0.1% and a fee of 0.1%, added.
    const [source] = setOf(all).sources.filter(({ costs }) => costs[0]?.productId === 'bitcoin/token');
    expect(source?.probability).toBeCloseTo(0.00512781, 8);
    expect(source?.costs[0]?.expectedLoss).toBeCloseTo(0.00512781 * 0.002, 9);
    expectNear(figuresOf(all, 'bitcoin').expectedLoss, 0.00512781 * 0.002);
    expect(figuresOf(all, 'bitcoin').maximum).toBeCloseTo(0.002, 6);
  });

  it('is not expected to lose less when anything happens more often', () => {
    const raised: Hazards = {
      ...hazards,
      classes: hazards.classes.map((hazard) => ({
        ...hazard,
        rate: {
          ...hazard.rate,
          base: { ...hazard.rate.base, perYear: hazard.rate.base.perYear * 2 },
        },
      })),
    };
    const more = compare(['staking', 'restaked', 'bitcoin', 'kept'], {}, raised);
    for (const id of ['staking', 'restaked', 'bitcoin', 'kept']) {
      const before = figuresOf(all, id);
      const after = figuresOf(more, id);
      expect(after.expectedLoss.value).toBeGreaterThan(before.expectedLoss.value);
      expect(sumOf(more, id)).toBeGreaterThan(sumOf(all, id));
    }
  });

  it('takes differences on the same paths, with a smaller error than two runs would have', () => {
    const pair = setOf(all).pairs.find(
      ({ one, other }) => one === 'staking/token' && other === 'restaked/token',
    )!;
    const [one, other] = [figuresOf(all, 'staking'), figuresOf(all, 'restaked')];
    expect(pair.expectedLoss.value).toBeCloseTo(other.expectedLoss.value - one.expectedLoss.value, 12);
    const apart = Math.hypot(one.expectedLoss.standardError!, other.expectedLoss.standardError!);
    // They share the staking protocol's contracts.
    expect(pair.expectedLoss.standardError).toBeLessThan(apart);
  });
});

describe('what products share', () => {
  it('is one source: a custodian, however its name is written', () => {
    const comparison = compare(['kept', 'also-kept', 'bitcoin']);
    const custodians = setOf(comparison).sources.filter(({ class: of }) => of === 'custodian_other');
    expect(custodians).toHaveLength(1);
    expect(custodians[0]!.costs.map(({ productId }) => productId)).toEqual(['kept/token', 'also-kept/token']);
    const chanceOf = (id: string): number => figuresOf(comparison, id).lossProbability.value;
    const [shared] = setOf(comparison).pairs;
    // Independent, both would lose as often as coincidence has it.
    expect(shared!.bothLose.value).toBeGreaterThan(4 * chanceOf('kept') * chanceOf('also-kept'));
    const [, apart] = setOf(comparison).pairs;
    expectNear(apart!.bothLose, chanceOf('kept') * chanceOf('bitcoin'));
  });

  it('is one source: the contracts of a platform and of a protocol that another one names', () => {
    const { sources } = setOf(compare(['eigenlayer', 'staking', 'restaked']));
    const reach = (id: string): string[] =>
      sources.find(({ sourceId }) => sourceId === id)!.costs.map(({ productId }) => productId);
    // A restaked token that names no platform is taken to stand on EigenLayer.
    expect(reach('contract_exploit_issuer:contract:eigenlayer')).toEqual([
      'eigenlayer/token',
      'restaked/token',
    ]);
    expect(reach('contract_exploit_issuer:contract:staking')).toEqual(['staking/token', 'restaked/token']);
  });
});

describe('assumptions', () => {
  it('are listed with their numbers, product by product', () => {
    const { assumptions } = compare(['bitcoin', 'kept']);
    expect(assumptions).toContainEqual({
      key: 'oneOutput',
      productId: 'bitcoin/token',
      values: { size: 1, fee: 0.001 },
    });
    expect(assumptions).toContainEqual({
      key: 'custodians',
      productId: 'kept/token',
      values: { custodians: 'A safe' },
    });
    expect(assumptions).toContainEqual({
      key: 'stressedOnly',
      productId: 'kept/token',
      values: { name: 'A bridge' },
    });
    expect(assumptions.filter(({ productId }) => productId === null).map(({ key }) => key)).toEqual([
      'sameValue',
      'gross',
      'marketOut',
    ]);
  });

  it('keep what nobody confirmed to the stressed numbers, and bridges out where asked', () => {
    const hasBridge = (comparison: ProductComparison): boolean[] =>
      comparison.sets.map(({ sources }) => sources.some(({ class: of }) => of === 'bridge_failure'));
    expect(hasBridge(compare(['bitcoin', 'kept'], { paths: 2000 }))).toEqual([false, false, true]);
    expect(hasBridge(compare(['bitcoin', 'kept'], { paths: 2000, withBridges: false }))).toEqual([
      false,
      false,
      false,
    ]);
  });

  it('count market discounts only where asked, and of tokens only', () => {
    const market = (withMarketLoss: boolean): string[] =>
      setOf(compare(['staking', 'kept', 'bitcoin'], { paths: 2000, withMarketLoss }))
        .sources.filter(({ class: of }) => of === 'market_discount_open')
        .flatMap(({ costs }) => costs.map(({ productId }) => productId));
    expect(market(false)).toEqual([]);
    expect(market(true)).toEqual(['staking/token', 'kept/token']);
  });
});

describe('time to exit', () => {
  it('is a range with its status, and not known where the catalogue does not know', () => {
    const { products } = compare(['staking', 'restaked', 'bitcoin'], { paths: 2000 });
    expect(products.map(({ exit }) => exit.total)).toEqual([{ low: 1, high: 5 }, { low: 8, high: 27 }, null]);
    expect(products[1]!.exit.own).toMatchObject({ low: 8, high: 21, status: 'disputed' });
    expect(products[0]!.exit.queue).toBeNull();
  });
});

describe('a request', () => {
  it('is refused for unknown products and for one that is asked for twice', () => {
    expect(() => compare(['staking', 'nothing'])).toThrow(expect.objectContaining({ code: 'not-found' }));
    expect(() => compare(['staking', 'staking'])).toThrow(expect.objectContaining({ code: 'bad-request' }));
  });

  it('can be cancelled, and reports its progress', () => {
    const request = { ...DEFAULT_COMPARISON, productIds: ['staking/token', 'bitcoin/token'], paths: 5000 };
    const seen: number[] = [];
    compareProducts(catalog, hazards, request, { onProgress: (done, total) => seen.push(done / total) });
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect(seen.at(-1)).toBe(1);
    expect(() => compareProducts(catalog, hazards, request, { isCancelled: () => true })).toThrow(
      expect.objectContaining({ code: 'cancelled' }),
    );
  });
});

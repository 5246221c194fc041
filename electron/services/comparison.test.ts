import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  DEFAULT_COMPARISON,
  keptComparisonSchema,
  type ComparisonRequest,
} from '../../shared/domain/product-comparison.ts';
import { loadSample } from '../samples.ts';
import { openStore } from '../store/store.ts';
import { createTestServices } from '../testing/test-services.ts';

const REQUEST: ComparisonRequest = {
  ...DEFAULT_COMPARISON,
  productIds: ['lido/stETH', 'babylon/stake'],
  paths: 2000,
};

/** The services on the bundled catalogue, with the real engine. */
function setUp() {
  const test = createTestServices(
    openStore(null),
    loadSample(join(import.meta.dirname, '..', '..', 'assets')),
  );
  const { comparison, jobs } = test.services;
  const compare = (request: ComparisonRequest = REQUEST) => jobs.finished(comparison.start(request).id);
  return { ...test, comparison, jobs, compare };
}

describe('comparisons', () => {
  it('are made of the catalogue and kept, with a word to the page', async () => {
    const { comparison, compare, events, clock } = setUp();
    expect(comparison.latest()).toBeNull();
    expect(await compare()).toMatchObject({
      kind: 'comparison',
      portfolioId: null,
      state: 'done',
      progress: 1,
    });
    const kept = comparison.latest()!;
    expect(keptComparisonSchema.parse(kept)).toEqual(kept);
    expect(kept.madeAt).toBe(clock.now());
    expect(kept.comparison.products.map(({ symbol }) => symbol)).toEqual(['stETH', null]);
    expect(events).toContainEqual({ kind: 'changed', methods: ['compare.latest'], portfolioId: null });
  });

  it('fail for a product that the catalogue does not have, and keep the one before', async () => {
    const { comparison, compare } = setUp();
    await compare();
    const before = comparison.latest();
    const job = await compare({ ...REQUEST, productIds: ['lido/stETH', 'lido/nothing'] });
    expect(job).toMatchObject({ state: 'failed', error: { code: 'not-found' } });
    expect(comparison.latest()).toBe(before);
  });

  it('give way to a newer question', async () => {
    const { comparison, jobs } = setUp();
    const older = comparison.start({ ...REQUEST, paths: 500_000 });
    const newer = comparison.start(REQUEST);
    expect(await jobs.finished(older.id)).toMatchObject({ state: 'cancelled' });
    expect(await jobs.finished(newer.id)).toMatchObject({ state: 'done' });
    expect(comparison.latest()?.comparison.request).toEqual(REQUEST);
  });

  it('refuse a secret in the place of a product', () => {
    const { comparison } = setUp();
    const secret =
      'abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about';
    expect(() => comparison.start({ ...REQUEST, productIds: ['lido/stETH', secret] })).toThrow(
      expect.objectContaining({ code: 'secret-refused' }),
    );
  });
});

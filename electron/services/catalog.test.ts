import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { catalogViewSchema } from '../../shared/contract/catalog-view.ts';
import { findObservation, type CatalogObservation } from '../../shared/domain/catalog.ts';
import { loadCatalog } from '../catalog/load-catalog.ts';
import { loadIncidents } from '../incidents.ts';
import { createCatalog, NOT_REFRESHED } from './catalog.ts';

const ASSETS = join(import.meta.dirname, '..', '..', 'assets');
const incidents = loadIncidents(ASSETS);
const catalog = loadCatalog(ASSETS, incidents);

describe('the catalogue the page sees', () => {
  it('is the bundled one, and says so, until something was refreshed', () => {
    const view = createCatalog({ catalog, incidents, refreshed: () => NOT_REFRESHED }).get();
    expect(catalogViewSchema.safeParse(view).error).toBeUndefined();
    expect(view).toMatchObject({ refreshedAt: null, failure: null, isAllowed: false, changes: [] });
    expect(view.catalog).toEqual(catalog);
    expect(view.incidents).toContain('kelp-bridge-2026-04');
  });

  it('lays what was refreshed over it, and keeps what was there', () => {
    const [before] = catalog.observations.filter(
      ({ product, metric }) => product === 'stETH' && metric === 'apy',
    );
    if (!before) throw new Error('the catalogue knows what stETH yields');
    // Made up, on the day of the bundled one.
    const after: CatalogObservation = { ...before, low: 2.7, high: 2.7, fetchedAt: 1_800_000_000_000 };
    const change = { protocol: 'lido', product: 'stETH', metric: 'apy', before, after } as const;
    let isFresh = false;
    const service = createCatalog({
      catalog,
      incidents,
      refreshed: () =>
        isFresh
          ? { ...NOT_REFRESHED, observations: [after], refreshedAt: 1_800_000_000_000, changes: [change] }
          : NOT_REFRESHED,
    });
    expect(findObservation(service.get().catalog.observations, 'lido', 'apy', 'stETH')).toEqual(before);
    isFresh = true;
    const { observations } = service.get().catalog;
    expect(findObservation(observations, 'lido', 'apy', 'stETH')).toEqual(after);
    expect(observations).toContainEqual(before);
    expect(service.get()).toMatchObject({ refreshedAt: 1_800_000_000_000, changes: [change] });
    expect(catalog.observations).not.toContain(after);
  });
});

/** The comparison on the catalogue that comes with the program. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DEFAULT_COMPARISON, listProducts } from '../../../shared/domain/product-comparison.ts';
import { loadCatalog } from '../../catalog/load-catalog.ts';
import { loadHazards } from '../../hazards.ts';
import { loadIncidents } from '../../incidents.ts';
import { compareProducts } from './compare-products.ts';

const assets = join(import.meta.dirname, '..', '..', '..', 'assets');
const catalog = loadCatalog(assets, loadIncidents(assets));
const hazards = loadHazards(assets);

function compare(productIds: readonly string[]) {
  return compareProducts(catalog, hazards, {
    ...DEFAULT_COMPARISON,
    paths: 2000,
    productIds: [...productIds],
  });
}

describe('the catalogue', () => {
  it('has no product that cannot be compared, or that loses nothing', () => {
    const refs = listProducts(catalog).map(({ ref }) => ref);
    expect(refs.length).toBeGreaterThan(20);
    for (let from = 0; from < refs.length; from += 4) {
      const four = refs.slice(Math.min(from, refs.length - 4), Math.min(from, refs.length - 4) + 4);
      for (const { products, sources } of compare(four).sets) {
        expect(products.map(({ productId }) => productId)).toEqual(four);
        for (const ref of four) {
          const cost = sources.flatMap(({ costs }) => costs).find(({ productId }) => productId === ref);
          expect(cost?.expectedLoss, ref).toBeGreaterThan(0);
        }
      }
    }
  });

  it('has every platform and protocol that another one names under its own id', () => {
    const { sets } = compare(['eigenlayer/native', 'lido/stETH', 'kelp/rsETH', 'mantle/cmETH']);
    const reach = (id: string): string[] =>
      sets[1]!.sources.find(({ sourceId }) => sourceId === id)!.costs.map(({ productId }) => productId);
    expect(reach('contract_exploit_issuer:contract:eigenlayer')).toEqual([
      'eigenlayer/native',
      'kelp/rsETH',
      'mantle/cmETH',
    ]);
    expect(reach('contract_exploit_issuer:contract:lido')).toEqual(['lido/stETH', 'kelp/rsETH']);
    expect(reach('contract_exploit_issuer:contract:symbiotic')).toEqual(['mantle/cmETH']);
  });

  it('takes two tokens of one protocol for nearly the same thing', () => {
    const { sets } = compare(['lido/stETH', 'lido/wstETH']);
    for (const { pairs, products } of sets) {
      expect(pairs[0]!.expectedLoss.value).toBe(0);
      expect(pairs[0]!.bothLose.value).toBe(products[0]!.lossProbability.value);
    }
  });
});

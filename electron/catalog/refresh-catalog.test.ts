import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadIncidents } from '../incidents.ts';
import { loadCatalog } from './load-catalog.ts';
import { listCoins, matchPools } from './refresh-catalog.ts';

const ASSETS = join(import.meta.dirname, '..', '..', 'assets');
const catalog = loadCatalog(ASSETS, loadIncidents(ASSETS));

/** Hand-made rows in the documented shape. */
const row = {
  chain: 'Ethereum',
  project: 'kelp',
  symbol: 'RSETH',
  pool: 'a',
  tvlUsd: 5,
  apy: 2,
  apyBase: null,
  apyReward: null,
};
const kelp = catalog.protocols.find(({ id }) => id === 'kelp');
const hint = kelp?.llama.pools[0]?.pool ?? '';

function match(rows: readonly (typeof row)[]): readonly string[] {
  return kelp ? matchPools(kelp, rows).map(({ pool }) => pool.pool) : [];
}

describe('what a refresh asks for and takes', () => {
  it('is every token of the catalogue with ETH and BTC, each once', () => {
    const coins = listCoins(catalog).map(({ coin }) => coin);
    expect(coins).toContain('coingecko:ethereum');
    expect(coins).toContain('ethereum:0xae7ab96520DE3A18E5e111B5EaAb095312D7fE84');
    expect(new Set(coins).size).toBe(coins.length);
  });

  it('is the pool of the project, symbol and chain, in whatever capitals', () => {
    expect(
      match([row, { ...row, project: 'other' }, { ...row, symbol: 'X' }, { ...row, chain: 'Base' }]),
    ).toEqual(['a']);
    expect(match([{ ...row, symbol: 'rsETH' }])).toEqual(['a']);
    expect(match([])).toEqual([]);
  });

  it('is the one whose id the catalogue knows, else the largest; the id alone proves nothing', () => {
    expect(hint).not.toBe('');
    expect(match([row, { ...row, pool: 'b', tvlUsd: 9 }])).toEqual(['b']);
    expect(
      match([
        { ...row, pool: 'b', tvlUsd: 9 },
        { ...row, pool: hint },
      ]),
    ).toEqual([hint]);
    expect(match([row, { ...row, pool: hint, project: 'other' }])).toEqual(['a']);
  });
});

/** What the schema cannot ask of the facts that come with the program. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BEACON_CHAIN_STRATEGY } from '../../shared/domain/address.ts';
import { FACT_KEYS, type Fact } from '../../shared/domain/catalog.ts';
import { INSTRUMENTS } from '../../shared/domain/instrument.ts';
import { loadIncidents } from '../incidents.ts';
import { loadCatalog } from './load-catalog.ts';

const ASSETS = join(import.meta.dirname, '..', '..', 'assets');
const catalog = loadCatalog(ASSETS, loadIncidents(ASSETS));
const facts = catalog.protocols.flatMap(({ id, facts: own }) =>
  FACT_KEYS.map((key) => [`${id}.${key}`, own[key]] as const),
);
const byName: ReadonlyMap<string, Fact> = new Map(facts);

function figureOf(name: string): readonly [number, number] | null {
  const figure = byName.get(name)?.figure;
  return figure ? [figure.low, figure.high] : null;
}

function newestDate(fact: Fact): string | null {
  const dates = fact.sources.flatMap((id) => catalog.sources[id]?.date ?? []);
  return dates.toSorted().at(-1) ?? null;
}

describe('every fact', () => {
  it('answers each question, or says that nothing is known', () => {
    expect(facts).toHaveLength(18 * FACT_KEYS.length);
    const empty = facts.filter(([, { text }]) => text === null);
    for (const [name, fact] of empty) {
      expect(fact, name).toMatchObject({ figure: null, status: 'unconfirmed', sources: [], asOf: null });
    }
  });

  it('that is disputed says what disagrees', () => {
    const disputed = facts.filter(([, { status }]) => status === 'disputed');
    expect(disputed.length).toBeGreaterThan(10);
    for (const [name, { note }] of disputed) expect(note, name).not.toBeNull();
  });

  it('has the date of the newest of its sources, or says that there is none', () => {
    for (const [name, fact] of facts) {
      if (fact.text === null) continue;
      expect(fact.asOf, name).toBe(newestDate(fact));
      if (fact.asOf === null) expect(fact.note, name).toMatch(/undated|No source was kept/u);
    }
  });

  it('has a figure in the unit of its question', () => {
    const units: Record<string, readonly string[]> = {
      feeOnRewards: ['percent'],
      exitFee: ['percent'],
      exitDays: ['days'],
      exitStressDays: ['days'],
      liquidity: ['percent'],
      slashingMaximum: ['percent'],
      cover: ['ETH', 'BTC', 'USD'],
      audits: ['count'],
      timelock: ['hours'],
      multisig: ['count'],
    };
    for (const [name, { figure }] of facts) {
      if (figure !== null) expect(units[name.split('.')[1] ?? ''], name).toContain(figure.unit);
      if (figure?.unit === 'percent') expect(figure.high, name).toBeLessThanOrEqual(100);
    }
  });

  it('keeps the ranges that sources disagree about', () => {
    expect(figureOf('kelp.exitDays')).toEqual([8, 21]);
    expect(figureOf('etherfi.exitDays')).toEqual([1, 14]);
    expect(figureOf('renzo.exitDays')).toEqual([3, 14]);
    expect(figureOf('babylon.exitDays')).toEqual([2.1, 7]);
    expect(figureOf('puffer.timelock')).toEqual([0, 168]);
    expect(figureOf('bedrock.exitFee')).toEqual([0.5, 2]);
    for (const name of ['kelp.exitDays', 'etherfi.exitDays', 'renzo.exitDays', 'babylon.exitDays']) {
      expect(byName.get(name)?.status, name).toBe('disputed');
    }
  });
});

describe('the rest of the catalogue', () => {
  it('names each address once', () => {
    const addresses = catalog.protocols.flatMap(({ contracts }) => contracts.map(({ address }) => address));
    expect(new Set(addresses).size).toBe(addresses.length);
    expect(addresses.length).toBeGreaterThan(140);
  });

  it('writes each address with its checksum, which the schema would add', () => {
    for (const { id, contracts } of catalog.protocols) {
      const written = readFileSync(join(ASSETS, 'catalog', 'protocols', `${id}.json`), 'utf8');
      for (const { address, name } of contracts) expect(written, name).toContain(`"address": "${address}"`);
    }
  });

  it('has every claim of the program as a product, but ETH, BTC, shares, and what is only wrapped', () => {
    const instruments = catalog.protocols.flatMap(({ products }) =>
      products.flatMap(({ instrument }) => instrument ?? []),
    );
    const tokens = INSTRUMENTS.filter(({ family }) => family !== 'token')
      .map(({ id }) => id)
      .filter((id) => !['ETH', 'WETH', 'BTC', 'WBTC', 'cbBTC'].includes(id));
    expect(instruments.filter((id) => !id.startsWith('eigenlayer:')).toSorted()).toEqual(tokens.toSorted());
    expect(instruments).toContain(`eigenlayer:${BEACON_CHAIN_STRATEGY}`);
    const decimals = catalog.protocols.flatMap(({ products }) => products);
    for (const { id, decimals: own } of INSTRUMENTS) {
      const product = decimals.find(({ instrument }) => instrument === id);
      if (product !== undefined) expect(product.decimals, id).toBe(own);
    }
  });

  it('tells incidents newest first', () => {
    for (const { id, incidents } of catalog.protocols) {
      const dates = incidents.map(({ date }) => date);
      expect(dates, id).toEqual(dates.toSorted().toReversed());
    }
  });

  it('replays an incident of a day on that day', () => {
    const recorded = new Map(loadIncidents(ASSETS).map(({ id, date }) => [id, date]));
    for (const { incidents } of catalog.protocols) {
      for (const { date, replay } of incidents) if (replay !== null) expect(recorded.get(replay)).toBe(date);
    }
  });

  it('asks prices of confirmed token contracts only', () => {
    for (const { id, contracts, llama } of catalog.protocols) {
      for (const { product, coin } of llama.coins) {
        const contract = contracts.find(({ address }) => coin === `ethereum:${address}`);
        expect(contract, `${id} ${product}`).toMatchObject({ name: product, status: 'confirmed' });
      }
    }
  });

  it('uses every source it lists', () => {
    const cited = new Set([
      ...facts.flatMap(([, { sources }]) => sources),
      ...catalog.corrections.flatMap(({ sources }) => sources),
      ...catalog.protocols.flatMap(({ dependencies, incidents, corrections }) =>
        [...dependencies, ...incidents, ...corrections].flatMap(({ sources }) => sources),
      ),
    ]);
    expect(Object.keys(catalog.sources).filter((id) => !cited.has(id))).toEqual([]);
  });

  it('knows what is often got wrong', () => {
    const said = catalog.protocols
      .flatMap(({ corrections }) => corrections)
      .map(({ claim }) => claim)
      .join('\n');
    for (const wrong of ['eigenETH', 'rzETH', 'kETH', 'insurance pool', 'SolvBTC.BBN', 'Karak', '301 blocks'])
      expect(said).toContain(wrong);
  });

  it('splits a yield only where a dated figure says so', () => {
    const parts = catalog.observations.filter(({ metric }) => /^apy(?:Service|Emissions)$/u.test(metric));
    expect(parts).toEqual([]);
    for (const { source, asOf } of catalog.observations) expect(source.name && asOf).toBeTruthy();
  });
});

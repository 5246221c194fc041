/** Protocols by hand: every name, figure and source in them is made up. */
import {
  FACT_KEYS,
  type Catalog,
  type CatalogObservation,
  type Fact,
  type FactKey,
  type Protocol,
} from '../../../../shared/domain/catalog.ts';

const UNKNOWN: Fact = {
  text: null,
  figure: null,
  status: 'unconfirmed',
  sources: [],
  asOf: null,
  note: null,
};

export function makeFact(change: Partial<Fact> = {}): Fact {
  return {
    text: 'Made up.',
    figure: null,
    status: 'confirmed',
    sources: ['made-up'],
    asOf: '2026-01-02',
    note: null,
    ...change,
  };
}

interface ProtocolParts extends Partial<Omit<Protocol, 'facts'>> {
  readonly facts?: Partial<Record<FactKey, Fact>>;
}

/** Of which nothing is known but what is given. */
export function makeProtocol({ facts = {}, ...change }: ProtocolParts = {}): Protocol {
  const { id = 'made-up', name = 'Made up' } = change;
  const all = Object.fromEntries(FACT_KEYS.map((key) => [key, facts[key] ?? UNKNOWN]));
  return {
    schema: 'ballast-protocol/1',
    id,
    name,
    kind: 'lrt',
    products: [{ id, symbol: 'madETH', name: 'Made-up ETH', kind: 'lrt', decimals: 18, instrument: null }],
    asset: 'ETH',
    underlying: 'ETH',
    issuer: 'Nobody',
    chains: ['ethereum'],
    // as: one entry for each of FACT_KEYS, which fromEntries does not tell.
    facts: all as Record<FactKey, Fact>,
    dependencies: [],
    contracts: [],
    incidents: [],
    corrections: [],
    llama: { project: null, slug: null, slugStatus: 'unconfirmed', pools: [], coins: [] },
    ...change,
  };
}

export function makeObservation(change: Partial<CatalogObservation> = {}): CatalogObservation {
  return {
    protocol: 'made-up',
    product: null,
    metric: 'apy',
    label: 'made up',
    low: 3,
    high: 3,
    unit: 'percent',
    asOf: '2026-01-02',
    status: 'secondary',
    source: { name: 'Made-up page', url: null, pageDate: null },
    note: null,
    fetchedAt: null,
    ...change,
  };
}

export function makeCatalog(
  protocols: readonly Protocol[],
  observations: readonly CatalogObservation[] = [],
): Catalog {
  return {
    schema: 'ballast-catalog/1',
    version: 1,
    date: '2026-01-02',
    note: 'Made up.',
    sources: { 'made-up': { name: 'Made-up page', url: null, date: null, detail: null } },
    protocols: [...protocols],
    observations: [...observations],
    corrections: [],
    lookalikes: [],
  };
}

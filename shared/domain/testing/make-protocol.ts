/** Protocols for tests: what a case is about is given, of the rest nothing is known. Everything in them is made by hand. */
import {
  FACT_KEYS,
  type CatalogObservation,
  type Fact,
  type FactFigure,
  type FactKey,
  type FactStatus,
  type Protocol,
  type ProtocolDependency,
  type ProtocolIncident,
} from '../catalog.ts';

const UNKNOWN: Fact = {
  text: null,
  figure: null,
  status: 'unconfirmed',
  sources: [],
  asOf: null,
  note: null,
};

/** `figure`: `[low, high, unit]`; null for a fact in words. */
export function makeFact(
  status: FactStatus,
  figure: readonly [low: number, high: number, unit: FactFigure['unit']] | null,
): Fact {
  return {
    ...UNKNOWN,
    text: 'As the case has it.',
    figure: figure === null ? null : { low: figure[0], high: figure[1], unit: figure[2] },
    status,
    sources: ['case'],
  };
}

export function makeProtocol({
  facts = {},
  ...rest
}: Partial<Omit<Protocol, 'facts'>> & { readonly facts?: Partial<Protocol['facts']> } = {}): Protocol {
  const { id = 'made-up', kind = 'lrt' } = rest;
  const entries = FACT_KEYS.map((key) => [key, facts[key] ?? UNKNOWN]);
  return {
    schema: 'ballast-protocol/1',
    id,
    name: `The ${id} protocol`,
    kind,
    products: [{ id: 'token', symbol: id, name: id, kind, decimals: 18, instrument: null }],
    asset: 'ETH',
    underlying: 'ETH',
    issuer: 'Nobody',
    chains: ['ethereum'],
    // as: one entry for each key, which fromEntries does not tell.
    facts: Object.fromEntries(entries) as Record<FactKey, Fact>,
    dependencies: [],
    contracts: [],
    incidents: [],
    corrections: [],
    llama: { project: null, slug: null, slugStatus: 'unconfirmed', pools: [], coins: [] },
    ...rest,
  };
}

export function makeDependency(
  kind: ProtocolDependency['kind'],
  name: string,
  status: FactStatus = 'confirmed',
): ProtocolDependency {
  return { kind, name, status, sources: ['case'] };
}

export function makeIncident(
  date: string,
  hasLoss: boolean | null,
  status: FactStatus = 'confirmed',
): ProtocolIncident {
  return {
    date,
    title: `Of ${date}`,
    hasLoss,
    size: null,
    teaches: '-',
    status,
    sources: ['case'],
    replay: null,
  };
}

/** What is held in a protocol. */
export function makeSize(protocol: string, amount: number, unit: string): CatalogObservation {
  return {
    protocol,
    product: null,
    metric: 'tvl',
    label: 'made by hand',
    low: amount,
    high: amount,
    unit,
    asOf: '2026-05-27',
    status: 'secondary',
    source: { name: 'A page', url: null, pageDate: null },
    note: null,
    fetchedAt: null,
  };
}

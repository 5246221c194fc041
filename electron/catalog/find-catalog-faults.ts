/** What the schema of the catalogue cannot see: names of what is not there, and addresses of imitators. */
import { COMMON_OBSERVED, type Catalog, type Protocol } from '../../shared/domain/catalog.ts';

/** The faults in words, each with its place; empty where there are none. */
export function findCatalogFaults(catalog: Catalog, incidentIds: ReadonlySet<string>): string[] {
  return [
    ...findDoubles(catalog),
    ...findUnknownSources(catalog),
    ...findUnknownReplays(catalog, incidentIds),
    ...findUnknownObserved(catalog),
    ...findUnknownProducts(catalog),
    ...findLookalikes(catalog),
  ];
}

function findDoubles({ protocols }: Catalog): string[] {
  const lists: [string, readonly string[]][] = [
    ['protocols', protocols.map(({ id }) => id)],
    ...protocols.map(({ id, products }): [string, readonly string[]] => [
      `${id}: products`,
      products.map((product) => product.id),
    ]),
  ];
  return lists.flatMap(([place, ids]) => {
    const double = ids.filter((id, index) => ids.indexOf(id) !== index);
    return double.map((id) => `${place}: ${id} stands there twice`);
  });
}

/** Everything in a protocol that cites, with its place. */
function listCitations(protocol: Protocol): [string, readonly string[]][] {
  return [
    ...Object.entries(protocol.facts).map(([key, { sources }]): [string, readonly string[]] => [
      `facts.${key}`,
      sources,
    ]),
    ...(['dependencies', 'incidents', 'corrections'] as const).flatMap((list) =>
      protocol[list].map(({ sources }, index): [string, readonly string[]] => [
        `${list}[${String(index)}]`,
        sources,
      ]),
    ),
  ];
}

function findUnknownSources({ sources, protocols, corrections }: Catalog): string[] {
  const cited: [string, readonly string[]][] = [
    ...corrections.map((one, index): [string, readonly string[]] => [
      `corrections[${String(index)}]`,
      one.sources,
    ]),
    ...protocols.flatMap((protocol) =>
      listCitations(protocol).map(([place, ids]): [string, readonly string[]] => [
        `${protocol.id}: ${place}`,
        ids,
      ]),
    ),
  ];
  return cited.flatMap(([place, ids]) =>
    ids.filter((id) => !Object.hasOwn(sources, id)).map((id) => `${place}: there is no source ${id}`),
  );
}

function findUnknownReplays({ protocols }: Catalog, incidentIds: ReadonlySet<string>): string[] {
  return protocols.flatMap(({ id, incidents }) =>
    incidents.flatMap(({ replay }) =>
      replay === null || incidentIds.has(replay) ? [] : [`${id}: there is no recorded incident ${replay}`],
    ),
  );
}

function findUnknownObserved({ protocols, observations }: Catalog): string[] {
  const productsOf = new Map<string, readonly string[]>([
    ...COMMON_OBSERVED.map((id): [string, readonly string[]] => [id, ['ETH', 'BTC']]),
    ...protocols.map(({ id, products }): [string, readonly string[]] => [
      id,
      products.map((product) => product.id),
    ]),
  ]);
  return observations.flatMap(({ protocol, product }, index) => {
    const place = `observations[${String(index)}]`;
    const products = productsOf.get(protocol);
    if (products === undefined) return [`${place}: there is no protocol ${protocol}`];
    return product === null || products.includes(product)
      ? []
      : [`${place}: ${protocol} has no product ${product}`];
  });
}

function findUnknownProducts({ protocols }: Catalog): string[] {
  return protocols.flatMap(({ id, products, llama }) =>
    [...llama.pools, ...llama.coins].flatMap(({ product }) =>
      products.some((one) => one.id === product) ? [] : [`${id}: llama names ${product}, which it has not`],
    ),
  );
}

/** Searched in all words, not only where an address belongs: a page may make a link of anything that looks like one. */
function findLookalikes(catalog: Catalog): string[] {
  const { lookalikes, ...rest } = catalog;
  const text = JSON.stringify(rest).toLowerCase();
  return lookalikes.flatMap(({ host }) => {
    const escaped = host.toLowerCase().replace(/[.\\^$*+?()[\]{}|]/gu, '\\$&');
    return new RegExp(`(?<![a-z0-9-])${escaped}(?![a-z0-9-])`, 'u').test(text)
      ? [`${host} imitates a project, and is named outside the list of those`]
      : [];
  });
}

/** `ballast catalog`: the protocol catalogue, as a table or one protocol with all its facts, their status and their source. */
import type { CatalogView } from '../../shared/contract/catalog-view.ts';
import type { Client } from '../../shared/contract/bridge.ts';
import { AppError } from '../../shared/contract/errors.ts';
import {
  FACT_KEYS,
  findObservation,
  type Catalog,
  type Fact,
  type FactStatus,
  type Protocol,
} from '../../shared/domain/catalog.ts';
import { formatFactFigure, formatObserved } from '../../shared/format/catalog.ts';
import { formatInstant } from '../../shared/format/time.ts';
import { quoteForeign } from '../../shared/format/visible-text.ts';
import { stringifyForPeople } from '../report/render-json.ts';
import { formatColumns, type Terminal } from './terminal.ts';

export interface CatalogOptions {
  readonly protocol?: string | undefined;
  readonly json?: boolean | undefined;
  readonly dataDir?: string | undefined;
}

type Translate = Terminal['t'];

/** @throws AppError not-found */
export async function runCatalog(client: Client, options: CatalogOptions, terminal: Terminal): Promise<void> {
  const view = await client.call('catalog.get', {});
  const { protocols } = view.catalog;
  const protocol = options.protocol === undefined ? null : findProtocol(protocols, options.protocol);
  if (options.json === true) {
    const shown = protocol === null ? view : selectOne(view, protocol);
    terminal.print(stringifyForPeople({ schema: 'ballast-catalog-view/1', ...shown }).trimEnd());
    return;
  }
  const { t } = terminal;
  terminal.print(
    [
      ...describeCatalog(view, t),
      '',
      ...(protocol === null ? listProtocols(view.catalog, t) : describeProtocol(view.catalog, protocol, t)),
    ].join('\n'),
  );
}

function findProtocol(protocols: readonly Protocol[], name: string): Protocol {
  const wanted = name.toLowerCase();
  const found = protocols.find(
    ({ id, name: full, products }) =>
      [id, full.toLowerCase()].includes(wanted) ||
      products.some(({ symbol }) => symbol?.toLowerCase() === wanted),
  );
  if (found !== undefined) return found;
  throw new AppError('not-found', `The catalogue has no protocol “${quoteForeign(name, 40)}”.`, {
    help: `It has ${protocols.map(({ id }) => id).join(', ')}.`,
  });
}

/** The view with one protocol, and with what concerns it only. */
function selectOne(view: CatalogView, protocol: Protocol): CatalogView {
  const isOurs = (one: { readonly protocol: string }): boolean => one.protocol === protocol.id;
  const { catalog } = view;
  const observations = catalog.observations.filter(isOurs);
  return {
    ...view,
    catalog: { ...catalog, protocols: [protocol], observations },
    changes: view.changes.filter(isOurs),
  };
}

function describeCatalog({ catalog, refreshedAt, failure }: CatalogView, t: Translate): string[] {
  return [
    t('cli.catalog.version', { version: catalog.version, date: catalog.date }),
    refreshedAt === null
      ? t('cli.catalog.neverRefreshed')
      : t('cli.catalog.refreshed', { time: formatInstant(refreshedAt) }),
    ...(failure === null
      ? []
      : [t('cli.catalog.failed', { time: formatInstant(failure.at), message: failure.error.message })]),
    catalog.note,
  ];
}

/** In a cell there is no room for the status in words: a mark, explained below the table. */
const MARKS: Readonly<Record<FactStatus, string>> = {
  confirmed: '',
  secondary: '*',
  disputed: '!',
  unconfirmed: '?',
};

const COLUMNS = ['feeOnRewards', 'exitDays', 'slashingMaximum', 'timelock', 'multisig', 'audits'] as const;

function writeCell({ figure, text, status }: Fact, t: Translate): string {
  if (text === null) return t('compare.cell.unknown');
  const words = figure === null ? t('cli.catalog.inWords') : formatFactFigure(figure, t);
  return `${words}${MARKS[status]}`;
}

function writeObserved(catalog: Catalog, id: string, metric: 'apy' | 'tvl', t: Translate): string {
  const found = findObservation(catalog.observations, id, metric);
  return found === null
    ? t('compare.cell.undated')
    : `${formatObserved(found)}${MARKS[found.status]}, ${found.asOf}`;
}

function listProtocols(catalog: Catalog, t: Translate): string[] {
  const head = [
    t('cli.catalog.id'),
    t('compare.column.kind'),
    ...COLUMNS.map((key) => t(`compare.column.${key}`)),
    t('catalog.metric.apy'),
    t('catalog.metric.tvl'),
    t('compare.column.incidents'),
  ];
  const rows = catalog.protocols.map(({ id, kind, facts, incidents }) => [
    id,
    t(`catalog.kind.${kind}`),
    ...COLUMNS.map((key) => writeCell(facts[key], t)),
    writeObserved(catalog, id, 'apy', t),
    writeObserved(catalog, id, 'tvl', t),
    String(incidents.length),
  ]);
  const legend = (['secondary', 'disputed', 'unconfirmed'] as const).map(
    (status) => `${MARKS[status]} ${t(`catalog.status.${status}`)}`,
  );
  return [formatColumns([head, ...rows], new Set()), '', legend.join(', '), t('cli.catalog.more')];
}

function listSources(ids: readonly string[], { sources }: Catalog): string {
  return ids.map((id) => sources[id]?.name ?? id).join('; ');
}

/** A line of what was said, and beneath it how sure that is, when it was so and where it was found. */
function cite(
  text: string,
  { status, sources }: { readonly status: FactStatus; readonly sources: readonly string[] },
  catalog: Catalog,
  t: Translate,
  more: readonly (string | null)[] = [],
): string[] {
  const found = listSources(sources, catalog);
  const origin = [t(`catalog.status.${status}`), ...more, found].filter(
    (part) => part !== null && part !== '',
  );
  return [`  ${text}`, `    ${origin.join(' · ')}`];
}

function describeFacts({ facts }: Protocol, catalog: Catalog, t: Translate): string[] {
  return FACT_KEYS.flatMap((key) => {
    const fact = facts[key];
    const name = t(`catalog.fact.${key}`);
    const note = fact.note === null ? [] : [`    ${fact.note}`];
    if (fact.text === null) return [`  ${name}: ${t('compare.cell.unknown')}`, ...note];
    const figure = fact.figure === null ? '' : ` [${formatFactFigure(fact.figure, t)}]`;
    const asOf = fact.asOf ?? t('compare.cell.noDate');
    return [...cite(`${name}: ${fact.text}${figure}`, fact, catalog, t, [asOf]), ...note];
  });
}

function describeObservations({ id }: Protocol, { observations }: Catalog, t: Translate): string[] {
  return observations
    .filter(({ protocol }) => protocol === id)
    .flatMap((one) => {
      const what = [one.product, t(`catalog.metric.${one.metric}`), `(${one.label})`].filter(
        (part) => part !== null,
      );
      const note = one.note === null ? [] : [`    ${one.note}`];
      const origin = [t(`catalog.status.${one.status}`), one.asOf, one.source.name];
      return [`  ${what.join(' ')}: ${formatObserved(one)}`, `    ${origin.join(' · ')}`, ...note];
    });
}

function describeProtocol(catalog: Catalog, protocol: Protocol, t: Translate): string[] {
  const section = (
    key: 'dependencies' | 'contracts' | 'observations' | 'incidents' | 'corrections',
    lines: string[],
  ) => (lines.length === 0 ? [] : ['', t(`cli.catalog.section.${key}`), ...lines]);
  const { name, kind, underlying, issuer, chains, products } = protocol;
  return [
    `${name} (${protocol.id}): ${t(`catalog.kind.${kind}`)}`,
    t('cli.catalog.about', { underlying, issuer, chains: chains.join('; ') }),
    t('cli.catalog.products', { list: products.map((one) => one.symbol ?? one.name).join(', ') }),
    '',
    ...describeFacts(protocol, catalog, t),
    ...section(
      'dependencies',
      protocol.dependencies.flatMap((one) =>
        cite(`${t(`catalog.dependency.${one.kind}`)}: ${one.name}`, one, catalog, t),
      ),
    ),
    ...section('observations', describeObservations(protocol, catalog, t)),
    ...section(
      'incidents',
      protocol.incidents.flatMap((one) => [
        ...cite(`${one.date} ${one.title}`, one, catalog, t),
        ...(one.size === null ? [] : [`    ${one.size}`]),
        `    ${one.teaches}`,
      ]),
    ),
    ...section(
      'corrections',
      protocol.corrections.flatMap((one) => cite(`“${one.claim}”: ${one.says}`, one, catalog, t)),
    ),
    ...section(
      'contracts',
      protocol.contracts.map((one) => {
        const where = one.chain === 'ethereum' ? '' : ` (${one.chain})`;
        const note = one.note === null ? '' : ` · ${one.note}`;
        return `  ${one.address}  ${one.name}${where}: ${t(`catalog.status.${one.status}`)} · ${one.seenIn.join('; ')}${note}`;
      }),
    ),
  ];
}

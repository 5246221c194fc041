/** `ballast compare`: two to four products of the catalogue against each other, on the same simulated cases. */
import { UsageError } from './exit-codes.ts';
import type { Client } from '../../shared/contract/bridge.ts';
import { AppError } from '../../shared/contract/errors.ts';
import type { Catalog } from '../../shared/domain/catalog.ts';
import type { HazardClassId } from '../../shared/domain/hazards.ts';
import { PARAMETER_SETS, type Estimate, type ParameterSet } from '../../shared/domain/loss-distribution.ts';
import {
  comparisonRequestSchema,
  DEFAULT_COMPARISON,
  FEWEST_COMPARED,
  listProducts,
  MOST_COMPARED,
  statusOfExit,
  type CataloguedProduct,
  type ComparedFigures,
  type ComparedProduct,
  type ComparedSet,
  type ComparisonRequest,
  type ProductComparison,
} from '../../shared/domain/product-comparison.ts';
import { describeComparisonAssumption } from '../../shared/format/comparison.ts';
import { formatChance } from '../../shared/format/likelihood.ts';
import { quoteForeign } from '../../shared/format/visible-text.ts';
import { stringifyForPeople } from '../report/render-json.ts';
import { waitForJob } from './local-client.ts';

import { formatColumns, type Terminal } from './terminal.ts';

export interface CompareOptions {
  readonly paths?: string | undefined;
  readonly days?: string | undefined;
  readonly seed?: string | undefined;
  readonly market?: boolean | undefined;
  /** Commander's name for `--no-bridges`. */
  readonly bridges?: boolean | undefined;
  readonly json?: boolean | undefined;
  readonly dataDir?: string | undefined;
}

type Translate = Terminal['t'];

/** What the schema of a request takes, in words. */
const NUMBERS = {
  '--paths': 'a whole number from 1,000 to 2,000,000',
  '--days': 'a number above 0, up to 3,650',
  '--seed': 'a whole number from 0 to 4,294,967,295',
} as const;

/** @throws AppError not-found; UsageError */
export async function runCompare(
  client: Client,
  names: readonly string[],
  options: CompareOptions,
  terminal: Terminal,
): Promise<void> {
  const { catalog } = await client.call('catalog.get', {});
  const request = readRequest(catalog, names, options);
  await waitForJob(
    client,
    () => client.call('compare.start', request),
    terminal.signal,
    ({ step, progress }) => terminal.showProgress(step, progress),
  );
  const { kept } = await client.call('compare.latest', {});
  if (kept === null) throw new Error('the comparison that was just made is not kept');
  const { comparison } = kept;
  if (options.json === true) {
    const model = { schema: 'ballast-comparison/1', ...comparison };
    terminal.print(stringifyForPeople(model).trimEnd());
    return;
  }
  const { classes } = await client.call('hazards.get', {});
  const named = new Map(classes.map(({ id, name }) => [id, name]));
  terminal.print(renderComparison(comparison, named, terminal.t).join('\n'));
}

function readRequest(
  catalog: Catalog,
  names: readonly string[],
  { paths, days, seed, market, bridges }: CompareOptions,
): ComparisonRequest {
  if (names.length < FEWEST_COMPARED || names.length > MOST_COMPARED) {
    throw new UsageError(`Name ${FEWEST_COMPARED} to ${MOST_COMPARED} products to compare.`);
  }
  const products = listProducts(catalog);
  const productIds = names.map((name) => findProduct(products, name).ref);
  if (new Set(productIds).size < productIds.length) {
    throw new UsageError('A product cannot be compared with itself.');
  }
  const { shape } = comparisonRequestSchema;
  return {
    productIds,
    paths: readNumber('--paths', paths, shape.paths) ?? DEFAULT_COMPARISON.paths,
    horizonDays: readNumber('--days', days, shape.horizonDays) ?? DEFAULT_COMPARISON.horizonDays,
    seed: readNumber('--seed', seed, shape.seed) ?? DEFAULT_COMPARISON.seed,
    withMarketLoss: market === true,
    withBridges: bridges !== false,
  };
}

/** Null where it was not given. @throws UsageError */
function readNumber(
  option: keyof typeof NUMBERS,
  text: string | undefined,
  schema: (typeof comparisonRequestSchema)['shape']['paths' | 'horizonDays' | 'seed'],
): number | null {
  if (text === undefined) return null;
  const parsed = schema.safeParse(Number(text));
  if (parsed.success && text !== '') return parsed.data;
  throw new UsageError(`${option} takes ${NUMBERS[option]}, not “${text.slice(0, 40)}”.`);
}

/** By reference, by token, or by protocol where that has one product only. @throws AppError not-found */
function findProduct(products: readonly CataloguedProduct[], name: string): CataloguedProduct {
  const wanted = name.toLowerCase();
  const tests: ((product: CataloguedProduct) => boolean)[] = [
    ({ ref }) => ref.toLowerCase() === wanted,
    ({ product }) => product.symbol?.toLowerCase() === wanted,
    ({ protocol, product }) =>
      [protocol.id, protocol.name, product.id].some((one) => one.toLowerCase() === wanted),
  ];
  for (const test of tests) {
    const [found, ...others] = products.filter(test);
    if (found === undefined) continue;
    if (others.length === 0) return found;
    throw new AppError('not-found', `Several products of the catalogue are called ${quoteName(name)}.`, {
      help: `Name one of ${[found, ...others].map(({ ref }) => ref).join(', ')}.`,
    });
  }
  throw new AppError('not-found', `The catalogue has no product ${quoteName(name)}.`, {
    help: `It has ${products.map(({ ref }) => ref).join(', ')}.`,
  });
}

function quoteName(name: string): string {
  return `“${quoteForeign(name, 40)}”`;
}

function nameProduct({ symbol, protocolName, name }: ComparedProduct): string {
  return symbol ?? `${protocolName}: ${name}`;
}

type ClassNames = ReadonlyMap<HazardClassId, string>;

function renderComparison(comparison: ProductComparison, classes: ClassNames, t: Translate): string[] {
  const { request, products, sets } = comparison;
  const names = new Map(products.map((product) => [product.productId, nameProduct(product)]));
  const nameOf = (id: string): string => names.get(id) ?? id;
  const base = findSet(sets, 'base');
  return [
    t('comparison.cli.title', { days: request.horizonDays, paths: request.paths.toLocaleString('en') }),
    t('comparison.cli.lead'),
    '',
    ...renderFigures(comparison, nameOf, t),
    ...section(t('comparison.cli.pairs'), renderPairs(base, nameOf, t)),
    ...section(t('comparison.cli.sources'), renderSources(base, classes, nameOf, t)),
    ...section(t('comparison.cli.assumptions'), listAssumptions(comparison, nameOf, t)),
  ];
}

function section(title: string, lines: readonly string[]): string[] {
  return ['', title, ...lines];
}

function findSet(sets: readonly ComparedSet[], wanted: ParameterSet): ComparedSet {
  const found = sets.find(({ set }) => set === wanted);
  if (found !== undefined) return found;
  throw new Error(`the comparison has no ${wanted} numbers`);
}

const ROWS = ['expectedLoss', 'lossProbability', 'expectedShortfall', 'maximum'] as const;

function readRow(figures: ComparedFigures, row: (typeof ROWS)[number]): number {
  const figure = figures[row];
  return typeof figure === 'number' ? figure : figure.value;
}

/** Calm, base and stressed in one cell: a figure without its range says too much. */
function renderFigures(
  { products, sets }: ProductComparison,
  nameOf: (id: string) => string,
  t: Translate,
): string[] {
  const head = ['', ...products.map(({ productId }) => nameOf(productId))];
  const rows = ROWS.map((row) => [
    t(`comparison.figure.${row}`),
    ...products.map(({ productId }) =>
      PARAMETER_SETS.map((set) => {
        const figures = findSet(sets, set).products.find((one) => one.productId === productId);
        return figures === undefined ? '' : formatChance(readRow(figures, row));
      }).join(' / '),
    ),
  ]);
  const exits = [t('comparison.figure.exit'), ...products.map((product) => writeExit(product, t))];
  return [formatColumns([head, ...rows, exits], new Set())];
}

function writeExit({ exit }: ComparedProduct, t: Translate): string {
  const { total } = exit;
  const sure = statusOfExit(exit);
  if (total === null || sure === null) return t('comparison.cli.unknown');
  const { low, high } = total;
  const key = low === high ? 'comparison.cli.daysSame' : 'comparison.cli.days';
  const days = t(key, { low: Number(low.toFixed(1)), high: Number(high.toFixed(1)) });
  return t('comparison.cli.withStatus', { days, status: t(`catalog.status.${sure}`) });
}

/** `+1.2% ± 0.05%`. */
function writeChange({ value, standardError }: Estimate): string {
  const sign = value < 0 ? '-' : '+';
  return `${sign}${formatChance(Math.abs(value))} ± ${formatChance(standardError ?? 0)}`;
}

function renderPairs({ pairs }: ComparedSet, nameOf: (id: string) => string, t: Translate): string[] {
  const head = [
    '',
    t('comparison.figure.expectedLoss'),
    t('comparison.figure.expectedShortfall'),
    t('comparison.cli.both'),
  ];
  const rows = pairs.map(({ one, other, expectedLoss, expectedShortfall, bothLose }) => [
    `  ${t('comparison.cli.pair', { one: nameOf(one), other: nameOf(other) })}`,
    writeChange(expectedLoss),
    writeChange(expectedShortfall),
    formatChance(bothLose.value),
  ]);
  return [formatColumns([head, ...rows], new Set())];
}

const MOST_SOURCES = 10;

function renderSources(
  { sources, products }: ComparedSet,
  classes: ClassNames,
  nameOf: (id: string) => string,
  t: Translate,
): string[] {
  const head = [`  ${t('comparison.cli.source')}`, ...products.map(({ productId }) => nameOf(productId))];
  const rows = sources.slice(0, MOST_SOURCES).map(({ class: of, label, costs }) => {
    const text = `${classes.get(of) ?? of}: ${label}`;
    return [
      `  ${costs.length > 1 ? t('comparison.cli.shared', { label: text }) : text}`,
      ...products.map(({ productId }) => {
        const cost = costs.find((one) => one.productId === productId);
        return cost === undefined ? '' : formatChance(cost.expectedLoss);
      }),
    ];
  });
  return [formatColumns([head, ...rows], new Set())];
}

function listAssumptions(
  { assumptions }: ProductComparison,
  nameOf: (id: string) => string,
  t: Translate,
): string[] {
  return assumptions.map((assumption) => {
    const { productId } = assumption;
    const whose = productId === null ? t('comparison.cli.all') : nameOf(productId);
    return `  ${whose}: ${describeComparisonAssumption(assumption, t)}`;
  });
}

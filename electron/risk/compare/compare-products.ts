/**
 * Products of the catalogue against each other on the same simulated paths: one model of all of them, one tape for each
 * set of hazard parameters, and every product's losses read off it. See docs/method/comparison.md.
 */
import { AppError } from '../../../shared/contract/errors.ts';
import type { Catalog } from '../../../shared/domain/catalog.ts';
import type { Hazards } from '../../../shared/domain/hazards.ts';
import { PARAMETER_SETS, type ParameterSet } from '../../../shared/domain/loss-distribution.ts';
import {
  listProducts,
  type CataloguedProduct,
  type ComparedFigures,
  type ComparedPair,
  type ComparedProduct,
  type ComparedSet,
  type ComparedSource,
  type ComparisonRequest,
  type ProductComparison,
} from '../../../shared/domain/product-comparison.ts';
import { estimateMean } from '../distribution/aggregate/stratified-mean.ts';
import { buildGraphLossModel, type BuiltLossModel } from '../distribution/build-loss-model.ts';
import { compareLosses } from '../distribution/compare-losses.ts';
import { meanOfSeverity } from '../distribution/severity.ts';
import type { EventTape } from '../distribution/simulate/event-tape.ts';
import { simulate } from '../distribution/simulate/simulate.ts';
import { partOfRun, type RunHooks } from '../work.ts';
import { buildComparisonGraph } from './build-comparison-graph.ts';
import { describeExit } from './compare-exit.ts';
import { readPositions, type PositionLosses } from './read-positions.ts';

const DAYS_A_YEAR = 365;
/** The mean of the worst case in a hundred is what is compared. */
const LEVEL = 0.99;

/**
 * The result does not depend on the order of the request, which only orders what is shown.
 *
 * @throws AppError not-found for a product that the catalogue does not have; bad-request for one that is asked for twice
 * @throws AppError scenario-invalid, cancelled
 */
export function compareProducts(
  catalog: Catalog,
  hazards: Hazards,
  request: ComparisonRequest,
  hooks: RunHooks = {},
): ProductComparison {
  const asked = findProducts(catalog, request.productIds);
  const sets = PARAMETER_SETS.map((set, index) =>
    compareUnder(set, asked, catalog, hazards, request, partOfRun(hooks, index, PARAMETER_SETS.length)),
  );
  // Stressed numbers count everything, so that they rest on every assumption.
  const { assumptions } = buildComparisonGraph(asked, describeOptions('stressed', catalog, request), request);
  return {
    request,
    catalog: { version: catalog.version, date: catalog.date },
    products: asked.map((product, index) => describeCompared(product, index, sets, catalog)),
    sets,
    assumptions: [...assumptions],
  };
}

function findProducts(catalog: Catalog, refs: readonly string[]): CataloguedProduct[] {
  if (new Set(refs).size < refs.length) {
    throw new AppError('bad-request', 'A product cannot be compared with itself.', {
      help: 'Choose different ones.',
    });
  }
  const known = new Map(listProducts(catalog).map((product) => [product.ref, product]));
  return refs.map((ref) => {
    const found = known.get(ref);
    if (found !== undefined) return found;
    throw new AppError('not-found', `The catalogue has no product ${ref}.`, {
      help: 'Choose one of the catalogue, such as lido/stETH.',
    });
  });
}

function describeOptions(
  set: ParameterSet,
  { protocols }: Catalog,
  { withBridges }: ComparisonRequest,
): Parameters<typeof buildComparisonGraph>[1] {
  return { withUnconfirmed: set === 'stressed', withBridges, protocols };
}

function compareUnder(
  set: ParameterSet,
  asked: readonly CataloguedProduct[],
  catalog: Catalog,
  hazards: Hazards,
  request: ComparisonRequest,
  hooks: RunHooks,
): ComparedSet {
  const { horizonDays, withMarketLoss, paths, seed } = request;
  // In an order of its own: whatever is drawn is drawn in the order of the model.
  const ordered = asked.toSorted((one, two) => (one.ref < two.ref ? -1 : 1));
  const { graph, traded } = buildComparisonGraph(ordered, describeOptions(set, catalog, request), request);
  const horizonYears = horizonDays / DAYS_A_YEAR;
  const built = buildGraphLossModel(
    graph,
    hazards,
    set,
    { horizonYears, includeMarket: withMarketLoss, traded },
    hooks,
  );
  const tape = simulate(built.model, { paths, seed, allocation: 'tail' }, partOfRun(hooks, 0, 2));
  const alone = readPositions(tape, built.model, LEVEL, partOfRun(hooks, 1, 2));
  const indexes = new Map(built.model.positions.map(({ id }, index) => [id, index]));
  const read = asked.map(({ ref }) => ({ ref, ...alone[indexes.get(ref)!]! }));
  return {
    set,
    rho: built.model.rho,
    products: read.map(({ ref, distribution }) => describeFigures(ref, distribution)),
    pairs: read.flatMap((one, index) => read.slice(index + 1).map((other) => comparePair(tape, one, other))),
    sources: describeSources(built, asked),
  };
}

function describeFigures(productId: string, distribution: PositionLosses['distribution']): ComparedFigures {
  const { expectedLoss, lossProbability, tails, maximum } = distribution;
  const tail = tails[0]!;
  return {
    productId,
    expectedLoss,
    lossProbability,
    valueAtRisk: tail.valueAtRisk,
    expectedShortfall: tail.expectedShortfall,
    maximum,
  };
}

interface Read extends PositionLosses {
  readonly ref: string;
}

function comparePair(tape: EventTape, one: Read, other: Read): ComparedPair {
  const { expectedLoss, lossProbability, tails } = compareLosses(tape, one, other);
  return {
    one: one.ref,
    other: other.ref,
    expectedLoss: expectedLoss.change,
    lossProbability: lossProbability.change,
    expectedShortfall: tails[0]!.expectedShortfall.change,
    bothLose: estimateMean(tape, (path) => (one.losses[path]! > 0 && other.losses[path]! > 0 ? 1 : 0)),
  };
}

function describeSources(
  { model, sources }: BuiltLossModel,
  asked: readonly CataloguedProduct[],
): ComparedSource[] {
  const described = sources.map((info, index): ComparedSource => {
    const costs = new Map<string, number>();
    for (const { chance, severity, hits } of model.sources[index]!.strikes) {
      for (const { position, share } of hits) {
        const { id, value } = model.positions[position]!;
        const cost = info.probability * chance * meanOfSeverity(severity) * share * value;
        costs.set(id, (costs.get(id) ?? 0) + cost);
      }
    }
    return {
      sourceId: info.sourceId,
      class: info.class,
      label: info.label,
      ratePerYear: info.ratePerYear,
      probability: info.probability,
      severityMean: info.severityMean,
      costs: asked.flatMap(({ ref }) => {
        const expectedLoss = costs.get(ref);
        return expectedLoss === undefined ? [] : [{ productId: ref, expectedLoss }];
      }),
    };
  });
  const total = ({ costs }: ComparedSource): number =>
    costs.reduce((sum, { expectedLoss }) => sum + expectedLoss, 0);
  return described.toSorted((one, two) => total(two) - total(one));
}

function describeCompared(
  catalogued: CataloguedProduct,
  index: number,
  sets: readonly ComparedSet[],
  { observations }: Catalog,
): ComparedProduct {
  const { ref, protocol, product } = catalogued;
  const range = (valueOf: (figures: ComparedFigures) => number): { low: number; high: number } => {
    const values = sets.map(({ products }) => valueOf(products[index]!));
    return { low: Math.min(...values), high: Math.max(...values) };
  };
  return {
    productId: ref,
    protocolId: protocol.id,
    protocolName: protocol.name,
    name: product.name,
    symbol: product.symbol,
    kind: product.kind,
    asset: protocol.asset,
    exit: describeExit(catalogued, observations),
    expectedLoss: range(({ expectedLoss }) => expectedLoss.value),
    lossProbability: range(({ lossProbability }) => lossProbability.value),
    expectedShortfall: range(({ expectedShortfall }) => expectedShortfall.value),
    maximum: range(({ maximum }) => maximum),
  };
}

/**
 * How long until a product is out, as far as the catalogue knows. The planner of Time to exit (../exit) asks for what a
 * reading of the chain knows of a position; of a product there is no such reading.
 */
import {
  findObservation,
  type CatalogObservation,
  type Fact,
  type FactStatus,
} from '../../../shared/domain/catalog.ts';
import type { CataloguedProduct, ComparedExit } from '../../../shared/domain/product-comparison.ts';

/** What observations of Ethereum itself are filed under. */
const ETHEREUM = 'ethereum';
const HOURS_A_DAY = 24;

type FactRange = NonNullable<ComparedExit['own']>;

export function describeExit(
  { protocol, product }: CataloguedProduct,
  observations: readonly CatalogObservation[],
): ComparedExit {
  const { exitDays, exitStressDays } = protocol.facts;
  const waited = observations.filter(({ unit }) => unit === 'days');
  const measured = findObservation(waited, protocol.id, 'exitWait', product.id);
  const own = readFact(exitDays) ?? readObservation(measured);
  const stress = readFact(exitStressDays);
  const isStaked = protocol.asset === 'ETH' && product.kind !== 'btc-wrapper';
  const queue = isStaked ? readObservation(findObservation(waited, ETHEREUM, 'exitWait')) : null;
  const total =
    own === null ? null : { low: own.low, high: Math.max(own.high + (queue?.high ?? 0), stress?.high ?? 0) };
  return { own, stress, queue, total };
}

function readFact({ figure, status, sources, asOf }: Fact): FactRange | null {
  if (figure === null) return null;
  const scale = figure.unit === 'days' ? 1 : figure.unit === 'hours' ? 1 / HOURS_A_DAY : null;
  return scale === null ? null : makeRange(figure.low * scale, figure.high * scale, status, sources, asOf);
}

function readObservation(observation: CatalogObservation | null): FactRange | null {
  if (observation === null) return null;
  const { low, high, status, source, asOf } = observation;
  return makeRange(low, high, status, [source.name], asOf);
}

function makeRange(
  low: number,
  high: number,
  status: FactStatus,
  sources: readonly string[],
  asOf: string | null,
): FactRange {
  return { low, high, status, sources: [...sources], asOf };
}

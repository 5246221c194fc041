/** Sources that take restaked collateral: an operator's fault, a service that slashes everybody, an equivocation. */
import type { GraphEdge, GraphOperator } from '../../../shared/domain/restaking-graph.ts';
import { minOf } from '../../../shared/domain/units.ts';
import type { Strike } from '../distribution/loss-model.ts';
import { keyOfStake } from '../graph/stake-key.ts';
import {
  makeSource,
  nameSource,
  probabilityOf,
  type ModelSource,
  type SourceContext,
} from './model-source.ts';
import { joinEvents } from './residual-correlation.ts';
import { makeHits, mergeHits, type StruckPart } from './struck-values.ts';
import type { HazardTerms } from './hazard-terms.ts';

/** One service's reach into one operator's stakes. */
interface Reach {
  readonly operator: string;
  readonly service: string;
  readonly combine: Strike['combine'];
  readonly hits: Strike['hits'];
}

export interface StakeSources {
  /** Operators first. */
  readonly operators: readonly ModelSource[];
  readonly services: readonly ModelSource[];
}

/**
 * Per operator one event that each of its services joins with the chance that the file gives for "the same operator at
 * another service", each with a severity of its own; per service one event that strikes all its operators with one
 * severity. Finality providers: one event that takes the slashed share of every output, and the fee.
 *
 * Operators that nothing of the positions stands with have an event only where it can spread.
 */
export function listStakeSources(context: SourceContext): StakeSources {
  const { graph } = context;
  const reaches = listReaches(context);
  const spreading = new Set(
    graph.edges.filter(({ mode }) => mode !== 'unique').map(({ operator }) => operator),
  );
  const byOperator = Map.groupBy(reaches, ({ operator }) => operator);
  const byService = Map.groupBy(reaches, ({ service }) => service);
  const operators = graph.operators.flatMap((operator) => {
    if (operator.kind === 'finality-provider') return describeProvider(context, operator);
    const own = byOperator.get(operator.id) ?? [];
    if (own.length === 0 && !spreading.has(operator.id)) return [];
    return [describeFault(context, operator.id, operator.name, own, false)];
  });
  const services = graph.services.flatMap(({ id, name }) => {
    const own = byService.get(id) ?? [];
    return own.length === 0 ? [] : [describeServiceWide(context, id, name, own, false)];
  });
  return { operators, services };
}

/**
 * What cannot be seen is taken to stand with one operator, allocated in full to one service; bitcoin staked with Babylon,
 * with one finality provider. That is no less than can be true of the mean, and more of the tail, because the loss falls on
 * all of it at once.
 */
export function listHiddenSources(context: SourceContext): StakeSources {
  const operators: ModelSource[] = [];
  const services: ModelSource[] = [];
  for (const [behind, parts] of context.values.byHidden) {
    const id = `hidden:${behind}`;
    context.names.set(id, behind);
    const reach: Reach = { operator: id, service: id, combine: 'adds', hits: makeHits(parts) };
    operators.push(describeFault(context, id, behind, [reach], true));
    services.push(describeServiceWide(context, id, behind, [reach], true));
  }
  for (const [behind, parts] of context.values.byHiddenProvider) {
    const id = `hidden-provider:${behind}`;
    context.names.set(id, behind);
    const stake = { id, name: behind, parts, slashFee: 0n, serviceId: null, isAssumed: true };
    operators.push(describeEquivocation(context, stake));
  }
  return { operators, services };
}

/** A reach whose hits are still apart, one list for each of the operator's stakes. */
interface PartialReach {
  readonly reach: Omit<Reach, 'hits'>;
  readonly hits: Strike['hits'][];
}

function listReaches({ graph, values }: SourceContext): Reach[] {
  const stakes = new Map(
    graph.operators.flatMap(({ id, kind, stakes: own }) =>
      kind === 'operator' ? own.map((stake) => [keyOfStake(id, stake.vault), stake] as const) : [],
    ),
  );
  const found = new Map<string, Map<string, PartialReach>>();
  for (const { operator, vault, service, mode, allocation } of graph.edges) {
    const key = keyOfStake(operator, vault);
    const stake = stakes.get(key);
    const parts = values.byStake.get(key);
    if (stake === undefined || parts === undefined || stake.amount === 0n || allocation === 0n) continue;
    const combine = mode === 'shared' && !stake.earmarks ? 'multiplies' : 'adds';
    const own = found.get(operator) ?? new Map<string, PartialReach>();
    found.set(operator, own);
    const reachKey = `${combine} ${service}`;
    const entry = own.get(reachKey) ?? { reach: { operator, service, combine }, hits: [] };
    own.set(reachKey, entry);
    entry.hits.push(makeHits(parts, minOf(allocation, stake.amount), stake.amount));
  }
  return [...found.values()]
    .flatMap((own) => [...own.values()])
    .map(({ reach, hits }) => ({ ...reach, hits: hits.length === 1 ? hits[0]! : mergeHits(hits) }));
}

function describeFault(
  context: SourceContext,
  id: string,
  label: string,
  reaches: readonly Reach[],
  isAssumed: boolean,
): ModelSource {
  const { book, years, values } = context;
  const sourceId = nameSource('avs_operator_fault', id);
  const terms = book.termsOf('avs_operator_fault', sourceId);
  const single = probabilityOf(terms.ratePerYear, years);
  const { probability, joinChance } = joinEvents(single, book.residualOf('avs_operator_fault'));
  const strikes = reaches.map((reach) => strikeOf(reach, joinChance, terms));
  return makeSource(
    {
      sourceId,
      label,
      kind: 'operator',
      terms,
      mapping: 'joined',
      probability,
      isOnFactor: true,
      isSeverityCommon: false,
      isAssumed,
      strikes,
    },
    values.positions,
  );
}

function describeServiceWide(
  context: SourceContext,
  id: string,
  label: string,
  reaches: readonly Reach[],
  isAssumed: boolean,
): ModelSource {
  const { book, years, values } = context;
  const sourceId = nameSource('avs_service_wide', id);
  const terms = book.termsOf('avs_service_wide', sourceId);
  return makeSource(
    {
      sourceId,
      label,
      kind: 'service',
      terms,
      mapping: 'direct',
      probability: probabilityOf(terms.ratePerYear, years),
      isOnFactor: false,
      isSeverityCommon: true,
      isAssumed,
      strikes: reaches.map((reach) => strikeOf(reach, 1, terms)),
    },
    values.positions,
  );
}

function strikeOf({ operator, service, combine, hits }: Reach, chance: number, terms: HazardTerms): Strike {
  return {
    operatorId: operator,
    serviceId: service,
    dependencyId: null,
    chance,
    severity: terms.severity,
    combine,
    hits,
  };
}

function describeProvider(context: SourceContext, operator: GraphOperator): ModelSource[] {
  const { values, graph } = context;
  const { id, name, stakes, slashFee } = operator;
  const parts = stakes.flatMap(({ vault }) => values.byStake.get(keyOfStake(id, vault)) ?? []);
  if (parts.length === 0) return [];
  const serviceId = findOnlyService(graph.edges, id);
  return [describeEquivocation(context, { id, name, parts, slashFee, serviceId, isAssumed: false })];
}

interface ProviderStake {
  readonly id: string;
  readonly name: string;
  readonly parts: readonly StruckPart[];
  readonly slashFee: bigint;
  readonly serviceId: string | null;
  readonly isAssumed: boolean;
}

/** The extracted key slashes each output once, whatever number of networks it secures; each pays a transaction's fee. */
function describeEquivocation(
  { book, years, values }: SourceContext,
  { id, name, parts, slashFee, serviceId, isAssumed }: ProviderStake,
): ModelSource {
  const sourceId = nameSource('babylon_fp_equivocation', id);
  const terms = book.termsOf('babylon_fp_equivocation', sourceId);
  const head = { operatorId: id, serviceId, dependencyId: null, chance: 1, combine: 'adds' } as const;
  const fees = parts.map((part): StruckPart => ({ ...part, amount: minOf(slashFee, part.amount) }));
  const strikes: Strike[] = [{ ...head, severity: terms.severity, hits: makeHits(parts) }];
  if (slashFee > 0n) strikes.push({ ...head, severity: [1], hits: makeHits(fees) });
  return makeSource(
    {
      sourceId,
      label: name,
      kind: 'operator',
      terms,
      mapping: 'direct',
      probability: probabilityOf(terms.ratePerYear, years),
      isOnFactor: true,
      isSeverityCommon: true,
      isAssumed,
      strikes,
    },
    values.positions,
  );
}

/** The service a provider's fault is charged to, where there is no choice. */
function findOnlyService(edges: readonly GraphEdge[], operator: string): string | null {
  const services = new Set(edges.filter((edge) => edge.operator === operator).map(({ service }) => service));
  const [only = null] = services.size === 1 ? services : [];
  return only;
}

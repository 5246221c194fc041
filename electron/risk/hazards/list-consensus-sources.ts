/** Sources on Ethereum itself, for what is staked with validators: slashed operators, single validators, client bugs. */
import type { HazardClassId } from '../../../shared/domain/hazards.ts';
import type { GraphDependency } from '../../../shared/domain/restaking-graph.ts';
import type { Strike } from '../distribution/loss-model.ts';
import { scaleSeverity } from '../distribution/severity.ts';
import { chanceOf } from '../math/normal.ts';
import {
  makeSource,
  nameSource,
  probabilityOf,
  type ModelSource,
  type SourceContext,
} from './model-source.ts';
import { makeHits, scaleHits, type StruckPart } from './struck-values.ts';

/** Stands in for the service that slashes, and for the software, in attributions. */
export const ETHEREUM = 'ethereum';
const ETHEREUM_CLIENTS = 'client:ethereum';

/** Stake of one validator before consolidation, in whole units of the graph. */
const VALIDATOR_STAKE = 32;

type ClientClass = Extract<HazardClassId, 'client_bug_liveness' | 'client_bug_slashing'>;
const CLIENT_CLASSES: readonly ClientClass[] = ['client_bug_liveness', 'client_bug_slashing'];

/** Validators that something of the positions is staked with. */
interface Validators {
  readonly dependency: GraphDependency;
  readonly parts: readonly StruckPart[];
}

export function listConsensusSources(context: SourceContext): {
  readonly operators: readonly ModelSource[];
  readonly shocks: readonly ModelSource[];
} {
  const { graph, values, names } = context;
  const validators = graph.dependencies.flatMap((dependency): Validators[] => {
    const isConsensus = dependency.kind === 'validators' && dependency.hazard === null;
    const parts = isConsensus ? values.byLayer.get(dependency.id) : undefined;
    return parts === undefined ? [] : [{ dependency, parts }];
  });
  if (validators.length > 0)
    names.set(ETHEREUM, 'Ethereum consensus').set(ETHEREUM_CLIENTS, 'Ethereum clients');
  return {
    operators: validators.flatMap((entry) => describeSlashedOperator(context, entry)),
    shocks: [
      ...(validators.length > 0 ? [describeIsolated(context, validators)] : []),
      ...CLIENT_CLASSES.flatMap((classId) => [
        ...describeAnyClient(context, classId, validators),
        ...describeNamedClients(context, classId),
      ]),
    ],
  };
}

/**
 * A share of the operator's validators is slashed (the severity of the class), and each of those loses what an isolated
 * slashing takes, at its mean: the two are taken as independent, so that the mean of the product is kept. The
 * correlation penalty would need the slashed share of all stake and is left out.
 */
function describeSlashedOperator(context: SourceContext, { dependency, parts }: Validators): ModelSource[] {
  const { operator } = dependency;
  if (operator === null) return [];
  const { book, years, values } = context;
  const sourceId = nameSource('operator_fault', dependency.id);
  const terms = book.termsOf('operator_fault', sourceId);
  const perValidator = book.termsOf(
    'eth_validator_isolated',
    nameSource('eth_validator_isolated', ETHEREUM),
  ).severityMean;
  const severity = scaleSeverity(terms.severity, perValidator);
  return [
    makeSource(
      {
        sourceId,
        label: dependency.name,
        kind: 'operator',
        terms: { ...terms, severity, severityMean: terms.severityMean * perValidator },
        mapping: 'direct',
        probability: probabilityOf(terms.ratePerYear, years),
        isOnFactor: true,
        isSeverityCommon: true,
        strikes: [strikeOf(dependency, { chance: 1, severity, hits: makeHits(parts) })],
      },
      values.positions,
    ),
  ];
}

function strikeOf(
  dependency: GraphDependency,
  rest: Pick<Strike, 'chance' | 'severity' | 'hits'> & { readonly dependencyId?: string },
): Strike {
  return {
    operatorId: dependency.operator,
    serviceId: ETHEREUM,
    dependencyId: null,
    combine: 'multiplies',
    ...rest,
  };
}

/**
 * Single validators: n = staked value / 32 of them, at least one, each at the rate of the class. The event is that at
 * least one is slashed, and it takes from every staked unit what the expected number takes:
 *
 *     probability p = 1 - exp(-n rate years),  share = rate years / p
 *
 * so that the mean is the rate times the severity, whatever n is. The spread within a year is a little too small.
 */
function describeIsolated(context: SourceContext, validators: readonly Validators[]): ModelSource {
  const { book, years, values, graph } = context;
  const sourceId = nameSource('eth_validator_isolated', ETHEREUM);
  const terms = book.termsOf('eth_validator_isolated', sourceId);
  const staked = validators
    .flatMap(({ parts }) => parts)
    .reduce((sum, { amount }) => sum + Number(amount) / 10 ** graph.decimals, 0);
  const expected = terms.ratePerYear * years;
  const probability = chanceOf(Math.max(1, staked / VALIDATOR_STAKE) * expected);
  const share = probability === 0 ? 0 : Math.min(1, expected / probability);
  return makeSource(
    {
      sourceId,
      label: context.names.get(ETHEREUM)!,
      kind: 'dependency',
      terms,
      mapping: 'many',
      probability,
      isOnFactor: false,
      isSeverityCommon: true,
      strikes: validators.map(({ dependency, parts }) =>
        strikeOf(dependency, {
          chance: 1,
          severity: terms.severity,
          hits: scaleHits(makeHits(parts), share),
        }),
      ),
    },
    values.positions,
  );
}

/**
 * A bug in a client that nobody named. An operator runs one client: all of its stake is on the faulty one with the chance
 * that the file gives as the client's share. A mixed set always has that share of its stake on it.
 */
function describeAnyClient(
  context: SourceContext,
  classId: ClientClass,
  validators: readonly Validators[],
): ModelSource[] {
  const { book, years, values } = context;
  const clients = new Set(listClients(context).map(({ id }) => id));
  const unnamed = validators
    .map(({ dependency, parts }) => ({
      dependency,
      parts: parts.filter(({ layers }) => !layers.some((id) => clients.has(id))),
    }))
    .filter(({ parts }) => parts.length > 0);
  if (unnamed.length === 0) return [];
  const sourceId = nameSource(classId, ETHEREUM);
  const terms = book.termsOf(classId, sourceId);
  const { share } = book.hazards.clientShare;
  const strikes = unnamed.map(({ dependency, parts }) => {
    const hits = makeHits(parts);
    const isMixed = dependency.operator === null;
    return strikeOf(dependency, {
      dependencyId: ETHEREUM_CLIENTS,
      chance: isMixed ? 1 : share,
      severity: terms.severity,
      hits: isMixed ? scaleHits(hits, share) : hits,
    });
  });
  return [
    makeSource(
      {
        sourceId,
        label: context.names.get(ETHEREUM_CLIENTS)!,
        kind: 'dependency',
        terms,
        mapping: 'direct',
        probability: probabilityOf(terms.ratePerYear, years),
        isOnFactor: false,
        isSeverityCommon: true,
        strikes,
      },
      values.positions,
    ),
  ];
}

function listClients({ graph }: SourceContext): GraphDependency[] {
  return graph.dependencies.filter(({ kind, hazard }) => kind === 'client' && hazard === null);
}

/** Bugs of any client come at the rate of the class; that it is this one has the chance of the client's share. */
function describeNamedClients(context: SourceContext, classId: ClientClass): ModelSource[] {
  const { book, years, values } = context;
  return listClients(context).flatMap(({ id, name }) => {
    const parts = values.byLayer.get(id);
    if (parts === undefined) return [];
    const sourceId = nameSource(classId, id);
    const terms = book.termsOf(classId, sourceId);
    return [
      makeSource(
        {
          sourceId,
          label: name,
          kind: 'dependency',
          terms,
          mapping: 'client',
          probability: probabilityOf(terms.ratePerYear * book.hazards.clientShare.share, years),
          isOnFactor: false,
          isSeverityCommon: true,
          strikes: [
            {
              operatorId: null,
              serviceId: ETHEREUM,
              dependencyId: id,
              chance: 1,
              severity: terms.severity,
              combine: 'multiplies',
              hits: makeHits(parts),
            },
          ],
        },
        values.positions,
      ),
    ];
  });
}

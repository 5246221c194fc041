/**
 * From an exposure, or a network file, and the hazard file to what can happen within a horizon: the loss model that the
 * semi-analytic core and the simulation read, beside every number it was made with and everything it leaves out.
 */
import { AppError } from '../../../shared/contract/errors.ts';
import type { Cover } from '../../../shared/domain/cover.ts';
import type { Exposure } from '../../../shared/domain/exposure.ts';
import type { Hazards } from '../../../shared/domain/hazards.ts';
import { findInstrument } from '../../../shared/domain/instrument.ts';
import type { ParameterSet } from '../../../shared/domain/loss-distribution.ts';
import type { RestakingGraph } from '../../../shared/domain/restaking-graph.ts';
import { flattenGraph } from '../graph/flatten-graph.ts';
import { graphOfExposure } from '../graph/graph-of-exposure.ts';
import { keyOfStake } from '../graph/stake-key.ts';
import { openHazardBook, type HazardEdits } from '../hazards/hazard-terms.ts';
import { listConsensusSources } from '../hazards/list-consensus-sources.ts';
import { listLayerSources } from '../hazards/list-layer-sources.ts';
import { listMarketSources, type MarketOptions } from '../hazards/list-market-sources.ts';
import { listHiddenSources, listStakeSources } from '../hazards/list-stake-sources.ts';
import { describeCovers, describeGraphCovers, type ModelCovers } from '../hazards/model-covers.ts';
import {
  nameSource,
  type ModelSource,
  type SourceContext,
  type SourceInfo,
} from '../hazards/model-source.ts';
import { rhoOfResidual } from '../hazards/residual-correlation.ts';
import { spreadPositions, type StruckValues } from '../hazards/struck-values.ts';
import { sortOutContradictions } from '../scenario/sort-out-contradictions.ts';
import type { RunHooks } from '../work.ts';
import type { ContagionEdge, ContagionNetwork, LossModel, RiskSource } from './loss-model.ts';

export interface LossModelOptions {
  /** Above 0, at most 30. */
  readonly horizonYears: number;
  readonly edits?: HazardEdits | undefined;
  /** Market discounts too. Off by default: they are prices, never to be added to realised losses. */
  readonly includeMarket?: boolean | undefined;
  /** Symbols of tokens that cannot be redeemed now; their discounts follow the other class. */
  readonly redemptionShut?: readonly string[] | undefined;
  /** Graphs: symbols of tokens that have a market at all; every token held where not given. */
  readonly traded?: readonly string[] | undefined;
  /** Whether what is usually paid back after an exploit is taken off. Off by default: losses are gross. */
  readonly isRecoveryCounted?: boolean | undefined;
  /**
   * What is not visible: `one-operator` (the default) takes it to stand with one operator, allocated in full to one
   * service; `leave-out` lets it lose by its contracts and validators only, and says how much it is.
   */
  readonly hidden?: 'one-operator' | 'leave-out' | undefined;
  /** Equally likely levels of a severity, 100 by default. */
  readonly severityLevels?: number | undefined;
}

/** Why something is not in the figures, or not as it is. */
export type OmissionReason =
  /** A position without a known value. */
  | 'unvalued'
  /** Data that contradicts itself. */
  | 'contradiction'
  /** Not visible, and left out as asked. */
  | 'hidden'
  /** An oracle: it harms whoever borrowed against the token, and no position here did. */
  | 'unborrowed'
  /** A dependency of a kind that the hazard file has no rate for. */
  | 'no-evidence'
  /** Keys of operators that could withdraw: no position here is known to be under any. */
  | 'no-withdrawal-keys'
  /** Market discounts, which were not asked for. */
  | 'market-apart'
  /** A cover hangs on something that nothing else here rests on; its failure is not in the figures. */
  | 'cover-hangs-outside'
  /** An edit of a source that is not there. */
  | 'edit-unused';

export interface Omission {
  readonly reason: OmissionReason;
  /** Id of the position, dependency, class or source; empty for hazards of no particular one. */
  readonly id: string;
  readonly label: string;
  /** Value it is about, in the model's unit; null where that is not known or makes no sense. */
  readonly amount: number | null;
}

/** Value that is in the figures by an assumption about what cannot be seen. */
export interface Assumption {
  readonly kind: 'hidden-with-one-operator';
  readonly label: string;
  readonly amount: number;
}

export interface BuiltLossModel {
  readonly model: LossModel;
  /** One for each of the model's sources, in their order. */
  readonly sources: readonly SourceInfo[];
  readonly leftOut: readonly Omission[];
  readonly assumptions: readonly Assumption[];
  /** Names of ids in strikes that are none of the exposure's: hidden operators, Ethereum, markets. */
  readonly names: Readonly<Record<string, string>>;
  /** Position ids of the exposure or graph, for each position of the model. */
  readonly positionIds: readonly string[];
  readonly set: ParameterSet;
  readonly horizonYears: number;
}

/** More than a generation of validators; rates of today say nothing of it. */
const LONGEST_HORIZON = 30;

/**
 * The model of watched accounts. See docs/method/hazards.md for every rule.
 *
 * @throws AppError scenario-invalid for a horizon, edit or option that means nothing, or references that lead nowhere
 * @throws AppError cancelled
 */
export function buildLossModel(
  exposure: Exposure,
  hazards: Hazards,
  set: ParameterSet,
  options: LossModelOptions & { readonly covers?: readonly Cover[] | undefined },
  hooks: Pick<RunHooks, 'isCancelled'> = {},
): BuiltLossModel {
  const contradictions = new Map(
    sortOutContradictions(exposure)
      .filter(({ kind }) => kind === 'position')
      .map(({ id, detail }) => [id, detail]),
  );
  const traded = exposure.positions.filter(({ instrumentId }) => isTraded(instrumentId));
  const built = build(graphOfExposure(exposure), hazards, set, options, hooks, {
    tokens: new Set(traded.map(({ symbol }) => symbol)),
    coversOf: (context, sources) => describeCovers(options.covers ?? [], exposure, context, sources),
  });
  const leftOut = built.leftOut.map((omission): Omission => {
    const isContradiction = omission.reason === 'unvalued' && contradictions.has(omission.id);
    return isContradiction ? { ...omission, reason: 'contradiction' } : omission;
  });
  return { ...built, leftOut };
}

/** Shares in a protocol have no market; what they are shares of may have. */
function isTraded(instrumentId: string): boolean {
  const family = findInstrument(instrumentId)?.family;
  return family === 'lst' || family === 'lrt';
}

/**
 * The model of a network file. Every token held counts as traded, unless `traded` says which are.
 *
 * @throws AppError as {@link buildLossModel}, and scenario-invalid for a graph that contradicts itself
 */
export function buildGraphLossModel(
  graph: RestakingGraph,
  hazards: Hazards,
  set: ParameterSet,
  options: LossModelOptions,
  hooks: Pick<RunHooks, 'isCancelled'> = {},
): BuiltLossModel {
  return build(graph, hazards, set, options, hooks, {
    tokens: new Set(options.traded ?? graph.positions.map(({ token }) => token)),
    coversOf: describeGraphCovers,
  });
}

interface Origin {
  readonly tokens: ReadonlySet<string>;
  readonly coversOf: (context: SourceContext, sources: readonly RiskSource[]) => ModelCovers;
}

function build(
  graph: RestakingGraph,
  hazards: Hazards,
  set: ParameterSet,
  options: LossModelOptions,
  hooks: Pick<RunHooks, 'isCancelled'>,
  { tokens, coversOf }: Origin,
): BuiltLossModel {
  const { horizonYears: years, hidden = 'one-operator', includeMarket = false } = options;
  checkHorizon(years);
  const flat = flattenGraph(graph, hooks);
  const values = spreadPositions(graph, flat);
  checkStakes(graph, values);
  const book = openHazardBook(hazards, set, options);
  const names = new Map<string, string>();
  const context: SourceContext = { graph, values, book, years, names };

  const stake = listStakeSources(context);
  const unseen = hidden === 'one-operator' ? listHiddenSources(context) : { operators: [], services: [] };
  const consensus = listConsensusSources(context);
  const layers = listLayerSources(context);
  const market: MarketOptions = { tokens, shut: new Set(options.redemptionShut ?? []) };
  const found: ModelSource[] = [
    ...stake.operators,
    ...unseen.operators,
    ...consensus.operators,
    ...stake.services,
    ...unseen.services,
    ...layers.sources,
    ...consensus.shocks,
    ...(includeMarket ? listMarketSources(context, market) : []),
  ];
  const sources = found.map(({ source }) => source);
  const { covers, looseEnds } = coversOf(context, sources);
  const hiddenValues = measureHidden(context);
  return {
    model: {
      positions: values.positions,
      sources,
      rho: findRho(sources, book.residualOf('operator_fault')),
      covers,
      contagion: listContagion(context),
    },
    sources: found.map(({ info }) => info),
    leftOut: [
      ...graph.positions
        .filter(({ value }) => value === null)
        .map(({ id, name }): Omission => ({ reason: 'unvalued', id, label: name, amount: null })),
      ...(hidden === 'leave-out'
        ? hiddenValues.map(({ label, amount }): Omission => ({ reason: 'hidden', id: label, label, amount }))
        : []),
      ...layers.omitted.map(({ dependency: { id, name }, reason }): Omission => ({
        reason,
        id,
        label: name,
        amount: null,
      })),
      ...looseEnds.map(({ id, name }): Omission => ({
        reason: 'cover-hangs-outside',
        id,
        label: name,
        amount: null,
      })),
      ...listUnaskedClasses(found, includeMarket),
      ...book.listUnused().map((id): Omission => ({ reason: 'edit-unused', id, label: id, amount: null })),
    ],
    assumptions:
      hidden === 'one-operator'
        ? hiddenValues.map((value): Assumption => ({ kind: 'hidden-with-one-operator', ...value }))
        : [],
    names: Object.fromEntries(names),
    positionIds: listPositionIds(values),
    set,
    horizonYears: years,
  };
}

function checkHorizon(years: number): void {
  // Written so that NaN fails.
  if (years > 0 && years <= LONGEST_HORIZON) return;
  throw new AppError('scenario-invalid', `The horizon of ${years} years is outside the model.`, {
    help: `Choose a horizon above 0 and at most ${LONGEST_HORIZON} years.`,
  });
}

/** An operator's stake is all that stands with it, so that it cannot be less than what the positions have there. */
function checkStakes({ operators }: RestakingGraph, { byStake }: StruckValues): void {
  for (const { id, stakes } of operators) {
    for (const { vault, amount } of stakes) {
      const parts = byStake.get(keyOfStake(id, vault)) ?? [];
      const held = parts.reduce((sum, part) => sum + part.amount, 0n);
      if (held <= amount) continue;
      throw new AppError(
        'scenario-invalid',
        `The positions have more with operator ${id} than its whole stake.`,
        {
          detail: `${held.toString()} of ${amount.toString()}${vault === null ? '' : ` in ${vault}`}`,
          help: 'Give the stake of all who delegate to the operator, these positions among them.',
        },
      );
    }
  }
}

/**
 * One correlation for the whole factor: that of the residual correlation at the mean probability of the sources on it.
 */
function findRho(sources: readonly RiskSource[], residual: number): number {
  const onFactor = sources.filter(
    ({ isOnFactor, probability }) => isOnFactor && probability > 0 && probability < 1,
  );
  if (onFactor.length < 2) return 0;
  const mean = onFactor.reduce((sum, { probability }) => sum + probability, 0) / onFactor.length;
  return rhoOfResidual(mean, residual);
}

function measureHidden({ graph, values }: SourceContext): { label: string; amount: number }[] {
  return [...values.byHidden, ...values.byHiddenProvider].map(([label, parts]) => ({
    label,
    amount: Number(parts.reduce((sum, { amount }) => sum + amount, 0n)) / 10 ** graph.decimals,
  }));
}

function listUnaskedClasses(found: readonly ModelSource[], includeMarket: boolean): Omission[] {
  const hasKeys = found.some(({ info }) => info.class === 'operator_key_or_api_compromise');
  const keys: Omission = {
    reason: 'no-withdrawal-keys',
    id: 'operator_key_or_api_compromise',
    label: '',
    amount: null,
  };
  const market: Omission = { reason: 'market-apart', id: 'market_discount_open', label: '', amount: null };
  return [...(hasKeys ? [] : [keys]), ...(includeMarket ? [] : [market])];
}

function listPositionIds({ indexes }: StruckValues): string[] {
  return [...indexes].flatMap(([id, own]) => own.map(() => id));
}

/** Edges by which a fault can spread: those of collateral that is not unique, at services whose threshold is known. */
function listContagion({ graph }: SourceContext): ContagionNetwork | null {
  const services = graph.services.filter(({ threshold }) => threshold !== null);
  const numbers = new Map(services.map(({ id }, index) => [id, index]));
  const kinds = new Map(graph.operators.map(({ id, kind }) => [id, kind]));
  const merged = new Map<string, ContagionEdge>();
  for (const { operator, service, mode, allocation } of graph.edges) {
    const number = numbers.get(service);
    const isConducting = mode !== 'unique' && kinds.get(operator) === 'operator' && allocation > 0n;
    if (number === undefined || !isConducting) continue;
    const { num, den } = services[number]!.threshold!;
    const key = keyOfStake(operator, service);
    const stake = (merged.get(key)?.stake ?? 0) + Number(allocation);
    merged.set(key, {
      sourceId: nameSource('avs_operator_fault', operator),
      service: number,
      stake,
      threshold: Number(num) / Number(den),
    });
  }
  return merged.size === 0 ? null : { serviceCount: services.length, edges: [...merged.values()] };
}

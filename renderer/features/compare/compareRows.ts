/** The rows of the comparison: a protocol each, with a cell for every column, ready to be sorted and shown. Pure. */
import {
  findObservation,
  type Catalog,
  findLeastSure,
  type CatalogObservation,
  type Fact,
  type FactKey,
  type FactStatus,
  type Protocol,
} from '../../../shared/domain/catalog.ts';
import type { Position } from '../../../shared/domain/position.ts';
import { findInUnit } from '../../../shared/domain/score/score-figures.ts';
import type { ScoreRange } from '../../../shared/domain/score/score.ts';
import type { Translate } from '../../../shared/text/text.ts';
import { collate } from './collate.ts';
import { COLUMN_IDS, type ColumnId } from './compareColumns.ts';
import { formatFactFigure, formatObserved, formatPercentRange } from '../../../shared/format/catalog.ts';
import { midpoint } from './midpoint.ts';
import { feeBasisOf, splitYield, type FeeBasis } from './splitYield.ts';

export interface CompareCell {
  /** Null: not known. */
  readonly text: string | null;
  /** Why there is no text: nothing found, or no observation with a date. */
  readonly missing: 'unknown' | 'undated';
  readonly status: FactStatus | null;
  readonly asOf: string | null;
  /** What it is sorted by; null sorts last in both directions. */
  readonly order: number | string | null;
  /** Of a yield: whether the protocol's fee is taken already, and how it was measured, in the source's words. */
  readonly measured?: { readonly fee: FeeBasis; readonly label: string } | undefined;
}

export interface CompareRow {
  readonly protocol: Protocol;
  /** Place of its name among all names. */
  readonly nameRank: number;
  readonly cells: Readonly<Record<ColumnId, CompareCell>>;
  readonly score: ScoreRange | null;
  /** Symbols of what the shown portfolio holds of it. */
  readonly held: readonly string[];
  /** Lower case, for the search. */
  readonly searchText: string;
  /** All that are met among its cells. */
  readonly statuses: ReadonlySet<FactStatus>;
}

export interface RowOptions {
  readonly positions: readonly Pick<Position, 'instrument'>[];
  readonly t: Translate;
  readonly locale: string;
}

export function buildCompareRows(catalog: Catalog, options: RowOptions): readonly CompareRow[] {
  const byProtocol = Map.groupBy(catalog.observations, ({ protocol }) => protocol);
  const names = catalog.protocols.map(({ name }) => name).sort(collate);
  const ranks = new Map(names.map((name, rank) => [name, rank]));
  return catalog.protocols.map((protocol) => ({
    ...buildRow(protocol, byProtocol.get(protocol.id) ?? [], options),
    nameRank: ranks.get(protocol.name) ?? 0,
  }));
}

/** Scores change with every move of a weight; the rest of a row does not. */
export function addScores(
  rows: readonly CompareRow[],
  scores: ReadonlyMap<string, ScoreRange>,
): readonly CompareRow[] {
  return rows.map((row) => {
    const score = scores.get(row.protocol.id) ?? null;
    return { ...row, score, cells: { ...row.cells, score: makeScoreCell(score) } };
  });
}

function makeScoreCell(score: ScoreRange | null): CompareCell {
  return score === null ? plain(null) : plain(String(Math.round(score.mid)), score.mid);
}

function buildRow(
  protocol: Protocol,
  observations: readonly CatalogObservation[],
  { positions, t, locale }: RowOptions,
): Omit<CompareRow, 'nameRank'> {
  const split = splitYield(observations, protocol);
  const fact = (key: FactKey): CompareCell => makeFactCell(protocol.facts[key], t, locale);
  const paid = (one: CatalogObservation | null): CompareCell => makeYieldCell(one, locale);
  const cells: Record<ColumnId, CompareCell> = {
    score: makeScoreCell(null),
    underlying: plain(protocol.underlying),
    kind: plain(t(`catalog.kind.${protocol.kind}`)),
    yield: paid(split.total),
    yieldBase: paid(split.base),
    yieldService: paid(split.service),
    yieldEmissions: paid(split.emissions),
    emissionShare:
      split.emissionShare === null
        ? makeObservedCell(null, locale)
        : {
            ...makeObservedCell(split.emissions ?? split.base, locale),
            text: formatPercentRange(split.emissionShare.low, split.emissionShare.high, locale),
            order: midpoint(split.emissionShare),
          },
    feeOnRewards: fact('feeOnRewards'),
    exitFee: fact('exitFee'),
    exitPath: textCell(protocol.facts.exitPath),
    exitDays: fact('exitDays'),
    exitStressDays: fact('exitStressDays'),
    liquidity: textCell(protocol.facts.liquidity),
    slashingConditions: textCell(protocol.facts.slashingConditions),
    slashingMaximum: fact('slashingMaximum'),
    cover: textCell(protocol.facts.cover),
    audits: fact('audits'),
    bounty: textCell(protocol.facts.bounty),
    timelock: fact('timelock'),
    multisig: textCell(protocol.facts.multisig),
    pause: textCell(protocol.facts.pause),
    backing: textCell(protocol.facts.backing),
    dependencies: makeDependencyCell(protocol),
    tvl: makeSizeCell(protocol, observations, locale),
    incidents: makeIncidentCell(protocol, t),
  };
  const statuses = new Set<FactStatus>();
  for (const id of COLUMN_IDS) {
    const { status } = cells[id];
    if (status !== null) statuses.add(status);
  }
  return {
    protocol,
    cells,
    score: null,
    held: findHeld(protocol, positions),
    searchText: collectSearchText(protocol, t),
    statuses,
  };
}

function plain(text: string | null, order: number | string | null = text): CompareCell {
  return { text, missing: 'unknown', status: null, asOf: null, order };
}

/** With a figure: the figure. Sorted by the middle of its range; words without a number are no number. */
function makeFactCell(fact: Fact, t: Translate, locale: string): CompareCell {
  const { figure, text, status, asOf } = fact;
  return {
    text: figure === null ? text : formatFactFigure(figure, t, locale),
    missing: 'unknown',
    status: text === null ? null : status,
    asOf,
    order: figure === null ? null : midpoint(figure),
  };
}

function textCell({ text, status, asOf }: Fact): CompareCell {
  return { text, missing: 'unknown', status: text === null ? null : status, asOf, order: text };
}

function makeObservedCell(one: CatalogObservation | null, locale: string): CompareCell {
  if (one === null) return { text: null, missing: 'undated', status: null, asOf: null, order: null };
  const { status, asOf } = one;
  return { text: formatObserved(one, locale), missing: 'undated', status, asOf, order: midpoint(one) };
}

function makeYieldCell(one: CatalogObservation | null, locale: string): CompareCell {
  const cell = makeObservedCell(one, locale);
  return one === null ? cell : { ...cell, measured: { fee: feeBasisOf(one), label: one.label } };
}

/** In dollars where anybody said so: what is told in coins is shown, and not sorted among dollars. */
function makeSizeCell(
  { id }: Protocol,
  observations: readonly CatalogObservation[],
  locale: string,
): CompareCell {
  const inUsd = findInUnit(observations, id, 'tvl', 'USD');
  const cell = makeObservedCell(inUsd ?? findObservation(observations, id, 'tvl'), locale);
  return inUsd === null ? { ...cell, order: null } : cell;
}

function makeDependencyCell({ dependencies }: Protocol): CompareCell {
  const text = dependencies.length === 0 ? null : dependencies.map(({ name }) => name).join(', ');
  return { ...plain(text), status: findLeastSure(dependencies.map(({ status }) => status)) };
}

/** None recorded is none recorded, not a proof that there was none. */
function makeIncidentCell({ incidents }: Protocol, t: Translate): CompareCell {
  const text =
    incidents.length === 0
      ? t('compare.cell.noIncident')
      : t('compare.cell.incidents', { count: incidents.length });
  const statuses = incidents.map(({ status }) => status);
  return {
    ...plain(text, incidents.length),
    status: findLeastSure(statuses),
    asOf: incidents[0]?.date ?? null,
  };
}

/** Tokens by the program's instrument or their symbol; shares and stakes by the platform they stand with. */
function findHeld(protocol: Protocol, positions: RowOptions['positions']): readonly string[] {
  const symbols = positions.flatMap(({ instrument }) => {
    const isProduct = protocol.products.some(
      (product) => product.instrument === instrument.id || product.symbol === instrument.symbol,
    );
    const isStake = instrument.family === 'restaked' && instrument.id.startsWith(`${protocol.id}:`);
    return isProduct || isStake ? [instrument.symbol] : [];
  });
  return [...new Set(symbols)];
}

function collectSearchText(protocol: Protocol, t: Translate): string {
  const { name, products, issuer, underlying, kind, chains, dependencies, facts } = protocol;
  return [
    name,
    issuer,
    underlying,
    t(`catalog.kind.${kind}`),
    ...products.flatMap((product) => [product.name, product.symbol ?? '']),
    ...chains,
    ...dependencies.map((dependency) => dependency.name),
    ...Object.values(facts).map(({ text }) => text ?? ''),
  ]
    .join('\n')
    .toLowerCase();
}

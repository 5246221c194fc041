/** `ballast simulate --likelihood`: how likely losses of which size are, who causes them, and on which numbers. */
import type { Client } from '../../shared/contract/bridge.ts';
import type { PortfolioView } from '../../shared/contract/methods.ts';
import type { Exposure } from '../../shared/domain/exposure.ts';
import type { Hazards } from '../../shared/domain/hazards.ts';
import type { ParameterSet } from '../../shared/domain/loss-distribution.ts';
import type { LossStudy, MoveResult, StudiedSet, StudyRequest } from '../../shared/domain/loss-study.ts';
import { findSet } from '../../shared/domain/study-figures.ts';
import { listStudyRows, readChange, readRow } from '../../shared/domain/study-rows.ts';
import {
  countCases,
  describeAssumption,
  describeDerivation,
  describeOmission,
  describeScope,
  describeStudy,
  findPositionId,
  formatChance,
  formatEstimate,
  formatRate,
  formatRow,
  labelRow,
  markEstimate,
  nameCharged,
} from '../../shared/format/likelihood.ts';
import { namePosition } from '../../shared/format/position-name.ts';
import { stringifyForPeople } from '../report/render-json.ts';
import { listAskedSets, readMove, readStudyRequest, type LikelihoodOptions } from './likelihood-options.ts';
import { waitForJob } from './local-client.ts';
import { describeOrigin } from './positions.ts';
import { selectPortfolio, type SourceOptions } from './select-portfolio.ts';
import { formatColumns, type Terminal } from './terminal.ts';

export interface LikelihoodCommand extends SourceOptions, LikelihoodOptions {
  readonly json?: boolean | undefined;
}

/** Makes a study and returns it as it is kept. */
export async function runStudyJob(
  client: Client,
  portfolioId: string,
  request: StudyRequest,
  terminal: Terminal,
): Promise<LossStudy> {
  await waitForJob(
    client,
    () => client.call('studies.start', { portfolioId, request }),
    terminal.signal,
    ({ step, progress }) => terminal.showProgress(step, progress),
  );
  const { kept } = await client.call('studies.latest', { portfolioId });
  if (kept) return kept.study;
  throw new Error('the study that was just made is not kept');
}

async function runMoveJob(
  client: Client,
  portfolioId: string,
  options: LikelihoodOptions,
  view: PortfolioView,
  terminal: Terminal,
): Promise<MoveResult | null> {
  const move = readMove(options, view, terminal.t);
  if (move === null) return null;
  await waitForJob(
    client,
    () => client.call('studies.move', { portfolioId, move }),
    terminal.signal,
    ({ step, progress }) => terminal.showProgress(step, progress),
  );
  return (await client.call('studies.moved', { portfolioId })).result;
}

export async function runLikelihood(
  client: Client,
  options: LikelihoodCommand,
  terminal: Terminal,
): Promise<void> {
  // Before anything is read: a number that makes no sense should not cost a reading.
  const request = readStudyRequest(options);
  const portfolioId = await selectPortfolio(client, options, terminal);
  const view = await client.call('portfolios.view', { portfolioId });
  const study = await runStudyJob(client, portfolioId, request, terminal);
  const moved = await runMoveJob(client, portfolioId, options, view, terminal);
  const asked = listAskedSets(options);
  if (options.json === true) {
    const isAsked = ({ set }: { readonly set: ParameterSet }): boolean => asked.includes(set);
    const model = {
      schema: 'ballast-study/1',
      ...study,
      sets: study.sets.filter(isAsked),
      moved: moved === null ? null : { ...moved, sets: moved.sets.filter(isAsked) },
    };
    terminal.print(stringifyForPeople(model).trimEnd());
    return;
  }
  const [exposure, hazards] = await Promise.all([
    client.call('portfolios.exposure', { portfolioId }),
    client.call('hazards.get', {}),
  ]);
  terminal.print(renderStudy({ view, exposure, hazards, study, moved, asked }, terminal));
}

interface Printed {
  readonly view: PortfolioView;
  readonly exposure: Exposure;
  readonly hazards: Hazards;
  readonly study: LossStudy;
  readonly moved: MoveResult | null;
  readonly asked: readonly ParameterSet[];
}

const MOST_NAMED = 5;

function renderStudy(printed: Printed, terminal: Terminal): string {
  const { view, study, moved, asked } = printed;
  const { t } = terminal;
  const { base, others } = describeStudy(study, t, formatEstimate);
  const main = asked.includes('base') ? 'base' : (asked[0] ?? 'base');
  const set = findSet(study, main);
  return [
    describeOrigin(view, terminal),
    '',
    base,
    ...(others === null ? [] : [others]),
    describeScope(study, t),
    '',
    renderTable(study, asked, terminal),
    ...(moved === null ? [] : renderMove(moved, view, asked, terminal)),
    ...renderCharges(set, printed, terminal),
    ...renderNumbers(set, printed, terminal),
    ...renderList(
      t('likelihood.cli.assumed'),
      set.assumptions.map((assumption) => describeAssumption(assumption, t, formatEstimate)),
    ),
    ...renderList(
      t('likelihood.cli.leftOut'),
      set.leftOut.map((omission) => describeOmission(omission, t, formatEstimate)),
    ),
  ].join('\n');
}

function renderList(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)];
}

function labelOf(row: Parameters<typeof labelRow>[0], { t }: Terminal): string {
  const { label, tag } = labelRow(row, t);
  return tag === '' ? label : `${label} (${tag})`;
}

function renderTable(study: LossStudy, asked: readonly ParameterSet[], terminal: Terminal): string {
  const { t } = terminal;
  const head = [t('likelihood.cli.column.figure'), ...asked.map((set) => t(`likelihood.set.${set}`))];
  const [first = 'base'] = asked;
  const rows = listStudyRows(findSet(study, first).distribution).map((row) => [
    labelOf(row, terminal),
    ...asked.map((set) => {
      const estimate = readRow(findSet(study, set).distribution, row);
      return estimate === null ? '' : formatRow(row, estimate.value, { isBare: row.kind !== 'chance' });
    }),
  ]);
  return formatColumns([head, ...rows], new Set(head.keys().drop(1)));
}

function formatBare(eth: number): string {
  return formatEstimate(eth, { isBare: true });
}

function createNames(view: PortfolioView, t: Terminal['t']): (id: string) => string | null {
  const byId = new Map(view.positions.map((position) => [position.id, position]));
  return (id) => {
    const known = findPositionId(id, (candidate) => byId.has(candidate));
    const position = known === null ? undefined : byId.get(known);
    return position ? namePosition({ ...position, symbol: position.instrument.symbol }, t) : null;
  };
}

function renderMove(
  { move, sets }: MoveResult,
  view: PortfolioView,
  asked: readonly ParameterSet[],
  terminal: Terminal,
): readonly string[] {
  const { t } = terminal;
  const nameOf = createNames(view, t);
  const title = t('likelihood.cli.move', {
    amount: formatEstimate(move.amount),
    from: nameOf(move.fromPositionId) ?? move.fromPositionId,
    to:
      move.toPositionId === null
        ? t('likelihood.move.toEthShort')
        : (nameOf(move.toPositionId) ?? move.toPositionId),
  });
  const tables = sets
    .filter(({ set }) => asked.includes(set))
    .flatMap((moved) => {
      const head = [
        t(`likelihood.set.${moved.set}`),
        t('likelihood.move.before'),
        t('likelihood.move.after'),
        t('likelihood.cli.column.change'),
        t('likelihood.cli.column.error'),
      ];
      const rows = listStudyRows(moved.after).flatMap((row) => {
        const found = readChange(moved, row);
        if (found === null) return [];
        const { before, after, change } = found;
        const isBare = row.kind !== 'chance';
        const write = (value: number): string => formatRow(row, value, { isBare });
        const writeError = row.kind === 'chance' ? formatChance : formatBare;
        const error = change.standardError === null ? '' : writeError(change.standardError);
        return [[labelOf(row, terminal), write(before), write(after), write(change.value), error]];
      });
      return ['', formatColumns([head, ...rows], new Set(head.keys().drop(1)))];
    });
  return ['', title, ...tables];
}

/** The largest of each dimension that says something: all to one is left out. */
function renderCharges(set: StudiedSet, { view, exposure }: Printed, { t }: Terminal): readonly string[] {
  const { attributions, attributionLevel, expectedLoss } = set.distribution;
  if (expectedLoss.value === 0) return [];
  const nameOf = createNames(view, t);
  const rows = attributions.flatMap(({ dimension, rows: parts }) =>
    parts
      .slice(0, MOST_NAMED)
      .map(({ id, expectedLoss: expected, expectedShortfall }) => [
        t(`likelihood.who.dimension.${dimension}`),
        nameCharged(dimension, id, set, exposure, nameOf, t),
        markEstimate(formatEstimate(expected)),
        markEstimate(formatEstimate(expectedShortfall)),
      ]),
  );
  const title = t('likelihood.cli.who', {
    set: t(`likelihood.setLower.${set.set}`),
    cases: countCases(attributionLevel),
  });
  return ['', title, formatColumns(rows, new Set([2, 3]))];
}

function renderNumbers(set: StudiedSet, { hazards }: Printed, { t }: Terminal): readonly string[] {
  const names = new Map(hazards.classes.map(({ id, name }) => [id, name]));
  const column = (key: 'id' | 'what' | 'rate' | 'chance' | 'takes' | 'status' | 'where'): string =>
    t(`likelihood.cli.column.${key}`);
  const rows = set.sources.map((source) => [
    source.sourceId,
    `${names.get(source.class) ?? source.class}: ${source.label}`,
    formatRate(source.ratePerYear),
    markEstimate(formatChance(source.probability)),
    markEstimate(formatChance(source.severityMean)),
    `${t(`likelihood.status.${source.rateStatus}`)}, ${t(`likelihood.status.${source.severityStatus}`)}`,
    describeDerivation(source.from, t),
  ]);
  const head = [
    column('id'),
    column('what'),
    column('rate'),
    column('chance'),
    column('takes'),
    column('status'),
    column('where'),
  ];
  return [
    '',
    t('likelihood.cli.numbers', { set: t(`likelihood.setLower.${set.set}`) }),
    formatColumns([head, ...rows], new Set([2, 3, 4])),
  ];
}

/** The report model, built once and rendered as page, PDF, CSV and JSON. Pure: the clock is an input. */
import { figuresOfFacts } from '../../shared/domain/eigenlayer-facts.ts';
import { FORMULAS, sourcesOf, type Figure, type FormulaId } from '../../shared/domain/figure.ts';
import { nameAccount, nameWatched } from '../../shared/domain/names.ts';
import type { Notice } from '../../shared/domain/observation.ts';
import { isDeposit } from '../../shared/domain/position.ts';
import type { ValuedPosition } from '../../shared/domain/position-values.ts';
import type { Report, ReportSource } from '../../shared/domain/report.ts';
import type { Source } from '../../shared/domain/source.ts';

export type ReportInput = Omit<Report, 'schema' | 'formulas' | 'sources'>;

/** Every figure of the positions, once. The totals rest on these and add no source of their own. */
function listFigures(positions: readonly ValuedPosition[]): readonly Figure[] {
  return positions
    .flatMap(({ amount, rate, bookEth, bookUsd, values, restaking, request, vault, stake }) => [
      amount,
      rate,
      bookEth,
      bookUsd,
      values.marketEth,
      values.redeemableEth,
      values.afterSlashEth,
      restaking?.depositShares,
      restaking?.withdrawableShares,
      restaking?.depositScalingFactor,
      restaking?.beaconFactor,
      restaking?.maxMagnitude,
      restaking?.completableBlock,
      restaking?.slashResolution,
      request?.given,
      request?.promised,
      request?.claimableFrom,
      vault?.claimableFrom,
      vault?.earliest,
      stake?.height,
      stake?.withdrawableFrom,
      stake?.withdrawableAt,
      stake?.lossIfSlashed,
      stake?.unbondingFee,
    ])
    .filter((figure) => figure !== null && figure !== undefined);
}

function collectFormulas(figure: Figure, into: Set<FormulaId>): void {
  if (figure.basis.kind !== 'computed') return;
  into.add(figure.basis.formula);
  for (const input of figure.basis.inputs) collectFormulas(input, into);
}

function keyOf(source: Source): string {
  switch (source.kind) {
    case 'chain':
      return [
        'chain',
        source.endpoint,
        source.block.number,
        source.address,
        source.contract,
        source.call,
      ].join('|');
    case 'bitcoin':
      return ['bitcoin', source.endpoint, source.block.number, source.call].join('|');
    case 'market':
      return ['market', source.provider, source.asset, source.quote, source.at].join('|');
    case 'user':
      return ['user', source.what, source.enteredAt].join('|');
    case 'sample':
      return ['sample', source.contract, source.call].join('|');
    case 'definition':
      return ['definition', source.why].join('|');
  }
}

/** The distinct sources behind the figures, in the order met, each with the number of figures that rest on it. */
function countSources(figures: readonly Figure[]): ReportSource[] {
  const rows = new Map<string, { source: Source; figures: number }>();
  for (const figure of figures) {
    for (const [key, source] of new Map(sourcesOf(figure).map((source) => [keyOf(source), source]))) {
      const row = rows.get(key) ?? { source, figures: 0 };
      row.figures += 1;
      rows.set(key, row);
    }
  }
  return [...rows.values()];
}

const STUDY_FORMULAS = [
  'expected-loss',
  'loss-probability',
  'value-at-risk',
  'expected-shortfall',
  'largest-loss',
  'standard-error',
] as const satisfies readonly FormulaId[];

/** Formulas behind the figures and those of the columns the report adds to them, in the catalogue's order. */
function listFormulas(
  figures: readonly Figure[],
  { positions, totals, run, likelihood }: ReportInput,
): FormulaId[] {
  const used = new Set<FormulaId>();
  for (const figure of [...figures, totals.bookEth, totals.bookUsd]) collectFormulas(figure, used);
  if (positions.some(({ bookEth }) => bookEth.value !== null)) used.add('share');
  if (positions.some(({ state, restaking }) => isDeposit(state) && restaking !== null))
    used.add('lost-to-slashing');
  if (run) {
    used.add('scenario-loss');
    used.add('after-scenario');
    if (run.result.totalMarketLossWei > 0n) used.add('market-loss');
    if (run.result.totalLockedWei > 0n) used.add('locked-value');
    if (run.result.covers.length > 0) used.add('cover-payment');
  }
  if (likelihood) for (const formula of STUDY_FORMULAS) used.add(formula);
  return FORMULAS.filter((formula) => used.has(formula));
}

/** On paper an account without rows would look like one that holds nothing. */
function noteUnread({ accounts, unreadAccountIds }: ReportInput): Notice[] {
  return accounts
    .filter(({ id }) => unreadAccountIds.includes(id))
    .map((account) => ({
      code: 'partial',
      contract: nameAccount(account),
      call: nameWatched(account),
      detail: 'This account was added after the reading: nothing of it is in this report.',
    }));
}

/** Completes the model with what can be derived from it: the formulas used, the sources relied on, the accounts left out. */
export function buildReport(input: ReportInput): Report {
  const figures = [...listFigures(input.positions), ...figuresOfFacts(input.eigenlayer)];
  return {
    schema: 'ballast-report/1',
    ...input,
    notices: [...input.notices, ...noteUnread(input)],
    formulas: listFormulas(figures, input),
    sources: countSources(figures),
  };
}

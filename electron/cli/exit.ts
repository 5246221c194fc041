/** `ballast exit`: how each position gets out, how long that takes, and how much could be out by when. */
import type { Client } from '../../shared/contract/bridge.ts';
import type { PortfolioView } from '../../shared/contract/methods.ts';
import type { ExitAssumptions, ExitOverview, ExitPlan, ExitStress } from '../../shared/domain/exit.ts';
import { SHARE_UNIT } from '../../shared/domain/figure.ts';
import type { ParameterSet } from '../../shared/domain/loss-distribution.ts';
import {
  explainUnknown,
  findWeakest,
  formatLegTime,
  formatStart,
  formatTotal,
  listTold,
  nameInputAlone,
  nameLeg,
  unitOfExit,
} from '../../shared/format/exit.ts';
import { formatValue, parseDecimal } from '../../shared/format/numbers.ts';
import { namePosition } from '../../shared/format/position-name.ts';
import { stringifyForPeople } from '../report/render-json.ts';
import { describeOrigin } from './positions.ts';
import { UsageError } from './exit-codes.ts';
import { selectPortfolio, type SourceOptions } from './select-portfolio.ts';
import { formatColumns, type Terminal } from './terminal.ts';

export interface ExitOptions extends SourceOptions {
  readonly queue?: ParameterSet | undefined;
  readonly queueTimes?: string | undefined;
  readonly paused?: string | undefined;
  readonly lossRate?: string | undefined;
  readonly json?: boolean | undefined;
}

const DECIMALS = 12;

/** @throws UsageError */
function readNumber(text: string, option: string, most: number): number {
  const parsed = parseDecimal(text, DECIMALS);
  const value = parsed.ok ? Number(parsed.value) / 10 ** DECIMALS : Number.NaN;
  if (value >= 0 && value <= most) return value;
  throw new UsageError(`${option} takes a number from 0 to ${String(most)}, not “${text.slice(0, 40)}”.`);
}

const MOST_DAYS = 36_500;
const MOST_TIMES = 1_000_000;

interface Question {
  readonly assumptions: ExitAssumptions;
  readonly stress: ExitStress;
}

/** What is asked, beside what the program assumes by itself. @throws UsageError */
function readQuestion(options: ExitOptions, defaults: Question): Question {
  const { queue, queueTimes, paused, lossRate } = options;
  const days = paused === undefined || paused === 'open' ? null : readNumber(paused, '--paused', MOST_DAYS);
  return {
    assumptions: {
      ...defaults.assumptions,
      ...(queue === undefined ? {} : { queue: { kind: 'set', set: queue } }),
      ...(lossRate === undefined ? {} : { annualLossRate: readNumber(lossRate, '--loss-rate', 100) / 100 }),
    },
    stress: {
      ...defaults.stress,
      ...(queueTimes === undefined
        ? {}
        : { queueMultiple: readNumber(queueTimes, '--queue-times', MOST_TIMES) }),
      ...(paused === undefined ? {} : { pauses: [{ protocol: 'all', days }] }),
    },
  };
}

function renderPlan(plan: ExitPlan, name: string, { t }: Terminal): readonly string[] {
  const unit = unitOfExit(plan);
  const why = explainUnknown(plan, t);
  const { waiting } = plan;
  const rows = listTold(plan.legs).map((leg) => {
    const status = findWeakest([leg]);
    return [
      `  ${nameLeg(leg, t)}`,
      formatLegTime(leg, t),
      formatStart(leg, t),
      status === null ? '' : t(`exit.status.${status}`),
    ];
  });
  const head = (['step', 'takes', 'begins', 'rests'] as const).map(
    (key) => `${key === 'step' ? '  ' : ''}${t(`exit.cli.head.${key}`)}`,
  );
  const cost = waiting?.cost.typical ?? null;
  const share = waiting?.share.typical ?? null;
  return [
    '',
    t('exit.cli.position', {
      name,
      amount: plan.amount === null ? t('exit.cli.unvalued') : formatValue(plan.amount, unit),
      wait: formatTotal(plan, t),
    }),
    ...(why === null ? [] : [`  ${why}`]),
    ...(rows.length === 0 ? [] : [formatColumns([head, ...rows], new Set())]),
    ...(cost === null || share === null || cost === 0n
      ? []
      : [
          `  ${t('exit.cli.waiting', { cost: formatValue(cost, unit), share: formatValue(share, SHARE_UNIT) })}`,
        ]),
    ...(plan.doubtfulInputs.length === 0
      ? []
      : [
          `  ${t('exit.cli.doubtful', { list: plan.doubtfulInputs.map((id) => nameInputAlone(id, t)).join(', ') })}`,
        ]),
  ];
}

function renderLadder(overview: ExitOverview, { t }: Terminal): readonly string[] {
  const unit = unitOfExit(overview);
  const head = (['day', 'least', 'typical', 'most'] as const).map((key) => t(`exit.cli.columns.${key}`));
  const rows = overview.ladder.map(({ day, waited }) => [
    String(day),
    ...[waited.least, waited.typical, waited.most].map((amount) => formatValue(amount, unit)),
  ]);
  return ['', t('exit.cli.ladder'), formatColumns([head, ...rows], new Set([0, 1, 2, 3]))];
}

function renderOverview(
  view: PortfolioView,
  overview: ExitOverview,
  question: Question,
  terminal: Terminal,
): string {
  const { t } = terminal;
  const names = new Map(
    view.positions.map((position) => [
      position.id,
      namePosition({ ...position, symbol: position.instrument.symbol }, t),
    ]),
  );
  const nameOf = (id: string): string => names.get(id) ?? id;
  const listNames = (ids: readonly string[]): string => ids.map(nameOf).join('; ');
  const { queue, annualLossRate } = question.assumptions;
  const { untimedIds, unvaluedIds } = overview;
  return [
    describeOrigin(view, terminal),
    ...(queue.kind === 'set'
      ? [t('exit.cli.queue', { set: t(`exit.settings.queueSet.${queue.set}`).toLowerCase() })]
      : []),
    ...overview.plans.flatMap((plan) => renderPlan(plan, nameOf(plan.positionId), terminal)),
    ...renderLadder(overview, terminal),
    ...(untimedIds.length === 0
      ? []
      : [t('exit.ladder.untimed', { count: untimedIds.length, names: listNames(untimedIds) })]),
    ...(unvaluedIds.length === 0
      ? []
      : [t('exit.ladder.unvalued', { count: unvaluedIds.length, names: listNames(unvaluedIds) })]),
    '',
    t('exit.settings.local'),
    ...(annualLossRate === null ? [t('exit.cli.noRate')] : []),
  ].join('\n');
}

export async function runExit(client: Client, options: ExitOptions, terminal: Terminal): Promise<void> {
  // Before anything is read: a mistake on the command line should not cost a refresh.
  const question = readQuestion(options, await client.call('exits.defaults', {}));
  const portfolioId = await selectPortfolio(client, options, terminal);
  const overview = await client.call('exits.plan', { portfolioId, ...question });
  if (options.json === true) {
    terminal.print(stringifyForPeople({ schema: 'ballast-exit/1', ...question, ...overview }).trimEnd());
    return;
  }
  const view = await client.call('portfolios.view', { portfolioId });
  terminal.print(renderOverview(view, overview, question, terminal));
}

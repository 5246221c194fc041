/** `ballast simulate`: what a scenario would cost, per position, and why. */
import type { Client } from '../../shared/contract/bridge.ts';
import type { PortfolioView } from '../../shared/contract/methods.ts';
import type { Exposure } from '../../shared/domain/exposure.ts';
import { ETH_UNIT, SHARE_UNIT } from '../../shared/domain/figure.ts';
import { fractionOf } from '../../shared/domain/units.ts';
import type { Run, ScenarioResult } from '../../shared/domain/scenario.ts';
import { formatValue } from '../../shared/format/numbers.ts';
import { describeEvent, describeReason, nameOperatorByAddress } from '../../shared/format/scenario.ts';
import { stringifyForPeople } from '../report/render-json.ts';
import { asksForScenario, chooseScenario, type ScenarioOptions } from './choose-scenario.ts';
import { checkLikelihoodOptions, type LikelihoodOptions } from './likelihood-options.ts';
import { runLikelihood } from './likelihood.ts';
import { waitForJob } from './local-client.ts';
import { describeOrigin } from './positions.ts';
import { UsageError } from './exit-codes.ts';
import { selectPortfolio, type SourceOptions } from './select-portfolio.ts';
import { formatColumns, type Terminal } from './terminal.ts';

export interface SimulateOptions extends SourceOptions, ScenarioOptions, LikelihoodOptions {
  readonly json?: boolean | undefined;
}

/** Runs the chosen scenario on the portfolio and returns the kept run. */
export async function runScenarioJob(
  client: Client,
  portfolioId: string,
  options: ScenarioOptions,
  terminal: Terminal,
): Promise<Run> {
  const scenario = await chooseScenario(client, portfolioId, options);
  const job = await waitForJob(
    client,
    () => client.call('scenarios.run', { portfolioId, scenario }),
    terminal.signal,
    ({ step, progress }) => {
      terminal.showProgress(step, progress);
    },
  );
  return client.call('runs.get', { runId: job.resultId ?? '' });
}

type Labels = ReadonlyMap<string, PortfolioView['positions'][number]>;

function renderRun(view: PortfolioView, exposure: Exposure, run: Run, terminal: Terminal): string {
  const { result } = run;
  const { t } = terminal;
  const { incident } = result.scenario;
  const labels: Labels = new Map(view.positions.map((position) => [position.id, position]));
  const share = fractionOf(result.totalLossWei, result.totalBeforeWei);
  const lines = [
    describeOrigin(view, terminal),
    '',
    ...(incident ? [t('cli.replay', { title: incident.title, recorded: incident.recorded }), ''] : []),
    ...result.events.map((event, index) => {
      const note = event.note === null ? '' : ` ${t(`simulate.note.${event.note}`)}`;
      return `${String(index + 1)}. ${describeEvent(event.event, exposure, t)}${note}`;
    }),
    '',
    t('cli.lossLine', {
      loss: formatValue(result.totalLossWei, ETH_UNIT),
      before: formatValue(result.totalBeforeWei, ETH_UNIT),
      share: share === null ? '' : formatValue(share, SHARE_UNIT),
    }),
    ...renderAsides(result, terminal),
    ...renderPositions(result, labels, terminal),
    ...renderReasons(result, labels, exposure, terminal),
    ...renderLeftOut(result, labels, exposure, terminal),
  ];
  return lines.join('\n');
}

/** What stands beside the loss: a line each, where there is any. */
function renderAsides(result: ScenarioResult, { t }: Terminal): readonly string[] {
  const { totalMarketLossWei, totalLockedWei, totalAfterWei, covers } = result;
  const lines: string[] = covers.map(({ cover, paidWei }) =>
    t('cli.coverLine', { name: cover.name, amount: formatValue(paidWei, ETH_UNIT) }),
  );
  if (totalMarketLossWei > 0n) {
    lines.push(
      t('cli.marketLine', {
        loss: formatValue(totalMarketLossWei, ETH_UNIT),
        left: formatValue(totalAfterWei - totalMarketLossWei, ETH_UNIT),
      }),
    );
  }
  if (totalLockedWei > 0n) lines.push(t('cli.lockedLine', { amount: formatValue(totalLockedWei, ETH_UNIT) }));
  return lines;
}

function renderPositions(result: ScenarioResult, labels: Labels, { t }: Terminal): readonly string[] {
  const asides = (['marketLossWei', 'lockedWei', 'recoveredWei'] as const).filter((field) =>
    result.positions.some((row) => row[field] > 0n),
  );
  const touched = result.positions.filter(({ reasons }) => reasons.length > 0);
  if (touched.length === 0) return [];
  const rows = touched.map((row) => {
    const position = labels.get(row.positionId);
    return [
      position?.accountLabel ?? row.positionId,
      position?.instrument.symbol ?? '',
      ...[row.beforeWei, row.afterWei, row.lossWei, ...asides.map((field) => row[field])].map((wei) =>
        formatValue(wei, ETH_UNIT),
      ),
    ];
  });
  const head = [...(['account', 'token', 'before', 'after', 'loss'] as const), ...asides].map((key) =>
    t(`cli.column.${key}`),
  );
  return ['', formatColumns([head, ...rows], new Set(head.keys().drop(2)))];
}

function renderReasons(
  result: ScenarioResult,
  labels: Labels,
  exposure: Exposure,
  { t }: Terminal,
): readonly string[] {
  return result.positions.flatMap((row) => {
    const symbol = labels.get(row.positionId)?.instrument.symbol ?? row.positionId;
    return row.reasons.map((reason) => `  ${symbol}: ${describeReason(reason, exposure, t)}`);
  });
}

function renderLeftOut(
  result: ScenarioResult,
  labels: Labels,
  exposure: Exposure,
  { t }: Terminal,
): readonly string[] {
  const lines: string[] = [];
  const hidden = result.positions.reduce((sum, row) => sum + row.hiddenWei, 0n);
  if (hidden > 0n) lines.push('', t('cli.hidden', { amount: formatValue(hidden, ETH_UNIT) }));
  if (result.unvaluedIds.length > 0) lines.push(t('cli.unvalued', { count: result.unvaluedIds.length }));
  for (const { kind, id, problem } of result.leftOut) {
    const why = t(`simulate.contradiction.${problem}`);
    const symbol = labels.get(id)?.instrument.symbol ?? id;
    lines.push(
      kind === 'position'
        ? t('simulate.result.contradicted', { position: symbol, why })
        : t('simulate.result.operatorContradicted', { operator: nameOperatorByAddress(id, exposure), why }),
    );
  }
  return lines;
}

export async function runSimulate(
  client: Client,
  options: SimulateOptions,
  terminal: Terminal,
): Promise<void> {
  checkLikelihoodOptions(options);
  if (options.likelihood === true) {
    if (asksForScenario(options)) throw new UsageError('Use --likelihood or a scenario, not both.');
    await runLikelihood(client, options, terminal);
    return;
  }
  if (!asksForScenario(options)) {
    throw new UsageError(
      'Say what happens: --scenario NAME or --events FILE; or ask how likely it is: --likelihood.',
    );
  }
  const portfolioId = await selectPortfolio(client, options, terminal);
  const run = await runScenarioJob(client, portfolioId, options, terminal);
  if (options.json === true) {
    terminal.print(stringifyForPeople({ schema: 'ballast-run/1', ...run }).trimEnd());
    return;
  }
  const [view, exposure] = await Promise.all([
    client.call('portfolios.view', { portfolioId }),
    client.call('portfolios.exposure', { portfolioId }),
  ]);
  terminal.print(renderRun(view, exposure, run, terminal));
}

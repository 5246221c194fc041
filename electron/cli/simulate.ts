/** `ballast simulate`: what a scenario would cost, per position, and why. */
import type { Client } from '../../shared/contract/bridge.ts';
import type { PortfolioView } from '../../shared/contract/methods.ts';
import type { Exposure } from '../../shared/domain/exposure.ts';
import { ETH_UNIT, SHARE_UNIT } from '../../shared/domain/figure.ts';
import { fractionOf } from '../../shared/domain/units.ts';
import type { Run } from '../../shared/domain/scenario.ts';
import { formatValue } from '../../shared/format/numbers.ts';
import { describeEvent, describeReason } from '../../shared/format/scenario.ts';
import { stringifyForPeople } from '../report/render-json.ts';
import { chooseScenario, type CliPreset, type ScenarioOptions } from './choose-scenario.ts';
import { waitForJob } from './local-client.ts';
import { describeOrigin } from './positions.ts';
import { selectPortfolio, UsageError, type SourceOptions } from './select-portfolio.ts';
import { formatColumns, type Terminal } from './terminal.ts';

export interface SimulateOptions extends SourceOptions, ScenarioOptions {
  readonly json?: boolean | undefined;
}

/** Runs the chosen scenario on the portfolio and returns the kept run. */
export async function runScenarioJob(
  client: Client,
  portfolioId: string,
  preset: CliPreset,
  options: ScenarioOptions,
  terminal: Terminal,
): Promise<Run> {
  const scenario = await chooseScenario(client, portfolioId, preset, options);
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

function renderRun(view: PortfolioView, exposure: Exposure, run: Run, terminal: Terminal): string {
  const { result } = run;
  const labels = new Map(view.positions.map((position) => [position.id, position]));
  const lost = result.positions.filter(({ lossWei }) => lossWei > 0n);
  const rows = lost.map((row) => {
    const position = labels.get(row.positionId);
    return [
      position?.accountLabel ?? row.positionId,
      position?.instrument.symbol ?? '',
      ...[row.beforeWei, row.afterWei, row.lossWei].map((wei) => formatValue(wei, ETH_UNIT)),
    ];
  });
  const head = (['account', 'token', 'before', 'after', 'loss'] as const).map((key) =>
    terminal.t(`cli.column.${key}`),
  );
  const share = fractionOf(result.totalLossWei, result.totalBeforeWei);
  const lines = [
    describeOrigin(view, terminal),
    '',
    ...result.events.map((event, index) => {
      const note = event.note === null ? '' : ` ${terminal.t(`simulate.note.${event.note}`)}`;
      return `${String(index + 1)}. ${describeEvent(event.event, exposure, terminal.t)}${note}`;
    }),
    '',
    terminal.t('cli.lossLine', {
      loss: formatValue(result.totalLossWei, ETH_UNIT),
      before: formatValue(result.totalBeforeWei, ETH_UNIT),
      share: share === null ? '' : formatValue(share, SHARE_UNIT),
    }),
  ];
  if (rows.length > 0) lines.push('', formatColumns([head, ...rows], new Set([2, 3, 4])));
  for (const row of lost) {
    const symbol = labels.get(row.positionId)?.instrument.symbol ?? row.positionId;
    for (const reason of row.reasons)
      lines.push(`  ${symbol}: ${describeReason(reason, exposure, terminal.t)}`);
  }
  const hidden = result.positions.reduce((sum, row) => sum + row.hiddenWei, 0n);
  if (hidden > 0n) lines.push('', terminal.t('cli.hidden', { amount: formatValue(hidden, ETH_UNIT) }));
  if (result.unvaluedIds.length > 0) {
    lines.push(terminal.t('cli.unvalued', { count: result.unvaluedIds.length }));
  }
  return lines.join('\n');
}

export async function runSimulate(
  client: Client,
  options: SimulateOptions,
  terminal: Terminal,
): Promise<void> {
  if (options.scenario === undefined) throw new UsageError('Choose a scenario with --scenario.');
  const portfolioId = await selectPortfolio(client, options, terminal);
  const run = await runScenarioJob(client, portfolioId, options.scenario, options, terminal);
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

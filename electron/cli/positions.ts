/** `ballast positions`: what is held, in which state, worth what by the books. */
import type { Client } from '../../shared/contract/bridge.ts';
import type { PortfolioView } from '../../shared/contract/methods.ts';
import { nameNetwork } from '../../shared/domain/observation.ts';
import { sumValues, VALUE_KINDS } from '../../shared/domain/position-values.ts';
import type { Figure } from '../../shared/domain/figure.ts';
import { formatFigure } from '../../shared/format/numbers.ts';
import { formatInstant } from '../../shared/format/time.ts';
import { stringifyForPeople } from '../report/render-json.ts';
import { selectPortfolio, type SourceOptions } from './select-portfolio.ts';
import { formatColumns, type Terminal } from './terminal.ts';

export interface PositionsOptions extends SourceOptions {
  readonly json?: boolean | undefined;
}

function describeFigure(figure: Figure, terminal: Terminal): string {
  const text = formatFigure(figure);
  return text ?? terminal.t(`figure.reason.${figure.reason?.code ?? 'input-unknown'}`);
}

/**
 * Where the figures are from and how old they are; the sample says that it is invented. A refresh that failed since,
 * and accounts the reading does not hold, have a line each.
 */
export function describeOrigin(view: PortfolioView, terminal: Terminal): string {
  const { freshness, unreadAccountIds } = view;
  const lines = [describeReading(view, terminal)];
  if (freshness.error !== null) {
    lines.push(terminal.t('cli.stale', { message: freshness.error.message }));
  }
  if (freshness.kind === 'read' && unreadAccountIds.length > 0) {
    lines.push(terminal.t('cli.unread', { count: unreadAccountIds.length }));
  }
  return lines.join('\n');
}

function describeReading(view: PortfolioView, terminal: Terminal): string {
  const { freshness } = view;
  if (freshness.kind === 'never') return terminal.t('cli.neverRead');
  const { origin } = freshness;
  const block = origin.block.number.toString();
  const time = formatInstant(origin.block.time * 1000);
  return origin.kind === 'sample'
    ? terminal.t('cli.originSample', { block, time })
    : terminal.t('cli.originChain', { network: nameNetwork(origin), endpoint: origin.endpoint, block, time });
}

export function renderPositions(view: PortfolioView, terminal: Terminal): string {
  const rows = view.positions.map((position) => [
    position.accountLabel,
    position.instrument.symbol,
    terminal.t(`figure.state.${position.state}`),
    describeFigure(position.amount, terminal),
    describeFigure(position.bookEth, terminal),
    describeFigure(position.bookUsd, terminal),
  ]);
  const head = (['account', 'token', 'state', 'amount', 'bookEth', 'bookUsd'] as const).map((key) =>
    terminal.t(`cli.column.${key}`),
  );
  const total = [
    terminal.t('cli.total'),
    '',
    '',
    '',
    describeFigure(view.totals.bookEth, terminal),
    describeFigure(view.totals.bookUsd, terminal),
  ];
  const lines = [
    describeOrigin(view, terminal),
    '',
    formatColumns([head, ...rows, total], new Set([3, 4, 5])),
    ...describeValues(view, terminal),
  ];
  // Of what was never read nobody can say that nothing is held.
  if (view.positions.length === 0 && view.freshness.kind === 'read') {
    lines.push(terminal.t('cli.nothingHeld'));
  }
  if (view.totals.unvaluedCount > 0) {
    lines.push('', terminal.t('cli.unvalued', { count: view.totals.unvaluedCount }));
  }
  for (const notice of view.notices) {
    lines.push(`${[notice.contract, notice.call].filter(Boolean).join(' ')}: ${notice.detail}`);
  }
  return lines.join('\n');
}

/** The other three values, as totals: a column each would not fit; `--json` has them of each position. */
function describeValues({ positions }: PortfolioView, terminal: Terminal): string[] {
  if (positions.length === 0) return [];
  const sums = sumValues(positions);
  const lines = VALUE_KINDS.map((kind) => {
    const { figure, unknownCount } = sums[kind];
    const known = positions.length - unknownCount;
    return [
      terminal.t(`figure.name.${kind}`),
      describeFigure(figure, terminal),
      terminal.t('cli.knownOf', { known, count: positions.length }),
    ];
  });
  return ['', formatColumns(lines, new Set([1]))];
}

export async function runPositions(
  client: Client,
  options: PositionsOptions,
  terminal: Terminal,
): Promise<void> {
  const portfolioId = await selectPortfolio(client, options, terminal);
  const view = await client.call('portfolios.view', { portfolioId });
  terminal.print(
    options.json === true
      ? stringifyForPeople({ schema: 'ballast-positions/1', ...view }).trimEnd()
      : renderPositions(view, terminal),
  );
}

/** `ballast history`: value at each reading, and what moved it; or all of it as a file. */
import { resolve } from 'node:path';
import type { Client } from '../../shared/contract/bridge.ts';
import type {
  AttributionRow,
  HistoryBasis,
  HistoryCurrency,
  HistoryGrouping,
  HistoryView,
} from '../../shared/domain/history/history-view.ts';
import { describeNote, nameSubject, unitOfHistory } from '../../shared/format/history.ts';
import { formatValue } from '../../shared/format/numbers.ts';
import { formatDate, formatDay } from '../../shared/format/time.ts';
import { stringifyForPeople } from '../report/render-json.ts';
import { waitForJob } from './local-client.ts';
import type { FileTarget } from './report.ts';
import { UsageError } from './exit-codes.ts';
import { selectPortfolio, type SourceOptions } from './select-portfolio.ts';
import { formatColumns, type Terminal } from './terminal.ts';

export interface HistoryOptions extends SourceOptions {
  readonly currency?: HistoryCurrency | undefined;
  readonly by?: HistoryGrouping | undefined;
  readonly market?: boolean | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly csv?: string | undefined;
  readonly json?: boolean | undefined;
}

const DAY_MS = 86_400_000;

/** A day in UTC. @throws UsageError */
function readDay(text: string, option: string): number {
  const time = /^\d{4}-\d{2}-\d{2}$/u.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(time) && formatDay(time) === text) return time;
  throw new UsageError(`${option} takes a day such as 2026-11-23, not “${text.slice(0, 40)}”.`);
}

function renderTimes(view: HistoryView, { t }: Terminal): string {
  const unit = unitOfHistory(view);
  const rows = view.times.flatMap(({ at, isAfterGap }, index) => {
    const value = view.total.values[index] ?? null;
    const why = view.total.unknown.find(({ from, to }) => from <= index && index <= to)?.why;
    const shown =
      value === null
        ? t('history.chart.notKnown', { why: t(`history.why.${why ?? 'input-unknown'}`) })
        : formatValue(value, unit);
    return [...(isAfterGap ? [[t('history.cli.gap'), '']] : []), [formatDay(at), shown]];
  });
  return formatColumns([[t('history.cli.time'), t('history.subject.total')], ...rows], new Set([1]));
}

function renderRow(row: AttributionRow, view: HistoryView, { t }: Terminal): readonly string[] {
  const unit = unitOfHistory(view);
  const show = (value: bigint | null | undefined): string =>
    value === null || value === undefined ? t('history.cli.notKnown') : formatValue(value, unit);
  const { parts, before, after } = row;
  const cells =
    parts === null
      ? ['', '', row.why === null ? '' : t(`history.why.${row.why}`), '']
      : [
          parts.flows === null ? '-' : `${parts.isEstimate ? '≈ ' : ''}${show(parts.flows)}`,
          parts.rewards === null ? '-' : show(parts.rewards),
          show(parts.price),
          show(parts.mixed),
        ];
  return [nameSubject(row.subject, t), show(before), ...cells, show(after)];
}

/** Where there is nothing at all, or nothing in the days that were asked for. */
function describeNothing({ span }: HistoryView, t: Terminal['t']): string {
  if (span === null) return t('history.cli.none');
  const range = { from: formatDate(span.from), to: formatDate(span.to) };
  return `${t('history.empty.range')}. ${t('history.empty.rangeBody', range)}`;
}

function renderHistory(view: HistoryView, terminal: Terminal): string {
  const { t } = terminal;
  const [first] = view.times;
  const last = view.times.at(-1);
  const { attribution } = view;
  const columns = ['name', 'before', 'flows', 'rewards', 'price', 'mixed', 'after'] as const;
  const notes = view.notes.map((note) => describeNote(note, view, t));
  if (!first || !last) return [describeNothing(view, t), ...notes].join('\n');
  const range = { from: formatDate(first.at), to: formatDate(last.at) };
  return [
    ...notes,
    t('history.cli.range', { count: view.count, ...range }),
    '',
    renderTimes(view, terminal),
    ...(attribution === null
      ? []
      : [
          '',
          t('history.cli.moved', range),
          formatColumns(
            [
              columns.map((column) => t(`history.attribution.column.${column}`)),
              ...[...attribution.rows, attribution.total].map((row) => renderRow(row, view, terminal)),
            ],
            new Set([1, 2, 3, 4, 5, 6]),
          ),
          ...(attribution.total.leftOut > 0
            ? [t('history.attribution.leftOut', { count: attribution.total.leftOut })]
            : []),
        ]),
  ].join('\n');
}

export async function runHistory(
  client: Client,
  options: HistoryOptions,
  target: FileTarget,
  terminal: Terminal,
): Promise<void> {
  const { currency = 'USD', by = 'position', from, to, csv } = options;
  const basis: HistoryBasis = options.market === true ? 'market' : 'book';
  const range = {
    from: from === undefined ? null : readDay(from, '--from'),
    to: to === undefined ? null : readDay(to, '--to') + DAY_MS - 1,
  };
  if (range.from !== null && range.to !== null && range.from > range.to) {
    throw new UsageError('--from is after --to.');
  }
  const portfolioId = await selectPortfolio(client, options, terminal);
  if (csv !== undefined) {
    target.path = csv;
    const report = ({ step, progress }: { readonly step: string; readonly progress: number | null }): void =>
      terminal.showProgress(step, progress);
    await waitForJob(client, () => client.call('history.export', { portfolioId }), terminal.signal, report);
    terminal.warn(terminal.t('cli.wrote', { path: resolve(csv) }));
    if (options.json !== true) return;
  }
  const view = await client.call('history.view', { portfolioId, currency, groupBy: by, basis, ...range });
  if (options.json === true) {
    terminal.print(stringifyForPeople({ schema: 'ballast-history/1', ...view }).trimEnd());
    return;
  }
  terminal.print(renderHistory(view, terminal));
}

/** The holdings of a report as CSV (RFC 4180, UTF-8), a row per position, with the scenario's result beside each. */
import { formatExact } from '../../shared/format/numbers.ts';
import { ETH_UNIT, oldestTimeOf, type Figure } from '../../shared/domain/figure.ts';
import type { Position } from '../../shared/domain/position.ts';
import type { Report } from '../../shared/domain/report.ts';

const HEADER = [
  'account',
  'address',
  'instrument',
  'state',
  'amount',
  'amount_unit',
  'rate_eth',
  'book_eth',
  'book_usd',
  'after_scenario_eth',
  'loss_eth',
  'not_known',
  'read_at_utc',
  'origin',
  'block',
] as const;

/** A cell that begins like a formula is quoted as text: spreadsheets would run it. Numbers are ours and stay bare. */
function escapeText(text: string): string {
  const safe = /^[=+\-@\t\r]/u.test(text) ? `'${text}` : text;
  return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function exactOf(figure: Figure): string {
  return figure.value === null ? '' : formatExact(figure.value, figure.unit);
}

/** Which cells of the row are empty because they are not known, and why: `book_usd: no-price`. */
function listUnknowns(position: Position): string {
  const cells: readonly (readonly [string, Figure])[] = [
    ['amount', position.amount],
    ['rate_eth', position.rate],
    ['book_eth', position.bookEth],
    ['book_usd', position.bookUsd],
  ];
  return cells
    .filter(([, figure]) => figure.value === null)
    .map(([name, figure]) => `${name}: ${figure.reason?.code ?? 'not known'}`)
    .join('; ');
}

/** Empty cells are unknown, never zero; `not_known` says which and why. */
export function renderReportCsv(report: Report): Uint8Array {
  const results = new Map(report.run?.result.positions.map((result) => [result.positionId, result]));
  const origin = report.origin.kind === 'sample' ? 'invented sample' : report.origin.endpoint;
  const lines = report.positions.map((position) => {
    const result = results.get(position.id);
    const readTime = oldestTimeOf(position.amount) ?? report.readAt;
    return [
      escapeText(position.accountLabel),
      position.address,
      escapeText(position.instrument.symbol),
      position.state,
      exactOf(position.amount),
      escapeText(position.amount.unit.symbol),
      exactOf(position.rate),
      exactOf(position.bookEth),
      exactOf(position.bookUsd),
      result ? formatExact(result.afterWei, ETH_UNIT) : '',
      result ? formatExact(result.lossWei, ETH_UNIT) : '',
      escapeText(listUnknowns(position)),
      new Date(readTime).toISOString(),
      escapeText(origin),
      report.origin.block.number.toString(),
    ].join(',');
  });
  return new TextEncoder().encode([HEADER.join(','), ...lines, ''].join('\r\n'));
}

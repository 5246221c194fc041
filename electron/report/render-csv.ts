/** The holdings of a report as CSV (RFC 4180, UTF-8), a row per position, with the scenario's result beside each. */
import { formatExact } from '../../shared/format/numbers.ts';
import { ETH_UNIT, type Figure } from '../../shared/domain/figure.ts';
import type { Position } from '../../shared/domain/position.ts';
import type { Report } from '../../shared/domain/report.ts';
import type { PositionResult } from '../../shared/domain/scenario.ts';

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
  'not_visible_eth',
  'not_known',
  'estimated',
  'origin',
  'block',
  'block_time_utc',
  'read_at_utc',
] as const;

/**
 * A cell that begins like a formula is marked as text: spreadsheets would run it (OWASP, CSV Injection). Quoted is
 * whatever any reader could take for a separator, also where it is the semicolon. Numbers are ours and stay bare.
 */
function escapeText(text: string): string {
  const safe = /^[=+\-@\t\r\n＝＋－＠]/u.test(text) ? `'${text}` : text;
  return /[",;\t\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function exactOf(figure: Figure): string {
  return figure.value === null ? '' : formatExact(figure.value, figure.unit);
}

function listCells(position: Position): readonly (readonly [column: string, figure: Figure])[] {
  return [
    ['amount', position.amount],
    ['rate_eth', position.rate],
    ['book_eth', position.bookEth],
    ['book_usd', position.bookUsd],
  ];
}

/** Which cells of the row are empty because they are not known, and why: `book_usd: no-price`. */
function listUnknowns(position: Position, report: Report): string {
  const cells = listCells(position)
    .filter(([, figure]) => figure.value === null)
    .map(([column, figure]) => `${column}: ${figure.reason?.code ?? 'input-unknown'}`);
  const isLeftOut = report.run?.result.unvaluedIds.includes(position.id) ?? false;
  return [...cells, ...(isLeftOut ? ['loss_eth: input-unknown'] : [])].join('; ');
}

function listEstimates(position: Position): string {
  return listCells(position)
    .filter(([, figure]) => figure.value !== null && figure.isEstimate)
    .map(([column]) => column)
    .join('; ');
}

function writeScenarioCells(result: PositionResult | undefined): string[] {
  if (!result) return ['', '', ''];
  return [result.afterWei, result.lossWei, result.hiddenWei].map((wei) => formatExact(wei, ETH_UNIT));
}

/**
 * Empty cells are unknown, never zero; `not_known` says which and why. `not_visible_eth` is the part of
 * `after_scenario_eth` that no slash could be applied to, because what it stands on is not visible.
 */
export function renderReportCsv(report: Report): Uint8Array {
  const results = new Map(report.run?.result.positions.map((result) => [result.positionId, result]));
  const { block } = report.origin;
  const origin = report.origin.kind === 'sample' ? 'invented sample' : report.origin.endpoint;
  const lines = report.positions.map((position) =>
    [
      escapeText(position.accountLabel),
      position.address,
      escapeText(position.instrument.symbol),
      position.state,
      exactOf(position.amount),
      escapeText(position.amount.unit.symbol),
      exactOf(position.rate),
      exactOf(position.bookEth),
      exactOf(position.bookUsd),
      ...writeScenarioCells(results.get(position.id)),
      escapeText(listUnknowns(position, report)),
      escapeText(listEstimates(position)),
      escapeText(origin),
      block.number.toString(),
      new Date(block.time * 1000).toISOString(),
      new Date(report.readAt).toISOString(),
    ].join(','),
  );
  return new TextEncoder().encode([HEADER.join(','), ...lines, ''].join('\r\n'));
}

/** The holdings of a report as CSV (RFC 4180, UTF-8), a row per position, with the scenario's result beside each. */
import { formatExact } from '../../shared/format/numbers.ts';
import { ETH_UNIT, type Figure } from '../../shared/domain/figure.ts';
import type { Account } from '../../shared/domain/account.ts';
import { nameAccount, nameWatched } from '../../shared/domain/names.ts';
import type { ValuedPosition } from '../../shared/domain/position-values.ts';
import type { Report } from '../../shared/domain/report.ts';
import type { PositionResult } from '../../shared/domain/scenario.ts';
import { STUDY_COLUMNS, writeStudyCells } from './study-columns.ts';

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
  'market_eth',
  'redeemable_now_eth',
  'after_slash_eth',
  'scenario_block',
  'before_scenario_eth',
  'after_scenario_eth',
  'loss_eth',
  'not_visible_eth',
  'recovered_eth',
  'market_loss_eth',
  'locked_eth',
  'not_known',
  'estimated',
  'origin',
  'block',
  'block_time_utc',
  'read_at_utc',
  ...STUDY_COLUMNS,
] as const;

/**
 * A cell that begins like a formula is marked as text: spreadsheets would run it (OWASP, CSV Injection). Quoted is
 * whatever any reader could take for a separator, also where it is the semicolon. Numbers are ours and stay bare.
 */
export function escapeText(text: string): string {
  const safe = /^[=+\-@\t\r\n＝＋－＠]/u.test(text) ? `'${text}` : text;
  return /[",;\t\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function exactOf(figure: Figure): string {
  return figure.value === null ? '' : formatExact(figure.value, figure.unit);
}

function listCells(position: ValuedPosition): readonly (readonly [column: string, figure: Figure])[] {
  return [
    ['amount', position.amount],
    ['rate_eth', position.rate],
    ['book_eth', position.bookEth],
    ['book_usd', position.bookUsd],
    ['market_eth', position.values.marketEth],
    ['redeemable_now_eth', position.values.redeemableEth],
    ['after_slash_eth', position.values.afterSlashEth],
  ];
}

/** Which cells of the row are empty because they are not known, and why: `book_usd: no-price`. */
function listUnknowns(position: ValuedPosition, report: Report): string {
  const cells = listCells(position)
    .filter(([, figure]) => figure.value === null)
    .map(([column, figure]) => `${column}: ${figure.reason?.code ?? 'input-unknown'}`);
  return [...cells, ...listUnknownLoss(position, report)].join('; ');
}

/** The run left the position out, or was made before there was one: then it says nothing of it. */
function listUnknownLoss({ id }: ValuedPosition, { run }: Report): string[] {
  if (!run || run.result.positions.some(({ positionId }) => positionId === id)) return [];
  const { unvaluedIds, leftOut } = run.result;
  if (leftOut.some((row) => row.id === id)) return ['loss_eth: contradiction'];
  return [unvaluedIds.includes(id) ? 'loss_eth: input-unknown' : 'loss_eth: not-in-run'];
}

function listEstimates(position: ValuedPosition): string {
  return listCells(position)
    .filter(([, figure]) => figure.value !== null && figure.isEstimate)
    .map(([column]) => column)
    .join('; ');
}

function writeScenarioCells(result: PositionResult | undefined, run: Report['run']): string[] {
  if (!result || !run) return Array.from<string>({ length: 8 }).fill('');
  const { beforeWei, afterWei, lossWei, hiddenWei, recoveredWei, marketLossWei, lockedWei } = result;
  const amounts = [beforeWei, afterWei, lossWei, hiddenWei, recoveredWei, marketLossWei, lockedWei];
  const cells = amounts.map((wei) => formatExact(wei, ETH_UNIT));
  return [run.blockNumber.toString(), ...cells];
}

/** A watched account that the reading does not hold: a row of its own, because no row would read as nothing held. */
function writeUnreadAccount(account: Account): string {
  const cells = HEADER.map((column) => {
    switch (column) {
      case 'account':
        return escapeText(nameAccount(account));
      case 'address':
        return escapeText(nameWatched(account));
      case 'not_known':
        return 'account: not-read';
      default:
        return '';
    }
  });
  return cells.join(',');
}

/**
 * Empty cells are unknown, never zero; `not_known` says which and why. A run may be of an earlier block than the
 * holdings: its cells say which, and what it started from. `not_visible_eth` is the part of
 * `after_scenario_eth` that no slash could be applied to, because what it stands on is not visible. `recovered_eth` is what
 * covers paid of `loss_eth`; `market_loss_eth` and `locked_eth` are parts of `after_scenario_eth`: what it would bring less
 * if sold, and what cannot be redeemed.
 */
export function renderReportCsv(report: Report): Uint8Array {
  const results = new Map(report.run?.result.positions.map((result) => [result.positionId, result]));
  const { block } = report.origin;
  const origin = report.origin.kind === 'sample' ? 'invented sample' : report.origin.endpoint;
  const lines = report.positions.map((position) =>
    [
      escapeText(position.accountLabel),
      escapeText(position.address),
      escapeText(position.instrument.symbol),
      position.state,
      exactOf(position.amount),
      escapeText(position.amount.unit.symbol),
      exactOf(position.rate),
      exactOf(position.bookEth),
      exactOf(position.bookUsd),
      exactOf(position.values.marketEth),
      exactOf(position.values.redeemableEth),
      exactOf(position.values.afterSlashEth),
      ...writeScenarioCells(results.get(position.id), report.run),
      escapeText(listUnknowns(position, report)),
      escapeText(listEstimates(position)),
      escapeText(origin),
      block.number.toString(),
      new Date(block.time * 1000).toISOString(),
      new Date(report.readAt).toISOString(),
      ...writeStudyCells(position, report),
    ].join(','),
  );
  const unread = report.accounts
    .filter(({ id }) => report.unreadAccountIds.includes(id))
    .map(writeUnreadAccount);
  return new TextEncoder().encode([HEADER.join(','), ...lines, ...unread, ''].join('\r\n'));
}

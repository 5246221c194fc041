/** The columns of a history file, and how its cells are written so that no spreadsheet runs one as a formula. */

export const HISTORY_COLUMNS = [
  'time_utc',
  'block',
  'account',
  'address',
  'instrument',
  'symbol',
  'decimals',
  'protocol',
  'state',
  'amount',
  'rate_eth',
  'rate_btc',
  'market_eth',
  'deposit_shares',
  'withdrawable_shares',
  'book_eth',
  'book_usd',
  'eth_usd',
  'btc_usd',
  'not_known',
  'read',
  'read_at_utc',
  'origin',
] as const;
export type HistoryColumn = (typeof HISTORY_COLUMNS)[number];

/** Without these a file cannot be read; every other column may be missing. */
export const NEEDED_COLUMNS = ['time_utc', 'address', 'amount'] as const satisfies readonly HistoryColumn[];

/** In the column `state`: the row is about the account, not about a position of it. */
export const ACCOUNT_ROW = 'account';
export const SYNTHETIC_ORIGIN = 'synthetic: invented sample';

/** What a spreadsheet takes for a formula (OWASP, CSV Injection), and the mark itself, so that it can be taken off again. */
const GUARDED = /^['=+\-@\t\r\n＝＋－＠]/u;

export function writeTextCell(text: string): string {
  const safe = GUARDED.test(text) ? `'${text}` : text;
  return /[",;\t\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The text without the mark that {@link writeTextCell} put on. */
export function readTextCell(cell: string): string {
  return cell.startsWith("'") ? cell.slice(1) : cell;
}

/** A history file back into snapshots: all of it, or the first line that cannot be read and why. */
import { AppError } from '../../shared/contract/errors.ts';
import { findInstrument } from '../../shared/domain/instrument.ts';
import { POSITION_STATES, type PositionState } from '../../shared/domain/position.ts';
import {
  GAP_REASONS,
  stageOf,
  type GapReason,
  type Snapshot,
  type SnapshotAccount,
  type SnapshotPosition,
} from '../../shared/domain/history/snapshot.ts';
import { holdingKey } from '../../shared/domain/history/value-holdings.ts';
import { parseDecimal } from '../../shared/format/numbers.ts';
import { keepVisible } from '../../shared/format/visible-text.ts';
import { isWorthOneEth } from '../../shared/domain/value-rates.ts';
import { refuseSecret } from '../services/typed-text.ts';
import {
  ACCOUNT_ROW,
  HISTORY_COLUMNS,
  NEEDED_COLUMNS,
  readTextCell,
  type HistoryColumn,
} from './history-columns.ts';
import { readCsv, type CsvRow } from './read-csv.ts';

/** More snapshots than a reading an hour for five years. */
const MOST_SNAPSHOTS = 50_000;
const LONGEST_TEXT = 200;
/** Of a cell that cannot be read, in characters: far longer than any secret. */
const MOST_LOOKED_AT = 2000;
const DAY_MS = 86_400_000;

interface ImportStamp {
  readonly file: string;
  readonly importedAt: number;
}

/** @throws AppError bad-history-file, which names the line; secret-refused */
export function parseHistoryCsv(text: string, stamp: ImportStamp): readonly Snapshot[] {
  const content = readCsv(text);
  if (!content.ok) throw refuse(content.line, 'a quote is opened here and never closed');
  const [head, ...rows] = content.rows;
  if (!head) throw refuse(1, 'the file is empty');
  const columns = readHead(head);
  if (rows.length === 0) throw refuse(head.line, 'there is no row below the column names');
  const drafts = new Map<number, Draft>();
  for (const row of rows) {
    const read = readRow(row, columns);
    if (read.common.at > stamp.importedAt + DAY_MS) throw refuse(row.line, 'the time lies in the future');
    addRow(drafts, read);
  }
  if (drafts.size > MOST_SNAPSHOTS) {
    throw refuse(head.line, `the file holds ${drafts.size} times; at most ${MOST_SNAPSHOTS} can be imported`);
  }
  return [...drafts.values()].map((draft) => finish(draft, stamp)).toSorted((a, b) => a.at - b.at);
}

function refuse(line: number, problem: string): AppError {
  return new AppError('bad-history-file', `Line ${line}: ${problem}.`, {
    help: 'Nothing was imported. Correct the line and import the file again; docs/history.md has the columns.',
  });
}

function readHead({ cells, line }: CsvRow): ReadonlyMap<HistoryColumn, number> {
  const names = cells.map((cell) => cell.trim().toLowerCase());
  const columns = new Map<HistoryColumn, number>();
  for (const column of HISTORY_COLUMNS) {
    const index = names.indexOf(column);
    if (index !== -1) columns.set(column, index);
    if (names.indexOf(column, index + 1) !== -1 && index !== -1) {
      throw refuse(line, `the column ${column} is there twice`);
    }
  }
  const missing = NEEDED_COLUMNS.filter((column) => !columns.has(column));
  if (missing.length > 0) throw refuse(line, `there is no column ${missing.join(', ')}`);
  if (!columns.has('instrument') && !columns.has('symbol')) {
    throw refuse(line, 'there is no column instrument or symbol');
  }
  return columns;
}

/** One row, with everything in it read. */
interface ReadRow {
  readonly line: number;
  readonly common: Omit<Snapshot, 'schema' | 'origin' | 'accounts' | 'positions'> & { readonly said: string };
  readonly address: string;
  readonly accountName: string;
  /** What was read of the account, where the row is about it. */
  readonly read: readonly string[] | null;
  readonly position: SnapshotPosition | null;
}

function readRow({ cells, line }: CsvRow, columns: ReadonlyMap<HistoryColumn, number>): ReadRow {
  const raw = (column: HistoryColumn): string => cells[columns.get(column) ?? -1]?.trim() ?? '';
  const words = (column: HistoryColumn): string => readWords(readTextCell(raw(column)), column, line);
  const number = (column: HistoryColumn, decimals: number): bigint | null =>
    readNumber(raw(column), decimals, column, line);
  const at = readTime(raw('time_utc'), 'time_utc', line);
  const address = words('address');
  if (address === '') throw refuse(line, 'the address is empty');
  const ethUsd = readPrice(number('eth_usd', 8), 'eth_usd', line);
  const state = raw('state').toLowerCase();
  const isAccount = state === ACCOUNT_ROW;
  const reasons = readReasons(raw('not_known'), line);
  return {
    line,
    common: {
      at,
      readAt: raw('read_at_utc') === '' ? at : readTime(raw('read_at_utc'), 'read_at_utc', line),
      block: readBlock(raw('block'), line),
      ethUsd,
      btcUsd: readPrice(number('btc_usd', 8), 'btc_usd', line),
      whyNoPrice: ethUsd === null ? (reasons.get('eth_usd') ?? 'left-blank') : null,
      said: words('origin'),
    },
    address,
    accountName: words('account'),
    read: isAccount ? readTextCell(raw('read')).split(/\s+/u).filter(Boolean) : null,
    position: isAccount ? null : readPosition({ line, address, state, reasons, words, number }),
  };
}

interface PositionCells {
  readonly line: number;
  readonly address: string;
  readonly state: string;
  readonly reasons: ReadonlyMap<string, GapReason>;
  readonly words: (column: HistoryColumn) => string;
  readonly number: (column: HistoryColumn, decimals: number) => bigint | null;
}

function readPosition(cells: PositionCells): SnapshotPosition {
  const { line, address, reasons, words, number } = cells;
  const instrument = words('instrument') || words('symbol');
  if (instrument === '') throw refuse(line, 'neither instrument nor symbol is given');
  const known = findInstrument(instrument);
  const state = cells.state === '' ? 'held' : cells.state;
  if (!isState(state)) {
    throw refuse(line, `the state “${shorten(state)}” is none of ${POSITION_STATES.join(', ')}`);
  }
  const decimals = readDecimals(number('decimals', 0), line) ?? known?.decimals ?? 18;
  const amount = number('amount', decimals);
  const rate =
    readPrice(number('rate_eth', 18), 'rate_eth', line) ?? (isWorthOneEth(instrument) ? 10n ** 18n : null);
  const btcRate = readPrice(number('rate_btc', 18), 'rate_btc', line);
  const deposit = number('deposit_shares', 18);
  const withdrawable = number('withdrawable_shares', 18);
  const missing = amount === null ? 'amount' : rate === null ? 'rate_eth' : null;
  return {
    address,
    instrument,
    symbol: words('symbol') || instrument,
    decimals,
    protocol: words('protocol') || (known?.issuer ?? null),
    state,
    amount,
    rate,
    ...(btcRate === null ? {} : { btcRate }),
    market: readPrice(number('market_eth', 18), 'market_eth', line),
    shares: deposit === null || withdrawable === null ? null : { deposit, withdrawable },
    why: missing === null ? null : (reasons.get(missing) ?? 'left-blank'),
  };
}

function isState(text: string): text is PositionState {
  return POSITION_STATES.some((state) => state === text);
}

/** An error repeats the cell, on the screen and wherever errors go: a secret must not come along. */
function shorten(text: string): string {
  refuseSecret(text.slice(0, MOST_LOOKED_AT), 'label');
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

function readWords(text: string, column: HistoryColumn, line: number): string {
  if (text.length > LONGEST_TEXT) throw refuse(line, `${column} is longer than ${LONGEST_TEXT} characters`);
  // What turns letters round or cannot be seen would make one token look like another.
  return keepVisible(text);
}

/** Empty is not known. */
function readNumber(text: string, decimals: number, column: HistoryColumn, line: number): bigint | null {
  if (text === '') return null;
  const parsed = parseDecimal(text, decimals);
  if (parsed.ok) return parsed.value;
  const shown = `${column} “${shorten(text)}”`;
  switch (parsed.problem) {
    case 'negative':
      throw refuse(line, `${shown} is below zero`);
    case 'too-many-decimals':
      throw refuse(line, `${shown} has more than ${decimals} decimals`);
    case 'empty':
    case 'not-a-number':
      throw refuse(line, `${shown} is not a number such as 1234.5`);
  }
}

/** A price or rate of zero is a broken cell, not a thing worth nothing. */
function readPrice(value: bigint | null, column: HistoryColumn, line: number): bigint | null {
  if (value === 0n) throw refuse(line, `${column} is 0; leave it empty where it is not known`);
  return value;
}

function readDecimals(value: bigint | null, line: number): number | null {
  if (value === null) return null;
  if (value > 36n) throw refuse(line, `decimals may be 0 to 36, not ${value}`);
  return Number(value);
}

function readBlock(text: string, line: number): bigint | null {
  return readNumber(text, 0, 'block', line);
}

/** A day, or an instant in UTC: other forms mean other times in other places. */
const TIME = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?Z?)?$/u;

function readTime(text: string, column: HistoryColumn, line: number): number {
  if (TIME.test(text)) {
    const iso = text.replace(' ', 'T');
    const time = Date.parse(iso.includes('T') && !iso.endsWith('Z') ? `${iso}Z` : iso);
    // 31 February would become another day.
    if (!Number.isNaN(time) && time > 0 && new Date(time).toISOString().startsWith(iso.slice(0, 10)))
      return time;
  }
  throw refuse(line, `${column} “${shorten(text)}” is no time such as 2026-11-23 or 2026-11-23T17:05:00Z`);
}

/** `amount: call-failed; rate_eth: no-rate` */
function readReasons(text: string, line: number): ReadonlyMap<string, GapReason> {
  const reasons = new Map<string, GapReason>();
  for (const part of readTextCell(text).split(';')) {
    const [column = '', code = ''] = part.split(':').map((word) => word.trim());
    if (column === '') continue;
    const reason = GAP_REASONS.find((known) => known === code);
    if (!reason) throw refuse(line, `not_known “${shorten(part.trim())}” gives no reason Ballast knows`);
    reasons.set(column, reason);
  }
  return reasons;
}

interface Draft {
  readonly common: ReadRow['common'];
  readonly line: number;
  readonly accounts: Map<string, { name: string; read: Set<string>; isTold: boolean }>;
  readonly positions: SnapshotPosition[];
  /** Of the positions that an account has one of. */
  readonly keys: Set<string>;
}

const COMMON = ['block', 'ethUsd', 'btcUsd', 'readAt', 'said'] as const;
const COMMON_COLUMNS = {
  block: 'block',
  ethUsd: 'eth_usd',
  btcUsd: 'btc_usd',
  readAt: 'read_at_utc',
  said: 'origin',
} as const satisfies Record<(typeof COMMON)[number], HistoryColumn>;

/** Rows of one time are one snapshot, wherever they stand in the file. */
function addRow(drafts: Map<number, Draft>, row: ReadRow): void {
  const { common, line, address, accountName, read, position } = row;
  const draft: Draft = drafts.get(common.at) ?? {
    common,
    line,
    accounts: new Map(),
    positions: [],
    keys: new Set(),
  };
  drafts.set(common.at, draft);
  for (const key of COMMON) {
    if (draft.common[key] !== common[key]) {
      throw refuse(
        line,
        `${COMMON_COLUMNS[key]} is not the same as in line ${draft.line}, which is of the same time`,
      );
    }
  }
  const account = draft.accounts.get(address) ?? {
    name: accountName,
    read: new Set<string>(),
    isTold: false,
  };
  draft.accounts.set(address, account);
  if (read !== null) {
    if (account.isTold) throw refuse(line, 'this account was told of before, at the same time');
    account.isTold = true;
    account.name = accountName;
    account.read = new Set(read);
  }
  if (!position) return;
  const key = holdingKey(position);
  // Withdrawals queue one by one; of everything else an account has one.
  if (stageOf(position) !== 'leaving') {
    if (draft.keys.has(key)) {
      throw refuse(line, `${position.symbol} of this account was listed before, at the same time`);
    }
    draft.keys.add(key);
  }
  draft.positions.push(position);
}

/** Without a row of its own, nothing is known of an account but the positions that are listed. */
function finish({ common, accounts, positions }: Draft, stamp: ImportStamp): Snapshot {
  const { said, ...rest } = common;
  return {
    schema: 'ballast-snapshot/1',
    ...rest,
    origin: { kind: 'imported', ...stamp, said },
    accounts: [...accounts].map(([address, { name, read }]): SnapshotAccount => ({
      address,
      name,
      read: [...read],
    })),
    positions,
  };
}

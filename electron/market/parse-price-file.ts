/**
 * Reads a CSV of prices: a head with `date` and `price`, and `asset` and `quote` unless those were chosen. All of it or
 * nothing: one line that cannot be read refuses the file and says which.
 */
import { AppError } from '../../shared/contract/errors.ts';
import { assetSchema, QUOTE_DECIMALS, QUOTES, type Quote } from '../../shared/domain/market.ts';
import { roundTo } from '../../shared/format/numbers.ts';
import { quoteForeign } from '../../shared/format/visible-text.ts';
import { readCsv, type CsvRow } from '../report/read-csv.ts';
import { refuseSecret } from '../services/typed-text.ts';

export interface ImportedPrice {
  readonly asset: string;
  readonly quote: Quote;
  /** Unix milliseconds. */
  readonly at: number;
  readonly price: bigint;
}

interface Options {
  /** For files without these columns. */
  readonly asset: string | null;
  readonly quote: Quote | null;
  /** Unix milliseconds: a price of the future is refused. */
  readonly now: number;
  /** Symbols that are known: written in other letters, they are still these. */
  readonly known?: readonly string[];
}

/** Ten years of days of fifty assets: what can be read without the window standing still for long. */
const MAX_LINES = 200_000;
/** Of a cell that cannot be read, in characters: far longer than any secret. */
const MOST_LOOKED_AT = 2000;
/** Before the first exchange quoted bitcoin there was no price. */
const EARLIEST = Date.UTC(2009, 0, 1);
/** Clocks and time zones differ: a day ahead may be today somewhere. */
const MAX_AHEAD_MS = 86_400_000;
/** More digits than any price has; also keeps a hostile file from building huge numbers. */
const PRICE = /^(\d{1,30})(?:\.(\d{1,60}))?$/u;
const DATE_NAMES = ['date', 'time', 'timestamp', 'datetime'];

const HELP =
  'Nothing of the file was taken. Columns: date, asset, quote, price; docs/market.md has an example.';

function fileError(message: string, help = HELP): AppError {
  return new AppError('bad-price-file', message, { help });
}

function lineError(line: number, problem: string): AppError {
  return fileError(`Line ${line}: ${problem}`);
}

/** An error repeats the cell, on the screen and wherever errors go: a secret must not come along. */
function quote(text: string): string {
  refuseSecret(text.slice(0, MOST_LOOKED_AT), 'label');
  return `“${quoteForeign(text, 40)}”`;
}

interface Columns {
  readonly date: number;
  readonly price: number;
  readonly asset: number | null;
  readonly quote: number | null;
  readonly count: number;
}

/** @throws AppError bad-price-file, secret-refused */
export function parsePriceFile(text: string, options: Options): ImportedPrice[] {
  const content = readCsv(text);
  if (!content.ok) throw lineError(content.line, 'a quotation mark is opened here and never closed.');
  const [head, ...lines] = content.rows;
  if (!head) throw fileError('The file is empty.');
  const columns = readHead(head, options);
  if (lines.length === 0) throw fileError('The file has a head and no prices.');
  if (lines.length > MAX_LINES) {
    throw fileError(
      `The file has more than ${MAX_LINES} lines.`,
      'Nothing of the file was taken. Divide it into several, or leave out what is closer together than a day.',
    );
  }
  const symbols = new Map((options.known ?? []).map((symbol) => [symbol.toLowerCase(), symbol]));
  const prices = lines.map((row) => {
    const price = readLine(row, columns, options);
    return { ...price, asset: symbols.get(price.asset.toLowerCase()) ?? price.asset };
  });
  refuseContradictions(prices, lines);
  return prices;
}

/** Two prices of one time: nobody knows which is meant. */
function refuseContradictions(prices: readonly ImportedPrice[], lines: readonly CsvRow[]): void {
  const seen = new Map<string, number>();
  for (const [index, { asset, quote: quoted, at, price }] of prices.entries()) {
    const key = `${asset} ${quoted} ${at}`;
    const before = seen.get(key);
    if (before !== undefined && prices[before]?.price !== price) {
      throw lineError(
        lines[index]?.line ?? 0,
        `line ${lines[before]?.line ?? 0} has another price of that time.`,
      );
    }
    seen.set(key, index);
  }
}

function readHead({ cells, line }: CsvRow, options: Options): Columns {
  const names = cells.map((cell) => cell.trim().toLowerCase());
  const find = (wanted: readonly string[]): number | null => {
    const found = names.flatMap((name, index) => (wanted.includes(name) ? [index] : []));
    if (found.length > 1) throw lineError(line, `there are two columns for ${wanted[0] ?? ''}.`);
    return found[0] ?? null;
  };
  const date = find(DATE_NAMES);
  const price = find(['price']);
  if (date === null || price === null) {
    throw lineError(line, 'the first line must name the columns date and price.');
  }
  const asset = find(['asset']);
  const quoteColumn = find(['quote']);
  if (asset === null && options.asset === null) {
    throw lineError(line, 'there is no column asset; add one, or choose the asset.');
  }
  if (quoteColumn === null && options.quote === null) {
    throw lineError(line, 'there is no column quote; add one, or choose USD, ETH or BTC.');
  }
  return { date, price, asset, quote: quoteColumn, count: names.length };
}

function readLine({ cells, line }: CsvRow, columns: Columns, options: Options): ImportedPrice {
  if (cells.length !== columns.count) {
    const isComma = cells.length === columns.count + 1;
    const hint = isComma ? ' Prices are written with a point: 3120.50.' : '';
    throw lineError(line, `${cells.length} cells where the head has ${columns.count}.${hint}`);
  }
  const cell = (index: number): string => (cells[index] ?? '').trim();
  const asset = columns.asset === null ? options.asset : readAsset(cell(columns.asset), line);
  const quoted = columns.quote === null ? options.quote : readQuote(cell(columns.quote), line);
  if (asset === null || quoted === null) throw lineError(line, 'asset and quote are not known.');
  if (asset.toUpperCase() === quoted) throw lineError(line, `the price of ${quoted} is in ${quoted} itself.`);
  return {
    asset,
    quote: quoted,
    at: readTime(cell(columns.date), line, options.now),
    price: readPrice(cell(columns.price), QUOTE_DECIMALS[quoted], line),
  };
}

function readAsset(text: string, line: number): string {
  const parsed = assetSchema.safeParse(text);
  if (parsed.success) return parsed.data;
  throw lineError(line, `${quote(text)} is not a symbol such as ETH.`);
}

function readQuote(text: string, line: number): Quote {
  const found = QUOTES.find((one) => one === text.toUpperCase());
  if (found) return found;
  throw lineError(line, `prices are in USD, ETH or BTC, not in ${quote(text)}.`);
}

function readPrice(text: string, decimals: number, line: number): bigint {
  const match = PRICE.exec(text);
  if (!match) {
    const hint = text.includes(',') ? ' Write a point before the decimals and no commas: 3120.50.' : '';
    throw lineError(line, `${quote(text)} is not a price.${hint}`);
  }
  const [, whole = '', fraction = ''] = match;
  const price = roundTo(BigInt(`${whole}${fraction}`), fraction.length, decimals);
  if (price > 0n) return price;
  throw lineError(line, 'a price is above zero.');
}

const ISO = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(Z|[+-]\d{2}:\d{2})?)?$/u;

function readTime(text: string, line: number, now: number): number {
  const at = readIso(text) ?? readSeconds(text, line);
  if (at === null) {
    throw lineError(line, `${quote(text)} is not a date. Dates are 2026-11-23, or Unix seconds.`);
  }
  if (at > now + MAX_AHEAD_MS) throw lineError(line, `${quote(text)} lies in the future.`);
  if (at < EARLIEST) throw lineError(line, `${quote(text)} is before 2009.`);
  return at;
}

/** Without a time zone it is UTC, whatever the machine's is. */
function readIso(text: string): number | null {
  const match = ISO.exec(text);
  if (!match) return null;
  const [, day = '', time = '00:00', zone = 'Z'] = match;
  const at = Date.parse(`${day}T${time}${zone}`);
  if (Number.isNaN(at)) return null;
  // 31 February is not 3 March.
  return new Date(Date.parse(`${day}T00:00Z`)).toISOString().startsWith(day) ? at : null;
}

function readSeconds(text: string, line: number): number | null {
  if (/^\d{13}$/u.test(text)) throw lineError(line, 'Unix time is in seconds here, not in milliseconds.');
  return /^\d{9,11}$/u.test(text) ? Number(text) * 1000 : null;
}

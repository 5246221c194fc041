/** CSV as RFC 4180 has it, and as spreadsheets write it: commas, or semicolons where the first line has more of those. */

export interface CsvRow {
  /** Line of the file on which the row begins, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

export type CsvContent =
  | { readonly ok: true; readonly rows: readonly CsvRow[] }
  /** A quote that never closes. */
  | { readonly ok: false; readonly line: number };

function findSeparator(text: string): string {
  const end = text.search(/[\r\n]/u);
  const head = end === -1 ? text : text.slice(0, end);
  return head.split(';').length > head.split(',').length ? ';' : ',';
}

/** Every row that holds anything. */
export function readCsv(text: string): CsvContent {
  // Spreadsheets put a byte order mark in front.
  const source = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const separator = findSeparator(source);
  const rows: CsvRow[] = [];
  let cells: string[] = [];
  let cell = '';
  let line = 1;
  let firstLine = 1;
  let isQuoted = false;
  const endRow = (): void => {
    cells.push(cell);
    if (cells.some((entry) => entry.trim() !== '')) rows.push({ line: firstLine, cells });
    cells = [];
    cell = '';
  };
  for (let index = 0; index < source.length; index += 1) {
    const char = source.charAt(index);
    if (isQuoted) {
      if (char === '"' && source.charAt(index + 1) === '"') {
        cell += char;
        index += 1;
      } else if (char === '"') isQuoted = false;
      else {
        if (char === '\n') line += 1;
        cell += char;
      }
    } else if (char === '"' && cell === '') isQuoted = true;
    else if (char === separator) {
      cells.push(cell);
      cell = '';
    } else if (char === '\n' || (char === '\r' && source.charAt(index + 1) !== '\n')) {
      endRow();
      line += 1;
      firstLine = line;
    } else if (char !== '\r') cell += char;
  }
  if (isQuoted) return { ok: false, line: firstLine };
  endRow();
  return { ok: true, rows };
}

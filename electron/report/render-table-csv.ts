/** A table of the page as CSV (RFC 4180, UTF-8): a row of names, then the rows, every cell guarded as text. */
import { escapeText } from './render-csv.ts';

export function renderTableCsv(columns: readonly string[], rows: readonly (readonly string[])[]): Uint8Array {
  const lines = [columns, ...rows].map((cells) => cells.map(escapeText).join(','));
  return new TextEncoder().encode([...lines, ''].join('\r\n'));
}

/** What a table is made of, and its text form. Pure. */
import type { ReactNode } from 'react';

export type SortValue = string | number | bigint | null | undefined;

export interface TableColumn<Row> {
  readonly id: string;
  readonly header: string;
  /** A definition, on hover of the head. */
  readonly hint?: string | undefined;
  /** `end` for numbers: their digits then stand under each other. */
  readonly align?: 'start' | 'end' | undefined;
  /** Any CSS width. */
  readonly width?: string | undefined;
  readonly cell: (row: Row) => ReactNode;
  /** Makes the column sortable. What is null sorts last in both directions: it is not known, not small. */
  readonly sortValue?: ((row: Row) => SortValue) | undefined;
  /** What the column puts on the clipboard; the sort value where absent. */
  readonly copyValue?: ((row: Row) => string) | undefined;
}

/** Ascending. Text by locale, with numbers in it compared as numbers. */
export function compareValues(a: SortValue, b: SortValue): number {
  if (typeof a === 'string' && typeof b === 'string') return a.localeCompare(b, undefined, { numeric: true });
  if (a === null || a === undefined || b === null || b === undefined) return 0;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A cell must not start a formula when it is pasted into a spreadsheet, nor break the line. */
function toCell(text: string): string {
  const flat = text.replace(/[\t\r\n]+/gu, ' ');
  return /^[=@+]|^-(?!\d)/u.test(flat) ? `'${flat}` : flat;
}

function textOf<Row>(column: TableColumn<Row>, row: Row): string {
  if (column.copyValue) return column.copyValue(row);
  const value = column.sortValue?.(row);
  return value === null || value === undefined ? '' : String(value);
}

/** The table as tab-separated text, heads first, for a spreadsheet. Columns without text are left out. */
export function toTsv<Row>(columns: readonly TableColumn<Row>[], rows: readonly Row[]): string {
  const copied = columns.filter((column) => column.copyValue ?? column.sortValue);
  const lines = [
    copied.map((column) => toCell(column.header)),
    ...rows.map((row) => copied.map((column) => toCell(textOf(column, row)))),
  ];
  return lines.map((cells) => cells.join('\t')).join('\n');
}

export interface RowGroup<Item> {
  readonly key: string;
  readonly items: readonly Item[];
}

/** Groups in the order in which their first row comes. */
export function groupRows<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
): readonly RowGroup<Item>[] {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return [...groups].map(([key, grouped]) => ({ key, items: grouped }));
}

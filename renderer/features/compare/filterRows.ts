/** Which rows are shown, and in what order. Pure. */
import type { FactStatus, Protocol, ProtocolKind } from '../../../shared/domain/catalog.ts';
import { collate } from './collate.ts';
import type { SortId } from './compareColumns.ts';
import type { CompareRow } from './compareRows.ts';

export interface CompareFilter {
  readonly text: string;
  readonly asset: Protocol['asset'] | 'all';
  /** Empty: all. */
  readonly kinds: readonly ProtocolKind[];
  /** Rows with a fact of one of these; empty: all. */
  readonly statuses: readonly FactStatus[];
  readonly isHeldOnly: boolean;
  /** As typed; empty or no number: any. A way out whose length is not known passes no limit. */
  readonly maxExitDays: string;
}

export const NO_FILTER: CompareFilter = {
  text: '',
  asset: 'all',
  kinds: [],
  statuses: [],
  isHeldOnly: false,
  maxExitDays: '',
};

export interface CompareSort {
  readonly id: SortId;
  readonly isDescending: boolean;
}

export const FIRST_SORT: CompareSort = { id: 'name', isDescending: false };

/** Null where nothing that counts was typed. */
export function readMaxDays(typed: string): number | null {
  const text = typed.trim();
  if (!/^\d{1,5}(?:\.\d{1,3})?$/u.test(text)) return null;
  return Number(text);
}

export function filterCompareRows(
  rows: readonly CompareRow[],
  { text, asset, kinds, statuses, isHeldOnly, maxExitDays }: CompareFilter,
): readonly CompareRow[] {
  const words = text.toLowerCase().split(/\s+/u).filter(Boolean);
  const maxDays = readMaxDays(maxExitDays);
  return rows.filter(({ protocol, held, searchText, statuses: found }) => {
    if (isHeldOnly && held.length === 0) return false;
    if (asset !== 'all' && protocol.asset !== asset) return false;
    if (kinds.length > 0 && !kinds.includes(protocol.kind)) return false;
    if (statuses.length > 0 && !statuses.some((status) => found.has(status))) return false;
    if (maxDays !== null) {
      // The longest that is said of it: a limit is kept only where all of the range keeps it.
      const { figure } = protocol.facts.exitDays;
      if (figure === null || toDays(figure) > maxDays) return false;
    }
    return words.every((word) => searchText.includes(word));
  });
}

function toDays({ high, unit }: { readonly high: number; readonly unit: string }): number {
  return unit === 'hours' ? high / 24 : high;
}

function compareKeys(a: string | number, b: string | number): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return collate(String(a), String(b));
}

/** By the middle of a range; what is not known comes last in both directions. Equal rows by name. */
export function sortCompareRows(
  rows: readonly CompareRow[],
  { id, isDescending }: CompareSort,
): readonly CompareRow[] {
  const keyed = rows.map((row) => ({ row, key: id === 'name' ? row.nameRank : row.cells[id].order }));
  const direction = isDescending ? -1 : 1;
  keyed.sort((a, b) => {
    if (a.key === null || b.key === null) {
      if (a.key !== b.key) return a.key === null ? 1 : -1;
    } else {
      const order = compareKeys(a.key, b.key);
      if (order !== 0) return order * direction;
    }
    return a.row.nameRank - b.row.nameRank;
  });
  return keyed.map(({ row }) => row);
}

/** Names of the filters that are set: what an empty table says to clear. */
export function listSetFilters(filter: CompareFilter): readonly (keyof CompareFilter)[] {
  const set: (keyof CompareFilter)[] = [];
  if (filter.text.trim() !== '') set.push('text');
  if (filter.asset !== 'all') set.push('asset');
  if (filter.kinds.length > 0) set.push('kinds');
  if (filter.statuses.length > 0) set.push('statuses');
  if (filter.isHeldOnly) set.push('isHeldOnly');
  if (readMaxDays(filter.maxExitDays) !== null) set.push('maxExitDays');
  return set;
}

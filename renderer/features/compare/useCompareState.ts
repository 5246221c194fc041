/** What the user chose on the page: it outlives leaving the page, not the window. */
import { useCallback, useMemo } from 'react';
import { DEFAULT_WEIGHTS, type ScoreWeights } from '../../../shared/domain/score/score.ts';
import { MOST_COMPARED } from '../../../shared/domain/product-comparison.ts';
import { usePageState } from '../../state/pageState.ts';
import { FIRST_COLUMNS, type ColumnId } from './compareColumns.ts';
import type { OpenRow } from './CompareTable.tsx';
import { FIRST_SORT, NO_FILTER, type CompareFilter, type CompareSort } from './filterRows.ts';

export interface CompareState {
  readonly filter: CompareFilter;
  readonly setFilter: (filter: CompareFilter) => void;
  readonly sort: CompareSort;
  readonly setSort: (sort: CompareSort) => void;
  readonly columns: readonly ColumnId[];
  readonly setColumns: (columns: readonly ColumnId[]) => void;
  readonly open: OpenRow | null;
  readonly setOpen: (open: OpenRow | null) => void;
  /** Ids of protocols, in the order they were pinned. */
  readonly pins: readonly string[];
  readonly canPin: boolean;
  readonly togglePin: (id: string) => void;
  readonly clearPins: () => void;
  readonly weights: ScoreWeights;
  readonly setWeights: (weights: ScoreWeights) => void;
}

const NO_PINS: readonly string[] = [];

export function useCompareState(): CompareState {
  const [filter, setFilter] = usePageState<CompareFilter>('compare.filter', NO_FILTER);
  const [sort, setSort] = usePageState<CompareSort>('compare.sort', FIRST_SORT);
  const [columns, setColumns] = usePageState<readonly ColumnId[]>('compare.columns', FIRST_COLUMNS);
  const [open, setOpen] = usePageState<OpenRow | null>('compare.open', null);
  const [pins, setPins] = usePageState<readonly string[]>('compare.pins', NO_PINS);
  const [weights, setWeights] = usePageState<ScoreWeights>('compare.weights', DEFAULT_WEIGHTS);
  const canPin = pins.length < MOST_COMPARED;
  const togglePin = useCallback(
    (id: string) => {
      if (pins.includes(id)) setPins(pins.filter((pinned) => pinned !== id));
      else if (pins.length < MOST_COMPARED) setPins([...pins, id]);
    },
    [pins, setPins],
  );
  const clearPins = useCallback(() => setPins(NO_PINS), [setPins]);
  return useMemo(
    () => ({
      filter,
      setFilter,
      sort,
      setSort,
      columns,
      setColumns,
      open,
      setOpen,
      pins,
      canPin,
      togglePin,
      clearPins,
      weights,
      setWeights,
    }),
    [
      filter,
      setFilter,
      sort,
      setSort,
      columns,
      setColumns,
      open,
      setOpen,
      pins,
      canPin,
      togglePin,
      clearPins,
      weights,
      setWeights,
    ],
  );
}

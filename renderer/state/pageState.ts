/** Filters, groupings and drafts of a page: they outlive leaving the page, not the window. */
import { useCallback } from 'react';
import { create } from 'zustand';

interface PageStates {
  readonly values: Readonly<Record<string, unknown>>;
  readonly put: (key: string, value: unknown) => void;
}

const usePageStates = create<PageStates>()((set) => ({
  values: {},
  put: (key, value) => set(({ values }) => ({ values: { ...values, [key]: value } })),
}));

/**
 * Like `useState`, kept while other pages are shown. `key` names the page and the thing (`positions.group`), and is
 * always used with the same type.
 */
export function usePageState<T>(key: string, initial: T): readonly [value: T, set: (value: T) => void] {
  // One key, one type: the only writer of this key is the setter below.
  const value = usePageStates((state) =>
    Object.hasOwn(state.values, key) ? (state.values[key] as T) : initial,
  );
  const set = useCallback((next: T) => usePageStates.getState().put(key, next), [key]);
  return [value, set];
}

/** Actions that exist while a page is shown. */
import { useEffect } from 'react';
import { create } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import type { Action } from './action.ts';

interface PageActionsState {
  readonly lists: readonly (readonly Action[])[];
}

const usePageActionsStore = create<PageActionsState>()(() => ({ lists: [] }));

/** Offers these in the palette, and binds their shortcuts, while the component is mounted. Keep the list stable. */
export function useActions(actions: readonly Action[]): void {
  useEffect(() => {
    usePageActionsStore.setState(({ lists }) => ({ lists: [...lists, actions] }));
    return () => {
      usePageActionsStore.setState(({ lists }) => ({ lists: lists.filter((list) => list !== actions) }));
    };
  }, [actions]);
}

export function usePageActions(): readonly Action[] {
  return usePageActionsStore(useShallow((state) => state.lists.flat()));
}

/** The figure in the inspector, and the way that led to it. */
import { create } from 'zustand';
import type { Figure } from '../../shared/domain/figure.ts';

/** First the figure picked on the page, then each input followed from it; the last is shown. Empty: closed. */
export type InspectorStack = readonly Figure[];

interface InspectorState {
  readonly stack: InspectorStack;
  readonly open: (figure: Figure) => void;
  /** Follows an input of the shown figure. */
  readonly push: (figure: Figure) => void;
  readonly back: () => void;
  /** Returns to an earlier figure of the way. */
  readonly goTo: (index: number) => void;
  readonly close: () => void;
}

export const useInspector = create<InspectorState>()((set) => ({
  stack: [],
  open: (figure) => set({ stack: [figure] }),
  push: (figure) => set(({ stack }) => ({ stack: [...stack, figure] })),
  back: () => set(({ stack }) => ({ stack: stack.slice(0, -1) })),
  goTo: (index) => set(({ stack }) => ({ stack: stack.slice(0, index + 1) })),
  close: () => set({ stack: [] }),
}));

export function useInspectedFigure(): Figure | null {
  return useInspector((state) => state.stack.at(-1) ?? null);
}

/** Binds {@link windowRows} to an element that scrolls. */
import { useCallback, useMemo, useRef, useState, type RefCallback } from 'react';
import { windowRows, type RowWindow, type WindowInput } from './windowRows.ts';

interface View {
  readonly scrollTop: number;
  readonly viewHeight: number;
}

interface ScrollWindow extends View {
  readonly window: RowWindow;
  readonly viewWidth: number;
  /** Something inside it. */
  readonly find: (selector: string) => HTMLElement | null;
  readonly attach: RefCallback<HTMLElement>;
  readonly onScroll: () => void;
  /** From where it is to where it should be. */
  readonly scrollTo: (next: (view: View) => number) => void;
}

/** `headHeight`: of what stays at the top and covers rows. */
export function useScrollWindow(
  input: Omit<WindowInput, 'scrollTop' | 'viewHeight'>,
  headHeight: number,
): ScrollWindow {
  const host = useRef<HTMLElement | null>(null);
  const [{ scrollTop, viewHeight, viewWidth }, setView] = useState({
    scrollTop: 0,
    // Enough rows for the first paint, before the element is measured.
    viewHeight: 800,
    viewWidth: 0,
  });
  const measure = useCallback(() => {
    const element = host.current;
    if (element === null) return;
    setView({
      scrollTop: element.scrollTop,
      viewHeight: element.clientHeight - headHeight,
      viewWidth: element.clientWidth,
    });
  }, [headHeight]);
  const attach = useCallback(
    (element: HTMLElement | null) => {
      host.current = element;
      if (element === null) return;
      const observer = new ResizeObserver(measure);
      observer.observe(element);
      return () => observer.disconnect();
    },
    [measure],
  );
  const scrollTo = useCallback(
    (next: (view: View) => number) => {
      const element = host.current;
      if (element === null) return;
      const view = { scrollTop: element.scrollTop, viewHeight: element.clientHeight - headHeight };
      element.scrollTop = next(view);
      // The event of it comes a frame later; the row moved to is to be drawn now.
      measure();
    },
    [headHeight, measure],
  );
  const find = useCallback(
    (selector: string) => host.current?.querySelector<HTMLElement>(selector) ?? null,
    [],
  );
  const { count, rowHeight, openIndex, detailHeight } = input;
  const shown = useMemo(
    () => windowRows({ count, rowHeight, openIndex, detailHeight, scrollTop, viewHeight }),
    [count, rowHeight, openIndex, detailHeight, scrollTop, viewHeight],
  );
  return { window: shown, scrollTop, viewHeight, viewWidth, find, attach, onScroll: measure, scrollTo };
}

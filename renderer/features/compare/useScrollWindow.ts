/** Binds {@link windowRows} and {@link windowColumns} to an element that scrolls. */
import { useCallback, useMemo, useRef, useState, type RefCallback } from 'react';
import { windowColumns, type ColumnWindow } from './windowColumns.ts';
import { windowRows, type RowWindow, type WindowInput } from './windowRows.ts';

/** CSS pixels. */
interface View {
  readonly scrollTop: number;
  readonly scrollLeft: number;
  /** What the head leaves. */
  readonly viewHeight: number;
  readonly viewWidth: number;
  /** Of the first column, which stays at the left and covers others. */
  readonly frozenWidth: number;
  readonly rem: number;
}

interface ScrollWindow {
  readonly rows: RowWindow;
  readonly columns: ColumnWindow;
  readonly viewHeight: number;
  readonly viewWidth: number;
  /** Something inside it. */
  readonly find: (selector: string) => HTMLElement | null;
  readonly attach: RefCallback<HTMLElement>;
  readonly onScroll: () => void;
  /** From where it is to where it should be. */
  readonly scrollTo: (next: (view: View) => { readonly top: number; readonly left: number }) => void;
}

/** Enough for the first paint, before the element is measured. */
const UNMEASURED: View = {
  scrollTop: 0,
  scrollLeft: 0,
  viewHeight: 800,
  viewWidth: 1200,
  frozenWidth: 0,
  rem: 16,
};

/**
 * `headHeight`: of what stays at the top and covers rows. `widths`: of the columns beside the first, in rem.
 */
export function useScrollWindow(
  input: Omit<WindowInput, 'scrollTop' | 'viewHeight'>,
  widths: readonly number[],
  headHeight: number,
): ScrollWindow {
  const host = useRef<HTMLElement | null>(null);
  const [view, setView] = useState(UNMEASURED);
  const measure = useCallback(() => {
    if (host.current !== null) setView(measureView(host.current, headHeight));
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
  const scrollTo = useCallback<ScrollWindow['scrollTo']>(
    (next) => {
      const element = host.current;
      if (element === null) return;
      const { top, left } = next(measureView(element, headHeight));
      element.scrollTop = top;
      element.scrollLeft = left;
      // The event of it comes a frame later; the cell moved to is to be drawn now.
      measure();
    },
    [headHeight, measure],
  );
  const find = useCallback(
    (selector: string) => host.current?.querySelector<HTMLElement>(selector) ?? null,
    [],
  );
  const { count, rowHeight, openIndex, detailHeight } = input;
  const { scrollTop, scrollLeft, viewHeight, viewWidth, frozenWidth, rem } = view;
  const rows = useMemo(
    () => windowRows({ count, rowHeight, openIndex, detailHeight, scrollTop, viewHeight }),
    [count, rowHeight, openIndex, detailHeight, scrollTop, viewHeight],
  );
  const columns = useMemo(
    () =>
      windowColumns({
        widths: widths.map((width) => width * rem),
        scrollLeft,
        viewWidth: viewWidth - frozenWidth,
      }),
    [widths, rem, scrollLeft, viewWidth, frozenWidth],
  );
  return { rows, columns, viewHeight, viewWidth, find, attach, onScroll: measure, scrollTo };
}

function measureView(element: HTMLElement, headHeight: number): View {
  const { scrollTop, scrollLeft, clientHeight, clientWidth } = element;
  return {
    scrollTop,
    scrollLeft,
    viewHeight: clientHeight - headHeight,
    viewWidth: clientWidth,
    frozenWidth: element.querySelector('th')?.offsetWidth ?? 0,
    rem: parseFloat(getComputedStyle(document.documentElement).fontSize),
  };
}

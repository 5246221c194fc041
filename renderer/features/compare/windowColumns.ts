/** Which columns of a wide table are in view beside its frozen first one, so that only those are drawn. Pure. */

export interface ColumnsInput {
  /** CSS pixels, as all below; without the frozen column. */
  readonly widths: readonly number[];
  readonly scrollLeft: number;
  /** What the frozen column leaves. */
  readonly viewWidth: number;
}

export interface ColumnWindow {
  readonly first: number;
  /** Not included. */
  readonly end: number;
}

/** Drawn beyond each edge: a step of the scroll finds it there. */
const OVERSCAN = 100;

export function windowColumns({ widths, scrollLeft, viewWidth }: ColumnsInput): ColumnWindow {
  const from = scrollLeft - OVERSCAN;
  const to = scrollLeft + viewWidth + OVERSCAN;
  const edges = edgesOf(widths);
  const inView = widths.flatMap((_, index) => {
    const [left = 0, right = 0] = [edges[index], edges[index + 1]];
    return right > from && left < to ? [index] : [];
  });
  return { first: inView[0] ?? 0, end: (inView.at(-1) ?? -1) + 1 };
}

/** Where to scroll so that a column is in view; the same where it is. One wider than the view shows its beginning. */
export function scrollToColumn(index: number, { widths, scrollLeft, viewWidth }: ColumnsInput): number {
  const edges = edgesOf(widths);
  const [left, right] = [edges[index], edges[index + 1]];
  if (left === undefined || right === undefined) return scrollLeft;
  if (left < scrollLeft || right - left > viewWidth) return left;
  return right > scrollLeft + viewWidth ? right - viewWidth : scrollLeft;
}

/** The left edge of each, and the right one of the last. */
function edgesOf(widths: readonly number[]): readonly number[] {
  const edges = [0];
  for (const width of widths) edges.push((edges.at(-1) ?? 0) + width);
  return edges;
}

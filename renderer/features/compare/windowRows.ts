/** Which rows of a long table are in view, so that only those are drawn. All rows are equally high but the open one. Pure. */

export interface WindowInput {
  readonly count: number;
  /** CSS pixels, as all below. */
  readonly rowHeight: number;
  /** Row whose detail stands beneath it; -1 for none. */
  readonly openIndex: number;
  readonly detailHeight: number;
  readonly scrollTop: number;
  readonly viewHeight: number;
}

export interface RowWindow {
  readonly first: number;
  /** Not included. */
  readonly end: number;
  /** Heights that stand for the rows that are not drawn. */
  readonly before: number;
  readonly after: number;
}

/** Rows drawn beyond each edge: a step of the scroll finds them there. */
const OVERSCAN = 2;

export function windowRows(input: WindowInput): RowWindow {
  const { count, rowHeight, openIndex, detailHeight, scrollTop, viewHeight } = input;
  const topOf = (index: number): number =>
    index * rowHeight + (openIndex >= 0 && index > openIndex ? detailHeight : 0);
  const indexAt = (top: number): number => {
    const detailTop = (openIndex + 1) * rowHeight;
    if (openIndex < 0 || top < detailTop) return Math.floor(top / rowHeight);
    return Math.max(openIndex, Math.floor((top - detailHeight) / rowHeight));
  };
  const clamp = (index: number): number => Math.min(count, Math.max(0, index));
  const first = clamp(indexAt(Math.max(0, scrollTop)) - OVERSCAN);
  const end = clamp(indexAt(Math.max(0, scrollTop) + viewHeight) + 1 + OVERSCAN);
  return { first, end, before: topOf(first), after: topOf(count) - topOf(end) };
}

/** Where to scroll so that a row is in view; the same where it is. */
export function scrollToRow(
  index: number,
  { rowHeight, openIndex, detailHeight, scrollTop, viewHeight }: Omit<WindowInput, 'count'>,
): number {
  const top = index * rowHeight + (openIndex >= 0 && index > openIndex ? detailHeight : 0);
  if (top < scrollTop) return top;
  const bottom = top + rowHeight;
  return bottom > scrollTop + viewHeight ? bottom - viewHeight : scrollTop;
}

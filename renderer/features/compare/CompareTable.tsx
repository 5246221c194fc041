import { ArrowDown, ArrowUp } from 'lucide-react';
import {
  Fragment,
  memo,
  useCallback,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type CSSProperties,
  type KeyboardEvent,
  type ReactNode,
} from 'react';
import { FACT_STATUSES } from '../../../shared/domain/catalog.ts';
import { useText } from '../../state/text.ts';
import { joinClasses } from '../../ui/classes.ts';
import { createCellWords } from './cellWords.ts';
import { COLUMN_SPECS, NAME_WIDTH, type ColumnId, type SortId } from './compareColumns.ts';
import type { CompareRow } from './compareRows.ts';
import { CompareRowView } from './CompareRowView.tsx';
import styles from './CompareTable.module.css';
import { FactStatusWord } from './FactStatusMark.tsx';
import type { CompareSort } from './filterRows.ts';
import { moveCell, type GridCell } from './moveCell.ts';
import { useElementHeight } from './useElementHeight.ts';
import { useScrollWindow } from './useScrollWindow.ts';
import { scrollToColumn } from './windowColumns.ts';
import { scrollToRow } from './windowRows.ts';

const ROW_HEIGHT = 44;
const HEAD_HEIGHT = 32;
/** More than are ever drawn at a time. */
const SLOTS = 128;

/** The row that is open, and the cell that was pressed to open it. */
export interface OpenRow {
  readonly id: string;
  readonly column: ColumnId | null;
}

interface CompareTableProps {
  /** Filtered and sorted. */
  readonly rows: readonly CompareRow[];
  readonly allCount: number;
  readonly columns: readonly ColumnId[];
  readonly sort: CompareSort;
  readonly onSort: (sort: CompareSort) => void;
  readonly open: OpenRow | null;
  readonly onOpen: (open: OpenRow | null) => void;
  readonly pins: readonly string[];
  readonly canPin: boolean;
  readonly onPin: (id: string) => void;
  readonly renderDetail: (row: CompareRow, column: ColumnId | null) => ReactNode;
}

/** All protocols as a grid: the names stay in view, only what is in view is drawn, and arrows move between cells. */
export function CompareTable(props: CompareTableProps) {
  const { rows, allCount, columns, sort, onSort, open, onOpen, pins, canPin, onPin, renderDetail } = props;
  const { t } = useText();
  const words = useMemo(() => createCellWords(t), [t]);
  const [active, setActive] = useState<GridCell>({ row: 0, column: 0 });
  const openIndex = open === null ? -1 : rows.findIndex(({ protocol }) => protocol.id === open.id);
  const [detail, detailHeight] = useElementHeight();
  const layout = { rowHeight: ROW_HEIGHT, openIndex, detailHeight };
  const widths = useMemo(() => columns.map((id) => COLUMN_SPECS[id].width), [columns]);
  const { attach, onScroll, find, scrollTo, viewHeight, viewWidth, ...drawn } = useScrollWindow(
    { ...layout, count: rows.length },
    widths,
    HEAD_HEIGHT,
  );
  const { first, end, before, after } = drawn.rows;
  const focusAfter = useRef(false);
  const current = {
    row: Math.min(active.row, Math.max(0, rows.length - 1)),
    column: Math.min(active.column, columns.length),
  };

  // One cell is in the order of the tab key: where the active one is not drawn, the nearest that is.
  const tabRow = Math.min(Math.max(current.row, first), end - 1);
  const isColumnDrawn = current.column > drawn.columns.first && current.column <= drawn.columns.end;
  const tabColumn = isColumnDrawn ? current.column : 0;

  // The cell moved to may not be drawn yet: it takes the focus once it is.
  useLayoutEffect(() => {
    if (!focusAfter.current) return;
    focusAfter.current = false;
    const id = rows[current.row]?.protocol.id;
    if (id === undefined) return;
    find(`tr[data-protocol="${CSS.escape(id)}"] > [data-column="${current.column}"]`)?.focus({
      // It was scrolled to already; the browser knows nothing of what the head and the names cover.
      preventScroll: true,
    });
  });

  const toggle = useCallback(
    (id: string, column: ColumnId | null) => {
      // A press on another cell of the open row shows that fact; a second press on the same closes.
      onOpen(open?.id === id && (column === null || open.column === column) ? null : { id, column });
    },
    [open, onOpen],
  );
  const handleKey = (event: KeyboardEvent<HTMLTableSectionElement>) => {
    const { target } = event;
    // Keys pressed on a button, or in an open row's detail, are their own.
    if (!(target instanceof HTMLElement) || target.dataset['column'] === undefined) return;
    const row = rows[current.row];
    if (row === undefined) return;
    if (event.key === 'Enter') toggle(row.protocol.id, columns[current.column - 1] ?? null);
    else if (event.key === ' ') onPin(row.protocol.id);
    else if (event.key === 'Escape' && open !== null) onOpen(null);
    else {
      const page = Math.max(1, Math.floor(viewHeight / ROW_HEIGHT) - 1);
      const size = { rows: rows.length, columns: columns.length + 1, page };
      const next = moveCell(current, event.key, event.ctrlKey || event.metaKey, size);
      if (next === null) return;
      focusAfter.current = true;
      setActive(next);
      scrollTo((view) => ({
        top: scrollToRow(next.row, { ...layout, ...view }),
        left: scrollToColumn(next.column - 1, {
          widths: widths.map((width) => width * view.rem),
          scrollLeft: view.scrollLeft,
          viewWidth: view.viewWidth - view.frozenWidth,
        }),
      }));
    }
    event.preventDefault();
    // An open row closes before the inspector does.
    if (event.key === 'Escape') event.stopPropagation();
  };
  const span = columns.length + 1;
  const width = widths.reduce((sum, one) => sum + one, 0);
  // as: a custom property, which the type of styles does not know.
  const rowStyle = { '--row-height': `${ROW_HEIGHT}px` } as CSSProperties;
  return (
    <div style={rowStyle}>
      <div className={styles.scroller} ref={attach} onScroll={onScroll}>
        <table
          role="grid"
          aria-label={t('compare.table.label')}
          aria-rowcount={rows.length + 1}
          aria-colcount={span}
          className={styles.table}
          style={{ width: `calc(${width}rem + ${NAME_WIDTH})` }}
        >
          <colgroup>
            <col style={{ width: NAME_WIDTH }} />
            {columns.map((id) => (
              <col key={id} style={{ width: `${COLUMN_SPECS[id].width}rem` }} />
            ))}
          </colgroup>
          <thead>
            <tr role="row" aria-rowindex={1}>
              <HeadCell id="name" index={1} order={orderOf(sort, 'name')} onSort={onSort} />
              {columns.map((id, index) => (
                <HeadCell key={id} id={id} index={index + 2} order={orderOf(sort, id)} onSort={onSort} />
              ))}
            </tr>
          </thead>
          <tbody
            onKeyDown={handleKey}
            onFocus={({ target }) => {
              const found = placeOf(target, rows);
              if (found !== null && (found.row !== current.row || found.column !== current.column)) {
                setActive(found);
              }
            }}
          >
            <Spacer height={before} span={span} />
            {rows.slice(first, end).map((row, offset) => {
              const index = first + offset;
              const { id } = row.protocol;
              return (
                // By place: after sorting, what is drawn is written anew instead of being built anew.
                <Fragment key={index % SLOTS}>
                  <CompareRowView
                    row={row}
                    columns={columns}
                    firstColumn={drawn.columns.first}
                    endColumn={drawn.columns.end}
                    words={words}
                    ariaIndex={index + 2}
                    activeColumn={index === tabRow ? tabColumn : null}
                    isOpen={index === openIndex}
                    isPinned={pins.includes(id)}
                    canPin={canPin}
                    onOpen={toggle}
                    onPin={onPin}
                  />
                  {index === openIndex && (
                    <tr>
                      <td colSpan={span} className={styles.detailCell}>
                        <div className={styles.detail} ref={detail} style={{ width: viewWidth }}>
                          {renderDetail(row, open?.column ?? null)}
                        </div>
                      </td>
                    </tr>
                  )}
                </Fragment>
              );
            })}
            <Spacer height={after} span={span} />
          </tbody>
        </table>
      </div>
      <div className={styles.foot}>
        <span>
          {rows.length === allCount
            ? t('compare.table.shownAll', { all: allCount })
            : t('compare.table.shown', { shown: rows.length, all: allCount })}
          {'. '}
          {t('compare.table.keys')}
        </span>
        <ul className={styles.legend} aria-label={t('compare.table.legend')}>
          {FACT_STATUSES.map((status) => (
            <li key={status}>
              <FactStatusWord status={status} />
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

/** The cell an element is in; null where it is in none. */
function placeOf(element: Element, rows: readonly CompareRow[]): GridCell | null {
  const cell = element.closest<HTMLElement>('[data-column]');
  const id = cell?.closest<HTMLElement>('tr[data-protocol]')?.dataset['protocol'];
  const column = Number(cell?.dataset['column']);
  const row = rows.findIndex(({ protocol }) => protocol.id === id);
  return row < 0 || !Number.isInteger(column) ? null : { row, column };
}

/** Rows that are not drawn take their place. */
function Spacer({ height, span }: { readonly height: number; readonly span: number }) {
  if (height === 0) return null;
  return (
    <tr className={styles.spacer} aria-hidden>
      <td colSpan={span} style={{ height }} />
    </tr>
  );
}

interface HeadCellProps {
  readonly id: SortId;
  /** Place among all columns, from 1. */
  readonly index: number;
  /** Null where the table is sorted by another column. */
  readonly order: 'ascending' | 'descending' | null;
  readonly onSort: (sort: CompareSort) => void;
}

function orderOf(sort: CompareSort, id: SortId): HeadCellProps['order'] {
  if (sort.id !== id) return null;
  return sort.isDescending ? 'descending' : 'ascending';
}

/** Drawn again only where its own order changed. */
const HeadCell = memo(function HeadCell({ id, index, order, onSort }: HeadCellProps) {
  const { t } = useText();
  const isSorted = order !== null;
  const isNumber = id !== 'name' && COLUMN_SPECS[id].isNumber;
  const Arrow = order === 'ascending' ? ArrowUp : ArrowDown;
  return (
    <th
      role="columnheader"
      scope="col"
      aria-colindex={index}
      className={joinClasses(
        styles.head,
        isNumber && id !== 'score' && styles.end,
        id === 'name' && styles.frozen,
      )}
      aria-sort={order ?? undefined}
    >
      <button
        type="button"
        className={styles.sort}
        title={t(`compare.columnHint.${id}`)}
        // A number is asked for its largest first.
        onClick={() => onSort({ id, isDescending: isSorted ? order === 'ascending' : isNumber })}
      >
        {t(`compare.column.${id}`)}
        <Arrow size={12} strokeWidth={2} aria-hidden className={isSorted ? undefined : styles.noArrow} />
      </button>
    </th>
  );
});

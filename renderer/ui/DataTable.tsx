import {
  createSortedRowModel,
  rowExpandingFeature,
  rowSortingFeature,
  tableFeatures,
  useTable,
  type ColumnDef,
  type Row as TableRow,
} from '@tanstack/react-table';
import { Copy } from 'lucide-react';
import { Fragment, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useHideAmounts } from '../state/settings.ts';
import { useText } from '../state/text.ts';
import { joinClasses } from './classes.ts';
import { copyText } from './copyText.ts';
import styles from './DataTable.module.css';
import { DataTableHead } from './DataTableHead.tsx';
import { DataTableRow } from './DataTableRow.tsx';
import { IconButton } from './IconButton.tsx';
import { Skeleton } from './Skeleton.tsx';
import { compareValues, groupRows, toTsv, type TableColumn } from './tableModel.ts';

const features = tableFeatures({
  rowSortingFeature,
  rowExpandingFeature,
  sortedRowModel: createSortedRowModel(),
});
type Features = typeof features;

interface TableGroup<Row> {
  readonly keyOf: (row: Row) => string;
  readonly label: (key: string, rows: readonly Row[]) => ReactNode;
  /** Cells of the group's head by column id: subtotals. */
  readonly cells?: ((key: string, rows: readonly Row[]) => Readonly<Record<string, ReactNode>>) | undefined;
}

interface DataTableProps<Row> {
  /** What the table holds, for screen readers. */
  readonly label: string;
  readonly rows: readonly Row[];
  /** Keep it stable (module scope or useMemo). The first column stays in view when the table scrolls sideways. */
  readonly columns: readonly TableColumn<Row>[];
  readonly rowId: (row: Row) => string;
  readonly initialSort?: { readonly id: string; readonly isDescending: boolean } | undefined;
  /** Rows that are open when the table is first shown. */
  readonly initialExpandedIds?: readonly string[] | undefined;
  /** Makes rows open to what they are made of. */
  readonly renderDetail?: ((row: Row) => ReactNode) | undefined;
  readonly onRowActivate?: ((row: Row) => void) | undefined;
  readonly group?: TableGroup<Row> | undefined;
  /** Shown instead of the table where there are no rows. */
  readonly empty?: ReactNode;
  /** Cells of the foot by column id: totals. */
  readonly footer?: Readonly<Record<string, ReactNode>> | undefined;
  readonly isLoading?: boolean | undefined;
  /** Any CSS height; the head stays in view when the rows scroll. */
  readonly maxHeight?: string | undefined;
  /** Without the line that counts the rows and copies them, for a small table inside something else. */
  readonly isPlain?: boolean | undefined;
}

export function DataTable<Row extends object>(props: DataTableProps<Row>) {
  const { label, rows, columns, rowId, initialSort, renderDetail, onRowActivate, group, empty, footer } =
    props;
  const { isLoading = false, maxHeight = '72vh', isPlain = false, initialExpandedIds = [] } = props;
  const { t } = useText();
  const areAmountsHidden = useHideAmounts();
  const body = useRef<HTMLTableElement>(null);
  const [activeId, setActiveId] = useState<string | null>(null);

  const definitions = useMemo(
    () => columns.map((column): ColumnDef<Features, Row> => defineColumn(column)),
    [columns],
  );
  const data = useMemo(() => [...rows], [rows]);
  const table = useTable({
    features,
    columns: definitions,
    data,
    getRowId: rowId,
    getRowCanExpand: () => renderDetail !== undefined,
    enableSortingRemoval: false,
    // Somebody reads what is open: newer figures must not close it.
    autoResetExpanded: false,
    initialState: {
      sorting: initialSort ? [{ id: initialSort.id, desc: initialSort.isDescending }] : [],
      expanded: Object.fromEntries(initialExpandedIds.map((id) => [id, true])),
    },
  });

  if (isLoading) {
    return (
      <div className={styles.loading}>
        <Skeleton lines={8} height={20} />
      </div>
    );
  }
  if (rows.length === 0 && empty !== undefined) return empty;

  const sorted = table.getRowModel().rows;
  const groups = group ? groupRows(sorted, (row) => group.keyOf(row.original)) : [{ key: '', items: sorted }];
  const shownOrder = groups.flatMap(({ items }) => items);
  const focusableId =
    activeId !== null && shownOrder.some((row) => row.id === activeId) ? activeId : shownOrder[0]?.id;

  const copyTable = () => {
    const text = toTsv(
      columns,
      shownOrder.map((row) => row.original),
    );
    void copyText(text, {
      done: t('shell.table.copied', { count: shownOrder.length }),
      failed: t('shell.copy.failed'),
    });
  };
  const moveFocus = (step: number | 'first' | 'last') => {
    const index = shownOrder.findIndex((row) => row.id === focusableId);
    const last = shownOrder.length - 1;
    const target = step === 'first' ? 0 : step === 'last' ? last : Math.min(last, Math.max(0, index + step));
    const id = shownOrder[target]?.id;
    if (id === undefined) return;
    setActiveId(id);
    body.current?.querySelector<HTMLElement>(`tr[data-row="${CSS.escape(id)}"]`)?.focus();
  };
  const handleRowKey = (event: KeyboardEvent, row: TableRow<Features, Row>) => {
    // Keys pressed on a figure or button inside the row are its own.
    if (event.target !== event.currentTarget) return;
    const isCopy = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'c';
    if (isCopy) {
      if (!areAmountsHidden && document.getSelection()?.isCollapsed !== false) copyTable();
      return;
    }
    const handled = runRowKey(event.key, row, {
      moveFocus,
      canExpand: renderDetail !== undefined,
      onRowActivate,
    });
    if (handled) event.preventDefault();
  };

  return (
    <div className={styles.frame}>
      <div className={styles.scroller} style={{ maxHeight }}>
        <table className={styles.table} aria-label={label} ref={body}>
          <DataTableHead
            columns={columns}
            sortOf={(id) => table.getColumn(id)?.getIsSorted() ?? false}
            onSort={(id) => table.getColumn(id)?.toggleSorting()}
            hasDetail={renderDetail !== undefined}
          />
          {groups.map(({ key, items }) => (
            <tbody key={key}>
              {group && (
                <GroupHead
                  columns={columns}
                  group={group}
                  groupKey={key}
                  rows={items.map((row) => row.original)}
                />
              )}
              {items.map((row) => (
                <Fragment key={row.id}>
                  <DataTableRow
                    id={row.id}
                    row={row.original}
                    columns={columns}
                    isFocusable={row.id === focusableId}
                    isExpanded={renderDetail ? row.getIsExpanded() : null}
                    onToggle={() => row.toggleExpanded()}
                    onActivate={onRowActivate}
                    onFocus={() => setActiveId(row.id)}
                    onKeyDown={(event) => handleRowKey(event, row)}
                  />
                  {renderDetail && row.getIsExpanded() && (
                    <tr className={styles.detailRow}>
                      <td colSpan={columns.length} className={styles.detail}>
                        {renderDetail(row.original)}
                      </td>
                    </tr>
                  )}
                </Fragment>
              ))}
            </tbody>
          ))}
          {footer && (
            <tfoot>
              <tr>
                {columns.map((column, index) => (
                  <td
                    key={column.id}
                    className={joinClasses(
                      styles.cell,
                      column.align === 'end' && styles.end,
                      index === 0 && styles.frozen,
                    )}
                  >
                    {footer[column.id]}
                  </td>
                ))}
              </tr>
            </tfoot>
          )}
        </table>
      </div>
      {!isPlain && (
        <div className={styles.tools}>
          <span>{t('shell.table.rows', { count: rows.length })}</span>
          <IconButton
            icon={Copy}
            size="sm"
            label={areAmountsHidden ? t('shell.table.copyHidden') : t('shell.table.copy')}
            disabled={areAmountsHidden}
            onClick={copyTable}
          />
        </div>
      )}
    </div>
  );
}

function defineColumn<Row extends object>(column: TableColumn<Row>): ColumnDef<Features, Row> {
  return {
    id: column.id,
    header: column.header,
    accessorFn: (row) => column.sortValue?.(row) ?? undefined,
    enableSorting: column.sortValue !== undefined,
    sortDescFirst: column.align === 'end',
    sortUndefined: 'last',
    sortFn: (a, b, id) => compareValues(a.getValue(id), b.getValue(id)),
  };
}

interface RowKeyActions<Row extends object> {
  readonly moveFocus: (step: number | 'first' | 'last') => void;
  readonly canExpand: boolean;
  readonly onRowActivate: ((row: Row) => void) | undefined;
}

/** The keys of a row; true where the key was one. */
function runRowKey<Row extends object>(
  key: string,
  row: TableRow<Features, Row>,
  actions: RowKeyActions<Row>,
): boolean {
  const { moveFocus, canExpand, onRowActivate } = actions;
  switch (key) {
    case 'ArrowDown':
      moveFocus(1);
      return true;
    case 'ArrowUp':
      moveFocus(-1);
      return true;
    case 'Home':
      moveFocus('first');
      return true;
    case 'End':
      moveFocus('last');
      return true;
    case 'ArrowRight':
    case 'ArrowLeft':
      if (canExpand) row.toggleExpanded(key === 'ArrowRight');
      return canExpand;
    case 'Enter':
    case ' ':
      if (onRowActivate) onRowActivate(row.original);
      else if (canExpand) row.toggleExpanded();
      return onRowActivate !== undefined || canExpand;
    default:
      return false;
  }
}

interface GroupHeadProps<Row> {
  readonly columns: readonly TableColumn<Row>[];
  readonly group: TableGroup<Row>;
  readonly groupKey: string;
  readonly rows: readonly Row[];
}

function GroupHead<Row>({ columns, group, groupKey, rows }: GroupHeadProps<Row>) {
  const [first, ...others] = columns;
  const cells = group.cells?.(groupKey, rows) ?? {};
  return (
    <tr className={styles.groupRow}>
      <th scope="rowgroup" className={joinClasses(styles.cell, styles.frozen)}>
        {group.label(groupKey, rows)}
        {first && cells[first.id]}
      </th>
      {others.map((column) => (
        <td key={column.id} className={joinClasses(styles.cell, column.align === 'end' && styles.end)}>
          {cells[column.id]}
        </td>
      ))}
    </tr>
  );
}

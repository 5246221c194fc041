import { ArrowDown, ArrowUp } from 'lucide-react';
import { joinClasses } from './classes.ts';
import styles from './DataTable.module.css';
import type { TableColumn } from './tableModel.ts';
import { Tooltip } from './Tooltip.tsx';

interface DataTableHeadProps<Row> {
  readonly columns: readonly TableColumn<Row>[];
  readonly sortOf: (id: string) => 'asc' | 'desc' | false;
  readonly onSort: (id: string) => void;
  readonly hasDetail: boolean;
}

export function DataTableHead<Row>({ columns, sortOf, onSort, hasDetail }: DataTableHeadProps<Row>) {
  return (
    <thead>
      <tr>
        {columns.map((column, index) => {
          const sort = sortOf(column.id);
          return (
            <th
              key={column.id}
              scope="col"
              className={joinClasses(
                styles.head,
                column.align === 'end' && styles.end,
                index === 0 && styles.frozen,
                index === 0 && hasDetail && styles.withToggle,
              )}
              style={{ width: column.width }}
              aria-sort={sort === false ? undefined : sort === 'asc' ? 'ascending' : 'descending'}
            >
              <HeadLabel column={column} sort={sort} onSort={() => onSort(column.id)} />
            </th>
          );
        })}
      </tr>
    </thead>
  );
}

interface HeadLabelProps<Row> {
  readonly column: TableColumn<Row>;
  readonly sort: 'asc' | 'desc' | false;
  readonly onSort: () => void;
}

function HeadLabel<Row>({ column, sort, onSort }: HeadLabelProps<Row>) {
  if (column.sortValue === undefined) {
    return (
      <Tooltip content={column.hint}>{<span className={styles.headText}>{column.header}</span>}</Tooltip>
    );
  }
  const Arrow = sort === 'asc' ? ArrowUp : ArrowDown;
  return (
    <Tooltip content={column.hint}>
      <button type="button" className={styles.sortButton} onClick={onSort}>
        {column.header}
        <Arrow
          size={12}
          strokeWidth={2}
          aria-hidden
          className={sort === false ? styles.noArrow : styles.arrow}
        />
      </button>
    </Tooltip>
  );
}

import { ChevronRight } from 'lucide-react';
import { useId, type KeyboardEvent } from 'react';
import { useText } from '../state/text.ts';
import { joinClasses } from './classes.ts';
import styles from './DataTable.module.css';
import type { TableColumn } from './tableModel.ts';

interface DataTableRowProps<Row> {
  readonly id: string;
  readonly row: Row;
  readonly columns: readonly TableColumn<Row>[];
  /** One row at a time is in the tab order; arrows move between rows. */
  readonly isFocusable: boolean;
  /** Null: it does not open. */
  readonly isExpanded: boolean | null;
  readonly onToggle: () => void;
  readonly onActivate: ((row: Row) => void) | undefined;
  readonly onFocus: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

export function DataTableRow<Row>(props: DataTableRowProps<Row>) {
  const { id, row, columns, isFocusable, isExpanded, onToggle, onActivate, onFocus, onKeyDown } = props;
  const { t } = useText();
  const nameId = useId();
  const [first, ...others] = columns;
  const press = onActivate ? () => onActivate(row) : isExpanded === null ? undefined : onToggle;
  return (
    <tr
      data-row={id}
      tabIndex={isFocusable ? 0 : -1}
      className={joinClasses(styles.row, press && styles.pressable, isExpanded === true && styles.open)}
      onClick={press}
      onFocus={onFocus}
      onKeyDown={onKeyDown}
    >
      {first && (
        <th
          scope="row"
          className={joinClasses(styles.cell, styles.frozen, first.align === 'end' && styles.end)}
        >
          <span className={styles.firstCell}>
            {isExpanded !== null && (
              <button
                type="button"
                className={styles.toggle}
                aria-expanded={isExpanded}
                aria-label={t(isExpanded ? 'shell.table.closeRow' : 'shell.table.openRow')}
                aria-describedby={nameId}
                onClick={(event) => {
                  event.stopPropagation();
                  onToggle();
                }}
              >
                <ChevronRight size={14} strokeWidth={1.75} aria-hidden />
              </button>
            )}
            <span id={nameId}>{first.cell(row)}</span>
          </span>
        </th>
      )}
      {others.map((column) => (
        <td key={column.id} className={joinClasses(styles.cell, column.align === 'end' && styles.end)}>
          {column.cell(row)}
        </td>
      ))}
    </tr>
  );
}

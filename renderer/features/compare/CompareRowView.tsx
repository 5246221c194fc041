import { ChevronRight, Pin } from 'lucide-react';
import { memo, type ReactNode } from 'react';
import { joinClasses } from '../../ui/classes.ts';
import type { CellWords } from './cellWords.ts';
import { COLUMN_SPECS, type ColumnId } from './compareColumns.ts';
import type { CompareCell, CompareRow } from './compareRows.ts';
import styles from './CompareTable.module.css';
import { FactStatusMark, StatusText } from './FactStatusMark.tsx';
import { ScoreDot } from './ScoreDot.tsx';

interface RowHandlers {
  readonly onOpen: (id: string, column: ColumnId | null) => void;
  readonly onPin: (id: string) => void;
}

interface CompareRowViewProps extends RowHandlers {
  readonly row: CompareRow;
  readonly columns: readonly ColumnId[];
  /** Those before it, and those from `endColumn` on, are out of view. */
  readonly firstColumn: number;
  readonly endColumn: number;
  readonly words: CellWords;
  /** Place among all rows, from 1; the head is the first. */
  readonly ariaIndex: number;
  /** Column of the cell that is in the tab order, 0 being the name; null where it is in another row. */
  readonly activeColumn: number | null;
  readonly isOpen: boolean;
  readonly isPinned: boolean;
  readonly canPin: boolean;
}

/** Drawn again only where something of this row changed: five hundred of them are scrolled through. */
export const CompareRowView = memo(function CompareRowView(props: CompareRowViewProps) {
  const { row, columns, firstColumn, endColumn, words, ariaIndex, activeColumn } = props;
  const { isOpen, isPinned, canPin, onOpen, onPin } = props;
  const { id } = row.protocol;
  return (
    <tr
      role="row"
      data-protocol={id}
      aria-rowindex={ariaIndex}
      aria-selected={isPinned}
      className={joinClasses(styles.row, isOpen && styles.open, isPinned && styles.pinned)}
    >
      <th
        role="rowheader"
        scope="row"
        aria-colindex={1}
        data-column={0}
        data-name={row.protocol.name}
        tabIndex={activeColumn === 0 ? 0 : -1}
        className={joinClasses(styles.cell, styles.frozen)}
        onClick={() => onOpen(id, null)}
      >
        <NameCell
          row={row}
          words={words}
          isOpen={isOpen}
          isPinned={isPinned}
          canPin={canPin}
          isTabbable={activeColumn !== null}
          onToggle={() => onOpen(id, null)}
          onPin={() => onPin(id)}
        />
      </th>
      <Gap span={firstColumn} />
      {columns.slice(firstColumn, endColumn).map((column, offset) => {
        const index = firstColumn + offset;
        const cell = row.cells[column];
        return (
          <td
            key={column}
            role="gridcell"
            aria-colindex={index + 2}
            data-column={index + 1}
            tabIndex={activeColumn === index + 1 ? 0 : -1}
            className={joinClasses(
              styles.cell,
              COLUMN_SPECS[column].isNumber && column !== 'score' && styles.end,
            )}
            title={makeTip(cell, words)}
            onClick={() => onOpen(id, column)}
          >
            {/* What is in it is laid out apart from the table, and only where it is in view. */}
            <div className={styles.box}>
              {column === 'score' ? (
                <ScoreDot score={row.score} />
              ) : (
                <CellValue cell={cell} column={column} words={words} />
              )}
            </div>
          </td>
        );
      })}
      <Gap span={columns.length - endColumn} />
    </tr>
  );
});

/** Columns that are not drawn take their place. */
function Gap({ span }: { readonly span: number }) {
  return span > 0 ? <td aria-hidden colSpan={span} className={styles.gap} /> : null;
}

interface CellValueProps {
  readonly cell: CompareCell;
  readonly column: ColumnId;
  readonly words: CellWords;
}

/** Letters that stand in a line, for each rem of a column. */
const LETTERS_PER_REM = 2.1;
/** Room a mark of the status takes, with the word that no longer fits beside it. */
const MARK_LETTERS = 5;

/** What fits: the rest would be laid out only to be cut. All of it is in the tip and in the row's detail. */
function shorten(text: string, column: ColumnId, lines: number, hasMark: boolean): string {
  const length =
    Math.floor(COLUMN_SPECS[column].width * LETTERS_PER_REM) * lines - (hasMark ? MARK_LETTERS : 0);
  return text.length <= length ? text : `${text.slice(0, length - 1).trimEnd()}…`;
}

/** Of one shape whatever is in it: after sorting only words and classes change. */
function CellValue({ cell, column, words }: CellValueProps): ReactNode {
  const { text, status, missing, order, measured } = cell;
  const isDoubted = status === 'disputed' || status === 'unconfirmed';
  // Words that stand where others have a number take two lines, as words do.
  const isNumber = COLUMN_SPECS[column].isNumber && order !== null;
  const hasSecondLine = isDoubted || measured !== undefined;
  const lines = isNumber || hasSecondLine ? 1 : 2;
  const hasMark = status !== null && !isDoubted;
  return (
    <>
      <span
        className={
          text === null
            ? styles.missing
            : joinClasses(
                isNumber ? styles.number : styles.words,
                hasSecondLine && (isNumber ? styles.firstLine : styles.onlyLine),
              )
        }
      >
        {hasMark && <FactStatusMark status={status} label={words.status[status]} />}
        {text === null ? words.missing[missing] : shorten(text, column, lines, hasMark && !isNumber)}
      </span>
      {isDoubted ? (
        <StatusText status={status} word={words.status[status]} hint={words.statusHint[status]} />
      ) : (
        measured !== undefined && <span className={styles.second}>{words.fee[measured.fee]}</span>
      )}
    </>
  );
}

/** One tip for all: what is cut, how it was measured, how sure it is, and of when. */
function makeTip({ text, status, asOf, measured }: CompareCell, words: CellWords): string | undefined {
  if (text === null) return undefined;
  const lines = [text];
  if (measured !== undefined) lines.push(`${words.feeHint[measured.fee]}: ${measured.label}.`);
  if (status !== null) lines.push(`${words.status[status]}. ${words.date(asOf)}.`);
  return lines.join('\n');
}

interface NameCellProps {
  readonly row: CompareRow;
  readonly words: CellWords;
  readonly isOpen: boolean;
  readonly isPinned: boolean;
  readonly canPin: boolean;
  readonly isTabbable: boolean;
  readonly onToggle: () => void;
  readonly onPin: () => void;
}

function NameCell({ row, words, isOpen, isPinned, canPin, isTabbable, onToggle, onPin }: NameCellProps) {
  const { protocol, held } = row;
  const { name } = protocol;
  const symbols = protocol.products.map((product) => product.symbol ?? product.name).join(', ');
  const pinLabel = isPinned ? words.unpin(name) : canPin ? words.pin(name) : words.pinFull;
  return (
    <span className={joinClasses(styles.box, styles.nameCell)}>
      <button
        type="button"
        className={styles.toggle}
        aria-expanded={isOpen}
        aria-label={isOpen ? words.close(name) : words.open(name)}
        tabIndex={isTabbable ? 0 : -1}
        onClick={(event) => {
          event.stopPropagation();
          onToggle();
        }}
      >
        <ChevronRight size={14} strokeWidth={1.75} aria-hidden />
      </button>
      <span className={styles.names} title={`${name}\n${symbols}`}>
        <span className={styles.name} style={{ display: 'block' }}>
          {name}
        </span>
        <span className={styles.products}>
          <span className={styles.symbols}>{symbols}</span>
          {held.length > 0 && (
            <span className={styles.held} title={words.heldHint(held.join(', '))}>
              {words.held}
            </span>
          )}
        </span>
      </span>
      <button
        type="button"
        className={joinClasses(styles.toggle, styles.pin)}
        aria-pressed={isPinned}
        aria-label={pinLabel}
        title={pinLabel}
        disabled={!isPinned && !canPin}
        tabIndex={isTabbable ? 0 : -1}
        onClick={(event) => {
          event.stopPropagation();
          onPin();
        }}
      >
        <Pin size={13} strokeWidth={1.75} fill={isPinned ? 'currentColor' : 'none'} aria-hidden />
      </button>
    </span>
  );
}

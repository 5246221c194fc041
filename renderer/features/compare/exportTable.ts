/** The table as it is shown, as rows of text for a file. Pure. */
import { COLUMN_SPECS, type ColumnId } from './compareColumns.ts';
import type { CompareRow } from './compareRows.ts';

interface TableFile {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Beside each cell that can be doubted its status, and beside each that ages its date. Empty is not known, never zero. */
export function makeTableFile(rows: readonly CompareRow[], columns: readonly ColumnId[]): TableFile {
  const heads = columns.flatMap((id) => headsOf(id));
  return {
    columns: ['protocol', 'products', 'held', ...heads],
    rows: rows.map(({ protocol, held, score, cells }) => [
      protocol.name,
      protocol.products.map(({ symbol, name }) => symbol ?? name).join(' '),
      held.join(' '),
      ...columns.flatMap((id) => {
        if (id === 'score') {
          return score === null ? ['', ''] : [String(Math.round(score.low)), String(Math.round(score.high))];
        }
        const { text, status, asOf, measured } = cells[id];
        if (!hasStatus(id)) return [text ?? ''];
        const known = [text ?? '', status ?? '', asOf ?? ''];
        return isYield(id) ? [...known, measured?.fee ?? '', measured?.label ?? ''] : known;
      }),
    ]),
  };
}

function hasStatus(id: ColumnId): boolean {
  return COLUMN_SPECS[id].anchor !== 'about';
}

/** Beside a yield stands whether it is after the fee, and how it was measured. */
function isYield(id: ColumnId): boolean {
  return id === 'yield' || id === 'yieldBase' || id === 'yieldService' || id === 'yieldEmissions';
}

function headsOf(id: ColumnId): readonly string[] {
  const name = id.replace(/[A-Z]/gu, (letter) => `_${letter.toLowerCase()}`);
  if (id === 'score') return ['score_low', 'score_high'];
  if (!hasStatus(id)) return [name];
  const heads = [name, `${name}_status`, `${name}_date`];
  return isYield(id) ? [...heads, `${name}_fee`, `${name}_measured`] : heads;
}

/** Saves a table as the page shows it to a file the user picks. */
import { AppError } from '../../shared/contract/errors.ts';
import { formatDay } from '../../shared/format/time.ts';
import type { Host } from '../host.ts';
import { renderTableCsv } from '../report/render-table-csv.ts';

export interface SavedTable {
  /** False where the dialog was closed. */
  readonly isSaved: boolean;
  /** Null where the host does not learn it. */
  readonly path: string | null;
}

export interface TableFiles {
  /** @throws AppError bad-request for rows that are not as long as the head; write-failed */
  save(columns: readonly string[], rows: readonly (readonly string[])[]): Promise<SavedTable>;
}

export function createTableFiles({
  host,
  now,
}: {
  readonly host: () => Host;
  readonly now: () => number;
}): TableFiles {
  return {
    async save(columns, rows) {
      if (rows.some(({ length }) => length !== columns.length)) {
        throw new AppError('bad-request', 'A row is not as long as the head of the table.');
      }
      const saved = await host().saveFile({
        name: `ballast-comparison-${formatDay(now())}.csv`,
        mime: 'text/csv',
        bytes: renderTableCsv(columns, rows),
      });
      return saved === 'declined' ? { isSaved: false, path: null } : { isSaved: true, path: saved.path };
    },
  };
}

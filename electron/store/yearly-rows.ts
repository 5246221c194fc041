/** A table of series cut into years: what a market-points row and a catalogue-observations row have in common. */
import type { z } from 'zod';
import type { Database } from './database.ts';
import { readNumber } from './rows.ts';
import { createSealedColumn, type Sealer } from './sealing.ts';
import { createDamageError } from './sqlite-errors.ts';

export interface YearlyRows<T> {
  /** The years there are of a series, oldest first. */
  read(series: readonly string[]): readonly { readonly year: number; readonly content: T }[];
  find(series: readonly string[], year: number): T | null;
  put(series: readonly string[], year: number, content: T): void;
  /** The newest year of every series. */
  readNewest(): readonly T[];
  /** Number of rows removed. */
  remove(series: readonly string[]): number;
}

type TableName = 'market_points' | 'catalog_observations';

export function createYearlyRows<T>(
  db: Database,
  sealer: Sealer,
  table: TableName,
  schema: z.ZodType<T>,
): YearlyRows<T> {
  const column = createSealedColumn(sealer, table, schema, { isLarge: true });
  const read = db.prepare(`SELECT year, sealed FROM ${table} WHERE series_mark = ? ORDER BY year`);
  const find = db.prepare(`SELECT sealed FROM ${table} WHERE series_mark = ? AND year = ?`);
  const put = db.prepare(
    `INSERT INTO ${table} (series_mark, year, sealed) VALUES (?, ?, ?)
     ON CONFLICT (series_mark, year) DO UPDATE SET sealed = excluded.sealed`,
  );
  // SQLite gives the other columns of the row that holds the maximum.
  const newest = db.prepare(
    `SELECT series_mark, max(year) AS year, sealed FROM ${table} GROUP BY series_mark ORDER BY rowid`,
  );
  const remove = db.prepare(`DELETE FROM ${table} WHERE series_mark = ?`);

  const markOf = (series: readonly string[]): Uint8Array => sealer.mark(table, ...series);
  const placeOf = (mark: Uint8Array, year: number): string => `${Buffer.from(mark).toString('hex')} ${year}`;

  return {
    read(series) {
      const mark = markOf(series);
      return read.all(mark).map((row) => {
        const year = readNumber(row, 'year');
        return { year, content: column.unseal(placeOf(mark, year), row['sealed']) };
      });
    },
    find(series, year) {
      const mark = markOf(series);
      const row = find.get(mark, year);
      return row ? column.unseal(placeOf(mark, year), row['sealed']) : null;
    },
    put(series, year, content) {
      const mark = markOf(series);
      put.run(mark, year, column.seal(placeOf(mark, year), content));
    },
    readNewest: () =>
      newest.all().map((row) => {
        const mark = row['series_mark'];
        if (!(mark instanceof Uint8Array)) throw createDamageError(`${table}: a series without its mark`);
        return column.unseal(placeOf(mark, readNumber(row, 'year')), row['sealed']);
      }),
    remove(series) {
      const count = db.transact(() => remove.run(markOf(series)));
      db.emptyLog();
      return count;
    },
  };
}

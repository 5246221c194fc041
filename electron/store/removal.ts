/**
 * Removing, and putting back. What is removed leaves the disk at once; its rows, still sealed, are handed to the
 * caller, whose undo lives in memory. A program killed in between has removed what it said it removed.
 */
import type { SQLInputValue } from 'node:sqlite';
import type { Database, Row } from './database.ts';

export type Removable = 'portfolio' | 'account' | 'network' | 'import';

/** Sealed rows in the order in which they can be inserted again. */
export interface Removed {
  readonly tables: readonly { readonly table: string; readonly rows: readonly Row[] }[];
}

/** Tables to read, with the column that holds the id; parents first, as the foreign keys want it. */
const TABLES: Readonly<Record<Removable, readonly (readonly [table: string, column: string])[]>> = {
  portfolio: [
    ['portfolios', 'id'],
    ['accounts', 'portfolio_id'],
    ['observations', 'portfolio_id'],
    ['refresh_failures', 'portfolio_id'],
    ['runs', 'portfolio_id'],
    ['snapshots', 'portfolio_id'],
  ],
  account: [
    ['accounts', 'id'],
    ['bitcoin_wallets', 'account_id'],
  ],
  network: [['networks', 'id']],
  // Snapshots that came from one file.
  import: [['snapshots', 'import_id']],
};

export interface Removal {
  readonly remove: (kind: Removable, id: string) => Removed;
  readonly putBack: (removed: Removed) => void;
}

export function createRemoval(db: Database): Removal {
  return {
    remove(kind, id) {
      const removed = db.transact(() => {
        const tables = TABLES[kind].map(([table, column]) => ({
          table,
          // rowid order is the order of insertion, by which the newest is found.
          rows: db.prepare(`SELECT * FROM ${table} WHERE ${column} = ? ORDER BY rowid`).all(id),
        }));
        const [root] = TABLES[kind];
        // The rest goes with it by ON DELETE CASCADE.
        if (root) db.prepare(`DELETE FROM ${root[0]} WHERE ${root[1]} = ?`).run(id);
        return { tables };
      });
      db.emptyLog();
      return removed;
    },
    putBack({ tables }) {
      db.transact(() => {
        for (const { table, rows } of tables) {
          for (const row of rows) {
            const columns = Object.keys(row);
            const holes = columns.map(() => '?').join(', ');
            const values: SQLInputValue[] = Object.values(row);
            db.prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${holes})`).run(...values);
          }
        }
      });
    },
  };
}

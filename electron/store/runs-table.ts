import { runSchema, type Run } from '../../shared/domain/scenario.ts';
import type { Database, Row } from './database.ts';
import { readText } from './rows.ts';
import { createSealedColumn, type Sealer } from './sealing.ts';

/** Runs kept of each portfolio; older ones make room. */
export const KEPT_RUNS = 100;

export interface RunsTable {
  /** Newest first. */
  list(portfolioId: string): readonly Run[];
  find(id: string): Run | null;
  insert(run: Run): void;
}

export function createRunsTable(db: Database, sealer: Sealer): RunsTable {
  const content = createSealedColumn(sealer, 'runs', runSchema, { isLarge: true });
  const list = db.prepare('SELECT * FROM runs WHERE portfolio_id = ? ORDER BY ran_at DESC, rowid DESC');
  const find = db.prepare('SELECT * FROM runs WHERE id = ?');
  const insert = db.prepare('INSERT INTO runs (id, portfolio_id, ran_at, sealed) VALUES (?, ?, ?, ?)');
  const dropOld = db.prepare(
    `DELETE FROM runs WHERE portfolio_id = ?1 AND id NOT IN
       (SELECT id FROM runs WHERE portfolio_id = ?1 ORDER BY ran_at DESC, rowid DESC LIMIT ?2)`,
  );

  function read(row: Row): Run {
    return content.unseal(readText(row, 'id'), row['sealed']);
  }

  return {
    list: (portfolioId) => list.all(portfolioId).map(read),
    find(id) {
      const row = find.get(id);
      return row ? read(row) : null;
    },
    insert(run) {
      const sealed = content.seal(run.id, run);
      db.transact(() => {
        insert.run(run.id, run.portfolioId, run.ranAt, sealed);
        dropOld.run(run.portfolioId, KEPT_RUNS);
      });
    },
  };
}

import { z } from 'zod';
import type { Portfolio } from '../../shared/domain/account.ts';
import type { Database, Row } from './database.ts';
import { readNumber, readText } from './rows.ts';
import { createSealedColumn, type Sealer } from './sealing.ts';

const contentSchema = z.object({ name: z.string(), networkId: z.string() });

export interface PortfoliosTable {
  /** The user's portfolios, oldest first. */
  list(): readonly Portfolio[];
  find(id: string): Portfolio | null;
  insert(portfolio: Portfolio): void;
  rename(id: string, name: string): void;
}

export function createPortfoliosTable(db: Database, sealer: Sealer): PortfoliosTable {
  const content = createSealedColumn(sealer, 'portfolios', contentSchema, { isLarge: false });
  const list = db.prepare("SELECT * FROM portfolios WHERE kind = 'user' ORDER BY created_at, id");
  const find = db.prepare("SELECT * FROM portfolios WHERE kind = 'user' AND id = ?");
  const insert = db.prepare("INSERT INTO portfolios (id, kind, created_at, sealed) VALUES (?, 'user', ?, ?)");
  const update = db.prepare("UPDATE portfolios SET sealed = ? WHERE kind = 'user' AND id = ?");

  function read(row: Row): Portfolio {
    const id = readText(row, 'id');
    return {
      id,
      kind: 'user',
      createdAt: readNumber(row, 'created_at'),
      ...content.unseal(id, row['sealed']),
    };
  }
  function findOne(id: string): Portfolio | null {
    const row = find.get(id);
    return row ? read(row) : null;
  }

  return {
    list: () => list.all().map(read),
    find: findOne,
    insert({ id, createdAt, name, networkId }) {
      db.transact(() => insert.run(id, createdAt, content.seal(id, { name, networkId })));
    },
    rename(id, name) {
      db.transact(() => {
        const portfolio = findOne(id);
        if (portfolio) update.run(content.seal(id, { name, networkId: portfolio.networkId }), id);
      });
    },
  };
}

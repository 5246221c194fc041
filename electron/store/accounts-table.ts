import { z } from 'zod';
import {
  bitcoinWatchSchema,
  evmWatchSchema,
  watchedText,
  type Account,
} from '../../shared/domain/account.ts';
import type { Database, Row } from './database.ts';
import { readNumber, readText } from './rows.ts';
import { createSealedColumn, type Sealer } from './sealing.ts';

const contentSchema = z.discriminatedUnion('kind', [evmWatchSchema, bitcoinWatchSchema]);

export interface AccountsTable {
  /** Accounts of a portfolio, oldest first. */
  list(portfolioId: string): readonly Account[];
  find(id: string): Account | null;
  /** `watched`: the whole text, as {@link watchedText} gives it. */
  findByText(portfolioId: string, watched: string): Account | null;
  insert(account: Account): void;
  rename(id: string, label: string): void;
}

export function createAccountsTable(db: Database, sealer: Sealer): AccountsTable {
  const content = createSealedColumn(sealer, 'accounts', contentSchema, { isLarge: false });
  const list = db.prepare('SELECT * FROM accounts WHERE portfolio_id = ? ORDER BY created_at, id');
  const find = db.prepare('SELECT * FROM accounts WHERE id = ?');
  const findMark = db.prepare('SELECT * FROM accounts WHERE portfolio_id = ? AND address_mark = ?');
  const insert = db.prepare(
    'INSERT INTO accounts (id, portfolio_id, address_mark, created_at, sealed) VALUES (?, ?, ?, ?, ?)',
  );
  const update = db.prepare('UPDATE accounts SET sealed = ? WHERE id = ?');

  function read(row: Row): Account {
    const id = readText(row, 'id');
    return {
      id,
      portfolioId: readText(row, 'portfolio_id'),
      createdAt: readNumber(row, 'created_at'),
      ...content.unseal(id, row['sealed']),
    };
  }
  function findOne(id: string): Account | null {
    const row = find.get(id);
    return row ? read(row) : null;
  }
  /** The portfolio is part of it, so that equal marks do not tell that two portfolios watch the same address. */
  function markOf(portfolioId: string, watched: string): Uint8Array {
    return sealer.mark('accounts.address', portfolioId, watched);
  }

  return {
    list: (portfolioId) => list.all(portfolioId).map(read),
    find: findOne,
    findByText(portfolioId, watched) {
      const row = findMark.get(portfolioId, markOf(portfolioId, watched));
      return row ? read(row) : null;
    },
    insert(account) {
      const { id, portfolioId, createdAt } = account;
      // The schema keeps what is watched; what stands in columns of its own is left out.
      const sealed = content.seal(id, contentSchema.parse(account));
      const mark = markOf(portfolioId, watchedText(account));
      db.transact(() => insert.run(id, portfolioId, mark, createdAt, sealed));
    },
    rename(id, label) {
      db.transact(() => {
        const account = findOne(id);
        if (!account) return;
        update.run(content.seal(id, contentSchema.parse({ ...account, label })), id);
      });
    },
  };
}

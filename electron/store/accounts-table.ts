import { z } from 'zod';
import type { Account } from '../../shared/domain/account.ts';
import { evmAddressSchema, type EvmAddress } from '../../shared/domain/address.ts';
import type { Database, Row } from './database.ts';
import { readNumber, readText } from './rows.ts';
import { createSealedColumn, type Sealer } from './sealing.ts';

const contentSchema = z.object({
  kind: z.literal('evm'),
  address: evmAddressSchema,
  label: z.string(),
  ensName: z.string().nullable(),
});

export interface AccountsTable {
  /** Accounts of a portfolio, oldest first. */
  list(portfolioId: string): readonly Account[];
  find(id: string): Account | null;
  findByAddress(portfolioId: string, address: EvmAddress): Account | null;
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
  function markOf(portfolioId: string, address: EvmAddress): Uint8Array {
    return sealer.mark('accounts.address', portfolioId, address);
  }

  return {
    list: (portfolioId) => list.all(portfolioId).map(read),
    find: findOne,
    findByAddress(portfolioId, address) {
      const row = findMark.get(portfolioId, markOf(portfolioId, address));
      return row ? read(row) : null;
    },
    insert({ id, portfolioId, createdAt, kind, address, label, ensName }) {
      const sealed = content.seal(id, { kind, address, label, ensName });
      db.transact(() => insert.run(id, portfolioId, markOf(portfolioId, address), createdAt, sealed));
    },
    rename(id, label) {
      db.transact(() => {
        const account = findOne(id);
        if (!account) return;
        const { kind, address, ensName } = account;
        update.run(content.seal(id, { kind, address, label, ensName }), id);
      });
    },
  };
}

import { z } from 'zod';
import type { BitcoinNetwork } from '../../shared/domain/bitcoin.ts';
import {
  bitcoinWalletSchema,
  bytesSchema,
  type BitcoinWallet,
  type HeaderPeriod,
} from '../../shared/domain/bitcoin-wallet.ts';
import type { Database } from './database.ts';
import { readNumber } from './rows.ts';
import { createSealedColumn, type Sealer } from './sealing.ts';

const headersSchema = z.object({ skipped: z.number().int().min(0), headers: bytesSchema });

export interface BitcoinTable {
  findWallet(accountId: string): BitcoinWallet | null;
  /** Nothing is kept of an account that is gone. */
  putWallet(accountId: string, wallet: BitcoinWallet): void;
  /** In their order. */
  listHeaders(network: BitcoinNetwork): readonly HeaderPeriod[];
  putHeaders(network: BitcoinNetwork, periods: readonly HeaderPeriod[]): void;
  /** Parameters of Babylon that the user brought, as the file's own text. */
  findBabylonFile(network: BitcoinNetwork): string | null;
  /** Null takes it away. */
  putBabylonFile(network: BitcoinNetwork, text: string | null): void;
}

export function createBitcoinTable(db: Database, sealer: Sealer): BitcoinTable {
  const wallet = createSealedColumn(sealer, 'bitcoin_wallets', bitcoinWalletSchema, { isLarge: true });
  const headers = createSealedColumn(sealer, 'bitcoin_headers', headersSchema, { isLarge: false });
  const file = createSealedColumn(sealer, 'babylon_files', z.string(), { isLarge: true });
  const findWallet = db.prepare('SELECT sealed FROM bitcoin_wallets WHERE account_id = ?');
  const putWallet = db.prepare(
    `INSERT INTO bitcoin_wallets (account_id, sealed) SELECT ?1, ?2 WHERE EXISTS (SELECT 1 FROM accounts WHERE id = ?1)
     ON CONFLICT (account_id) DO UPDATE SET sealed = excluded.sealed`,
  );
  const listHeaders = db.prepare(
    'SELECT period, sealed FROM bitcoin_headers WHERE network = ? ORDER BY period',
  );
  const putHeaders = db.prepare(
    `INSERT INTO bitcoin_headers (network, period, sealed) VALUES (?, ?, ?)
     ON CONFLICT (network, period) DO UPDATE SET sealed = excluded.sealed`,
  );
  const findFile = db.prepare('SELECT sealed FROM babylon_files WHERE network = ?');
  const putFile = db.prepare(
    `INSERT INTO babylon_files (network, sealed) VALUES (?, ?)
     ON CONFLICT (network) DO UPDATE SET sealed = excluded.sealed`,
  );
  const dropFile = db.prepare('DELETE FROM babylon_files WHERE network = ?');
  const rowOf = (network: string, period: number): string => `${network} ${period}`;

  return {
    findWallet(accountId) {
      const row = findWallet.get(accountId);
      return row ? wallet.unseal(accountId, row['sealed']) : null;
    },
    putWallet(accountId, kept) {
      const sealed = wallet.seal(accountId, kept);
      db.transact(() => putWallet.run(accountId, sealed));
    },
    listHeaders: (network) =>
      listHeaders.all(network).map((row) => {
        const period = readNumber(row, 'period');
        return { period, ...headers.unseal(rowOf(network, period), row['sealed']) };
      }),
    putHeaders(network, periods) {
      db.transact(() => {
        for (const { period, ...kept } of periods) {
          putHeaders.run(network, period, headers.seal(rowOf(network, period), kept));
        }
      });
    },
    findBabylonFile(network) {
      const row = findFile.get(network);
      return row ? file.unseal(network, row['sealed']) : null;
    },
    putBabylonFile(network, text) {
      db.transact(() =>
        text === null ? dropFile.run(network) : putFile.run(network, file.seal(network, text)),
      );
    },
  };
}

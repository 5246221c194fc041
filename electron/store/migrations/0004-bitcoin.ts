/**
 * What is kept of Bitcoin between readings: each account's history, and the headers of blocks, which are everybody's but
 * tell from where on somebody looked, by periods of 2,016 blocks. `babylon_files` holds parameters the user brought.
 */
import type { Migration } from './migration.ts';

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS bitcoin_wallets (
    account_id TEXT PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    sealed BLOB NOT NULL
  ) STRICT;

  CREATE TABLE IF NOT EXISTS bitcoin_headers (
    network TEXT NOT NULL,
    period INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (network, period)
  ) STRICT;

  CREATE TABLE IF NOT EXISTS babylon_files (
    network TEXT PRIMARY KEY,
    sealed BLOB NOT NULL
  ) STRICT;
`;

export const bitcoin: Migration = { version: 4, apply: (db) => db.exec(SCHEMA) };

/**
 * The first schema. A column called `sealed` holds a value only the store's key opens; what stands in the clear is
 * random ids, times and sizes. `address_mark` is a keyed hash, for uniqueness without the address.
 */
import { randomBytes } from 'node:crypto';
import type { Migration } from './migration.ts';

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS store_key (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    -- How the key is kept: 'none' is in the clear. A passphrase only replaces this row.
    wrapping TEXT NOT NULL CHECK (wrapping IN ('none')),
    data_key BLOB NOT NULL
  ) STRICT;

  CREATE TABLE IF NOT EXISTS portfolios (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('sample', 'user')),
    created_at INTEGER NOT NULL,
    sealed BLOB,
    -- The sample ships with the program; its row is only what its runs hang on.
    CHECK ((kind = 'sample') = (sealed IS NULL))
  ) STRICT;
  INSERT OR IGNORE INTO portfolios (id, kind, created_at, sealed) VALUES ('sample', 'sample', 0, NULL);

  CREATE TABLE IF NOT EXISTS accounts (
    id TEXT PRIMARY KEY,
    portfolio_id TEXT NOT NULL REFERENCES portfolios (id) ON DELETE CASCADE,
    address_mark BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    UNIQUE (portfolio_id, address_mark)
  ) STRICT;

  CREATE TABLE IF NOT EXISTS settings (
    key TEXT PRIMARY KEY,
    sealed BLOB NOT NULL
  ) STRICT;

  CREATE TABLE IF NOT EXISTS networks (
    id TEXT PRIMARY KEY,
    created_at INTEGER NOT NULL,
    sealed BLOB NOT NULL
  ) STRICT;

  CREATE TABLE IF NOT EXISTS observations (
    id TEXT PRIMARY KEY,
    portfolio_id TEXT NOT NULL REFERENCES portfolios (id) ON DELETE CASCADE,
    read_at INTEGER NOT NULL,
    sealed BLOB NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS observations_latest ON observations (portfolio_id, read_at);

  CREATE TABLE IF NOT EXISTS refresh_failures (
    portfolio_id TEXT PRIMARY KEY REFERENCES portfolios (id) ON DELETE CASCADE,
    failed_at INTEGER NOT NULL,
    sealed BLOB NOT NULL
  ) STRICT;

  CREATE TABLE IF NOT EXISTS runs (
    id TEXT PRIMARY KEY,
    portfolio_id TEXT NOT NULL REFERENCES portfolios (id) ON DELETE CASCADE,
    ran_at INTEGER NOT NULL,
    sealed BLOB NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS runs_latest ON runs (portfolio_id, ran_at);
`;

export const sealedTables: Migration = {
  version: 1,
  apply: (db) => {
    db.exec(SCHEMA);
    db.prepare("INSERT OR IGNORE INTO store_key (id, wrapping, data_key) VALUES (1, 'none', ?)").run(
      randomBytes(32),
    );
  },
};

/**
 * What is kept of every reading for ever. Readings from before have none yet: they are sealed, and a step of the schema
 * holds no key, so each gets its snapshot when the history is first asked for, and stays until it has one.
 */
import type { Migration } from './migration.ts';

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS snapshots (
    -- Of a reading: the reading's own id.
    id TEXT PRIMARY KEY,
    portfolio_id TEXT NOT NULL REFERENCES portfolios (id) ON DELETE CASCADE,
    -- Unix milliseconds of which the figures are.
    at INTEGER NOT NULL,
    -- Set where it came from a file: the same for all that came with it.
    import_id TEXT,
    sealed BLOB NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS snapshots_by_time ON snapshots (portfolio_id, at);
  CREATE INDEX IF NOT EXISTS snapshots_by_import ON snapshots (import_id) WHERE import_id IS NOT NULL;
`;

export const snapshots: Migration = { version: 3, apply: (db) => db.exec(SCHEMA) };

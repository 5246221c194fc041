/** Brings a database to the newest schema, one numbered step at a time. */
import type { DatabaseSync } from 'node:sqlite';
import { AppError } from '../../shared/contract/errors.ts';
import { sealedTables } from './migrations/0001-sealed-tables.ts';
import { market } from './migrations/0002-market.ts';
import { snapshots } from './migrations/0003-snapshots.ts';
import { bitcoin } from './migrations/0004-bitcoin.ts';
import type { Migration } from './migrations/migration.ts';

const MIGRATIONS: readonly Migration[] = [sealedTables, market, snapshots, bitcoin];

function readVersion(db: DatabaseSync): number {
  return Number(db.prepare('PRAGMA user_version').get()?.['user_version']);
}

function applyStep(db: DatabaseSync, migration: Migration): void {
  db.exec('BEGIN EXCLUSIVE');
  try {
    migration.apply(db);
    // Part of the transaction: a kill in between leaves the step undone and uncounted.
    db.exec(`PRAGMA user_version = ${migration.version}`);
    db.exec('COMMIT');
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}

/** @throws AppError store-newer where a later Ballast wrote the database; it is not touched then. */
export function migrate(db: DatabaseSync, migrations: readonly Migration[] = MIGRATIONS): void {
  const version = readVersion(db);
  const newest = migrations.at(-1)?.version ?? 0;
  if (version > newest) {
    throw new AppError('store-newer', 'This data was written by a newer Ballast.', {
      detail: `schema ${version}; this Ballast knows ${newest}`,
      help: 'Update Ballast, or start it with another data folder. The data was not changed.',
    });
  }
  for (const migration of migrations) {
    if (migration.version > version) applyStep(db, migration);
  }
}

/**
 * One SQLite file, opened for a single writer that may be killed at any moment. Why these settings:
 * docs/adr/0002-sealed-store.md.
 */
import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import type * as sqlite from 'node:sqlite';
import type { DatabaseSync, SQLInputValue, SQLOutputValue } from 'node:sqlite';
import { AppError } from '../../shared/contract/errors.ts';
import { migrate } from './migrate.ts';
import { createDamageError, translateStoreError } from './sqlite-errors.ts';

export type Row = Readonly<Record<string, SQLOutputValue>>;

export interface Statement {
  all(...values: SQLInputValue[]): readonly Row[];
  get(...values: SQLInputValue[]): Row | undefined;
  /** Number of rows changed. */
  run(...values: SQLInputValue[]): number;
}

export interface Database {
  prepare(sql: string): Statement;
  /** All of it or nothing, on disk before it returns. A call inside another one joins it. */
  readonly transact: <T>(work: () => T) => T;
  /**
   * Moves everything from the log into the file and empties the log, so that what was removed is gone from both.
   * Inside {@link transact} it waits for the end of the transaction.
   */
  readonly emptyLog: () => void;
  readonly close: () => void;
}

/** In SQLite's header; tells a Ballast file from any other (`BLST`). */
const APPLICATION_ID = 0x424c5354;

/** Long enough for a Ballast that is just closing to finish. */
const BUSY_TIMEOUT_MS = 1500;

export const IN_MEMORY = ':memory:';

const PRAGMAS = `
  PRAGMA synchronous = FULL;
  PRAGMA fullfsync = ON;
  PRAGMA checkpoint_fullfsync = ON;
  PRAGMA secure_delete = ON;
  PRAGMA foreign_keys = ON;
  PRAGMA temp_store = MEMORY;
  PRAGMA cell_size_check = ON;
  PRAGMA trusted_schema = OFF;
`;

/** Probed, not imported: a runtime without it could not even load the file that explains what is missing. */
function loadSqlite(): typeof sqlite {
  // @types/node promises the module for every runtime; older Electron versions do not keep that promise.
  const found = process.getBuiltinModule('node:sqlite') as typeof sqlite | undefined;
  if (found) return found;
  throw new AppError('store-unreadable', 'This runtime has no SQLite, which Ballast keeps its data in.', {
    detail: `Node ${process.versions.node}`,
    help: 'Start Ballast with Electron 38 or later, or with Node 24 or later.',
  });
}

/**
 * Makes the file before SQLite does, so that its mode (and that of the log, which copies it) is right from the first
 * byte. An existing file is not opened here: on POSIX, closing any handle drops the process's locks on the file.
 */
function prepareFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  try {
    closeSync(openSync(path, 'wx', 0o600));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
}

function readPragma(db: DatabaseSync, name: string): SQLOutputValue | undefined {
  const row = db.prepare(`PRAGMA ${name}`).get();
  return row && Object.values(row)[0];
}

/** Refuses any database that is not ours before anything is written to it. */
function checkOwner(db: DatabaseSync): void {
  const id = readPragma(db, 'application_id');
  if (id === APPLICATION_ID) return;
  const tables = db.prepare('SELECT count(*) AS n FROM sqlite_schema').get()?.['n'];
  if (id !== 0 || tables !== 0) throw createDamageError('an SQLite file of another program');
  db.exec(`PRAGMA application_id = ${APPLICATION_ID}`);
}

function prepareDatabase(db: DatabaseSync): void {
  // Held until the end of the process, however it ends, by the operating system: no lock file that can go stale. Asked
  // for before the first access, it also means that SQLite keeps no shared memory file beside the database.
  db.exec('PRAGMA locking_mode = EXCLUSIVE');
  checkOwner(db);
  db.exec('PRAGMA journal_mode = WAL');
  db.exec(PRAGMAS);
  const verdict = readPragma(db, 'quick_check(1)');
  if (verdict !== 'ok') throw createDamageError(String(verdict));
  migrate(db);
}

function wrapStatement(db: DatabaseSync, sql: string): Statement {
  const statement = db.prepare(sql);
  function guard<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw translateStoreError(error, 'working');
    }
  }
  return {
    all: (...values) => guard(() => statement.all(...values)),
    get: (...values) => guard(() => statement.get(...values)),
    run: (...values) => guard(() => Number(statement.run(...values).changes)),
  };
}

/** Transactions and emptying the log, which know of each other: a log in use cannot be emptied. */
function createTransactions(db: DatabaseSync): Pick<Database, 'transact' | 'emptyLog'> {
  const log = { isToBeEmptied: false };
  /** A function, so that the compiler does not remember an earlier answer. */
  const isInTransaction = (): boolean => db.isTransaction;

  function emptyLog(): void {
    log.isToBeEmptied = isInTransaction();
    if (log.isToBeEmptied) return;
    try {
      db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    } catch (error) {
      throw translateStoreError(error, 'working');
    }
  }

  function transact<T>(work: () => T): T {
    if (isInTransaction()) return work();
    let result: T;
    try {
      db.exec('BEGIN IMMEDIATE');
      result = work();
      db.exec('COMMIT');
    } catch (error) {
      log.isToBeEmptied = false;
      // SQLite has rolled back by itself where the disk was full.
      if (isInTransaction()) db.exec('ROLLBACK');
      throw translateStoreError(error, 'working');
    }
    if (log.isToBeEmptied) emptyLog();
    return result;
  }

  return { transact, emptyLog };
}

/**
 * Opens the file, or makes it, and brings it to the newest schema. `path` may be {@link IN_MEMORY}.
 * @throws AppError store-locked (another program has it open), store-newer, store-unreadable. The file is left as it
 * was in each case.
 */
export function openDatabase(path: string): Database {
  const { DatabaseSync } = loadSqlite();
  let db: DatabaseSync | undefined;
  try {
    if (path !== IN_MEMORY) prepareFile(path);
    db = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS });
    prepareDatabase(db);
    // A file from before, or one copied from a backup, may be readable to everybody.
    if (path !== IN_MEMORY) chmodSync(path, 0o600);
  } catch (error) {
    db?.close();
    throw translateStoreError(error, 'opening');
  }
  const open = db;
  return {
    prepare: (sql) => wrapStatement(open, sql),
    ...createTransactions(open),
    close: () => {
      if (open.isOpen) open.close();
    },
  };
}

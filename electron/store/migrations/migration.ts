/** One numbered step of the schema. */
import type { DatabaseSync } from 'node:sqlite';

export interface Migration {
  /** The `user_version` the database has after it. */
  readonly version: number;
  /** Runs inside a transaction; may run again on a database that already has it. */
  readonly apply: (db: DatabaseSync) => void;
}

/** Reading columns of a row: the schema promises the type, this checks that the file keeps the promise. */
import type { Row } from './database.ts';
import { createDamageError } from './sqlite-errors.ts';

export function readText(row: Row, column: string): string {
  const value = row[column];
  if (typeof value === 'string') return value;
  throw createDamageError(`column ${column} holds ${typeof value}, not text`);
}

export function readNumber(row: Row, column: string): number {
  const value = row[column];
  if (typeof value === 'number') return value;
  throw createDamageError(`column ${column} holds ${typeof value}, not a number`);
}

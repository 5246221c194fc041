/** What a server sent, as JSON of a form that was expected. */
import { Transaction } from 'bitcoinjs-lib';
import type { z } from 'zod';
import { findJsonFault } from '../../market/find-json-fault.ts';
import { malformedError, untrueError } from './server-errors.ts';

/** Far more than any answer needs. Small values in great number take many times the memory of their text. */
const MOST_VALUES = 4_000_000;

/** @throws AppError node-malformed */
export function parseJson(endpoint: string, bytes: Uint8Array): unknown {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw malformedError(endpoint, 'the answer is not UTF-8');
  }
  const fault = hasTooManyValues(bytes) ? 'the answer holds too many values' : findJsonFault(text);
  if (fault !== null) throw malformedError(endpoint, fault);
  try {
    return JSON.parse(text);
  } catch {
    throw malformedError(endpoint, 'the answer is not JSON');
  }
}

/** @param what names the question in an error. @throws AppError node-malformed */
export function checkForm<T>(endpoint: string, what: string, schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const path = issue?.path.map(String).join('.') ?? '';
  // These two are our own words; others would quote patterns.
  const isOurs = issue?.code === 'custom' || issue?.code === 'too_big';
  const why = isOurs ? issue.message : 'has an unexpected form';
  throw malformedError(endpoint, `${what}: ${path === '' ? 'the answer' : path}: ${why}`);
}

/** Commas and opening brackets, also those in strings, which in honest answers have none. */
function hasTooManyValues(bytes: Uint8Array): boolean {
  let count = 0;
  for (const byte of bytes) {
    if (byte === 0x2c || byte === 0x5b || byte === 0x7b) count++;
  }
  return count > MOST_VALUES;
}

/** Whether these bytes are the transaction of that id. @throws AppError node-malformed */
export function checkId(endpoint: string, txid: string, raw: Uint8Array): void {
  let id: string | null = null;
  try {
    id = Transaction.fromBuffer(raw).getId();
  } catch {
    // Not a transaction at all: said below.
  }
  if (id === txid) return;
  throw untrueError(
    `${endpoint} sent another transaction than the one asked for.`,
    `asked for ${txid}, got ${id ?? 'something that is no transaction'}`,
  );
}

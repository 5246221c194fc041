/**
 * JSON that keeps bigint and bytes. Messages between page and main process, and everything the store seals, pass
 * through it, so that both hosts and the disk carry the same form.
 */
import { base64 } from '@scure/base';

const BIGINT = '$bigint';
const BYTES = '$bytes';
const ESCAPED = '$value';

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An object that happens to look like one of our tags is wrapped, so that decoding gives it back unchanged. */
function hasTag(value: Record<string, unknown>): boolean {
  const keys = Object.keys(value);
  return keys.length === 1 && (keys[0] === BIGINT || keys[0] === BYTES || keys[0] === ESCAPED);
}

function pack(value: unknown): unknown {
  if (typeof value === 'bigint') return { [BIGINT]: value.toString() };
  if (value instanceof Uint8Array) return { [BYTES]: base64.encode(value) };
  if (Array.isArray(value)) return value.map(pack);
  if (!isPlainObject(value)) return value;
  const packed: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) {
    if (item !== undefined) setField(packed, key, pack(item));
  }
  return hasTag(value) ? { [ESCAPED]: packed } : packed;
}

/** A key named __proto__ must become a property like any other, never the prototype. */
function setField(target: Record<string, unknown>, key: string, value: unknown): void {
  Object.defineProperty(target, key, { value, enumerable: true, writable: true, configurable: true });
}

function unpackFields(value: Record<string, unknown>): Record<string, unknown> {
  const unpacked: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) {
    setField(unpacked, key, unpack(item));
  }
  return unpacked;
}

function decodeBytes(text: string): Uint8Array {
  try {
    return base64.decode(text);
  } catch (cause) {
    throw new SyntaxError('bytes that are not base64', { cause });
  }
}

function unpack(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unpack);
  if (!isPlainObject(value)) return value;
  if (hasTag(value)) {
    const bigint = value[BIGINT];
    if (typeof bigint === 'string' && /^-?\d+$/u.test(bigint)) return BigInt(bigint);
    const bytes = value[BYTES];
    if (typeof bytes === 'string') return decodeBytes(bytes);
    const escaped = value[ESCAPED];
    if (isPlainObject(escaped)) return unpackFields(escaped);
    throw new SyntaxError('a tagged value that is not one');
  }
  return unpackFields(value);
}

/** Encodes any tree of JSON values, bigint and Uint8Array. */
export function encode(value: unknown): string {
  return JSON.stringify(value === undefined ? null : pack(value));
}

/** Inverse of {@link encode}. Throws SyntaxError on anything else. */
export function decode(text: string): unknown {
  return unpack(JSON.parse(text));
}

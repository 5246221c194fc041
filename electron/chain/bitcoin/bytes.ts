import { createHash } from 'node:crypto';

/** Keys, hashes and scripts as people compare and write them. */
export function isSameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0;
}

/** Without a prefix, as Bitcoin writes them. */
export function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

/** What Electrum's protocol calls a script by: its SHA-256, in the other order of bytes, in hex. */
export function hashScript(script: Uint8Array): string {
  return createHash('sha256').update(script).digest().reverse().toString('hex');
}

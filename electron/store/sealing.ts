/**
 * Sealed values: AES-256-GCM under a key derived from the store's data key. The place a value belongs to is
 * authenticated with it, so that a sealed value moved to another row or column does not open there.
 */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { z } from 'zod';
import { decode, encode } from '../../shared/contract/codec.ts';
import { createDamageError } from './sqlite-errors.ts';

/** First byte of a sealed value: how the text under the seal is written. */
const PLAIN = 1;
const DEFLATED = 2;
const NONCE_LENGTH = 12;
const TAG_LENGTH = 16;
/** A sealed value larger than this is not one Ballast wrote. */
const MAX_TEXT_BYTES = 256 * 1024 * 1024;

const textEncoder = new TextEncoder();
const textDecoder = new TextDecoder('utf-8', { fatal: true });

export interface Place {
  readonly table: string;
  readonly column: string;
  readonly row: string;
}

export interface Sealer {
  seal(place: Place, text: string, isLarge: boolean): Uint8Array;
  /** @throws Error where the bytes were changed, moved here from elsewhere, or sealed by another key. */
  unseal(place: Place, sealed: Uint8Array): string;
  /** Keyed hash (HMAC-SHA256) of `parts`, for looking up a value without storing it. */
  mark(...parts: readonly string[]): Uint8Array;
}

function deriveKey(dataKey: Uint8Array, purpose: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', dataKey, new Uint8Array(0), `ballast-store/1 ${purpose}`, 32));
}

/** JSON of a list is unambiguous: no two different places give the same bytes. */
function describePlace(place: Place, form: number): Uint8Array {
  return textEncoder.encode(JSON.stringify(['ballast-store/1', form, place.table, place.column, place.row]));
}

export function createSealer(dataKey: Uint8Array): Sealer {
  const sealKey = deriveKey(dataKey, 'seal');
  const markKey = deriveKey(dataKey, 'mark');
  return {
    seal(place, text, isLarge) {
      const form = isLarge ? DEFLATED : PLAIN;
      const bytes = textEncoder.encode(text);
      const nonce = randomBytes(NONCE_LENGTH);
      const cipher = createCipheriv('aes-256-gcm', sealKey, nonce, { authTagLength: TAG_LENGTH });
      cipher.setAAD(describePlace(place, form));
      const body = cipher.update(isLarge ? deflateRawSync(bytes) : bytes);
      return Buffer.concat([Uint8Array.of(form), nonce, body, cipher.final(), cipher.getAuthTag()]);
    },
    unseal(place, sealed) {
      const form = sealed[0];
      if (form !== PLAIN && form !== DEFLATED) throw new Error('not a sealed value');
      if (sealed.length < 1 + NONCE_LENGTH + TAG_LENGTH) throw new Error('a sealed value cut short');
      const nonce = sealed.subarray(1, 1 + NONCE_LENGTH);
      const decipher = createDecipheriv('aes-256-gcm', sealKey, nonce, { authTagLength: TAG_LENGTH });
      decipher.setAAD(describePlace(place, form));
      decipher.setAuthTag(sealed.subarray(-TAG_LENGTH));
      const body = sealed.subarray(1 + NONCE_LENGTH, -TAG_LENGTH);
      const bytes = Buffer.concat([decipher.update(body), decipher.final()]);
      return textDecoder.decode(
        form === DEFLATED ? inflateRawSync(bytes, { maxOutputLength: MAX_TEXT_BYTES }) : bytes,
      );
    },
    mark(...parts) {
      return createHmac('sha256', markKey).update(JSON.stringify(parts)).digest();
    },
  };
}

/** The `sealed` column of one table, with the shape of what is in it. */
export interface SealedColumn<T> {
  seal(row: string, value: T): Uint8Array;
  /** @throws AppError store-unreadable */
  unseal(row: string, sealed: unknown): T;
}

export function createSealedColumn<T>(
  sealer: Sealer,
  table: string,
  schema: z.ZodType<T>,
  options: { readonly isLarge: boolean },
): SealedColumn<T> {
  const placeOf = (row: string): Place => ({ table, column: 'sealed', row });
  return {
    seal: (row, value) => sealer.seal(placeOf(row), encode(value), options.isLarge),
    unseal(row, sealed) {
      if (!(sealed instanceof Uint8Array))
        throw createDamageError(`${table}: row ${row} holds no sealed value`);
      try {
        return schema.parse(decode(sealer.unseal(placeOf(row), sealed)));
      } catch (cause) {
        // The cause may quote what was sealed, so only the place is told.
        throw createDamageError(`${table}: row ${row} does not open`, cause);
      }
    },
  };
}

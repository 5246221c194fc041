/** Made-up headers that hold the work they claim: only for targets easy enough to be met at once. */
import { hashTwice, targetOf, writeHash } from '../block-header.ts';

export interface MadeHeader {
  readonly previous: string;
  readonly merkleRoot?: string;
  /** Unix seconds. */
  readonly time: number;
  readonly bits: number;
}

export function makeHeader({ previous, merkleRoot = '11'.repeat(32), time, bits }: MadeHeader): Buffer {
  const header = Buffer.alloc(80);
  header.writeUInt32LE(0x2000_0000, 0);
  Buffer.from(previous, 'hex').reverse().copy(header, 4);
  Buffer.from(merkleRoot, 'hex').reverse().copy(header, 36);
  header.writeUInt32LE(time, 68);
  header.writeUInt32LE(bits, 72);
  const target = targetOf(bits);
  for (let nonce = 0; BigInt(`0x${hashOf(header)}`) > target;) header.writeUInt32LE(++nonce, 76);
  return header;
}

export function hashOf(header: Uint8Array): string {
  return writeHash(hashTwice(header));
}

/** A chain; `next` gives what each header holds, from the hash of the one before it and its height. */
export function makeChain(
  start: number,
  count: number,
  previous: string,
  next: (height: number) => Omit<MadeHeader, 'previous'>,
): Buffer[] {
  const headers: Buffer[] = [];
  let hash = previous;
  for (let height = start; height < start + count; height++) {
    const header = makeHeader({ ...next(height), previous: hash });
    headers.push(header);
    hash = hashOf(header);
  }
  return headers;
}

/** The address that a word of 32 bytes holds. */
import { toEvmAddress, type EvmAddress } from '../../../shared/domain/address.ts';

const EMPTY = `0x${'0'.repeat(24)}`;

/** Null for what is no word, and for one that holds more than an address. */
export function addressOfWord(word: string | null | undefined): EvmAddress | null {
  return word?.length === 66 && word.startsWith(EMPTY) ? toEvmAddress(`0x${word.slice(26)}`) : null;
}

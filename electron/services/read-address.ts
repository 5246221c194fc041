/** Reads what was typed where an account is asked for: an address, a name to be resolved, or something of Bitcoin. */
import { AppError } from '../../shared/contract/errors.ts';
import { parseEvmAddress, type AddressProblem, type EvmAddress } from '../../shared/domain/address.ts';
import { looksLikeBitcoinAccount } from '../../shared/domain/bitcoin-text.ts';
import { refuseSecret } from './typed-text.ts';

export type TypedAccount =
  | { readonly kind: 'address'; readonly address: EvmAddress }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'bitcoin'; readonly text: string };

const FORM = 'An Ethereum address is 0x followed by 40 characters, digits and the letters a to f.';

function createAddressError(problem: AddressProblem, typed: string): AppError {
  switch (problem) {
    case 'empty':
      return new AppError('bad-address', 'Nothing was entered.', { help: FORM });
    case 'not-hex':
      return new AppError('bad-address', 'This is not an Ethereum address.', {
        detail: typed.toLowerCase().startsWith('0x')
          ? 'a character after 0x is not a hex digit'
          : 'it has no 0x',
        help: `${FORM} A name such as vault.eth works too, and a Bitcoin address, extended public key or descriptor.`,
      });
    case 'wrong-length': {
      const digits = typed.length - 2;
      return new AppError('bad-address', `This has ${digits} characters after 0x; an address has 40.`, {
        help:
          digits < 40 ? 'A part of it is missing. Copy it again.' : 'There is too much of it. Copy it again.',
      });
    }
    case 'bad-checksum':
      return new AppError('bad-checksum', 'A character of this address is wrong.', {
        detail: 'Its capital letters, which are a checksum (EIP-55), do not fit the rest.',
        help: 'Copy it again from where it came from, and compare the whole of it.',
      });
  }
}

/** @throws AppError secret-refused (before anything else looks at the text), bad-address, bad-checksum */
export function readTypedAccount(text: string): TypedAccount {
  const typed = text.trim();
  // Before anything else, but for the keys in a descriptor, which are not private: its reader looks for those that are.
  const isBitcoin = looksLikeBitcoinAccount(typed) !== null;
  if (isBitcoin) return { kind: 'bitcoin', text: typed };
  refuseSecret(text, 'address');
  // A dot makes it a name: no address has one. What a name may contain is for the resolver to say (ENSIP-15).
  if (/^[^\s/:@]+\.[^\s/:@.]+$/u.test(typed) && typed.length <= 255) return { kind: 'name', name: typed };
  const parsed = parseEvmAddress(typed);
  if (parsed.ok) return { kind: 'address', address: parsed.address };
  throw createAddressError(parsed.problem, typed);
}

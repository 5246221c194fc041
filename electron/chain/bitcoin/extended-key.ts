/** Extended public keys (BIP 32), whose version bytes say what scripts they are for (SLIP-132). */
import { createBase58check } from '@scure/base';
import { createHash } from 'node:crypto';
import { AppError } from '../../../shared/contract/errors.ts';
import type { BitcoinNetwork } from '../../../shared/domain/bitcoin.ts';

const base58check = createBase58check((bytes: Uint8Array) =>
  Uint8Array.from(createHash('sha256').update(bytes).digest()),
);

/** What a key's scripts are; `any` where its prefix does not tell, because wallets write all kinds with it. */
export type KeyPurpose = 'any' | 'sh-wpkh' | 'wpkh' | 'multisig';

interface Prefix {
  readonly version: number;
  readonly isTest: boolean;
  readonly purpose: KeyPurpose;
}

const PREFIXES: Readonly<Record<string, Prefix>> = {
  xpub: { version: 0x0488b21e, isTest: false, purpose: 'any' },
  ypub: { version: 0x049d7cb2, isTest: false, purpose: 'sh-wpkh' },
  zpub: { version: 0x04b24746, isTest: false, purpose: 'wpkh' },
  Ypub: { version: 0x0295b43f, isTest: false, purpose: 'multisig' },
  Zpub: { version: 0x02aa7ed3, isTest: false, purpose: 'multisig' },
  tpub: { version: 0x043587cf, isTest: true, purpose: 'any' },
  upub: { version: 0x044a5262, isTest: true, purpose: 'sh-wpkh' },
  vpub: { version: 0x045f1cf6, isTest: true, purpose: 'wpkh' },
  Upub: { version: 0x024289ef, isTest: true, purpose: 'multisig' },
  Vpub: { version: 0x02575483, isTest: true, purpose: 'multisig' },
};

export interface ExtendedKey {
  readonly purpose: KeyPurpose;
  /** With the version bytes that descriptors know: xpub or tpub. */
  readonly plain: string;
}

/**
 * Reads a key without its origin. Keys of the main network are taken on test networks too: hashes of scripts are the same
 * everywhere, and the keys are the user's to watch where they like.
 * @throws AppError bad-checksum, bad-address
 */
export function readExtendedKey(text: string, network: BitcoinNetwork): ExtendedKey {
  let bytes: Uint8Array;
  try {
    bytes = base58check.decode(text);
  } catch (cause) {
    throw new AppError('bad-checksum', 'A character of this extended key is wrong.', {
      detail: 'Its last characters are a checksum, and do not fit the rest.',
      help: 'Copy it again from your wallet, and take the whole of it.',
      cause,
    });
  }
  const name = text.slice(0, 4);
  const prefix = Object.hasOwn(PREFIXES, name) ? PREFIXES[name] : undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isKey = bytes.length === 78 && (bytes[45] === 2 || bytes[45] === 3);
  if (prefix === undefined || !isKey || view.getUint32(0) !== prefix.version) {
    throw new AppError('bad-address', 'This is not an extended public key.', {
      help: 'Your wallet shows it as xpub, ypub or zpub, for example beside the account’s name.',
    });
  }
  if (prefix.purpose === 'multisig') {
    throw new AppError('bad-address', 'This is one key of a wallet with several.', {
      detail: `${name} says so (SLIP-132)`,
      help: 'Enter the descriptor of the wallet: wsh(sortedmulti(…)). One key alone does not give its addresses.',
    });
  }
  if (prefix.isTest && network === 'mainnet') {
    throw new AppError(
      'bad-address',
      'This extended key is for test networks, and this portfolio is on Bitcoin itself.',
      {
        help: 'Use the key of an account on Bitcoin’s main network: xpub, ypub or zpub.',
      },
    );
  }
  const swapped = Uint8Array.from(bytes);
  const plain = prefix.isTest ? PREFIXES['tpub'] : PREFIXES['xpub'];
  new DataView(swapped.buffer).setUint32(0, plain?.version ?? prefix.version);
  return { purpose: prefix.purpose, plain: base58check.encode(swapped) };
}

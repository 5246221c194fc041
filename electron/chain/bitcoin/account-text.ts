/**
 * Reads what was typed as a Bitcoin account: an address, an extended public key or an output descriptor. Everything that
 * holds a private key is refused before anything else looks at it.
 */
import { checksum as descriptorChecksum } from '@bitcoinerlab/descriptors';
import { address as addressCodec } from 'bitcoinjs-lib';
import { AppError } from '../../../shared/contract/errors.ts';
import { BITCOIN_NETWORKS, type BitcoinNetwork } from '../../../shared/domain/bitcoin.ts';
import { looksLikeBitcoinAccount, type BitcoinForm } from '../../../shared/domain/bitcoin-text.ts';
import { quoteForeign } from '../../../shared/format/visible-text.ts';
import { refuseSecret } from '../../services/typed-text.ts';
import { libraryNetworks } from './library-networks.ts';
import { deriveBranch, splitBranches } from './derive.ts';
import { readExtendedKey, type KeyPurpose } from './extended-key.ts';

export interface BitcoinAccountText {
  readonly form: BitcoinForm;
  /** In its usual letters; a descriptor with its checksum. */
  readonly text: string;
  /** What its scripts are derived of, at least one. */
  readonly descriptors: readonly string[];
}

const LONGEST = 4096;
const LONGEST_REASON = 160;
const HELP =
  'Enter a Bitcoin address (bc1…, 1… or 3…), an extended public key (xpub, ypub or zpub) or an output descriptor such as wpkh(xpub…/<0;1>/*).';

/** @throws AppError secret-refused, bad-address, bad-checksum */
export function readBitcoinAccount(typed: string, network: BitcoinNetwork): BitcoinAccountText {
  const text = typed.trim();
  const form = text.length <= LONGEST ? looksLikeBitcoinAccount(text) : null;
  // The public keys of a descriptor are 64 hex digits, which elsewhere are a private key. WIF and xprv are found anywhere.
  refuseSecret(typed, form === 'descriptor' ? 'hash' : 'address');
  switch (form) {
    case 'address':
      return readAddress(text, network);
    case 'extended-key':
      return readKey(text, network);
    case 'descriptor':
      return readDescriptor(text, network);
    case null:
      throw new AppError('bad-address', 'This is no Bitcoin account.', { help: HELP });
  }
}

function isAddressOn(text: string, network: BitcoinNetwork): boolean {
  try {
    addressCodec.toOutputScript(text, libraryNetworks[network]);
    return true;
  } catch {
    return false;
  }
}

function readAddress(typed: string, network: BitcoinNetwork): BitcoinAccountText {
  // QR codes carry them in capitals; mixed letters are a mistake (BIP 173).
  const isSegwit = /^(?:bc|tb|bcrt)1/iu.test(typed);
  const text = isSegwit && typed === typed.toUpperCase() ? typed.toLowerCase() : typed;
  if (isAddressOn(text, network)) return { form: 'address', text, descriptors: [`addr(${text})`] };
  const other = BITCOIN_NETWORKS.find((one) => one !== network && isAddressOn(text, one));
  if (other !== undefined) {
    throw new AppError(
      'bad-address',
      `This address is on Bitcoin ${other}, and this portfolio is on ${network}.`,
      {
        help: 'Use an address of the same network.',
      },
    );
  }
  throw new AppError('bad-checksum', 'A character of this address is wrong.', {
    detail: 'Its last characters are a checksum, and do not fit the rest.',
    help: 'Copy it again from where it came from, and compare the whole of it.',
  });
}

const WRITTEN: Readonly<Record<Exclude<KeyPurpose, 'multisig' | 'any'>, (key: string) => string>> = {
  wpkh: (key) => `wpkh(${key})`,
  'sh-wpkh': (key) => `sh(wpkh(${key}))`,
};

function readKey(text: string, network: BitcoinNetwork): BitcoinAccountText {
  const [, origin = '', key = ''] = /^(\[[^\]]*\])?(.+)$/u.exec(text) ?? [];
  const { purpose, plain } = readExtendedKey(key, network);
  const ranged = `${origin}${plain}/<0;1>/*`;
  const descriptors =
    purpose === 'wpkh' || purpose === 'sh-wpkh'
      ? [WRITTEN[purpose](ranged)]
      : // Wallets write keys of every kind as xpub: each is looked for, and what was never used costs a few questions.
        [`wpkh(${ranged})`, `tr(${ranged})`, `sh(wpkh(${ranged}))`, `pkh(${ranged})`];
  checkDerivation(descriptors, network);
  return { form: 'extended-key', text, descriptors };
}

function readDescriptor(typed: string, network: BitcoinNetwork): BitcoinAccountText {
  const [body = '', given, ...more] = typed.replace(/\s+/gu, '').split('#');
  if (more.length > 0) throw notDerived('it has more than one #');
  let checksum: string;
  try {
    checksum = descriptorChecksum(body);
  } catch (cause) {
    throw notDerived(cause instanceof Error ? cause.message : String(cause));
  }
  if (given !== undefined && given !== checksum) {
    throw new AppError('bad-checksum', 'The checksum of this descriptor does not fit.', {
      detail: 'The eight characters after # are made of all the others.',
      help: 'Copy it again. If you changed it on purpose, leave out # and what follows.',
    });
  }
  if (/[xyzt]pub[^,()]*\/\d+['hH]/u.test(body)) {
    throw new AppError('bad-address', 'This descriptor derives a hardened step of a public key.', {
      detail: 'A step with ’ or h after xpub needs the private key.',
      help: 'Put the hardened steps into the brackets in front of the key: [fingerprint/84h/0h/0h]xpub…/<0;1>/*.',
    });
  }
  checkDerivation([body], network);
  return { form: 'descriptor', text: `${body}#${checksum}`, descriptors: [body] };
}

/** Whether its first script can be made at all. @throws AppError bad-address */
function checkDerivation(descriptors: readonly string[], network: BitcoinNetwork): void {
  try {
    for (const branch of descriptors.flatMap(splitBranches))
      deriveBranch(branch, network, { from: 0, count: 1 });
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw notDerived(cause instanceof Error ? cause.message : String(cause));
  }
}

function notDerived(reason: string): AppError {
  return new AppError('bad-address', 'No address can be worked out of this.', {
    detail: quoteForeign(reason, LONGEST_REASON),
    help: HELP,
  });
}

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
import { toHex } from './bytes.ts';
import { libraryNetworks } from './library-networks.ts';
import { deriveBranch, splitBranches } from './derive.ts';
import { readExtendedKey, type KeyPurpose } from './extended-key.ts';

/** What pays to an account; `other` is a script without an address of its own. */
export type ScriptType = 'p2pkh' | 'p2sh-p2wpkh' | 'p2wpkh' | 'p2tr' | 'p2sh' | 'p2wsh' | 'other';

export interface BitcoinAccountText {
  readonly form: BitcoinForm;
  /** In its usual letters; a descriptor with its checksum. */
  readonly text: string;
  /** Of each descriptor. Of an address of a script nobody can tell what is in it. */
  readonly scriptTypes: readonly ScriptType[];
  /**
   * What its scripts are derived of, at least one. A descriptor with one branch is taken as it stands: of a wallet that
   * writes its change as a second one, that is an account of its own.
   */
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
  refuseSecret(form === 'descriptor' ? leaveOutPublicHex(typed) : typed, 'address');
  switch (form) {
    case 'address':
      return readAddress(text, network);
    case 'extended-key':
      return readKey(text, network);
    case 'descriptor':
      return readDescriptor(text, network);
    case null:
      throw new AppError('bad-address', 'This is no Bitcoin account.', {
        ...(text.length > LONGEST ? { detail: `It is longer than ${LONGEST} characters.` } : {}),
        help: HELP,
      });
  }
}

/**
 * 64 hex digits are a private key but where the syntax asks for something public: an x-only key in `tr(…)` (BIP 386)
 * or `rawtr(…)`, a hash in `sha256(…)`. Nothing tells such a key from a private one in the same place. Keys with 02 or
 * 03 in front are longer, and not taken for one.
 */
function leaveOutPublicHex(text: string): string {
  const expected = /^\s*(?:raw)?tr\(/u.test(text)
    ? /(?<=[(,\]]\s*)[0-9a-f]{64}(?=\s*[,)])/giu
    : /(?<=\b(?:sha256|hash256)\(\s*)[0-9a-f]{64}(?=\s*\))/giu;
  return text.replaceAll(expected, '');
}

function isAddressOn(text: string, network: BitcoinNetwork): boolean {
  try {
    addressCodec.toOutputScript(text, libraryNetworks[network]);
    return true;
  } catch {
    return false;
  }
}

/** Null where it is no segwit address, or its checksum does not fit. */
function readWitnessVersion(text: string): number | null {
  try {
    return addressCodec.fromBech32(text).version;
  } catch {
    return null;
  }
}

function readAddress(typed: string, network: BitcoinNetwork): BitcoinAccountText {
  const isSegwit = /^(?:bc|tb|bcrt)1/iu.test(typed);
  // QR codes carry them in capitals; mixed letters are a mistake (BIP 173).
  const text = isSegwit && typed === typed.toUpperCase() ? typed.toLowerCase() : typed;
  if (isSegwit && text !== text.toLowerCase()) {
    throw new AppError('bad-checksum', 'This address mixes capital and small letters.', {
      detail: 'One that begins with bc1, tb1 or bcrt1 has small letters only, or capitals only.',
      help: 'Copy it again from where it came from, and compare the whole of it.',
    });
  }
  const witnessVersion = readWitnessVersion(text);
  // Before the library makes a script of it, which it does with a warning on the console.
  if (witnessVersion !== null && witnessVersion > 1) throw unknownKind(witnessVersion);
  if (isAddressOn(text, network)) {
    const descriptors = [`addr(${text})`];
    return { form: 'address', text, scriptTypes: checkDerivation(descriptors, network), descriptors };
  }
  const others = BITCOIN_NETWORKS.filter((one) => isAddressOn(text, one));
  if (others.length > 0) {
    throw new AppError(
      'bad-address',
      `This address is on Bitcoin ${others.join(' or ')}, and this portfolio is on ${network}.`,
      { help: 'Use an address of the same network.' },
    );
  }
  if (witnessVersion !== null) throw unknownKind(witnessVersion);
  throw new AppError('bad-checksum', 'A character of this address is wrong.', {
    detail: 'Its last characters are a checksum, and do not fit the rest.',
    help: 'Copy it again from where it came from, and compare the whole of it.',
  });
}

function unknownKind(witnessVersion: number): AppError {
  return new AppError('bad-address', 'No wallet has an address of this kind.', {
    detail: `Its checksum fits, but not its length to witness version ${witnessVersion}, or that version has no rules yet.`,
    help: HELP,
  });
}

const WRITTEN: Readonly<Record<Exclude<KeyPurpose, 'multisig' | 'any'>, (key: string) => string>> = {
  wpkh: (key) => `wpkh(${key})`,
  'sh-wpkh': (key) => `sh(wpkh(${key}))`,
};

function readKey(text: string, network: BitcoinNetwork): BitcoinAccountText {
  const [, origin = '', key = ''] = /^(\[[^\]]*\])?(.+)$/u.exec(text) ?? [];
  const { purpose, plain } = readExtendedKey(key, network);
  const ranged = `${writeHardened(origin)}${plain}/<0;1>/*`;
  const descriptors =
    purpose === 'wpkh' || purpose === 'sh-wpkh'
      ? [WRITTEN[purpose](ranged)]
      : // Wallets write keys of every kind as xpub: each is looked for, and what was never used costs a few questions.
        [`wpkh(${ranged})`, `tr(${ranged})`, `sh(wpkh(${ranged}))`, `pkh(${ranged})`];
  return {
    form: 'extended-key',
    text: writeHardened(text),
    scriptTypes: checkDerivation(descriptors, network),
    descriptors,
  };
}

function readDescriptor(typed: string, network: BitcoinNetwork): BitcoinAccountText {
  const written = typed.replace(/\s+/gu, '');
  checkChecksum(written);
  const [untouched = ''] = writeHardened(written).split('#');
  const [, address] = /^addr\(([^()]*)\)$/u.exec(untouched) ?? [];
  const body = address === undefined ? untouched : `addr(${readAddress(address, network).text})`;
  checkKeys(body, network);
  const scriptTypes = checkDerivation([body], network);
  return {
    form: 'descriptor',
    text: `${body}#${descriptorChecksum(body)}`,
    scriptTypes,
    descriptors: [body],
  };
}

/** Hardened steps in front of a key are written in three ways, which make the same account: with h here. */
function writeHardened(text: string): string {
  return text.replaceAll(/\[[^\]]*\]/gu, (origin) => origin.replaceAll(/['H]/gu, 'h'));
}

/** It may be left out. @throws AppError bad-checksum, bad-address */
function checkChecksum(written: string): void {
  const [body = '', given, ...more] = written.split('#');
  if (more.length > 0) throw notDerived('it has more than one #');
  let checksum: string;
  try {
    checksum = descriptorChecksum(body);
  } catch (cause) {
    throw notDerived(cause);
  }
  if (given !== undefined && given !== checksum) {
    throw new AppError('bad-checksum', 'The checksum of this descriptor does not fit.', {
      detail: 'The eight characters after # are made of all the others.',
      help: 'Copy it again. If you changed it on purpose, leave out # and what follows.',
    });
  }
}

/** @throws AppError bad-checksum, bad-address */
function checkKeys(body: string, network: BitcoinNetwork): void {
  if (/\/[\d/<>;*]*['hH]/u.test(body.replaceAll(/\[[^\]]*\]/gu, ''))) {
    throw new AppError('bad-address', 'This descriptor derives a hardened step of a public key.', {
      detail: 'A step with ’ or h after xpub needs the private key.',
      help: 'Put the hardened steps into the brackets in front of the key: [fingerprint/84h/0h/0h]xpub…/<0;1>/*.',
    });
  }
  for (const [key] of body.matchAll(/(?<=[(,\]])[a-z]pub[1-9A-HJ-NP-Za-km-z]{60,}/giu)) {
    const name = key.slice(0, 4);
    if (name !== 'xpub' && name !== 'tpub') {
      throw new AppError('bad-address', `This descriptor has a key that is written as ${name}.`, {
        detail: 'In a descriptor every extended key is xpub, or tpub on test networks.',
        help: 'Copy the descriptor from your wallet again, or enter the key alone if it is the only one.',
      });
    }
    readExtendedKey(key, network);
  }
}

/** What its first scripts are, which must be there to be made. @throws AppError bad-address */
function checkDerivation(descriptors: readonly string[], network: BitcoinNetwork): ScriptType[] {
  try {
    return descriptors.map((descriptor) => {
      const [first] = splitBranches(descriptor).flatMap((branch) =>
        deriveBranch(branch, network, { from: 0, count: 1 }),
      );
      if (first === undefined) return 'other';
      return descriptor.startsWith('sh(wpkh(') ? 'p2sh-p2wpkh' : nameScript(first.script);
    });
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw notDerived(cause);
  }
}

const SCRIPT_FORMS: readonly (readonly [RegExp, ScriptType])[] = [
  [/^76a914.{40}88ac$/u, 'p2pkh'],
  [/^a914.{40}87$/u, 'p2sh'],
  [/^0014.{40}$/u, 'p2wpkh'],
  [/^0020.{64}$/u, 'p2wsh'],
  [/^5120.{64}$/u, 'p2tr'],
];

function nameScript(script: Uint8Array): ScriptType {
  const hex = toHex(script);
  return SCRIPT_FORMS.find(([form]) => form.test(hex))?.[1] ?? 'other';
}

function notDerived(reason: unknown): AppError {
  const words = reason instanceof Error ? reason.message.replace(/^Error: /u, '') : String(reason);
  // Of a key only its beginning is repeated: one with a typing error in it is not recognised, and may be a private one.
  const safe = words.replaceAll(/\w{20,}/gu, (run) => `${run.slice(0, 4)}…`);
  return new AppError('bad-address', 'No address can be worked out of this.', {
    detail: quoteForeign(safe, LONGEST_REASON),
    help: HELP,
  });
}

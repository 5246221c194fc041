/** Scripts of output descriptors. Everything else about a wallet is asked of a server by the hashes of these. */
import { ecc, networks, Output } from '@bitcoinerlab/descriptors';
import { BIP32Factory } from 'bip32';
import { address as addressCodec, crypto } from 'bitcoinjs-lib';
import type { BitcoinNetwork } from '../../../shared/domain/bitcoin.ts';
import { tweakKey } from './babylon-scripts.ts';
import { hashScript, toHex } from './bytes.ts';
import { libraryNetworks } from './library-networks.ts';

const bip32 = BIP32Factory(ecc);

export interface BranchScript {
  readonly index: number;
  readonly script: Uint8Array;
  /** As Electrum asks for it. */
  readonly scriptHash: string;
  /** X-only keys that may be a Babylon staker's: the key itself and, of taproot, the key of the output. */
  readonly keys: readonly Uint8Array[];
}

export interface IndexRange {
  readonly from: number;
  readonly count: number;
}

/** Most values in `<…>`: two are usual. */
const MOST_BRANCHES = 8;

/**
 * One descriptor for each value in `<0;1>` (BIP 389), which stands for several; without its checksum.
 * @throws Error where the values of several keys do not fit together
 */
export function splitBranches(descriptor: string): string[] {
  const [body = ''] = descriptor.split('#');
  const written = body.replaceAll('/**', '/<0;1>/*');
  const tuples = [...written.matchAll(/<([^<>]*)>/gu)].map(([, values = '']) => values.split(';'));
  const [first] = tuples;
  if (first === undefined) return [written];
  if (/\[[^\]]*</u.test(written)) throw new Error('it has <…> in the origin of a key');
  if (/<[^<>]*>[^<>,(){}]*</u.test(written)) throw new Error('one of its keys has more than one <…>');
  if (tuples.some((values) => values.length < 2 || new Set(values).size < values.length)) {
    throw new Error('its <…> needs two values or more, and each of them once');
  }
  if (tuples.some(({ length }) => length !== first.length)) {
    throw new Error('its <…> do not have the same number of values');
  }
  if (first.length > MOST_BRANCHES) throw new Error(`its <…> has more than ${MOST_BRANCHES} values`);
  return first.map((_, place) =>
    written.replaceAll(/<([^<>]*)>/gu, (_whole, values: string) => values.split(';')[place] ?? ''),
  );
}

/** Whether there is a script for every index, and not one alone. */
export function isRanged(descriptor: string): boolean {
  return descriptor.includes('*');
}

/** Without a range there is one script, at index 0. @throws Error where the descriptor gives none */
export function deriveBranch(
  branch: string,
  network: BitcoinNetwork,
  { from, count }: IndexRange,
): BranchScript[] {
  const derive = readFixed(branch, network) ?? readKeys(branch);
  const indexes = isRanged(branch)
    ? Array.from({ length: count }, (_, place) => from + place)
    : from === 0
      ? [0]
      : [];
  return indexes.map((index) => {
    const { script, keys } = derive(index);
    return { index, script, scriptHash: hashScript(script), keys };
  });
}

type Derive = (index: number) => Pick<BranchScript, 'script' | 'keys'>;

function readFixed(branch: string, network: BitcoinNetwork): Derive | null {
  const [, text] = /^addr\(([^()]+)\)$/u.exec(branch) ?? [];
  if (text === undefined) return null;
  const script = addressCodec.toOutputScript(text, libraryNetworks[network]);
  return () => ({ script, keys: [] });
}

/** With its origin, which changes nothing. What is written otherwise is left to the library, which says why not. */
const EXTENDED_KEY =
  /(?<=[(,])(?:\[[0-9a-fA-F]{8}(?:\/\d+['hH]?)*\])?([xt]pub[1-9A-HJ-NP-Za-km-z]+)((?:\/\d+)*)(\/\*)?(?=[,)])/gu;

type KeyAt = (index: number) => Uint8Array;

/**
 * Extended keys are read once and put in as plain keys for every index: parsing them anew is most of the work. It also
 * makes no matter of their network, as the scripts are the same on all.
 */
function readKeys(branch: string): Derive {
  const keys = new Map<string, KeyAt>();
  for (const [written, key = '', steps = '', range] of branch.matchAll(EXTENDED_KEY)) {
    const node = steps
      .split('/')
      .slice(1)
      .reduce((parent, step) => parent.derive(Number(step)), bip32.fromBase58(key, networkOfKey(key)));
    keys.set(written, (index) => (range === undefined ? node : node.derive(index)).publicKey);
  }
  const [, form = '', written = '', closing] = SINGLE_KEY.exec(branch) ?? [];
  const key = keys.get(written);
  if (key && (form === 'sh(wpkh') === (closing === ')')) return (index) => payToKey(form, key(index));
  return (index) =>
    readAny(branch.replaceAll(EXTENDED_KEY, (text) => toHex(keys.get(text)?.(index) ?? NONE)));
}

const NONE = new Uint8Array();

function networkOfKey(key: string): typeof networks.bitcoin {
  return key.startsWith('t') ? networks.testnet : networks.bitcoin;
}

const SINGLE_KEY = /^(pkh|wpkh|sh\(wpkh|tr)\(([^(),]+)\)(\)?)$/u;

/** The usual ones, written without the library, which takes as long over each as the derivation of its key. */
function payToKey(form: string, publicKey: Uint8Array): ReturnType<Derive> {
  const xOnly = publicKey.slice(1);
  switch (form) {
    case 'wpkh':
      return { script: payToWitness(publicKey), keys: [xOnly] };
    case 'sh(wpkh':
      return { script: payToHash(payToWitness(publicKey)), keys: [xOnly] };
    case 'pkh':
      return {
        script: Uint8Array.from([0x76, 0xa9, 0x14, ...crypto.hash160(publicKey), 0x88, 0xac]),
        keys: [xOnly],
      };
    default: {
      const output = tweakKey(xOnly);
      return { script: Uint8Array.from([0x51, 0x20, ...output]), keys: [xOnly, output] };
    }
  }
}

function payToWitness(publicKey: Uint8Array): Uint8Array {
  return Uint8Array.from([0x00, 0x14, ...crypto.hash160(publicKey)]);
}

function payToHash(script: Uint8Array): Uint8Array {
  return Uint8Array.from([0xa9, 0x14, ...crypto.hash160(script), 0x87]);
}

/** The x-only part of the one key, or of the internal key of a tree: with or without the byte in front of it. */
const SPENDING_KEY = /^(?:pk|pkh|wpkh|sh\(wpkh|tr)\((?:\[[^\]]*\])?(?:0[234])?([0-9a-f]{64})/iu;

/** Of a wallet with several keys nobody alone is a staker; a taproot output may still be one's key. */
function readAny(plain: string): ReturnType<Derive> {
  const output = new Output({ descriptor: plain, network: networks.bitcoin });
  const script = Uint8Array.from(output.getScriptPubKey());
  const [, key] = SPENDING_KEY.exec(plain) ?? [];
  const isTaproot = script.length === 34 && script[0] === 0x51;
  return {
    script,
    keys: [
      ...(key === undefined ? [] : [Uint8Array.from(Buffer.from(key, 'hex'))]),
      ...(isTaproot ? [script.slice(2)] : []),
    ],
  };
}

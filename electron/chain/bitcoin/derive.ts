/** Scripts of output descriptors. Everything else about a wallet is asked of a server by the hashes of these. */
import { ecc, networks, Output } from '@bitcoinerlab/descriptors';
import { BIP32Factory } from 'bip32';
import { address as addressCodec, crypto } from 'bitcoinjs-lib';
import type { BitcoinNetwork } from '../../../shared/domain/bitcoin.ts';
import { tweakKey } from './babylon-scripts.ts';
import { hashScript } from './bytes.ts';
import { libraryNetworks } from './library-networks.ts';

const bip32 = BIP32Factory(ecc);

export interface DerivedScript {
  readonly index: number;
  readonly script: Uint8Array;
  /** As Electrum asks for it. */
  readonly scriptHash: string;
  /** X-only keys that may be a Babylon staker's: the key itself and, of taproot, the key of the output. */
  readonly keys: readonly Uint8Array[];
}

/** Most values in `<…>`: two are usual. */
const MOST_BRANCHES = 8;

/** One descriptor for each value in `<0;1>`, which stands for several; without its checksum. */
export function splitBranches(descriptor: string): string[] {
  const [body = ''] = descriptor.split('#');
  const written = body.replaceAll('/**', '/<0;1>/*');
  const tuples = [...written.matchAll(/<([\dhH';]+)>/gu)].map(([, values = '']) => values.split(';'));
  const [first] = tuples;
  if (first === undefined) return [written];
  if (first.length > MOST_BRANCHES || tuples.some(({ length }) => length !== first.length)) {
    throw new Error('its <…> do not have the same number of values');
  }
  return first.map((_, place) =>
    written.replaceAll(/<([\dhH';]+)>/gu, (_whole, values: string) => values.split(';')[place] ?? ''),
  );
}

export function isRanged(branch: string): boolean {
  return branch.includes('*');
}

/** Without a range there is one script, at index 0. @throws Error where the descriptor gives none */
export function deriveBranch(
  branch: string,
  network: BitcoinNetwork,
  { from, count }: { readonly from: number; readonly count: number },
): DerivedScript[] {
  const derive = readFixed(branch, network) ?? readSingleKey(branch) ?? readAny(branch);
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

type Derive = (index: number) => Pick<DerivedScript, 'script' | 'keys'>;

function readFixed(branch: string, network: BitcoinNetwork): Derive | null {
  const [, text] = /^addr\(([^()]+)\)$/u.exec(branch) ?? [];
  if (text === undefined) return null;
  const script = addressCodec.toOutputScript(text, libraryNetworks[network]);
  return () => ({ script, keys: [] });
}

const SINGLE_KEY =
  /^(pkh|wpkh|sh\(wpkh|tr)\((?:\[[^\]]*\])?([xt]pub[1-9A-HJ-NP-Za-km-z]+)((?:\/\d+)*)\/\*\)\)?$/u;

/** The usual ones without parsing them anew for every index, which is most of the work. */
function readSingleKey(branch: string): Derive | null {
  const [, kind, key = '', steps = ''] = SINGLE_KEY.exec(branch) ?? [];
  if (kind === undefined || branch.split('(').length !== branch.split(')').length) return null;
  const node = steps
    .split('/')
    .slice(1)
    .reduce((parent, step) => parent.derive(Number(step)), bip32.fromBase58(key, networkOfKey(branch)));
  return (index) => {
    const { publicKey } = node.derive(index);
    const xOnly = publicKey.slice(1);
    switch (kind) {
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
  };
}

function payToWitness(publicKey: Uint8Array): Uint8Array {
  return Uint8Array.from([0x00, 0x14, ...crypto.hash160(publicKey)]);
}

function payToHash(script: Uint8Array): Uint8Array {
  return Uint8Array.from([0xa9, 0x14, ...crypto.hash160(script), 0x87]);
}

/** Of a wallet with several keys nobody alone is a staker; a taproot output may still be one's key. */
function readAny(branch: string): Derive {
  const network = networkOfKey(branch);
  return (index) => {
    const output = new Output({ descriptor: branch, network, ...(isRanged(branch) ? { index } : {}) });
    const script = Uint8Array.from(output.getScriptPubKey());
    const isTaproot = script.length === 34 && script[0] === 0x51;
    return { script, keys: isTaproot ? [script.slice(2)] : [] };
  };
}

/** The library takes a key only with the version bytes of its network; the scripts are the same on all. */
function networkOfKey(branch: string): typeof networks.bitcoin {
  return /tpub/u.test(branch) ? networks.testnet : networks.bitcoin;
}

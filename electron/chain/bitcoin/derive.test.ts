import { networks, Output } from '@bitcoinerlab/descriptors';
import { crypto } from 'bitcoinjs-lib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BitcoinNetwork } from '../../../shared/domain/bitcoin.ts';
import { readBitcoinAccount } from './account-text.ts';
import { toHex } from './bytes.ts';
import { deriveBranch, isRanged, splitBranches } from './derive.ts';
import { deriveAll } from './testing/derive-all.ts';

/** Of the BIPs, from the words “abandon … about”. */
const ZPUB =
  'zpub6rFR7y4Q2AijBEqTUquhVz398htDFrtymD9xYYfG1m4wAcvPhXNfE3EfH1r1ADqtfSdVCToUG868RvUUkgDKf31mGDtKsAYz2oz2AGutZYs';
const BIP86_XPUB =
  'xpub6BgBgsespWvERF3LHQu6CnqdvfEvtMcQjYrcRzx53QJjSxarj2afYWcLteoGVky7D3UKDP9QyrLprQ3VCECoY49yfdDEHGCtMMj92pReUsQ';
const BIP49_UPUB =
  'upub5EFU65HtV5TeiSHmZZm7FUffBGy8UKeqp7vw43jYbvZPpoVsgU93oac7Wk3u6moKegAEWtGNF8DehrnHtv21XXEMYRUocHqguyjknFHYfgY';
/** The keys of the descriptors' BIPs (383, 386 and 389). */
const ONE =
  'xpub6ERApfZwUNrhLCkDtcHTcxd75RbzS1ed54G1LkBUHQVHQKqhMkhgbmJbZRkrgZw4koxb5JaHWkY4ALHY2grBGRjaDMzQLcgJvLJuZZvRcEL';
const TWO =
  'xpub68NZiKmJWnxxS6aaHmn81bvJeTESw724CRDs6HbuccFQN9Ku14VQrADWgqbhhTHBaohPX4CjNLf9fq9MYo6oDaPPLPxSb7gwQN3ih19Zm4Y';
const KEY = 'a34b99f22c790c4e36b2b3c2c35a36db06226e41c692fc82b8b56ac1c540c5bd';
const OTHER_KEY = '669b8afcec803a0d323e9a17f3ea8e68e8abe5a278020a929adbec52421adbd0';
const FIRST_TWO = { from: 0, count: 2 };

function descriptorsOf(text: string, network: BitcoinNetwork = 'mainnet'): readonly string[] {
  return readBitcoinAccount(text, network).descriptors;
}

/** Addresses by chain. */
function addressesOf(
  descriptors: readonly string[],
  network: BitcoinNetwork,
  count = 2,
): (string | null)[][] {
  const scripts = deriveAll(descriptors, network, { from: 0, count });
  return [0, 1].map((chain) => scripts.filter((one) => one.chain === chain).map(({ address }) => address));
}

function hexOf(descriptor: string, count = 1): string[] {
  return deriveAll([descriptor], 'mainnet', { from: 0, count }).map(({ script }) => toHex(script));
}

describe('addresses of an extended key', () => {
  it('are those of BIP 84 for a zpub', () => {
    const [receive, [change] = []] = addressesOf(descriptorsOf(ZPUB), 'mainnet');
    expect(receive).toEqual([
      'bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu',
      'bc1qnjg0jd8228aq7egyzacy8cys3knf9xvrerkf9g',
    ]);
    expect(change).toBe('bc1q8c6fshw2dlwun7ekn9qwf37cu2rn755upcp6el');
  });

  it('are those of BIP 86 among the kinds an xpub may be', () => {
    const taproot = descriptorsOf(BIP86_XPUB).filter((descriptor) => descriptor.startsWith('tr('));
    const [receive, [change] = []] = addressesOf(taproot, 'mainnet');
    expect(receive).toEqual([
      'bc1p5cyxnuxmeuwuvkwfem96lqzszd02n6xdcjrs20cac6yqjjwudpxqkedrcr',
      'bc1p4qhjn9zdvkux4e44uhx8tc55attvtyu358kutcqkudyccelu0was9fqzwh',
    ]);
    expect(change).toBe('bc1p3qkhfews2uk44qtvauqyr2ttdsw7svhkl9nkm9s9c3x4ax5h60wqwruhk7');
  });

  it('are those of BIP 49 for a upub', () => {
    expect(addressesOf(descriptorsOf(BIP49_UPUB, 'testnet'), 'testnet', 1)[0]).toEqual([
      '2Mww8dCYPUpKHofjgcXcBCEGmniw9CoaiD2',
    ]);
  });

  it('are the same scripts on another network, written as that one writes them', () => {
    expect(descriptorsOf(ZPUB, 'regtest')).toEqual(descriptorsOf(ZPUB));
    expect(addressesOf(descriptorsOf(ZPUB), 'regtest', 1)[0]).toEqual([
      'bcrt1qcr8te4kr609gcawutmrza0j4xv80jy8zeqchgx',
    ]);
    expect(addressesOf(descriptorsOf(ZPUB), 'signet', 1)[0]?.[0]).toMatch(/^tb1q/u);
  });
});

describe('scripts of a descriptor', () => {
  it.each([
    [
      ['02ff12471208c14bd580709cb2358d98975247d8765f92bc25eab3b2763ed605f8'],
      ['02fe6f0a5a297eb38c391581c4413e084773ea23954d93f7753db7dc0adc188b2f'],
      '39bgKC7RFbpoCRbtD5KEdkYKtNyhpsNa3Z',
    ],
    [
      ['022df8750480ad5b26950b25c7ba79d3e37d75f640f8e5d9bcd5b150a0f85014da'],
      [
        '03e3818b65bcc73a7d64064106a859cc1a5a728c4345ff0b641209fba0d90de6e9',
        '021f2f6e1e50cb6a953935c3601284925decd3fd21bc445712576873fb8c6ebc18',
      ],
      '3Q4sF6tv9wsdqu2NtARzNCpQgwifm2rAba',
    ],
  ])('have their keys sorted (BIP 67)', (first, rest, address) => {
    for (const keys of [
      [...first, ...rest],
      [...rest, ...first],
    ]) {
      const [derived] = deriveAll([`sh(sortedmulti(2,${keys.join(',')}))`], 'mainnet', FIRST_TWO);
      expect(derived).toMatchObject({ address, keys: [] });
    }
  });

  it('are sorted after the keys are derived, as in BIP 383', () => {
    // Where they are bare: in sh() the script is of the hash of what is listed there.
    const listed = [
      '5221025d5fc65ebb8d44a5274b53bac21ff8307fec2334a32df05553459f8b1f7fe1b62102fbd47cc8034098f0e6a94c6aeee8528abf0a2153a5d8e46d325b7284c046784652ae',
      '52210264fd4d1f5dea8ded94c61e9641309349b62f27fbffe807291f664e286bfbe6472103f4ece6dfccfa37b211eb3d0af4d0c61dba9ef698622dc17eecdf764beeb005a652ae',
      '5221022ccabda84c30bad578b13c89eb3b9544ce149787e5b538175b1d1ba259cbb83321024d902e1a2fc7a8755ab5b694c575fce742c48d9ff192e63df5193e4c7afe1f9c52ae',
    ];
    expect(hexOf(`sh(sortedmulti(2,${ONE}/*,${TWO}/0/0/*))`, 3)).toEqual(
      listed.map((hex) => `a914${toHex(crypto.hash160(Buffer.from(hex, 'hex')))}87`),
    );
    expect(hexOf(`sh(multi(2,[00000000/111'/222]${ONE},${TWO}/0))`)).toEqual([
      'a91445a9a622a8b0a1269944be477640eedc447bbd8487',
    ]);
  });

  it('are those of BIP 386 with a tree', () => {
    expect(hexOf(`tr(${KEY})`)).toEqual([
      '512077aab6e066f8a7419c5ab714c12c67d25007ed55a43cadcacb4d7a970a093f11',
    ]);
    expect(hexOf(`tr(${KEY},pk(${OTHER_KEY}))`)).toEqual([
      '512017cf18db381d836d8923b1bdb246cfcd818da1a9f0e6e7907f187f0b2f937754',
    ]);
    expect(hexOf(`tr(${ONE}/0/*,pk(${ONE}/1/*))`, 3)).toEqual([
      '512078bc707124daa551b65af74de2ec128b7525e10f374dc67b64e00ce0ab8b3e12',
      '512001f0a02a17808c20134b78faab80ef93ffba82261ccef0a2314f5d62b6438f11',
      '512021024954fcec88237a9386fce80ef2ced5f1e91b422b26c59ccfc174c8d1ad25',
    ]);
  });

  it.each([
    `wpkh(${ONE}/0/*)`,
    `sh(wpkh([d34db33f/49h/0'/0H]${ONE}/0/1/*))`,
    `pkh(${ONE}/*)`,
    `tr([d34db33f]${ONE}/86/*)`,
    `tr(${KEY},{pk(${ONE}/*),and_v(v:pk(${TWO}/1/*),older(10))})`,
    `tr(${ONE}/*,sortedmulti_a(1,${ONE}/1/*,${TWO}/2/*))`,
    `wsh(sortedmulti(2,[d34db33f/48h]${ONE}/0/*,${TWO}/0/*,02${KEY}))`,
    `sh(wsh(multi(1,${ONE}/*,${TWO}/*)))`,
    `wsh(andor(pk(${ONE}/0/*),older(100),pk(${TWO}/7)))`,
  ])('are what the library makes of %.30s…, which parses it anew for every index', (descriptor) => {
    for (const index of [0, 7, 2_147_483_647]) {
      const output = new Output({ descriptor, index, network: networks.bitcoin });
      const [derived] = deriveBranch(descriptor, 'mainnet', { from: index, count: 1 });
      expect(toHex(derived?.script ?? new Uint8Array())).toBe(toHex(output.getScriptPubKey()));
      expect(deriveAll([descriptor], 'mainnet', { from: index, count: 1 })[0]?.address).toBe(
        output.getAddress(),
      );
    }
    expect(() => deriveBranch(descriptor, 'mainnet', { from: 2_147_483_648, count: 1 })).toThrow();
  });

  it('are one where the descriptor has no range, whatever is asked for', () => {
    const address = 'bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu';
    for (const descriptor of [`addr(${address})`, `wpkh(${ONE}/0/5)`, `tr(${KEY})`]) {
      const [only, ...more] = deriveAll([descriptor], 'mainnet', { from: 7, count: 20 });
      expect(more).toEqual([]);
      expect(only).toMatchObject({ descriptor: 0, chain: 0, index: 0 });
      expect(deriveBranch(descriptor, 'mainnet', { from: 1, count: 20 })).toEqual([]);
    }
    expect(deriveAll([`addr(${address})`], 'mainnet', FIRST_TWO)[0]).toMatchObject({ address, keys: [] });
    expect(deriveAll([`pk(02${KEY})`], 'mainnet', FIRST_TWO)[0]?.address).toBeNull();
  });

  it('are placed by descriptor, chain and index', () => {
    const descriptors = [`wpkh(${ONE}/<0;1>/*)`, `tr(${KEY})`, `pkh(${TWO}/<5;7;9>/*)`];
    const places = deriveAll(descriptors, 'mainnet', { from: 3, count: 2 }).map(
      ({ descriptor, chain, index }) => [descriptor, chain, index],
    );
    expect(places).toEqual([
      ...[0, 1].flatMap((chain) => [3, 4].map((index) => [0, chain, index])),
      [1, 0, 0],
      ...[0, 1, 2].flatMap((chain) => [3, 4].map((index) => [2, chain, index])),
    ]);
    expect(descriptors.map(isRanged)).toEqual([true, false, true]);
  });

  it('are the same derived at once or in two slices', () => {
    const all = [
      ...descriptorsOf(ZPUB),
      ...descriptorsOf(BIP86_XPUB),
      `wsh(sortedmulti(2,${ONE}/<0;1>/*,${TWO}/<2;3>/*))`,
    ];
    const size = fc.nat(4);
    fc.assert(
      fc.property(fc.constantFrom(...all), fc.nat(5), size, size, (descriptor, from, one, other) => {
        const derive = (start: number, count: number) =>
          deriveAll([descriptor], 'mainnet', { from: start, count });
        const whole = derive(from, one + other);
        const slices = [...derive(from, one), ...derive(from + one, other)];
        const byChain = [0, 1].flatMap((chain) => slices.filter((script) => script.chain === chain));
        expect(byChain).toEqual(whole);
      }),
      { numRuns: 20 },
    );
  });

  it('are asked for by the hash Electrum documents', () => {
    // Electrum's protocol documentation gives this one for 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa.
    const [genesis] = deriveAll(descriptorsOf('1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa'), 'mainnet', FIRST_TWO);
    expect(genesis?.scriptHash).toBe('8b01df4e368ea28f8dc0423bcf7a4923e3a12d307c875e47a0cfbf90b5c39161');
  });
});

describe('keys that may be a staker’s', () => {
  function keysOf(descriptor: string): string[] {
    return deriveAll([descriptor], 'mainnet', { from: 0, count: 1 }).flatMap(({ keys }) => keys.map(toHex));
  }

  it('are the key itself, and of taproot the key of the output too', () => {
    for (const form of ['pk(K)', 'pkh(K)', 'wpkh(K)', 'sh(wpkh(K))', 'wpkh([d34db33f/84h]K)']) {
      expect(keysOf(form.replace('K', `02${KEY}`)), form).toEqual([KEY]);
    }
    const output = '77aab6e066f8a7419c5ab714c12c67d25007ed55a43cadcacb4d7a970a093f11';
    expect(keysOf(`tr(${KEY})`)).toEqual([KEY, output]);
    expect(keysOf(`tr([d34db33f/86h]03${KEY})`)).toEqual([KEY, output]);
    expect(keysOf(`tr(${KEY},pk(${OTHER_KEY}))`)).toEqual([
      KEY,
      '17cf18db381d836d8923b1bdb246cfcd818da1a9f0e6e7907f187f0b2f937754',
    ]);
  });

  it('are the same of a derived key and of that key written out', () => {
    for (const form of ['pkh(K)', 'wpkh(K)', 'sh(wpkh(K))', 'tr(K)', 'tr(K,pk(K))']) {
      const [key = ''] = keysOf(`wpkh(${ONE}/0/0)`);
      expect(keysOf(form.replaceAll('K', `${ONE}/0/*`)), form).toEqual(
        keysOf(form.replaceAll('K', `02${key}`)),
      );
    }
  });

  it('are none of a wallet with several', () => {
    expect(keysOf(`wsh(sortedmulti(1,02${KEY},02${OTHER_KEY}))`)).toEqual([]);
  });
});

describe('branches', () => {
  it.each([
    [`wpkh(${ONE}/<1;3>/2/*)`, [`wpkh(${ONE}/1/2/*)`, `wpkh(${ONE}/3/2/*)`]],
    [`pkh(${ONE}/<0;1;2>)`, [0, 1, 2].map((step) => `pkh(${ONE}/${step})`)],
    [`pk(${ONE}/<0;1>)`, [`pk(${ONE}/0)`, `pk(${ONE}/1)`]],
    [`wpkh(${ONE}/**)#aaaaaaaa`, [`wpkh(${ONE}/0/*)`, `wpkh(${ONE}/1/*)`]],
    [`wpkh(${ONE}/0/*)`, [`wpkh(${ONE}/0/*)`]],
    [
      `sh(multi(2,${ONE}/<1;2;3>/0/*,${TWO}/0/*,${TWO}/0/0/<3;4;5>/*))`,
      [1, 2, 3].map((step) => `sh(multi(2,${ONE}/${step}/0/*,${TWO}/0/*,${TWO}/0/0/${step + 2}/*))`),
    ],
  ])('of %.20s… are taken apart as BIP 389 has it', (descriptor, branches) => {
    expect(splitBranches(descriptor)).toEqual(branches);
  });

  it.each([
    [`pkh(${ONE}/<0;1>/<2;3>)`, 'more than one'],
    [`pkh([deadbeef/<0;1>]${ONE}/0)`, 'origin'],
    [`sh(multi(2,${ONE}/<1;2;3>/0/*,${TWO}/<3;4>/*))`, 'same number'],
    [`wpkh(${ONE}/<>/*)`, 'two values or more'],
    [`wpkh(${ONE}/<0>/*)`, 'two values or more'],
    [`wpkh(${ONE}/<0;0>/*)`, 'each of them once'],
    [`wpkh(${ONE}/<0;1;2;3;4;5;6;7;8>/*)`, 'more than 8'],
  ])('of %.20s… are none', (descriptor, reason) => {
    expect(() => splitBranches(descriptor)).toThrow(reason);
  });

  it.each(['/0>/*', '/<0/*', '/<0;>/*', '/<a;b>/*'])('with %s give no script', (path) => {
    const descriptor = `wpkh(${ONE}${path})`;
    expect(() => deriveAll([descriptor], 'mainnet', FIRST_TWO)).toThrow();
  });
});

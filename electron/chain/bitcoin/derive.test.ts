import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { address as addressCodec, networks } from 'bitcoinjs-lib';
import { readBitcoinAccount } from './account-text.ts';
import { deriveBranch, splitBranches } from './derive.ts';

/** Of the BIPs, from the words “abandon … about”. */
const ZPUB =
  'zpub6rFR7y4Q2AijBEqTUquhVz398htDFrtymD9xYYfG1m4wAcvPhXNfE3EfH1r1ADqtfSdVCToUG868RvUUkgDKf31mGDtKsAYz2oz2AGutZYs';
const BIP86_XPUB =
  'xpub6BgBgsespWvERF3LHQu6CnqdvfEvtMcQjYrcRzx53QJjSxarj2afYWcLteoGVky7D3UKDP9QyrLprQ3VCECoY49yfdDEHGCtMMj92pReUsQ';
const BIP49_UPUB =
  'upub5EFU65HtV5TeiSHmZZm7FUffBGy8UKeqp7vw43jYbvZPpoVsgU93oac7Wk3u6moKegAEWtGNF8DehrnHtv21XXEMYRUocHqguyjknFHYfgY';

function addressesOf(branch: string, network: keyof typeof networks, count = 2): string[] {
  const on = network === 'bitcoin' ? 'mainnet' : network;
  return deriveBranch(branch, on, { from: 0, count }).map(({ script }) =>
    addressCodec.fromOutputScript(script, networks[network]),
  );
}

function branchesOf(text: string, network: 'mainnet' | 'testnet' | 'regtest' = 'mainnet'): string[] {
  return readBitcoinAccount(text, network).descriptors.flatMap(splitBranches);
}

describe('addresses of an extended key', () => {
  it('are those of BIP 84 for a zpub', () => {
    const [receive = '', change = ''] = branchesOf(ZPUB);
    expect(addressesOf(receive, 'bitcoin')).toEqual([
      'bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu',
      'bc1qnjg0jd8228aq7egyzacy8cys3knf9xvrerkf9g',
    ]);
    expect(addressesOf(change, 'bitcoin', 1)).toEqual(['bc1q8c6fshw2dlwun7ekn9qwf37cu2rn755upcp6el']);
  });

  it('are those of BIP 86 among the kinds an xpub may be', () => {
    const taproot = branchesOf(BIP86_XPUB).filter((branch) => branch.startsWith('tr('));
    expect(taproot.map((branch) => addressesOf(branch, 'bitcoin', 2))).toEqual([
      [
        'bc1p5cyxnuxmeuwuvkwfem96lqzszd02n6xdcjrs20cac6yqjjwudpxqkedrcr',
        'bc1p4qhjn9zdvkux4e44uhx8tc55attvtyu358kutcqkudyccelu0was9fqzwh',
      ],
      ['bc1p3qkhfews2uk44qtvauqyr2ttdsw7svhkl9nkm9s9c3x4ax5h60wqwruhk7', expect.stringMatching(/^bc1p/u)],
    ]);
  });

  it('are those of BIP 49 for a upub', () => {
    const [receive = ''] = branchesOf(BIP49_UPUB, 'testnet');
    expect(addressesOf(receive, 'testnet', 1)).toEqual(['2Mww8dCYPUpKHofjgcXcBCEGmniw9CoaiD2']);
  });

  it('are the same scripts on another network', () => {
    expect(branchesOf(ZPUB, 'regtest')).toEqual(branchesOf(ZPUB));
    expect(addressesOf(branchesOf(ZPUB)[0] ?? '', 'regtest', 1)).toEqual([
      'bcrt1qcr8te4kr609gcawutmrza0j4xv80jy8zeqchgx',
    ]);
  });
});

describe('scripts of a branch', () => {
  const branches = [
    ...branchesOf(ZPUB),
    ...branchesOf(BIP86_XPUB),
    `wsh(sortedmulti(2,${BIP86_XPUB}/0/*,${BIP86_XPUB}/1/*))`,
  ];

  it('are the same derived at once or in two slices', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...branches),
        fc.nat(5),
        fc.nat(4),
        fc.nat(4),
        (branch, from, one, other) => {
          const slices = [
            ...deriveBranch(branch, 'mainnet', { from, count: one }),
            ...deriveBranch(branch, 'mainnet', { from: from + one, count: other }),
          ];
          expect(slices).toEqual(deriveBranch(branch, 'mainnet', { from, count: one + other }));
        },
      ),
      { numRuns: 20 },
    );
  });

  it('are one where the descriptor has no range', () => {
    const address = 'bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu';
    const [branch = ''] = branchesOf(address);
    expect(deriveBranch(branch, 'mainnet', { from: 0, count: 20 })).toHaveLength(1);
    expect(deriveBranch(branch, 'mainnet', { from: 1, count: 20 })).toEqual([]);
  });

  it('are asked for by the hash Electrum documents', () => {
    // Electrum's protocol documentation gives this one for 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa.
    const [branch = ''] = branchesOf('1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa');
    expect(deriveBranch(branch, 'mainnet', { from: 0, count: 1 })[0]?.scriptHash).toBe(
      '8b01df4e368ea28f8dc0423bcf7a4923e3a12d307c875e47a0cfbf90b5c39161',
    );
  });

  it('agree with the library where they are written without it', () => {
    const general = `wsh(pk(${BIP86_XPUB}/0/*))`;
    expect(deriveBranch(general, 'mainnet', { from: 0, count: 2 })).toHaveLength(2);
    for (const wrap of ['wpkh(K)', 'tr(K)', 'sh(wpkh(K))', 'pkh(K)']) {
      const plain = wrap.replace('K', `${BIP86_XPUB}/0/*`);
      // The origin of a key changes nothing, and a path over two steps is read by the same code.
      const deep = wrap.replace('K', `[00000000/86h/0h/0h]${BIP86_XPUB}/0/*`);
      expect(deriveBranch(deep, 'mainnet', { from: 3, count: 2 })).toEqual(
        deriveBranch(plain, 'mainnet', { from: 3, count: 2 }),
      );
    }
  });
});

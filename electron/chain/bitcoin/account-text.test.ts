import { describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/contract/errors.ts';
import { readBitcoinAccount } from './account-text.ts';

const ZPUB =
  'zpub6rFR7y4Q2AijBEqTUquhVz398htDFrtymD9xYYfG1m4wAcvPhXNfE3EfH1r1ADqtfSdVCToUG868RvUUkgDKf31mGDtKsAYz2oz2AGutZYs';
const XPUB =
  'xpub6BgBgsespWvERF3LHQu6CnqdvfEvtMcQjYrcRzx53QJjSxarj2afYWcLteoGVky7D3UKDP9QyrLprQ3VCECoY49yfdDEHGCtMMj92pReUsQ';
const UPUB =
  'upub5EFU65HtV5TeiSHmZZm7FUffBGy8UKeqp7vw43jYbvZPpoVsgU93oac7Wk3u6moKegAEWtGNF8DehrnHtv21XXEMYRUocHqguyjknFHYfgY';
/** Of the words “abandon … about”: everybody's. */
const XPRV =
  'xprv9xgqHN7yz9MwCkxsBPN5qetuNdQSUttZNKw1dcYTV4mkaAFiBVGQziHs3NRSWMkCzvgjEe3n9xV8oYywvM8at9yRqyaZVz6TYYhX98VjsUk';
const WIF = 'KwDiBf89QgGbjEhKnhXJuH7LrciVrZi3qYjgd9M7rFU73sVHnoWn';
const ADDRESS = 'bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu';

function codeOf(text: string, network: 'mainnet' | 'testnet' | 'regtest' = 'mainnet'): string {
  try {
    readBitcoinAccount(text, network);
    return 'none';
  } catch (error) {
    return error instanceof AppError ? error.code : String(error);
  }
}

describe('an account’s text', () => {
  it('is an address of every kind, in its usual letters', () => {
    for (const text of [
      ADDRESS,
      'bc1p5cyxnuxmeuwuvkwfem96lqzszd02n6xdcjrs20cac6yqjjwudpxqkedrcr',
      '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa',
      '3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy',
    ]) {
      expect(readBitcoinAccount(` ${text}\n`, 'mainnet')).toMatchObject({ form: 'address', text });
    }
    expect(readBitcoinAccount(ADDRESS.toUpperCase(), 'mainnet').text).toBe(ADDRESS);
  });

  it('is looked for as what its prefix says, and as every kind where it says nothing', () => {
    expect(readBitcoinAccount(ZPUB, 'mainnet').descriptors).toEqual([
      expect.stringMatching(/^wpkh\(xpub\w+\/<0;1>\/\*\)$/u),
    ]);
    expect(readBitcoinAccount(UPUB, 'testnet').descriptors).toEqual([
      expect.stringMatching(/^sh\(wpkh\(tpub\w+\/<0;1>\/\*\)\)$/u),
    ]);
    const kinds = readBitcoinAccount(XPUB, 'mainnet').descriptors.map((text) => text.replace(/xpub.*$/u, ''));
    expect(kinds).toEqual(['wpkh(', 'tr(', 'sh(wpkh(', 'pkh(']);
  });

  it('keeps the origin of a key', () => {
    const { text, descriptors } = readBitcoinAccount(`[d34db33f/84h/0h/0h]${ZPUB}`, 'mainnet');
    expect(text).toContain('[d34db33f');
    expect(descriptors[0]).toMatch(/^wpkh\(\[d34db33f\/84h\/0h\/0h\]xpub/u);
  });

  it('is a descriptor, which gets its checksum', () => {
    for (const body of [
      `wpkh(${XPUB}/<0;1>/*)`,
      `tr(${XPUB}/0/*)`,
      `sh(wpkh([d34db33f/49'/0'/0']${XPUB}/1/*))`,
      `wsh(sortedmulti(2,${XPUB}/<0;1>/*,${XPUB}/<2;3>/*))`,
      `addr(${ADDRESS})`,
      'tr(a60869f0dbcf1dc659c9cecbaf8050135ea9e8cdc487053f1dc6880949dc684c)',
    ]) {
      const { form, text } = readBitcoinAccount(body, 'mainnet');
      expect(form).toBe('descriptor');
      expect(text.startsWith(`${body}#`)).toBe(true);
      expect(readBitcoinAccount(text, 'mainnet').text).toBe(text);
    }
  });

  it('takes a key of the main network on a test network, and not the other way', () => {
    expect(codeOf(ZPUB, 'regtest')).toBe('none');
    expect(codeOf(UPUB, 'mainnet')).toBe('bad-address');
  });

  it.each([
    ['', 'bad-address'],
    ['0x52908400098527886E0F7030069857D2E4169EE7', 'bad-address'],
    [ADDRESS.replace('cr8', 'cr9'), 'bad-checksum'],
    ['bc1Qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu', 'bad-checksum'],
    ['tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx', 'bad-address'],
    [`${ZPUB.slice(0, -1)}t`, 'bad-checksum'],
    [
      'Zpub6vZyhw1ShkEwNxtqfjk7jiwoEbZYMJdbWLHvEwo6Ns2fFc9rdQn3SerYFQXYxtZYbA8a1d83shW3g4WbsnVsymy2L8m7wpeApaqfzxCwnPQ',
      'bad-checksum',
    ],
    [`wpkh(${XPUB}/0h/*)`, 'bad-address'],
    [`wpkh(${XPUB}/0/*)#qqqqqqqq`, 'bad-checksum'],
    ['wpkh(nonsense)', 'bad-address'],
    [`wsh(sortedmulti(5,${XPUB}/0/*))`, 'bad-address'],
    [`pkh(${'('.repeat(5000)}`, 'bad-address'],
  ])('says what is wrong with %.40s', (text, code) => {
    expect(codeOf(text)).toBe(code);
  });

  it.each([XPRV, WIF, `wpkh(${XPRV}/0/*)`, `wpkh(${WIF})`, `tr(${XPRV})`, `${ADDRESS} ${WIF}`])(
    'is refused where it holds a private key',
    (text) => {
      expect(codeOf(text)).toBe('secret-refused');
    },
  );
});

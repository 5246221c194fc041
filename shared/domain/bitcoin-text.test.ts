import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { looksLikeBitcoinAccount } from './bitcoin-text.ts';

const ZPUB =
  'zpub6rFR7y4Q2AijBEqTUquhVz398htDFrtymD9xYYfG1m4wAcvPhXNfE3EfH1r1ADqtfSdVCToUG868RvUUkgDKf31mGDtKsAYz2oz2AGutZYs';
const XPRV =
  'xprv9xgqHN7yz9MwCkxsBPN5qetuNdQSUttZNKw1dcYTV4mkaAFiBVGQziHs3NRSWMkCzvgjEe3n9xV8oYywvM8at9yRqyaZVz6TYYhX98VjsUk';

describe('what a text looks like', () => {
  it.each([
    'bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu',
    'BC1QCR8TE4KR609GCAWUTMRZA0J4XV80JY8Z306FYU',
    'bc1p5cyxnuxmeuwuvkwfem96lqzszd02n6xdcjrs20cac6yqjjwudpxqkedrcr',
    'tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx',
    'bcrt1qcr8te4kr609gcawutmrza0j4xv80jy8zeqchgx',
    '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa',
    '3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy',
    'mipcBbFg9gMiCh81Kj8tqqdgoZub1ZJRfn',
    '2Mww8dCYPUpKHofjgcXcBCEGmniw9CoaiD2',
    // With a letter that none has: for the reader to say what is wrong.
    'bc1bcr8te4kr609gcawutmrza0j4xv80jy8z306fyu',
    ' \n1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa ',
  ])('is an address: %s', (text) => {
    expect(looksLikeBitcoinAccount(text)).toBe('address');
  });

  it('is an extended public key of every prefix, with or without its origin', () => {
    for (const letter of 'xyztuvYZUV') {
      expect(looksLikeBitcoinAccount(`${letter}${ZPUB.slice(1)}`)).toBe('extended-key');
    }
    expect(looksLikeBitcoinAccount(`[d34db33f/84h/0h/0h]${ZPUB}`)).toBe('extended-key');
    expect(looksLikeBitcoinAccount(`[d34db33f/84'/0'/0']${ZPUB}`)).toBe('extended-key');
  });

  it.each(['wpkh(', 'pkh(', 'sh(wpkh(', 'tr(', 'wsh(sortedmulti(2,', 'addr(', 'WPKH(', 'pk('])(
    'is a descriptor as soon as it begins as one: %s',
    (text) => {
      expect(looksLikeBitcoinAccount(text)).toBe('descriptor');
      expect(looksLikeBitcoinAccount(`${text}${ZPUB}/<0;1>/*)`)).toBe('descriptor');
    },
  );

  it.each([
    '',
    ' ',
    'bc1',
    'bc1q',
    'xpub',
    'wpkh',
    'vault.eth',
    '1inch.eth',
    '0x52908400098527886E0F7030069857D2E4169EE7',
    'abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about',
    'KwDiBf89QgGbjEhKnhXJuH7LrciVrZi3qYjgd9M7rFU73sVHnoWn',
    XPRV,
    `[d34db33f/84h/0h/0h]${XPRV}`,
    '1'.repeat(64),
    `${ZPUB}/0/*`,
    'http://wpkh(example)',
  ])('is nothing of Bitcoin: %.30s', (text) => {
    expect(looksLikeBitcoinAccount(text)).toBeNull();
  });

  it('is nothing of Bitcoin for hex digits as long as an Ethereum address or a private key', () => {
    const digit = fc.constantFrom(...'0123456789abcdefABCDEF'.split(''));
    const digits = fc.array(digit, { minLength: 64, maxLength: 64 }).map((all) => all.join(''));
    fc.assert(
      fc.property(
        fc.constantFrom('', '0x'),
        fc.constantFrom('', '1', '3', 'bc1', 'BC1'),
        digits,
        fc.constantFrom(40, 64),
        (prefix, start, rest, length) => {
          expect(looksLikeBitcoinAccount(`${prefix}${`${start}${rest}`.slice(0, length)}`)).toBeNull();
        },
      ),
    );
  });
});

import { entropyToMnemonic } from '@scure/bip39';
import { wordlist as czech } from '@scure/bip39/wordlists/czech.js';
import { wordlist as english } from '@scure/bip39/wordlists/english.js';
import { wordlist as french } from '@scure/bip39/wordlists/french.js';
import { wordlist as japanese } from '@scure/bip39/wordlists/japanese.js';
import { wordlist as korean } from '@scure/bip39/wordlists/korean.js';
import { wordlist as simplifiedChinese } from '@scure/bip39/wordlists/simplified-chinese.js';
import { wordlist as spanish } from '@scure/bip39/wordlists/spanish.js';
import { createBase58check } from '@scure/base';
import fc from 'fast-check';
import { bytesToHex, getAddress, sha256 } from 'viem/utils';
import { describe, expect, it } from 'vitest';
import { findSecret, type SecretField } from './secrets.ts';

const EVERY_FIELD: readonly SecretField[] = ['address', 'label', 'url', 'search', 'number', 'hash', 'file'];
const FIELDS = EVERY_FIELD.filter((field) => field !== 'hash');
const base58check = createBase58check((bytes: Uint8Array) => sha256(bytes, 'bytes'));

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const hexOf = (value: Uint8Array): string => bytesToHex(value).slice(2);
const before = fc.constantFrom('', 'key: ', 'my wallet, do not lose: ', '\n', '(');
const after = fc.constantFrom('', ' (old)', '\n', ' for the treasury', ')');

function expectFound(text: string, kind: string, fields: readonly SecretField[] = FIELDS): void {
  for (const field of fields) expect(findSecret(text, field), field).toBe(kind);
}

describe('a private key', () => {
  it('is found in every field but a hash, with and without 0x, in any case', () => {
    fc.assert(
      fc.property(bytes(32), fc.constantFrom('', '0x', '0X'), fc.boolean(), (key, prefix, isUpper) => {
        const digits = isUpper ? hexOf(key).toUpperCase() : hexOf(key);
        expectFound(`${prefix}${digits}`, 'private-key');
        expect(findSecret(`${prefix}${digits}`, 'hash')).toBeNull();
      }),
    );
  });

  it('is found among other text', () => {
    fc.assert(
      fc.property(bytes(32), before, after, (key, head, tail) => {
        expectFound(`${head}0x${hexOf(key)}${tail}`, 'private-key', ['address', 'label', 'search', 'file']);
      }),
    );
  });

  it('is found in groups, over two lines, with invisible characters, and as full-width letters', () => {
    const digits = '4c0883a69102937d6231471b5dbb6204fe5129617082792ae468d01a3f362318';
    const spaced = digits.replace(/(.{8})/gu, '$1 ');
    const broken = `0x${digits.slice(0, 40)}\n${digits.slice(40)}`;
    const joined = `${digits.slice(0, 9)}\u200b${digits.slice(9)}`;
    const marked = `${digits.slice(0, 9)}\u202e${digits.slice(9, 30)}\u0000${digits.slice(30)}`;
    const wide = digits.replace(/[0-9a-f]/gu, (letter) =>
      String.fromCodePoint(letter.charCodeAt(0) + 0xfee0),
    );
    const bytewise = digits.replace(/../gu, '0x$&, ');
    // Combining grapheme joiner, variation selector, Hangul filler: never drawn, and of three different categories.
    const ignored = digits.replace(/(.{9})(.{9})(.{9})/u, '$1\u034f$2\ufe0f$3\u3164');
    for (const text of [spaced, broken, joined, marked, wide, bytewise, ignored, `${digits}${digits}`])
      expectFound(text, 'private-key');
    for (const text of [`key: ${spaced}`, `key:\n${broken} (old)`])
      expectFound(text, 'private-key', ['address', 'label', 'search', 'file']);
  });

  it('is not what dates, amounts and addresses in a row are', () => {
    const dates = Array.from({ length: 8 }, (_, index) => `2026-0${index + 1}-01`).join(' ');
    const address = `0x${'ab'.repeat(20)}`;
    for (const field of EVERY_FIELD) {
      expect(findSecret(`paid ${dates}`, field)).toBeNull();
      expect(findSecret(`${address}, ${address}`, field)).toBeNull();
    }
  });

  it('is found as PEM and under a passphrase (BIP38)', () => {
    expectFound('-----BEGIN EC PRIVATE KEY-----\nMHQCAQEEIA', 'private-key', EVERY_FIELD);
    // BIP38, test vector without compression and EC multiply.
    expectFound('6PRVWUbkzzsbcVac2qwfssoUJAN1Xhrg6bNk8J7Nzm5H7kxEbn2Nh2ZoGg', 'private-key', EVERY_FIELD);
  });

  it('is not what an access key in the path of a node is, nor the hash in a link', () => {
    const digits = hexOf(new Uint8Array(32).fill(0xab));
    expect(findSecret(`https://node.example/eth/${digits}`, 'url')).toBeNull();
    for (const field of ['label', 'file', 'search'] as const) {
      expect(findSecret(`deployed in https://explorer.example/tx/0x${digits}`, field)).toBeNull();
    }
  });
});

describe('wallet import format', () => {
  it('is found everywhere: mainnet and testnet, compressed or not', () => {
    fc.assert(
      fc.property(
        bytes(32),
        fc.constantFrom(0x80, 0xef),
        fc.boolean(),
        before,
        after,
        (key, version, isCompressed, head, tail) => {
          const payload = Uint8Array.from([version, ...key, ...(isCompressed ? [1] : [])]);
          expectFound(`${head}${base58check.encode(payload)}${tail}`, 'wif', EVERY_FIELD);
        },
      ),
    );
  });

  it('is found where a break of line or spaces came along', () => {
    const wif = '5HueCGU8rMjxEXxiPuD5BDku4MkFqeZyd4dZ1jvhTVqvbTLvyTJ';
    expectFound(`${wif.slice(0, 30)}\n${wif.slice(30)}`, 'wif', EVERY_FIELD);
    expectFound(`paper: ${wif.replace(/.{4}/gu, '$& ')}`, 'wif', EVERY_FIELD);
  });

  it('is told by its checksum from other text of that length', () => {
    const wif = '5HueCGU8rMjxEXxiPuD5BDku4MkFqeZyd4dZ1jvhTVqvbTLvyTJ';
    expect(findSecret(wif, 'label')).toBe('wif');
    expect(
      findSecret(wif.replace('Mkf', 'mkf').replace('Tvy', 'tvy').slice(0, -1) + 'K', 'label'),
    ).toBeNull();
  });
});

describe('an extended private key', () => {
  const versions = [0x0488ade4, 0x049d7878, 0x04b2430c, 0x04358394, 0x044a4e28, 0x045f18bc];

  function encodeExtended(version: number, rest: Uint8Array, isPrivate: boolean): string {
    const payload = new Uint8Array(78);
    new DataView(payload.buffer).setUint32(0, version);
    payload.set(rest, 4);
    payload[45] = isPrivate ? 0 : 2;
    return base58check.encode(payload);
  }

  it('is found everywhere, alone and in a descriptor', () => {
    fc.assert(
      fc.property(fc.constantFrom(...versions), bytes(74), (version, rest) => {
        const key = encodeExtended(version, rest, true);
        expectFound(key, 'extended-private-key', EVERY_FIELD);
        expectFound(`wpkh([d34db33f/84h/0h/0h]${key}/0/*)`, 'extended-private-key', EVERY_FIELD);
      }),
    );
  });

  it('is found with a typing error in it, and never where the key is public', () => {
    // BIP32, test vector 1, chain m.
    const xprv =
      'xprv9s21ZrQH143K3QTDL4LXw2F7HEK3wJUD2nW2nRk4stbPy6cq3jPPqjiChkVvvNKmPGJxWUtg6LnF5kejMRNNU3TGtRBeJgk33yuGBxrMPHi';
    const xpub =
      'xpub661MyMwAqRbcFtXgS5sYJABqqG9YLmC4Q1Rdap9gSE8NqtwybGhePY2gZ29ESFjqJoCu1Rupje8YtGqsefD265TMg7usUDFdp6W1EGMcet8';
    expectFound(xprv, 'extended-private-key', EVERY_FIELD);
    expectFound(xprv.replace('QTDL', 'QTDM'), 'extended-private-key', EVERY_FIELD);
    expectFound(`root ${xprv.slice(0, 76)}\n${xprv.slice(76)}`, 'extended-private-key', EVERY_FIELD);
    for (const field of EVERY_FIELD) expect(findSecret(xpub, field)).toBeNull();
    fc.assert(
      fc.property(fc.constantFrom(0x0488b21e, 0x049d7cb2, 0x04b24746), bytes(74), (version, rest) => {
        expect(findSecret(encodeExtended(version, rest, false), 'address')).toBeNull();
      }),
    );
  });
});

describe('a seed phrase', () => {
  const lengths = fc.constantFrom(16, 20, 24, 28, 32);
  const phrase = (list: string[]) =>
    lengths
      .chain((length) => bytes(length))
      .map((entropy) => entropyToMnemonic(entropy, list).split(/[ \u3000]/u));

  it('is found everywhere, however it is written down', () => {
    const styles: readonly ((words: string[]) => string)[] = [
      (words) => words.join(' '),
      (words) => words.join(', ').toUpperCase(),
      (words) => words.map((word, index) => `${index + 1}. ${word}`).join('\n'),
      (words) => words.join('-'),
      (words) => words.join('\u200b'),
      (words) => words.join(' ').replaceAll('a', 'a\u00ad'),
      (words) => `https://node.example/${words.join('%20')}`,
      (words) => JSON.stringify({ mnemonic: words.join(' ') }),
      (words) => `my seed is: ${words.join(' ')} please keep it`,
      // Steel plates hold four letters of each word.
      (words) => words.map((word) => word.slice(0, 4)).join(' '),
    ];
    fc.assert(
      fc.property(phrase(english), fc.constantFrom(...styles), (words, write) => {
        expectFound(write(words), 'seed-phrase', EVERY_FIELD);
      }),
    );
  });

  it('is found with up to one word in five mistyped, and with one missing', () => {
    fc.assert(
      fc.property(phrase(english), fc.nat(), (words, seed) => {
        const wrong = [...words];
        const count = Math.floor(words.length / 5);
        for (let index = 0; index < count; index += 1) wrong[(seed + index * 3) % words.length] = 'mistypd';
        expectFound(wrong.join(' '), 'seed-phrase');
        expectFound(words.toSpliced(seed % words.length, 1).join(' '), 'seed-phrase');
      }),
    );
  });

  it('is found in other languages where their lists are given', () => {
    for (const list of [french, spanish, czech, japanese, korean, simplifiedChinese]) {
      fc.assert(
        fc.property(phrase(list), (words) => {
          expect(findSecret(words.join(' '), 'label', [english, list])).toBe('seed-phrase');
        }),
        { numRuns: 20 },
      );
    }
  });

  it('is found without its accents', () => {
    for (const list of [french, spanish]) {
      fc.assert(
        fc.property(phrase(list), (words) => {
          const plain = words
            .join(' ')
            .normalize('NFD')
            .replace(/\p{Mn}/gu, '');
          expect(findSecret(plain, 'label', [english, list])).toBe('seed-phrase');
        }),
        { numRuns: 20 },
      );
    }
  });

  it('is found in Chinese without spaces by its checksum, and ordinary Chinese is not', () => {
    const words = entropyToMnemonic(new Uint8Array(16).fill(7), simplifiedChinese);
    expect(findSecret(words.replaceAll(' ', ''), 'label', [simplifiedChinese])).toBe('seed-phrase');
    expect(findSecret('这是我们公司的主要钱包用来支付工资', 'label', [simplifiedChinese])).toBeNull();
  });

  it('is not what ordinary labels and sentences are', () => {
    for (const text of [
      'my cold wallet for the year one two three',
      'Treasury',
      'ledger number two, kept in the office safe, only for the yearly audit of the foundation',
      'The quick brown fox jumps over the lazy dog and then runs away from the small angry bear',
      'This account pays the monthly wages of the team and must always hold enough for three months of work',
      'Deposited with the old operator before the slash, moved to the new one in spring, still waiting for rewards',
    ]) {
      for (const field of EVERY_FIELD) expect(findSecret(text, field), text).toBeNull();
    }
  });
});

describe('a keystore', () => {
  const crypto = {
    cipher: 'aes-128-ctr',
    ciphertext: hexOf(new Uint8Array(32).fill(9)),
    kdf: 'scrypt',
    mac: '00',
  };

  it('is found whole, cut off, pasted as a label, and in the forms before and after it', () => {
    const whole = JSON.stringify({ version: 3, id: 'x', address: '00', crypto });
    const eip2335 = JSON.stringify({
      crypto: { kdf: { function: 'pbkdf2' }, cipher: { message: 'd0' } },
      version: 4,
    });
    const presale = JSON.stringify({ encseed: '00', ethaddr: '00' });
    for (const text of [whole, whole.slice(0, -20), whole.toUpperCase(), eip2335, presale]) {
      expectFound(text, 'keystore-json', EVERY_FIELD);
    }
  });

  it('is not what a network file is', () => {
    const text = JSON.stringify({ schema: 'ballast-network/1', name: 'Devnet', chainId: 1, contracts: {} });
    expect(findSecret(text, 'file')).toBeNull();
  });
});

describe('what people enter on purpose', () => {
  it('is never taken for a secret', () => {
    const address = bytes(20).map((value) => getAddress(bytesToHex(value)));
    const ensName = fc.domain().map((name) => name.replace(/\.[^.]+$/u, '.eth'));
    const accessKey = bytes(16).map(hexOf);
    fc.assert(
      fc.property(
        address,
        ensName,
        accessKey,
        bytes(32),
        fc.bigInt(0n, 10n ** 24n),
        (typed, name, key, hash, number) => {
          for (const field of EVERY_FIELD) {
            expect(findSecret(typed, field)).toBeNull();
            expect(findSecret(typed.toLowerCase(), field)).toBeNull();
            expect(findSecret(name, field)).toBeNull();
          }
          expect(findSecret(`https://mainnet.node.example/v3/${key}`, 'url')).toBeNull();
          expect(findSecret(`http://user:pass@127.0.0.1:8545/?key=${key}#x`, 'url')).toBeNull();
          expect(findSecret(bytesToHex(hash), 'hash')).toBeNull();
          expect(findSecret(number.toString(), 'number')).toBeNull();
        },
      ),
    );
  });

  it('is not taken for a secret when it is a URL of any shape', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (url) => {
        expect(findSecret(url, 'url')).toBeNull();
      }),
    );
  });
});

it('answers within a breath on a megabyte of anything', () => {
  const lines = [
    'K'.repeat(1_000_000),
    'abandon '.repeat(10).concat('x '.repeat(400_000)),
    'a1'.repeat(500_000),
    // Each letter of these is worth a checksum.
    `${'5K6L9c'.repeat(42)} `.repeat(3900),
    '的一是在不了有和人这中大 '.repeat(76_000),
  ];
  for (const text of lines) {
    const start = performance.now();
    findSecret(text, 'file', [english, simplifiedChinese]);
    expect(performance.now() - start).toBeLessThan(5_000);
  }
});

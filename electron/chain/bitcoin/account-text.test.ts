import { createBase58check } from '@scure/base';
import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../../shared/contract/errors.ts';
import type { BitcoinNetwork } from '../../../shared/domain/bitcoin.ts';
import { readBitcoinAccount } from './account-text.ts';

const ZPUB =
  'zpub6rFR7y4Q2AijBEqTUquhVz398htDFrtymD9xYYfG1m4wAcvPhXNfE3EfH1r1ADqtfSdVCToUG868RvUUkgDKf31mGDtKsAYz2oz2AGutZYs';
const XPUB =
  'xpub6BgBgsespWvERF3LHQu6CnqdvfEvtMcQjYrcRzx53QJjSxarj2afYWcLteoGVky7D3UKDP9QyrLprQ3VCECoY49yfdDEHGCtMMj92pReUsQ';
const UPUB =
  'upub5EFU65HtV5TeiSHmZZm7FUffBGy8UKeqp7vw43jYbvZPpoVsgU93oac7Wk3u6moKegAEWtGNF8DehrnHtv21XXEMYRUocHqguyjknFHYfgY';
/** Of depth 0 (BIP 32, first vector). */
const MASTER =
  'xpub661MyMwAqRbcFtXgS5sYJABqqG9YLmC4Q1Rdap9gSE8NqtwybGhePY2gZ29ESFjqJoCu1Rupje8YtGqsefD265TMg7usUDFdp6W1EGMcet8';
/** Of the words “abandon … about”: everybody's. */
const XPRV =
  'xprv9xgqHN7yz9MwCkxsBPN5qetuNdQSUttZNKw1dcYTV4mkaAFiBVGQziHs3NRSWMkCzvgjEe3n9xV8oYywvM8at9yRqyaZVz6TYYhX98VjsUk';
const WIF = 'KwDiBf89QgGbjEhKnhXJuH7LrciVrZi3qYjgd9M7rFU73sVHnoWn';
const WORDS = `${'abandon '.repeat(11)}about`;
const ADDRESS = 'bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu';
const X_ONLY = 'a60869f0dbcf1dc659c9cecbaf8050135ea9e8cdc487053f1dc6880949dc684c';

const base58check = createBase58check((bytes: Uint8Array) =>
  Uint8Array.from(createHash('sha256').update(bytes).digest()),
);

/** The same key under other version bytes. */
function withVersion(version: string): string {
  const bytes = Uint8Array.from(base58check.decode(ZPUB));
  bytes.set(Buffer.from(version, 'hex'));
  return base58check.encode(bytes);
}

const TPUB = withVersion('043587cf');

function errorOf(text: string, network: BitcoinNetwork = 'mainnet'): AppError | null {
  try {
    readBitcoinAccount(text, network);
    return null;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}

function codeOf(text: string, network: BitcoinNetwork = 'mainnet'): string {
  return errorOf(text, network)?.code ?? 'none';
}

afterEach(() => vi.restoreAllMocks());

describe('an account’s text', () => {
  it.each([
    [ADDRESS, 'p2wpkh'],
    ['bc1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3qccfmv3', 'p2wsh'],
    ['bc1p5cyxnuxmeuwuvkwfem96lqzszd02n6xdcjrs20cac6yqjjwudpxqkedrcr', 'p2tr'],
    ['1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa', 'p2pkh'],
    ['3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy', 'p2sh'],
  ])('is the address %s', (text, type) => {
    expect(readBitcoinAccount(` ${text}\n`, 'mainnet')).toEqual({
      form: 'address',
      text,
      scriptTypes: [type],
      descriptors: [`addr(${text})`],
    });
  });

  it('is an address in its usual letters', () => {
    expect(readBitcoinAccount(ADDRESS.toUpperCase(), 'mainnet').text).toBe(ADDRESS);
    expect(readBitcoinAccount(`addr(${ADDRESS.toUpperCase()})`, 'mainnet').text).toContain(ADDRESS);
  });

  it('is looked for as what its prefix says, and as every kind where it says nothing', () => {
    const every = ['wpkh(', 'tr(', 'sh(wpkh(', 'pkh('];
    const everyType = ['p2wpkh', 'p2tr', 'p2sh-p2wpkh', 'p2pkh'];
    for (const [version, forms, types] of [
      ['0488b21e', every, everyType],
      ['049d7cb2', ['sh(wpkh('], ['p2sh-p2wpkh']],
      ['04b24746', ['wpkh('], ['p2wpkh']],
      ['043587cf', every, everyType],
      ['044a5262', ['sh(wpkh('], ['p2sh-p2wpkh']],
      ['045f1cf6', ['wpkh('], ['p2wpkh']],
    ] as const) {
      const key = withVersion(version);
      const plain = 'xyz'.includes(key.charAt(0)) ? withVersion('0488b21e') : TPUB;
      const { text, descriptors, scriptTypes } = readBitcoinAccount(key, 'regtest');
      expect(text).toBe(key);
      expect(descriptors.map((descriptor) => descriptor.replace(`${plain}/<0;1>/*`, '§'))).toEqual(
        forms.map((form) => `${form}§${')'.repeat(form.split('(').length - 1)}`),
      );
      expect(scriptTypes).toEqual(types);
    }
  });

  it.each(['0295b43f', '02aa7ed3', '024289ef', '02575483'])(
    'is not one key of several: version %s (SLIP-132)',
    (version) => {
      const error = errorOf(withVersion(version), 'regtest');
      expect(error?.code).toBe('bad-address');
      expect(error?.help).toContain('Enter the descriptor of the wallet');
    },
  );

  it('is a key of any depth', () => {
    expect(readBitcoinAccount(MASTER, 'mainnet').descriptors).toContain(`wpkh(${MASTER}/<0;1>/*)`);
  });

  it('keeps the origin of a key, which has to be one', () => {
    const { text, descriptors } = readBitcoinAccount(`[d34db33f/84h/0h/0h]${ZPUB}`, 'mainnet');
    // Hardened steps are written in three ways: it is one account.
    for (const origin of [`[d34db33f/84'/0'/0']`, '[d34db33f/84H/0h/0H]']) {
      expect(readBitcoinAccount(`${origin}${ZPUB}`, 'mainnet').text).toBe(text);
      const written = `wpkh(${origin}${XPUB}/0/*)`;
      const usual = `wpkh([d34db33f/84h/0h/0h]${XPUB}/0/*)`;
      expect(readBitcoinAccount(written, 'mainnet').text).toBe(readBitcoinAccount(usual, 'mainnet').text);
    }
    expect(text).toContain('[d34db33f');
    expect(descriptors[0]).toMatch(/^wpkh\(\[d34db33f\/84h\/0h\/0h\]xpub/u);
    // The invalid ones of BIP 380.
    for (const origin of [
      'deadbeef/0h/0h/0h/*',
      'deadbeef/0h/0h/0h/',
      'deadbef/0h/0h/0h',
      'deadbeeef/0h/0h/0h',
      'deadbeef/0f/0f/0f',
      'deadbeef/-0/-0/-0',
      'gaaaaaaa',
      'aaaaaaaa][aaaaaaaa',
      'deadbeef/<0;1>',
    ]) {
      expect(codeOf(`[${origin}]${ZPUB}`), origin).toBe('bad-address');
      expect(codeOf(`wpkh([${origin}]${XPUB}/0/*)`), origin).toBe('bad-address');
    }
  });

  it.each([
    [`wpkh(${XPUB}/<0;1>/*)`, 'p2wpkh'],
    [`wpkh(${XPUB}/**)`, 'p2wpkh'],
    [`wpkh(${XPUB}/0/5)`, 'p2wpkh'],
    [`tr(${XPUB}/0/*)`, 'p2tr'],
    [`pkh([d34db33f/44h/0h/0h]${XPUB}/<0;1;2>/*)`, 'p2pkh'],
    [`sh(wpkh([d34db33f/49h/0h/0h]${XPUB}/1/*))`, 'p2sh-p2wpkh'],
    [`wsh(sortedmulti(2,${XPUB}/<0;1>/*,${XPUB}/<2;3>/*))`, 'p2wsh'],
    [`wsh(multi(1,${XPUB}/0/*,${MASTER}/*))`, 'p2wsh'],
    [`sh(wsh(sortedmulti(1,${XPUB}/0/*,${MASTER}/*)))`, 'p2sh'],
    [`sh(sortedmulti(1,${XPUB}/0/*,${MASTER}/*))`, 'p2sh'],
    [`addr(${ADDRESS})`, 'p2wpkh'],
    [`tr(${X_ONLY})`, 'p2tr'],
    [`tr(${XPUB}/<0;1>/*,{pk(${MASTER}/<2;3>/*),pk(${X_ONLY})})`, 'p2tr'],
    [`wsh(and_v(v:pk(${XPUB}/0/*),sha256(${X_ONLY})))`, 'p2wsh'],
    [`pk(02${X_ONLY})`, 'other'],
  ])('is the descriptor %.30s…, which gets its checksum', (body, type) => {
    const read = readBitcoinAccount(body, 'mainnet');
    expect(read).toMatchObject({ form: 'descriptor', scriptTypes: [type], descriptors: [body] });
    expect(read.text).toMatch(/^.+#[a-z0-9]{8}$/u);
    expect(read.text.startsWith(`${body}#`)).toBe(true);
    expect(readBitcoinAccount(read.text, 'mainnet')).toEqual(read);
  });

  it('has the checksum of BIP 380, or is wrong', () => {
    // Its vectors are of raw(), which is refused as a kind, after its checksum.
    for (const text of ['raw(deadbeef)#89f8spxm', 'raw(deadbeef)', 'raw(deedbeef)##9f8spxm', 'raw(Ü)']) {
      expect(codeOf(text), text).toBe('bad-address');
    }
    for (const text of [
      'raw(deadbeef)#',
      'raw(deadbeef)#89f8spxmx',
      'raw(deadbeef)#89f8spx',
      'raw(deedbeef)#89f8spxm',
    ]) {
      expect(codeOf(text), text).toBe('bad-checksum');
    }
  });

  it('takes a key of the main network on a test network, and not the other way', () => {
    for (const network of ['regtest', 'signet', 'testnet'] as const) {
      expect(codeOf(ZPUB, network)).toBe('none');
      expect(codeOf(`wpkh(${XPUB}/0/*)`, network)).toBe('none');
      expect(codeOf(UPUB, network)).toBe('none');
    }
    for (const text of [UPUB, TPUB, `wpkh(${TPUB}/0/*)`]) {
      const error = errorOf(text);
      expect(error?.code).toBe('bad-address');
      expect(error?.message).toContain('test networks');
    }
  });

  it('names both networks where an address is on another', () => {
    for (const [text, network, names] of [
      ['tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx', 'mainnet', /testnet or signet, .* mainnet/u],
      ['addr(tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx)', 'regtest', /testnet or signet, .* regtest/u],
      ['bcrt1qcr8te4kr609gcawutmrza0j4xv80jy8zeqchgx', 'testnet', /regtest, .* testnet/u],
      [ADDRESS, 'signet', /mainnet, .* signet/u],
      ['mipcBbFg9gMiCh81Kj8tqqdgoZub1ZJRfn', 'mainnet', /testnet or signet or regtest, .* mainnet/u],
    ] as const) {
      const error = errorOf(text, network);
      expect(error?.code).toBe('bad-address');
      expect(error?.message).toMatch(names);
    }
    expect(codeOf('mipcBbFg9gMiCh81Kj8tqqdgoZub1ZJRfn', 'regtest')).toBe('none');
  });

  it('is not of mixed letters, nor a descriptor with a prefix that descriptors do not know', () => {
    expect(errorOf('bc1Qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu')?.message).toContain('mixes capital');
    expect(errorOf(`wpkh(${ZPUB}/0/*)`)?.message).toContain('written as zpub');
    expect(errorOf(`wsh(sortedmulti(1,[d34db33f]${withVersion('02aa7ed3')}/0/*))`)?.message).toContain(
      'as Zpub',
    );
  });

  it('is no address of a kind without rules, nor does the library warn of it', () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    for (const text of [
      'bc1sw50qgdz25j',
      'bc1zw508d6qejxtdg4y5r3zarvaryvaxxpcs',
      'bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kt5nd6y',
    ]) {
      expect(codeOf(text), text).toBe('bad-address');
      expect(codeOf(`addr(${text})`), text).toBe('bad-address');
    }
    expect(warn).not.toHaveBeenCalled();
  });

  it.each([
    ['', 'bad-address'],
    ['0x52908400098527886E0F7030069857D2E4169EE7', 'bad-address'],
    [ADDRESS.replace('cr8', 'cr9'), 'bad-checksum'],
    [`addr(${ADDRESS.replace('cr8', 'cr9')})`, 'bad-checksum'],
    ['bc1Qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu', 'bad-checksum'],
    // Bech32 in the place of bech32m, and the other way (BIP 350).
    ['bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd', 'bad-checksum'],
    ['bc1q0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqcs3lz4', 'bad-checksum'],
    ['1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb', 'bad-checksum'],
    [`${ZPUB.slice(0, -1)}t`, 'bad-checksum'],
    [`wpkh(${XPUB.slice(0, -1)}R/0/*)`, 'bad-checksum'],
    [`wpkh(${ZPUB}/0/*)`, 'bad-address'],
    [`wpkh(${XPUB}/0/*)#qqqqqqqq`, 'bad-checksum'],
    ['wpkh(nonsense)', 'bad-address'],
    [`wpkh(02${'0'.repeat(64)})`, 'bad-address'],
    [`wpkh(${XPUB}/0/*`, 'bad-address'],
    [`wpkh(${XPUB}/0/*))`, 'bad-address'],
    [`wpkh(${XPUB}/0/*/1)`, 'bad-address'],
    [`wpkh(${XPUB}/2147483648/*)`, 'bad-address'],
    [`wpkh(${XPUB}/<0;1/*)`, 'bad-address'],
    [`wsh(sortedmulti(5,${XPUB}/0/*))`, 'bad-address'],
    [`wsh(sortedmulti(1,${XPUB}/<0;1>/*,${MASTER}/<0;1;2>/*))`, 'bad-address'],
    [`pkh(${'('.repeat(5000)}`, 'bad-address'],
  ])('says what is wrong with %.40s', (text, code) => {
    expect(codeOf(text)).toBe(code);
  });

  it.each(['/0h/*', "/0'/*", '/0/*h', "/*'", '/<0h;1h>/*', '/0/<0;1>/1H'])(
    'cannot be derived by %s',
    (path) => {
      const error = errorOf(`wpkh([d34db33f/84h]${XPUB}${path})`);
      expect(error?.code).toBe('bad-address');
      expect(error?.detail).toContain('needs the private key');
    },
  );
});

describe('a text with a private key in it', () => {
  it.each([
    XPRV,
    WIF,
    WORDS,
    X_ONLY,
    `wpkh(${XPRV}/0/*)`,
    `wpkh([d34db33f/84h/0h/0h]${XPRV}/0/*)`,
    `wpkh(${WIF})`,
    `tr(${XPRV})`,
    `tr(${X_ONLY},pk(${WIF}))`,
    `wsh(sortedmulti(1,${XPUB}/0/*,${WIF}))`,
    `wpkh(${WORDS})`,
    `tr(${X_ONLY}) ${WORDS}`,
    `${ADDRESS} ${WIF}`,
  ])('is refused: %.24s…', (text) => {
    expect(codeOf(text)).toBe('secret-refused');
  });

  it('is refused for 64 hex digits where no public key is written so', () => {
    for (const text of [
      `wpkh(${X_ONLY})`,
      `raw(${X_ONLY})`,
      `pk(${X_ONLY})`,
      `tr(${X_ONLY}`,
      `tr(x${X_ONLY})`,
    ]) {
      expect(codeOf(text), text).toBe('secret-refused');
    }
  });

  it('is not repeated where a typing error hides it', () => {
    for (const secret of [`${WIF.slice(0, -1)}m`, XPRV.slice(0, 60)]) {
      const error = errorOf(`wpkh(${secret})`);
      expect(error?.code).toBe('bad-address');
      expect(JSON.stringify(error?.toValue())).not.toContain(secret.slice(0, 12));
      expect(error?.cause).toBeUndefined();
    }
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evmAddressSchema, parseEvmAddress, shortenAddress, toEvmAddress } from './address.ts';

// The examples of EIP-55.
const EIP55 = [
  '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed',
  '0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359',
  '0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB',
  '0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb',
];

describe('parseEvmAddress', () => {
  it('accepts a checksummed address, and the two forms without a checksum', () => {
    for (const address of EIP55) {
      for (const typed of [
        address,
        ` ${address}\n`,
        address.toLowerCase(),
        `0x${address.slice(2).toUpperCase()}`,
        address.toUpperCase(),
      ]) {
        expect(parseEvmAddress(typed)).toEqual({ ok: true, address });
      }
    }
  });

  it('refuses an address with the case of one letter changed', () => {
    fc.assert(
      fc.property(fc.constantFrom(...EIP55), fc.nat(39), (address, position) => {
        const letter = address.charAt(position + 2);
        fc.pre(/[a-f]/iu.test(letter));
        const flipped = letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase();
        const typed = address.slice(0, position + 2) + flipped + address.slice(position + 3);
        expect(parseEvmAddress(typed)).toEqual({ ok: false, problem: 'bad-checksum' });
      }),
    );
  });

  it('says what is wrong with anything else', () => {
    const problems = [
      ['', 'empty'],
      ['  ', 'empty'],
      ['vitalik.eth', 'not-hex'],
      ['0xZZ', 'not-hex'],
      [EIP55[0]!.slice(2), 'not-hex'],
      [EIP55[0]!.slice(0, -1), 'wrong-length'],
      [`${EIP55[0]!}0`, 'wrong-length'],
      ['0x', 'wrong-length'],
    ] as const;
    for (const [text, problem] of problems) expect(parseEvmAddress(text)).toEqual({ ok: false, problem });
  });
});

it('gives the schema’s answer in checksummed form, and refuses what is no address', () => {
  expect(evmAddressSchema.parse(EIP55[1]!.toLowerCase())).toBe(EIP55[1]);
  expect(evmAddressSchema.safeParse('0x12').success).toBe(false);
});

it('throws on a bad address from a node without repeating all of it', () => {
  expect(() => toEvmAddress('x'.repeat(500))).toThrow(/^not an Ethereum address \(not-hex\): x{60}$/u);
});

it('shortens addresses and leaves short text alone', () => {
  expect(shortenAddress(EIP55[0]!)).toBe('0x5aAe…eAed');
  expect(shortenAddress('vitalik.eth')).toBe('vitalik.eth');
});

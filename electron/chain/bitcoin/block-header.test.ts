import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/contract/errors.ts';
import type { BitcoinNetwork } from '../../../shared/domain/bitcoin.ts';
import {
  bitsOf,
  checkHeaderChain,
  checkHeaders,
  nextBits,
  readHeader,
  targetOf,
  workOf,
  type ChainLink,
} from './block-header.ts';
import { CHAIN_RULES, GENESIS_HASHES, type ChainRules } from './chain-parameters.ts';
import { hashOf, makeChain, makeHeader } from './testing/make-headers.ts';
import { REAL_HEADERS, realHeader } from './testing/real-headers.ts';

const EASIEST = 0x207fffff;
const NOWHERE = '00'.repeat(32);
const START = 1_700_000_000;

function refusalOf(work: () => unknown): AppError {
  try {
    work();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('it was taken');
}

describe('a block header', () => {
  it.each(REAL_HEADERS)('of $name has the hash everybody knows, and the work it claims', ({ hash, hex }) => {
    const header = readHeader(Buffer.from(hex, 'hex'));
    expect(header.hash).toBe(hash);
    expect(BigInt(`0x${hash}`)).toBeLessThanOrEqual(targetOf(header.bits));
  });

  it('is read field by field', () => {
    expect(readHeader(realHeader('mainnet 840000'))).toEqual({
      hash: '0000000000000000000320283a032748cef8227873ff4872689bf23f1cda83a5',
      previous: '0000000000000000000172014ba58d66455762add0512355ad651207918494ab',
      merkleRoot: '031b417c3a1828ddf3d6527fc210daafcc9218e81f98257f88d4d43bd7a5894f',
      time: 1_713_571_767,
      bits: 0x17034219,
    });
    expect(() => readHeader(new Uint8Array(79))).toThrow(RangeError);
  });

  it('is among the constants with the bits and the hash of the real one', () => {
    const known = REAL_HEADERS.map(({ hex }) => readHeader(Buffer.from(hex, 'hex')));
    const all = Object.values(CHAIN_RULES).flatMap(({ checkpoints }) => [...checkpoints]);
    for (const { hash, bits } of all) expect(known.find((header) => header.hash === hash)?.bits).toBe(bits);
    for (const hash of Object.values(GENESIS_HASHES).flat()) {
      expect(known.find((header) => header.hash === hash)?.previous).toBe(NOWHERE);
    }
  });
});

describe('a target', () => {
  // Bitcoin Core, arith_uint256_tests.cpp, bignum_SetCompact.
  it.each([
    [0x1d00ffff, 0xffffn << 208n],
    [0x05009234, 0x92340000n],
    [0x04123456, 0x12345600n],
    [0x03123456, 0x123456n],
    [0x02123456, 0x1234n],
    [0x01123456, 0x12n],
    [0x00123456, 0n],
    [0x04923456, 0n],
    [0x01fedcba, 0n],
    [0xff123456, 0n],
    [0x207fffff, 0x7fffffn << 232n],
  ])('%i is %i', (bits, target) => {
    expect(targetOf(bits)).toBe(target);
  });

  it('that Bitcoin began with takes 2^32 hashes and a little', () => {
    expect(workOf(0x1d00ffff)).toBe(4_295_032_833n);
    expect(workOf(EASIEST)).toBe(2n);
    expect(workOf(0x04923456)).toBe(0n);
  });

  it('in compact form is itself but for the digits that are dropped', () => {
    fc.assert(
      fc.property(fc.bigInt(1n, (1n << 255n) - 1n), (target) => {
        const kept = targetOf(bitsOf(target));
        expect(kept).toBeLessThanOrEqual(target);
        expect((target - kept) << 15n).toBeLessThanOrEqual(target);
        expect(bitsOf(kept)).toBe(bitsOf(target));
      }),
    );
  });

  // Bitcoin Core, pow_tests.cpp: the first change there was, the limit, and both bounds.
  it.each([
    [0x1d00ffff, 1_261_130_161, 1_262_152_739, 0x1d00d86a],
    [0x1d00ffff, 1_231_006_505, 1_233_061_996, 0x1d00ffff],
    [0x1c05a3f4, 1_279_008_237, 1_279_297_671, 0x1c0168fd],
    [0x1c387f6f, 1_263_163_443, 1_269_211_443, 0x1d00e1fd],
  ])('after %i, first block at %i and last at %i, is %i', (bits, first, last, expected) => {
    expect(nextBits(bits, first, last, 0x1d00ffff)).toBe(expected);
  });
});

describe('a chain of headers', () => {
  const check = (network: BitcoinNetwork, headers: readonly Buffer[], start = 0): ChainLink =>
    checkHeaderChain({ network, start, headers: Buffer.concat(headers), anchor: null });
  const mainnet = (['mainnet 0', 'mainnet 1', 'mainnet 2'] as const).map(realHeader);

  it('is mainnet’s first three blocks', () => {
    expect(check('mainnet', mainnet)).toEqual({
      height: 2,
      hash: hashOf(mainnet[2]!),
      bits: 0x1d00ffff,
      time: 1_231_469_744,
      periodStart: 1_231_006_505,
      checkpoint: 0,
    });
  });

  it('begins at a known block, and says so', () => {
    const link = check('mainnet', [realHeader('mainnet 910000')], 910_000);
    expect(link).toMatchObject({ height: 910_000, checkpoint: 910_000, periodStart: null });
    expect(check('mainnet', mainnet.slice(1), 1).checkpoint).toBeNull();
  });

  it.each([840_000, 910_000])('has the known block at height %i, and no other', (height) => {
    const other = realHeader(height === 840_000 ? 'mainnet 910000' : 'mainnet 840000');
    expect(refusalOf(() => check('mainnet', [other], height)).message).toMatch(/known to stand there/u);
  });

  it('has about as much work as the known block below it', () => {
    const error = refusalOf(() => check('mainnet', mainnet, 950_000));
    expect(error).toMatchObject({ code: 'node-malformed', detail: 'compared with block 910000' });
    expect(error.message).toBe('The server’s header of block 950000 does not have enough work.');
    expect(check('mainnet', [realHeader('mainnet 840000')], 910_001).height).toBe(910_001);
  });

  it.each([
    ['left out', [0, 2], /block 1 does not follow/u],
    ['twice', [0, 1, 1], /block 2 does not follow/u],
    ['in the wrong order', [1, 0], /block 0 is not the one/u],
  ])('is refused with a header %s', (_, order, message) => {
    const error = refusalOf(() =>
      check(
        'mainnet',
        order.map((index) => mainnet[index]!),
      ),
    );
    expect(error.code).toBe('node-malformed');
    expect(error.message).toMatch(message);
  });

  it('is refused with a single byte changed anywhere', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 239 }), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const changed = Buffer.concat(mainnet);
        changed[at]! ^= change;
        refusalOf(() => checkHeaderChain({ network: 'mainnet', start: 0, headers: changed, anchor: null }));
      }),
    );
  });

  it('is not a part of a header, nor nothing', () => {
    expect(refusalOf(() => check('mainnet', [mainnet[0]!.subarray(1)])).message).toMatch(/cut off/u);
    expect(refusalOf(() => check('mainnet', [])).message).toMatch(/cut off/u);
  });

  it('has no easier target than the network has', () => {
    const easy = makeChain(1, 3, hashOf(realHeader('regtest 0')), () => ({ time: START, bits: EASIEST }));
    expect(check('regtest', [realHeader('regtest 0'), ...easy])).toMatchObject({ height: 3, checkpoint: 0 });
    for (const network of ['mainnet', 'testnet', 'signet'] as const) {
      expect(refusalOf(() => check(network, easy, 1)).message).toMatch(/easier target/u);
    }
  });

  it('continues from slice to slice, and only where the last one ended', () => {
    const headers = makeChain(0, 40, NOWHERE, (height) => ({ time: START + height, bits: EASIEST }));
    const rules = { limitBits: EASIEST, isRetargeted: true, checkpoints: [] };
    const slice = (from: number, to: number) => Buffer.concat(headers.slice(from, to));
    const whole = checkHeaders(rules, { start: 0, headers: slice(0, 40), anchor: null });
    const anchor = checkHeaders(rules, { start: 0, headers: slice(0, 15), anchor: null });
    expect(checkHeaders(rules, { start: 15, headers: slice(15, 40), anchor })).toEqual(whole);
    expect(() => checkHeaders(rules, { start: 16, headers: slice(16, 40), anchor })).toThrow(RangeError);
    const elsewhere = { ...anchor, hash: hashOf(headers[3]!) };
    expect(
      refusalOf(() => checkHeaders(rules, { start: 15, headers: slice(15, 40), anchor: elsewhere })).message,
    ).toMatch(/block 15 does not follow/u);
  });
});

describe('the targets of a chain', () => {
  const rules: ChainRules = { limitBits: EASIEST, isRetargeted: true, checkpoints: [] };
  const FIRST = 0x2010_0000;
  const PACE = 300;
  /** Blocks come twice as fast as they should, over the 2015 steps there are. */
  const second = nextBits(FIRST, 0, 2015 * PACE, EASIEST);
  const timeOf = (height: number): number => START + height * PACE;
  const bitsAt = (height: number): number => (height < 2016 ? FIRST : second);
  const honest = makeChain(0, 2020, NOWHERE, (height) => ({ time: timeOf(height), bits: bitsAt(height) }));

  /** The honest chain with another target from a height on, checked from another height on. */
  function checkWith(from: number, bits: number, start = 0): ChainLink {
    const kept = honest.slice(start, from);
    const other = makeHeader({ previous: hashOf(kept.at(-1)!), time: timeOf(from), bits });
    return checkHeaders(rules, { start, headers: Buffer.concat([...kept, other]), anchor: null });
  }

  it('change after 2016 blocks as the time they took says', () => {
    expect(targetOf(second) * 2n).toBeLessThan(targetOf(FIRST));
    const link = checkHeaders(rules, { start: 0, headers: Buffer.concat(honest), anchor: null });
    expect(link).toMatchObject({ height: 2019, bits: second, periodStart: timeOf(2016) });
  });

  it('do not change in between', () => {
    expect(refusalOf(() => checkWith(2015, second)).message).toMatch(/middle of a period/u);
    expect(refusalOf(() => checkWith(2017, FIRST)).message).toMatch(/middle of a period/u);
  });

  it('are exactly those: not the ones of 2016 steps, and not the old ones', () => {
    const naive = nextBits(FIRST, 0, 2016 * PACE, EASIEST);
    expect(naive).not.toBe(second);
    expect(refusalOf(() => checkWith(2016, naive)).message).toMatch(/another target/u);
    expect(refusalOf(() => checkWith(2016, FIRST)).message).toMatch(/another target/u);
  });

  it('change at most fourfold where it is not known when the period began', () => {
    const times = (factor: bigint) => bitsOf((targetOf(FIRST) * factor) / 4n);
    expect(checkWith(2016, times(1n), 2010).periodStart).toBe(timeOf(2016));
    expect(checkWith(2016, bitsOf(targetOf(FIRST) * 4n), 2010).height).toBe(2016);
    for (const bits of [bitsOf(targetOf(FIRST) / 5n), bitsOf(targetOf(FIRST) * 5n)]) {
      expect(refusalOf(() => checkWith(2016, bits, 2010)).message).toMatch(/factor of four/u);
    }
  });

  it('may be anything up to the limit where the network does not fix them', () => {
    const bits = 0x2000_ffff;
    const headers = makeChain(1, 4, NOWHERE, (height) => ({
      time: START,
      bits: height % 2 ? bits : EASIEST,
    }));
    expect(
      checkHeaderChain({ network: 'regtest', start: 1, headers: Buffer.concat(headers), anchor: null })
        .height,
    ).toBe(4);
  });
});

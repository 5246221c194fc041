import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toDecimalText } from '../../shared/format/numbers.ts';
import { createLlama } from './llama.ts';
import { numberToUnits } from './number-to-units.ts';

const NOW = Date.UTC(2026, 10, 1);
const SECONDS = NOW / 1000;
const { signal } = new AbortController();

/** Hand-made answers in the documented shapes. */
function answering(answer: unknown) {
  const paths: string[] = [];
  const llama = createLlama(
    async (_, path) => {
      paths.push(path);
      return answer;
    },
    () => NOW,
  );
  return { llama, paths };
}

const pool = { chain: 'Ethereum', project: 'lido', symbol: 'STETH', pool: 'a', tvlUsd: 5, apy: 2.5 };

describe('yields', () => {
  it('takes the good rows and counts the others', async () => {
    const { llama } = answering({
      status: 'success',
      data: [
        pool,
        { ...pool, apy: '2.5' },
        { ...pool, apy: 1e9 },
        { ...pool, tvlUsd: -1 },
        { ...pool, symbol: '' },
        null,
        'x',
        { ...pool, apyBase: null, apyReward: 1 },
      ],
    });
    const { rows, leftOut } = await llama.readYields(signal);
    expect(leftOut).toBe(6);
    expect(rows).toEqual([
      { ...pool, apyBase: null, apyReward: null },
      { ...pool, apyBase: null, apyReward: 1 },
    ]);
  });

  it.each([{ status: 'error', data: [] }, { data: [] }, [], null, 'x', { status: 'success', data: {} }])(
    'refuses an answer of another form: %j',
    async (answer) => {
      await expect(answering(answer).llama.readYields(signal)).rejects.toMatchObject({
        code: 'api-malformed',
      });
    },
  );
});

describe('prices', () => {
  const coin = 'ethereum:0xAb';
  const priceOf = async (row: unknown) =>
    answering({ coins: { [coin]: row } }).llama.readPrices([coin], signal);

  it('keeps every digit the number was written with', async () => {
    const { rows } = await priceOf({ price: 3120.1, timestamp: SECONDS - 60, confidence: 0.99, symbol: 'X' });
    expect(rows).toEqual([{ coin, price: 312_010_000_000n, at: NOW - 60_000 }]);
  });

  it.each([
    { price: -1, timestamp: SECONDS },
    { price: 0, timestamp: SECONDS },
    { price: '3120', timestamp: SECONDS },
    { price: 1e12, timestamp: SECONDS },
    { price: 1e-12, timestamp: SECONDS },
    { price: null, timestamp: SECONDS },
    { price: 1, timestamp: SECONDS + 3600 },
    { price: 1, timestamp: 1 },
    { price: 1, timestamp: '2026' },
    { price: 1, timestamp: SECONDS, confidence: 0.1 },
    null,
  ])('leaves out what cannot be: %j', async (row) => {
    expect(await priceOf(row)).toEqual({ rows: [], leftOut: 1 });
  });

  it('takes nothing that was not asked for, and knows an address in other capitals', async () => {
    const good = { price: 1, timestamp: SECONDS };
    const { llama } = answering({ coins: { 'ethereum:0xab': good, 'ethereum:0xother': good } });
    const { rows } = await llama.readPrices([coin], signal);
    expect(rows.map((row) => row.coin)).toEqual([coin]);
  });

  it('puts nothing but coin keys into the path', async () => {
    const { llama, paths } = answering({ coins: {} });
    await expect(llama.readPrices(['x/../../y'], signal)).rejects.toMatchObject({ code: 'internal' });
    expect(paths).toEqual([]);
  });

  it('asks for no more than the days that are missing', async () => {
    const { llama, paths } = answering({
      coins: { [coin]: { prices: [{ timestamp: SECONDS, price: 2 }, {}] } },
    });
    const { rows, leftOut } = await llama.readHistory(coin, NOW - 3 * 86_400_000, signal);
    expect(paths).toEqual([`/chart/${coin}?start=${SECONDS - 3 * 86_400}&span=3&period=1d`]);
    expect([rows.length, leftOut]).toEqual([1, 1]);
  });

  it('takes a TVL that is a number and nothing else', async () => {
    expect(await answering(12.5).llama.readTvl('lido', signal)).toBe(12.5);
    for (const odd of ['12', -1, 1e20, null, {}]) {
      expect(await answering(odd).llama.readTvl('lido', signal)).toBeNull();
    }
  });
});

describe('numberToUnits', () => {
  it('is the number as it is written', () => {
    expect(numberToUnits(0.1, 18)).toBe(10n ** 17n);
    expect(numberToUnits(1e21, 8)).toBe(10n ** 29n);
    expect(numberToUnits(1.5e-7, 8)).toBe(15n);
    expect(numberToUnits(-2, 0)).toBe(-2n);
    expect(numberToUnits(0.000_000_005, 8)).toBe(1n);
    expect(numberToUnits(Number.NaN, 8)).toBeNull();
    expect(numberToUnits(Number.POSITIVE_INFINITY, 8)).toBeNull();
  });

  it('gives back any number that has no more digits than asked for', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 10n ** 15n - 1n }), (units) => {
        expect(numberToUnits(Number(toDecimalText(units, 8)), 8)).toBe(units);
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WAD } from '../units.ts';
import { addParts, attributeStep, type Moment } from './attribute-change.ts';
import type { Holding } from './value-holdings.ts';

const held = (instrument: string): Holding => ({
  key: instrument,
  address: 'a',
  instrument,
  symbol: instrument,
  decimals: 18,
  protocol: null,
  stage: 'held',
});
const restaked = (symbol: string): Holding => ({ ...held('eigenlayer:x'), symbol, stage: 'restaked' });

/** In dollars with 8 decimals. */
function moment(
  tokens: number,
  rate: number | null,
  usd: number,
  shares?: readonly [number, number],
): Moment {
  const wad = (value: number): bigint => (BigInt(Math.round(value * 1e6)) * WAD) / 1_000_000n;
  return {
    state: {
      isKnown: true,
      amount: wad(tokens),
      rate: rate === null ? null : wad(rate),
      btcRate: null,
      market: null,
      shares: shares ? { deposit: wad(shares[0]), withdrawable: wad(shares[1]) } : null,
    },
    quote: { numerator: BigInt(usd) * 10n ** 8n, denominator: WAD },
  };
}

const usd = (value: number): bigint => BigInt(Math.round(value * 100)) * 10n ** 6n;

describe('one step of a token whose rate accrues', () => {
  it('is rewards at the old price, price on what is there with its rewards, flows at the new price', () => {
    // 10 tokens at 1.00 and $2000; then 12 tokens at 1.10 and $3000.
    const parts = attributeStep(held('wstETH'), moment(10, 1, 2000), moment(12, 1.1, 3000), 'book');
    expect(parts).toEqual({
      rewards: usd(10 * 0.1 * 2000),
      price: usd(11 * 1000),
      flows: usd(2 * 1.1 * 3000),
      mixed: 0n,
      isEstimate: false,
    });
  });

  it('is all flow where it is new, and an estimate at the last rate where it is gone', () => {
    const bought = attributeStep(held('wstETH'), moment(0, null, 2000), moment(5, 1.2, 3000), 'book');
    expect(bought).toMatchObject({ flows: usd(18_000), rewards: 0n, price: 0n, isEstimate: false });
    const sold = attributeStep(held('wstETH'), moment(5, 1.2, 2000), moment(0, null, 3000), 'book');
    expect(sold).toMatchObject({ flows: usd(-18_000), rewards: 0n, price: usd(6000), isEstimate: true });
  });
});

describe('one step of a balance that grows by itself', () => {
  it('cannot be told apart, but its price effect can', () => {
    const parts = attributeStep(held('stETH'), moment(10, 1, 2000), moment(11, 1, 3000), 'book');
    expect(parts).toMatchObject({ flows: null, rewards: null, price: usd(10_000), mixed: usd(3000) });
  });

  it('is flow alone for ETH, which earns nothing by lying there', () => {
    const parts = attributeStep(held('ETH'), moment(10, 1, 2000), moment(11, 1, 2000), 'book');
    expect(parts).toMatchObject({ flows: usd(2000), rewards: 0n, mixed: 0n });
  });
});

describe('one step in EigenLayer', () => {
  const holding = restaked('stETH in EigenLayer');

  it('is reward, or slashing, while the deposit shares stay', () => {
    const grown = attributeStep(holding, moment(10, 1, 1, [10, 10]), moment(11, 1, 1, [10, 10]), 'book');
    expect(grown).toMatchObject({ flows: 0n, rewards: usd(1), mixed: 0n });
    const slashed = attributeStep(holding, moment(10, 1, 1, [10, 10]), moment(5, 1, 1, [10, 5]), 'book');
    expect(slashed).toMatchObject({ flows: 0n, rewards: usd(-5) });
  });

  it('divides by shares where they were never slashed', () => {
    const parts = attributeStep(holding, moment(10, 1, 1, [10, 10]), moment(22, 1, 1, [20, 20]), 'book');
    expect(parts).toMatchObject({ rewards: usd(1), flows: usd(11), mixed: 0n });
  });

  it('cannot be told apart where shares were slashed and changed, or are not known', () => {
    for (const after of [moment(14, 1, 1, [20, 14]), moment(14, 1, 1)]) {
      const parts = attributeStep(holding, moment(10, 1, 1, [10, 10]), after, 'book');
      expect(parts).toMatchObject({ flows: null, rewards: null, mixed: usd(4) });
    }
  });

  it('cannot be told apart for native ETH whose shares changed: proven rewards are shares too', () => {
    const native = restaked('ETH in EigenLayer');
    const parts = attributeStep(native, moment(32, 1, 1, [32, 32]), moment(33, 1, 1, [33, 33]), 'book');
    expect(parts).toMatchObject({ flows: null, rewards: null, mixed: usd(1) });
  });
});

const states = fc.record({
  amount: fc.bigInt({ min: 0n, max: 1_000_000n * WAD }),
  rate: fc.bigInt({ min: 1n, max: 5n * WAD }),
  btcRate: fc.option(fc.bigInt({ min: 1n, max: 5n * WAD })),
  market: fc.bigInt({ min: 1n, max: 5n * WAD }),
  shares: fc.option(
    fc.record({
      deposit: fc.bigInt({ min: 0n, max: 1_000_000n * WAD }),
      withdrawable: fc.bigInt({ min: 0n, max: 1_000_000n * WAD }),
    }),
  ),
});
const moments = fc
  .record({ state: states, price: fc.bigInt({ min: 1n, max: 10n ** 14n }) })
  .map(({ state, price }): Moment => ({
    state: { isKnown: true, ...state },
    quote: { numerator: price, denominator: WAD },
  }));
const holdings = fc.constantFrom(
  held('ETH'),
  held('stETH'),
  held('wstETH'),
  restaked('stETH in EigenLayer'),
  restaked('ETH in EigenLayer'),
);

describe('a claim on bitcoin', () => {
  it('gains by its own rate what is a reward, and by bitcoin what is price', () => {
    const at = (rate: number, btcRate: number): Moment => {
      const { state, quote } = moment(2, rate, 1000);
      return {
        state: { ...state, btcRate: (BigInt(Math.round(btcRate * 100)) * WAD) / 100n },
        quote,
      };
    };
    // 2 of them: bitcoin rises from 20 to 30 ETH, the token's own rate from 1 to 1.1 BTC; one ETH stays at 1000 dollars.
    const step = attributeStep(held('LBTC'), at(20, 1), at(33, 1.1), 'book');
    const usd = (value: number): bigint => BigInt(value) * 10n ** 8n;
    expect(step).toMatchObject({ rewards: usd(4_000), price: usd(22_000), flows: 0n, mixed: 0n });
  });
});

describe('any chain of steps', () => {
  it('sums to the change exactly, in both bases', () => {
    fc.assert(
      fc.property(
        holdings,
        fc.array(moments, { minLength: 2, maxLength: 6 }),
        fc.constantFrom('book' as const, 'market' as const),
        (holding, chain, basis) => {
          const steps = chain.slice(1).flatMap((to, index) => {
            const from = chain[index];
            const step = from ? attributeStep(holding, from, to, basis) : 'no-rate';
            return typeof step === 'string' ? [] : [step];
          });
          const first = chain[0];
          const last = chain.at(-1);
          if (!first || !last) return;
          const valueOf = ({ state, quote }: Moment): bigint => {
            const wei = (state.amount * (state.rate ?? 0n)) / WAD;
            const isMarket = basis === 'market' && holding.stage === 'held' && holding.instrument !== 'ETH';
            return isMarket
              ? (wei * quote.numerator * (state.market ?? 0n)) / (quote.denominator * (state.rate ?? 1n))
              : (wei * quote.numerator) / quote.denominator;
          };
          const { flows, rewards, price, mixed } = addParts(steps);
          expect((flows ?? 0n) + (rewards ?? 0n) + price + mixed).toBe(valueOf(last) - valueOf(first));
          expect(flows === null).toBe(rewards === null);
        },
      ),
      { numRuns: 500 },
    );
  });
});

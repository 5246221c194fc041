import { describe, expect, it } from 'vitest';
import { judgeMarkets, startMarket, type MarketDraft } from './marketDraft.ts';

const ETH = 10n ** 18n;

function judgeOne(change: Partial<MarketDraft>) {
  const { markets, problems } = judgeMarkets([{ ...startMarket('weETH'), ...change }]);
  return { curve: markets[0]?.curve ?? null, problems: problems.weETH ?? {} };
}

describe('a market', () => {
  it('that is not typed in full is left out, not wrong', () => {
    expect(judgeOne({})).toEqual({ curve: null, problems: {} });
    expect(judgeOne({ reserveIn: '5' })).toEqual({ curve: null, problems: {} });
    expect(judgeOne({ kind: 'points' })).toEqual({ curve: null, problems: {} });
    expect(judgeOne({ kind: 'fixed-fee' })).toEqual({ curve: null, problems: {} });
  });

  it('is a pool with both sides and a fee', () => {
    expect(judgeOne({ reserveIn: '1,000', reserveOut: '990.5' }).curve).toEqual({
      kind: 'constant-product',
      reserveIn: 1000n * ETH,
      reserveOut: (1981n * ETH) / 2n,
      fee: (3n * ETH) / 1000n,
    });
    expect(judgeOne({ reserveIn: '0', reserveOut: '1' }).problems).toEqual({ reserveIn: 'zero' });
    expect(judgeOne({ reserveIn: '1', reserveOut: '-1' }).problems).toEqual({ reserveOut: 'negative' });
  });

  it('is an instant redemption with what is held ready', () => {
    expect(judgeOne({ kind: 'fixed-fee', capacity: '0', fee: '1' }).curve).toEqual({
      kind: 'fixed-fee',
      capacity: 0n,
      fee: ETH / 100n,
    });
  });

  it('is a list of quotes such as a market can have', () => {
    const points = (text: string) => judgeOne({ kind: 'points', points: text });
    expect(points('10 9.9\n\n 20  19.5 ').curve).toEqual({
      kind: 'points',
      points: [
        { amount: 10n * ETH, received: (99n * ETH) / 10n },
        { amount: 20n * ETH, received: (195n * ETH) / 10n },
      ],
    });
    expect(points('10').problems).toEqual({ points: 'bad-quote' });
    expect(points('10 x').problems).toEqual({ points: 'bad-quote' });
    expect(points('20 19\n10 9').problems).toEqual({ points: 'not-rising' });
    expect(points('10 9\n20 8').problems).toEqual({ points: 'not-rising' });
    expect(points('10 5\n20 15').problems).toEqual({ points: 'not-convex' });
  });

  it('with one unfinished and one wrong number is wrong', () => {
    expect(judgeOne({ reserveIn: 'x' }).problems).toEqual({ reserveIn: 'not-a-number' });
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { QUOTES } from '../../shared/domain/market.ts';
import { parsePriceFile } from './parse-price-file.ts';
import { renderPrices } from './render-prices.ts';

const NOW = Date.UTC(2026, 10, 1);
const DAY = Date.UTC(2026, 9, 1);

function parse(text: string, options: { asset?: string; quote?: 'USD' | 'ETH' | 'BTC' } = {}) {
  return parsePriceFile(text, { asset: options.asset ?? null, quote: options.quote ?? null, now: NOW });
}

describe('a file of prices', () => {
  it('has its columns in any order, with others beside them', () => {
    const text = 'Price,note,DATE,asset,quote\r\n3120.5,"a, ""b""",2026-10-01,ETH,usd\r\n\r\n';
    expect(parse(text)).toEqual([{ asset: 'ETH', quote: 'USD', at: DAY, price: 312_050_000_000n }]);
  });

  it('may leave out what was chosen beside it', () => {
    const [one] = parse('date,price\n2026-10-01,0.99', { asset: 'stETH', quote: 'ETH' });
    expect(one).toEqual({ asset: 'stETH', quote: 'ETH', at: DAY, price: 99n * 10n ** 16n });
  });

  it('takes days, times with and without zone, and Unix seconds, all as UTC', () => {
    const lines = ['2026-10-01', '2026-10-01T00:00:00Z', '2026-10-01 00:00', '2026-10-01T02:00+02:00'];
    for (const date of [...lines, String(DAY / 1000)]) {
      expect(parse(`date,price\n${date},1`, { asset: 'ETH', quote: 'USD' })[0]?.at).toBe(DAY);
    }
  });

  it('rounds what has more digits than are kept', () => {
    const [one] = parse('date,price\n2026-10-01,0.123456785', { asset: 'X', quote: 'USD' });
    expect(one?.price).toBe(12_345_679n);
  });

  it.each([
    ['', 'empty'],
    ['date,asset,quote,price', 'no prices'],
    ['day,asset,quote,price\n', 'must name the columns'],
    ['date,quote,price\n2026-10-01,USD,1', 'no column asset'],
    ['date,asset,price\n2026-10-01,ETH,1', 'no column quote'],
    ['date,date,asset,quote,price\n', 'two columns for date'],
    [
      'date,asset,quote,price\n2026-10-01,ETH,USD,3120,50',
      'Line 2: 5 cells where the head has 4. Prices are written with a point',
    ],
    ['date;asset;quote;price\n2026-10-01;ETH;USD;3120,50', 'Line 2: “3120,50” is not a price. Write a point'],
    ['date,asset,quote,price\n2026-10-01,ETH,USD,1\n2026-10-02,ETH,USD,x', 'Line 3: “x” is not a price'],
    ['date,asset,quote,price\n2026-10-01,ETH,USD,-1', 'is not a price'],
    ['date,asset,quote,price\n2026-10-01,ETH,USD,0.000000001', 'above zero'],
    ['date,asset,quote,price\n2026-10-01,ETH,USD,1e3', 'is not a price'],
    ['date,asset,quote,price\n2026-10-01,ETH,EUR,1', 'not in “EUR”'],
    ['date,asset,quote,price\n2026-10-01,=cmd(),USD,1', 'is not a symbol'],
    ['date,asset,quote,price\n2026-10-01,eth,ETH,1', 'Line 2: the price of ETH is in ETH itself'],
    ['date,asset,quote,price\n01/10/2026,ETH,USD,1', 'is not a date'],
    ['date,asset,quote,price\n2026-02-31,ETH,USD,1', 'is not a date'],
    ['date,asset,quote,price\n1790812800000,ETH,USD,1', 'not in milliseconds'],
    ['date,asset,quote,price\n2027-10-01,ETH,USD,1', 'lies in the future'],
    ['date,asset,quote,price\n1999-10-01,ETH,USD,1', 'before 2009'],
    ['date,asset,quote,price\n"2026-10-01,ETH,USD,1', 'never closed'],
  ])('is refused as a whole with the line: %j', (text, problem) => {
    expect(() => parse(text)).toThrow(problem);
  });

  it('is refused where it is so long that reading it would hold everything up', () => {
    const text = `date,price\n${'2026-10-01,1\n'.repeat(200_001)}`;
    const read = () => parse(text, { asset: 'ETH', quote: 'USD' });
    expect(read).toThrow(expect.objectContaining({ help: expect.stringContaining('Divide it') as string }));
  });

  it('says nothing of a secret that stands in it', () => {
    const key = `0x${'1f'.repeat(32)}`;
    const phrase = 'legal winner thank year wave sausage worth useful legal winner thank yellow';
    const lines = [`2026-10-01,ETH,USD,${key}`, `2026-10-01,${phrase},USD,1`];
    for (const line of [...lines, `${phrase},ETH,USD,1`, `2026-10-01,ETH,${phrase},1`]) {
      const read = () => parse(`date,asset,quote,price\n${line}`);
      expect(read).toThrow(expect.objectContaining({ code: 'secret-refused' }));
      expect(read).not.toThrow(/1f1f|winner/u);
    }
  });

  it('refuses two prices of one time, and takes the same price twice', () => {
    const head = 'date,asset,quote,price\n2026-05-01,weETH,USD,1\n';
    expect(parse(`${head}2026-05-01,weETH,USD,1.0`)).toHaveLength(2);
    expect(() => parse(`${head}2026-05-01,weETH,USD,2`)).toThrow('Line 3: line 2 has another price');
  });

  it('is read back as it was written', () => {
    const point = fc.record({
      asset: fc.constantFrom('ETH', 'BTC', 'weETH', 'X.y-1'),
      quote: fc.constantFrom(...QUOTES),
      price: fc.bigInt({ min: 1n, max: 10n ** 24n }),
      at: fc.integer({ min: Date.UTC(2010, 0, 1), max: NOW }),
    });
    const sensible = point.filter(({ asset, quote }) => asset !== quote);
    fc.assert(
      fc.property(
        fc.uniqueArray(sensible, { minLength: 1, maxLength: 20, selector: ({ at }) => at }),
        (points) => {
          const text = renderPrices(points.map((one) => ({ ...one, source: 'imported', detail: '' })));
          expect(parse(text)).toEqual(points);
        },
      ),
    );
  });

  it('is never half read, whatever it holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        try {
          expect(Array.isArray(parse(`date,asset,quote,price\n${text}`))).toBe(true);
        } catch (error) {
          expect(error).toMatchObject({ code: 'bad-price-file' });
        }
      }),
    );
  });
});

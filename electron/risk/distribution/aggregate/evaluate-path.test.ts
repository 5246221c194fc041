import { describe, expect, it } from 'vitest';
import type { LossModel } from '../loss-model.ts';
import { makeModel, makeSource, makeStrike } from '../testing/make-model.ts';
import { compileBook } from '../book.ts';
import { createEvaluator, type PathLosses } from './evaluate-path.ts';

describe('one path', () => {
  const evaluate = (model: LossModel, ...sources: number[]) =>
    createEvaluator(compileBook(model), 1).evaluate(sources, 0);
  const position = (value: number) => ({ id: 'p', token: 't', value });
  const hits = [{ position: 0, share: 1 }];

  it('multiplies layers: a 50% failure on a 20% slash is 60%', () => {
    const model = makeModel({
      positions: [position(100)],
      sources: [
        makeSource('o', 0.1, { strikes: [makeStrike({ severity: [0.2], hits })] }),
        makeSource('d', 0.1, { strikes: [makeStrike({ severity: [0.5], combine: 'multiplies', hits })] }),
      ],
    });
    expect(evaluate(model, 0, 1).total).toBeCloseTo(60, 12);
  });

  it('adds slashes and stops at all of it', () => {
    const strike = makeStrike({ severity: [0.7], hits });
    const model = makeModel({
      positions: [position(100)],
      sources: ['a', 'b'].map((id) => makeSource(id, 0.1, { strikes: [strike] })),
    });
    expect(evaluate(model, 0).total).toBeCloseTo(70, 12);
    expect(evaluate(model, 0, 1).total).toBe(100);
  });

  it('pays covers after the deductible, up to the cap, and less where the pool is hit too', () => {
    const cover = {
      id: 'c',
      positions: [0],
      deductible: 10,
      cap: 40,
      hangsOn: [{ sourceId: 'b', share: 0.75 }],
    };
    const model = makeModel({
      positions: [position(100)],
      sources: [
        makeSource('a', 0.1, { strikes: [makeStrike({ severity: [0.3], hits })] }),
        makeSource('b', 0.1, { strikes: [makeStrike({ severity: [0.5], hits })] }),
      ],
      covers: [cover],
    });
    expect(evaluate(model, 0).total).toBeCloseTo(10, 12);
    expect(evaluate(model, 1).total).toBeCloseTo(50 - 10, 12);
    expect(evaluate({ ...model, covers: [{ ...cover, hangsOn: [] }] }, 1).total).toBeCloseTo(10, 12);
  });

  it('draws severities with their frequencies, and one for all strikes where they are common', () => {
    const severity = [0, 0.5, 1];
    const model = makeModel({
      positions: [position(1), { ...position(1), id: 'q' }],
      sources: [
        makeSource('common', 1, {
          isSeverityCommon: true,
          strikes: [0, 1].map((index) => makeStrike({ severity, hits: [{ position: index, share: 1 }] })),
        }),
        makeSource('own', 1, {
          strikes: [0, 1].map((index) => makeStrike({ severity, hits: [{ position: index, share: 1 }] })),
        }),
      ],
    });
    const evaluator = createEvaluator(compileBook(model), 9);
    const paths = 30_000;
    let [mean, apartCommon, apartOwn] = [0, 0, 0];
    for (let path = 0; path < paths; path++) {
      const common = readLosses(evaluator.evaluate([0], path));
      mean += common[0]! / paths;
      apartCommon += common[0] === common[1] ? 0 : 1;
      const own = readLosses(evaluator.evaluate([1], path));
      apartOwn += own[0] === own[1] ? 0 : 1 / paths;
    }
    expect(mean).toBeCloseTo(0.5, 1);
    expect(apartOwn).toBeCloseTo(2 / 3, 1);
    expect(apartCommon).toBe(0);
  });
});

/** Entries of positions that were not touched are left over from earlier paths. */
function readLosses({ touched, byPosition }: PathLosses): number[] {
  return [0, 1].map((index) => (touched.includes(index) ? byPosition[index]! : 0));
}

describe('a book', () => {
  it.each([
    ['value of position p', makeModel({ positions: [{ id: 'p', token: 't', value: NaN }] })],
    ['value of position p', makeModel({ positions: [{ id: 'p', token: 't', value: -1 }] })],
    ['severity of a', withStrike({ severity: [1.2] })],
    ['severity of a', withStrike({ severity: [] })],
    ['chance outside', withStrike({ chance: -0.1 })],
    ['not there', withStrike({ hits: [{ position: 3, share: 1 }] })],
    ['share of a position', withStrike({ hits: [{ position: 0, share: 2 }] })],
    ['same id', makeModel({ sources: [makeSource('a', 0.1), makeSource('a', 0.1)] })],
    ['cover c', withCover({ cap: -1 })],
    ['cover c', withCover({ cap: Infinity })],
    ['position twice', withCover({ positions: [0, 0] })],
    ['Cover c', withCover({ positions: [7] })],
    ['Cover c', withCover({ hangsOn: [{ sourceId: 'nobody', share: 1 }] })],
  ])('is refused: %s', (message, model) => {
    expect(() => compileBook(model)).toThrow(message);
  });
});

function withStrike(strike: Parameters<typeof makeStrike>[0]): LossModel {
  return makeModel({
    positions: [{ id: 'p', token: 't', value: 1 }],
    sources: [makeSource('a', 0.1, { strikes: [makeStrike(strike)] })],
  });
}

function withCover(cover: Partial<LossModel['covers'][number]>): LossModel {
  return makeModel({
    positions: [{ id: 'p', token: 't', value: 1 }],
    covers: [{ id: 'c', positions: [0], deductible: 0, cap: 1, hangsOn: [], ...cover }],
  });
}

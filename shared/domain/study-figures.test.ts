import { describe, expect, it } from 'vitest';
import { ETH_UNIT, readFigure, sourcesOf, type Figure } from './figure.ts';
import type { Change, MoveResult } from './loss-study.ts';
import { makeChangeFigures, makeRowFigures } from './study-figures.ts';
import { listStudyRows } from './study-rows.ts';
import { makeDistribution } from './testing/make-study.ts';

const ETH = 10n ** 18n;
const bookEth: Figure = readFigure(
  { name: 'figure.name.totalEth', subject: '', unit: ETH_UNIT },
  100n * ETH,
  { kind: 'definition', why: 'figure.why.eth' },
);

describe('figures of a distribution', () => {
  const distribution = makeDistribution(2);
  const figures = makeRowFigures(distribution, 'base', bookEth);

  it('are one for each row, in its unit', () => {
    const rows = listStudyRows(distribution);
    expect([...figures.keys()]).toEqual(rows.map(({ id }) => id));
    expect(figures.get('expected')?.value).toBe(2n * ETH);
    expect(figures.get('value-at-risk 0.99')?.value).toBe(20n * ETH);
    expect(figures.get('chance')).toMatchObject({ value: ETH / 10n, unit: { kind: 'share' } });
    expect(figures.get('maximum')?.value).toBe(100n * ETH);
  });

  it('rest on the book value they were made of, and so on its sources', () => {
    for (const figure of figures.values()) expect(sourcesOf(figure)).toHaveLength(1);
    const [own] = makeRowFigures(distribution, 'base', null).values();
    expect(own?.basis).toMatchObject({
      inputs: [{ name: 'figure.name.totalEth', value: 100n * ETH }, {}, {}],
    });
  });
});

describe('figures of a move', () => {
  const change = (before: number, after: number, value = after - before): Change => ({
    before,
    after,
    change: { value, standardError: 0.01 },
  });
  const moved: MoveResult['sets'][number] = {
    set: 'base',
    expectedLoss: change(2, 1.5),
    lossProbability: change(0.1, 0.1, 1e-17),
    tails: [0.95, 0.99].map((level) => ({
      level,
      valueAtRisk: change(20, 15),
      expectedShortfall: change(40, 30),
    })),
    maximum: change(100, 75),
    after: makeDistribution(1.5),
  };

  it('hold before, after and the change with an error of its own', () => {
    const before = makeRowFigures(makeDistribution(2), 'base', bookEth);
    const figures = makeChangeFigures(moved, before, 'base');
    expect(figures.get('expected')).toMatchObject({
      before: { value: 2n * ETH },
      after: { value: (ETH * 3n) / 2n },
      change: { value: -ETH / 2n },
      standardError: 0.01,
    });
    expect(figures.size).toBe(before.size);
  });

  it('call nothing what floating point leaves over', () => {
    const before = makeRowFigures(makeDistribution(2), 'base', null);
    expect(makeChangeFigures(moved, before, 'base').get('chance')?.change.value).toBe(0n);
  });
});

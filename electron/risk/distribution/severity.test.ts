import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { SeverityPoints } from '../../../shared/domain/hazards.ts';
import { makeSeverity, meanOfSeverity, scaleSeverity } from './severity.ts';

const AVS_FAULT: SeverityPoints = [
  [0.5, 0.05],
  [0.9, 0.3],
  [0.99, 1],
];

it('goes straight from nothing through the points and keeps the last value to the end', () => {
  // By hand: 0.5 x 0.025 + 0.4 x 0.175 + 0.09 x 0.65 + 0.01 x 1 = 0.151
  const severity = makeSeverity(AVS_FAULT);
  expect(severity).toHaveLength(20);
  expect(meanOfSeverity(severity)).toBeCloseTo(0.151, 14);
  // The first 5%: from 0 to 0.005.
  expect(severity[0]).toBeCloseTo(0.0025, 15);
  // The last 5%: four fifths from 0.3 + 0.7 x 5/9 to 1, one fifth 1.
  expect(severity[19]).toBeCloseTo(0.8 * ((0.3 + 0.7 * (5 / 9) + 1) / 2) + 0.2, 14);
});

it('takes a single point as a fixed severity', () => {
  expect(makeSeverity([[0.5, 0.002]])).toEqual([0.002]);
});

it('holds each value to the next point where a loss is a parameter', () => {
  // 0.1% in 99 of 100 cases, 10% in one.
  const severity = makeSeverity(
    [
      [0.5, 0.001],
      [0.99, 0.1],
    ],
    'steps',
  );
  expect(severity.slice(0, 19)).toEqual(Array(19).fill(expect.closeTo(0.001, 15)));
  expect(meanOfSeverity(severity)).toBeCloseTo(0.99 * 0.001 + 0.01 * 0.1, 15);
});

const pointsArbitrary = fc
  .uniqueArray(fc.tuple(fc.integer({ min: 1, max: 999 }), fc.double({ min: 0, max: 1, noNaN: true })), {
    minLength: 1,
    maxLength: 12,
    selector: ([chance]) => chance,
  })
  .map((pairs): SeverityPoints => {
    const chances = pairs.map(([chance]) => chance / 1000).sort((a, b) => a - b);
    const shares = pairs.map(([, share]) => share).sort((a, b) => a - b);
    return chances.map((chance, index) => [chance, shares[index]!]);
  });

it('keeps the mean for any number of levels, in order and within 0 and 1', () => {
  fc.assert(
    fc.property(
      pointsArbitrary,
      fc.integer({ min: 1, max: 50 }),
      fc.constantFrom('linear', 'steps'),
      (points, levels, interpolation) => {
        const severity = makeSeverity(points, interpolation, levels);
        const fine = makeSeverity(points, interpolation, 1);
        expect(meanOfSeverity(severity)).toBeCloseTo(meanOfSeverity(fine), 12);
        expect(severity.every((level, index) => level >= (severity[index - 1] ?? 0) && level <= 1)).toBe(
          true,
        );
      },
    ),
  );
});

it('scales every level, to everything at most', () => {
  expect(scaleSeverity([0.1, 0.5], 0.5)).toEqual([0.05, 0.25]);
  expect(scaleSeverity([0.1, 0.5], 4)).toEqual([0.4, 1]);
  expect(() => scaleSeverity([0.1], Number.NaN)).toThrow('cannot be scaled by NaN');
  expect(() => scaleSeverity([0.1], -1)).toThrow('cannot be scaled by -1');
});

it.each<[SeverityPoints, string]>([
  [[], 'has 0 points'],
  [[[0, 0.5]], 'has the chance 0'],
  [[[1, 0.5]], 'has the chance 1'],
  [[[Number.NaN, 0.5]], 'has the chance NaN'],
  [
    [
      [0.9, 0.5],
      [0.5, 0.6],
    ],
    'has the chance 0.5 after 0.9',
  ],
  [
    [
      [0.5, 0.5],
      [0.9, 0.4],
    ],
    'has the share 0.4 after 0.5',
  ],
  [[[0.5, 1.5]], 'has the share 1.5'],
  [[[0.5, Number.NaN]], 'has the share NaN'],
  [[[0.5, -0.1]], 'has the share -0.1'],
])('refuses points that are no quantile function: %j', (points, message) => {
  expect(() => makeSeverity(points)).toThrow(message);
});

it.each([0, 1.5, Number.NaN, 1e9])('refuses %d levels', (levels) => {
  expect(() => makeSeverity([[0.5, 0.1]], 'linear', levels)).toThrow('levels');
});

import { describe, expect, it } from 'vitest';
import { aggregate } from '../distribution/loss-distribution.ts';
import type { LossModel } from '../distribution/loss-model.ts';
import { simulate } from '../distribution/simulate/simulate.ts';
import { makeModel, makeSource, makeStrike } from '../distribution/testing/make-model.ts';
import { readPositions } from './read-positions.ts';

/** Two positions with a source of their own each, and one that strikes both. */
const model: LossModel = makeModel({
  rho: 0.2,
  positions: [
    { id: 'a', token: 'a', value: 1 },
    { id: 'b', token: 'b', value: 2 },
    { id: 'nothing', token: 'c', value: 1 },
  ],
  sources: [
    makeSource('own-a', 0.02, {
      strikes: [makeStrike({ severity: [0.1, 0.5, 0.9], hits: [{ position: 0, share: 1 }] })],
    }),
    makeSource('own-b', 0.3, {
      strikes: [makeStrike({ severity: [0.2], chance: 0.5, hits: [{ position: 1, share: 0.5 }] })],
    }),
    makeSource('both', 0.01, {
      kind: 'dependency',
      isOnFactor: false,
      isSeverityCommon: true,
      strikes: [
        makeStrike({
          combine: 'multiplies',
          severity: [0.3, 1],
          hits: [
            { position: 0, share: 1 },
            { position: 1, share: 1 },
          ],
        }),
      ],
    }),
  ],
});

/** What the general reading says of one position, the others worth nothing. */
function readAlone(position: number) {
  const alone = {
    ...model,
    positions: model.positions.map((one, index) => (index === position ? one : { ...one, value: 0 })),
  };
  const tape = simulate(alone, { paths: 30_000, seed: 5, allocation: 'tail' });
  return aggregate(tape, alone, { levels: [0.99], attributionLevel: 0.99 });
}

describe('every position’s own distribution', () => {
  const tape = simulate(model, { paths: 30_000, seed: 5, allocation: 'tail' });
  const read = readPositions(tape, model, 0.99);

  it('is what reading the book with nothing else in it says', () => {
    for (const [index, { distribution }] of read.entries()) {
      const wanted = readAlone(index);
      expect(distribution.expectedLoss.value).toBeCloseTo(wanted.expectedLoss.value, 12);
      expect(distribution.expectedLoss.standardError).toBeCloseTo(wanted.expectedLoss.standardError!, 12);
      expect(distribution.lossProbability.value).toBeCloseTo(wanted.lossProbability.value, 12);
      expect(distribution.maximum).toBeCloseTo(wanted.maximum, 12);
      const [tail, other] = [distribution.tails[0]!, wanted.tails[0]!];
      expect(tail.valueAtRisk.value).toBeCloseTo(other.valueAtRisk.value, 12);
      expect(tail.expectedShortfall.value).toBeCloseTo(other.expectedShortfall.value, 12);
      // Groups of paths without a loss in the tail are counted here and skipped there, which only moves the error a little.
      const errors = tail.expectedShortfall.standardError! / (other.expectedShortfall.standardError || 1);
      expect(errors).toBeCloseTo(index === 2 ? 0 : 1, 2);
    }
  });

  it('is nothing where nothing strikes', () => {
    const { losses, distribution } = read[2]!;
    expect(losses.every((loss) => loss === 0)).toBe(true);
    expect(distribution.tails[0]).toMatchObject({
      valueAtRisk: { value: 0, standardError: 0 },
      expectedShortfall: { value: 0, standardError: 0 },
    });
  });

  it('ends when it is cancelled', () => {
    expect(() => readPositions(tape, model, 0.99, { isCancelled: () => true })).toThrow(
      expect.objectContaining({ code: 'cancelled' }),
    );
  });
});

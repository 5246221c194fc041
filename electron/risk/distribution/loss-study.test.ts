import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildExposure } from '../../../shared/domain/build-exposure.ts';
import type { Exposure } from '../../../shared/domain/exposure.ts';
import { hazardsSchema } from '../../../shared/domain/hazards.ts';
import { lossStudySchema, moveResultSchema, type StudyRequest } from '../../../shared/domain/loss-study.ts';
import { valuePositions } from '../../../shared/domain/value-positions.ts';
import { loadSample } from '../../samples.ts';
import { openStudy } from './loss-study.ts';

const assets = join(import.meta.dirname, '..', '..', '..', 'assets');
const hazards = hazardsSchema.parse(
  JSON.parse(readFileSync(join(assets, 'hazards', 'hazards.json'), 'utf8')),
);

function readSample(): Exposure {
  const { observation, accounts } = loadSample(assets);
  const { positions } = valuePositions(observation, accounts, { manualEthUsd: null });
  return buildExposure(observation, positions);
}

const exposure = readSample();
const request: StudyRequest = {
  horizonYears: 1,
  paths: 20_000,
  seed: 1,
  includeMarket: false,
  isRecoveryCounted: false,
  edits: [],
};
const open = (changes: Partial<StudyRequest> = {}) =>
  openStudy('study', exposure, hazards, { ...request, ...changes });

describe('a study of the sample', () => {
  const desk = open();
  const { sets } = desk.study;

  it('is what the contract says, for all three sets', () => {
    expect(lossStudySchema.parse(desk.study)).toEqual(desk.study);
    expect(sets.map(({ set }) => set)).toEqual(['calm', 'base', 'stressed']);
  });

  it('gets worse from calm to stressed in every figure', () => {
    const figures = sets.map(({ distribution: { expectedLoss, lossProbability, tails } }) => [
      expectedLoss.value,
      lossProbability.value,
      ...tails.flatMap(({ valueAtRisk, expectedShortfall }) => [valueAtRisk.value, expectedShortfall.value]),
    ]);
    for (const [i, value] of figures[0]!.entries()) {
      expect(figures[1]![i]!).toBeGreaterThanOrEqual(value);
      expect(figures[2]![i]!).toBeGreaterThan(value);
    }
  });

  it('is expected to lose a little less than its sources would one by one', () => {
    for (const { distribution, sources } of sets) {
      const alone = sources.reduce((sum, { expectedLoss }) => sum + expectedLoss, 0);
      const { value, standardError } = distribution.expectedLoss;
      expect(value).toBeLessThan(alone + 4 * standardError!);
      expect(value).toBeGreaterThan(0.85 * alone - 4 * standardError!);
    }
  });

  it('is the same study again from the same seed', () => {
    expect(open().study).toEqual(desk.study);
  });

  it('takes an edited rate, and only where it was edited', () => {
    const source = sets[1]!.sources.toSorted((a, b) => b.expectedLoss - a.expectedLoss)[0]!;
    const edited = open({ edits: [{ sourceId: source.sourceId, ratePerYear: 0 }] }).study.sets[1]!;
    expect(edited.distribution.expectedLoss.value).toBeLessThan(sets[1]!.distribution.expectedLoss.value);
    expect(edited.sources.filter(({ isEdited }) => isEdited).map(({ sourceId }) => sourceId)).toEqual([
      source.sourceId,
    ]);
  });

  it('loses less in a shorter time, and less with recovery', () => {
    const base = (changes: Partial<StudyRequest>): number =>
      open(changes).study.sets[1]!.distribution.expectedLoss.value;
    expect(base({ horizonYears: 0.25 })).toBeLessThan(base({}));
    expect(base({ isRecoveryCounted: true })).toBeLessThan(base({}));
  });
});

describe('a what-if', () => {
  const desk = open();
  const positions = exposure.positions.filter(({ bookWei }) => bookWei !== null && bookWei > 10n ** 19n);
  const from = positions.find(({ legs }) => legs.some(({ kind }) => kind === 'pooled'))!;
  const move = { fromPositionId: from.id, toPositionId: null, amount: 5 };

  it('moves value out, on the same paths', () => {
    const result = desk.move(move);
    expect(moveResultSchema.parse(result)).toEqual(result);
    for (const [i, set] of result.sets.entries()) {
      expect(set.expectedLoss.before).toBe(desk.study.sets[i]!.distribution.expectedLoss.value);
      expect(set.expectedLoss.change.value).toBeLessThan(0);
      // Both books lose on the same luck: the change is known better than either figure.
      expect(set.expectedLoss.change.standardError!).toBeLessThan(
        desk.study.sets[i]!.distribution.expectedLoss.standardError!,
      );
      expect(set.after.totalValue).toBeCloseTo(desk.study.sets[i]!.distribution.totalValue - 5, 9);
    }
  });

  it('does not jitter: the same move is the same answer, and small moves are small', () => {
    expect(desk.move(move)).toEqual(desk.move(move));
    const amounts = [1, 2, 3, 4];
    const changes = amounts.map(
      (amount) => desk.move({ ...move, amount }).sets[1]!.expectedLoss.change.value,
    );
    for (const [i, amount] of amounts.entries()) expect(changes[i]! / amount).toBeCloseTo(changes[0]!, 6);
  });

  it('into another position keeps the total', () => {
    const to = positions.find(({ id }) => id !== from.id)!;
    const { sets } = desk.move({ ...move, toPositionId: to.id });
    expect(sets[1]!.after.totalValue).toBeCloseTo(desk.study.sets[1]!.distribution.totalValue, 9);
  });

  it.each([
    ['not in the study', { ...move, fromPositionId: 'nobody' }],
    ['not in the study', { ...move, toPositionId: 'nobody' }],
    ['can be moved out', { ...move, amount: 1e9 }],
    ['above zero', { ...move, amount: 0 }],
    ['into itself', { ...move, toPositionId: from.id }],
  ])('is refused where it makes no sense: %s', (message, wrong) => {
    expect(() => desk.move(wrong)).toThrow(message);
  });

  it('can be cancelled', () => {
    expect(() => desk.move(move, { isCancelled: () => true })).toThrow('Cancelled');
  });
});

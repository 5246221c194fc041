import { describe, expect, it } from 'vitest';
import type { LossModel } from '../loss-model.ts';
import { aggregate } from '../loss-distribution.ts';
import { simulate } from '../simulate/simulate.ts';
import type { EventTape } from '../simulate/event-tape.ts';
import { createUniform, makeModel, makePlainModel, makeSource, makeStrike } from '../testing/make-model.ts';
import { compileBook } from '../book.ts';
import { createEvaluator } from './evaluate-path.ts';
import { computeLosses, walkPaths } from './tape-losses.ts';
import { createWork } from '../../work.ts';

const uniform = createUniform(23);

/** A book with everything in it: shared positions, severities, open chances, layers, a shock, a cover. */
function makeRichModel(seed: number): LossModel {
  const random = createUniform(seed);
  const positions = Array.from({ length: 6 }, (_, i) => ({
    id: `p${i}`,
    token: `t${i % 2}`,
    value: 10 + 90 * random(),
  }));
  const severity = [0.05, 0.2, 0.6, 1];
  const operators = Array.from({ length: 8 }, (_, i) =>
    makeSource(`o${i}`, 0.01 + 0.1 * random(), {
      strikes: [0, 1].map((service) =>
        makeStrike({
          operatorId: `o${i}`,
          serviceId: `s${service}`,
          chance: 0.5 + 0.5 * random(),
          severity,
          hits: positions
            .slice(0, 1 + Math.floor(6 * random()))
            .map((_, position) => ({ position, share: random() * 0.5 })),
        }),
      ),
    }),
  );
  const contract = makeSource('contract', 0.04, {
    kind: 'dependency',
    isOnFactor: false,
    isSeverityCommon: true,
    strikes: [
      makeStrike({
        dependencyId: 'contract',
        severity: [0.1, 1],
        combine: 'multiplies',
        hits: positions.map((_, position) => ({ position, share: 1 })),
      }),
    ],
    members: ['o1', 'o2'],
  });
  return makeModel({
    rho: 0.3,
    positions,
    sources: [...operators, contract],
    covers: [
      { id: 'pool', positions: [0, 1, 2], deductible: 5, cap: 30, hangsOn: [{ sourceId: 'o3', share: 0.5 }] },
    ],
  });
}

/** Losses of all paths, with their weights; what is not stored at the end. */
function listLosses(tape: EventTape, model: LossModel): { loss: number; weight: number }[] {
  const losses = computeLosses(tape, compileBook(model));
  const list = tape.groups.flatMap(({ pathStart, paths, weight }) =>
    Array.from({ length: paths }, (_, i) => ({ loss: losses[pathStart + i]!, weight })),
  );
  const stored = list.reduce((sum, { weight }) => sum + weight, 0);
  return [...list, { loss: 0, weight: Math.max(0, 1 - stored) }];
}

/** Value at risk and shortfall by sorting. */
function sortTail(list: readonly { loss: number; weight: number }[], level: number): [number, number] {
  const sorted = list.toSorted((a, b) => b.loss - a.loss);
  let left = 1 - level;
  let sum = 0;
  for (const { loss, weight } of sorted) {
    if (weight > left) return [loss, (sum + left * loss) / (1 - level)];
    sum += weight * loss;
    left -= weight;
  }
  return [0, sum / (1 - level)];
}

describe('the distribution', () => {
  it.each([
    [
      'additive',
      makePlainModel(
        Array.from({ length: 30 }, () => 0.05 * uniform()),
        Array.from({ length: 30 }, () => 1 + uniform()),
        0.4,
      ),
    ],
    ['with layers, covers and severities', makeRichModel(4)],
  ])('is what sorting all losses gives: %s', (_name, model) => {
    const tape = simulate(model, { paths: 30_000, seed: 5, allocation: 'tail' });
    const found = aggregate(tape, model, { levels: [0.9, 0.95, 0.99, 0.999] });
    const list = listLosses(tape, model);
    const mean = list.reduce((sum, { loss, weight }) => sum + loss * weight, 0);
    expect(found.expectedLoss.value).toBeCloseTo(mean, 10);
    expect(found.maximum).toBe(Math.max(...list.map(({ loss }) => loss)));
    for (const { level, valueAtRisk, expectedShortfall } of found.tails) {
      const [quantile, shortfall] = sortTail(list, level);
      expect(valueAtRisk.value).toBe(quantile);
      expect(expectedShortfall.value).toBeCloseTo(shortfall, 8);
    }
  });

  it.each([7, 8, 9, 10])('is attributed in full in every dimension: book %i', (seed) => {
    const model = makeRichModel(seed);
    const tape = simulate(model, { paths: 20_000, seed });
    const found = aggregate(tape, model);
    const tail = found.tails.find(({ level }) => level === found.attributionLevel)!;
    for (const { rows } of found.attributions) {
      const mean = rows.reduce((sum, { expectedLoss }) => sum + expectedLoss, 0);
      const shortfall = rows.reduce((sum, { expectedShortfall }) => sum + expectedShortfall, 0);
      expect(mean).toBeCloseTo(found.expectedLoss.value, 9);
      expect(shortfall).toBeCloseTo(tail.expectedShortfall.value, 7);
    }
  });

  it('is attributed the same by counting as path by path', () => {
    const chances = Array.from({ length: 20 }, () => 0.1 * uniform());
    const plain = makePlainModel(
      chances,
      chances.map(() => 1 + 9 * uniform()),
      0.3,
    );
    const model = {
      ...plain,
      sources: plain.sources.map((source) => ({ ...source, members: source.id === 'o0' ? ['o1'] : [] })),
    };
    // A cover that never pays: the same book, no longer additive.
    const covered = {
      ...model,
      covers: [{ id: 'none', positions: [0], deductible: 1e9, cap: 1, hangsOn: [] }],
    };
    const tape = simulate(model, { paths: 20_000, seed: 2 });
    expect(compileBook(model).isAdditive).toBe(true);
    expect(compileBook(covered).isAdditive).toBe(false);
    const one = aggregate(tape, model);
    const other = aggregate(tape, covered);
    expect(other.expectedLoss.value).toBeCloseTo(one.expectedLoss.value, 10);
    expect(other.tails[1]!.expectedShortfall.value).toBeCloseTo(one.tails[1]!.expectedShortfall.value, 9);
    for (const [i, { rows }] of one.attributions.entries()) {
      const same = new Map(other.attributions[i]!.rows.map((row) => [row.id, row]));
      for (const row of rows) {
        expect(same.get(row.id)!.expectedLoss).toBeCloseTo(row.expectedLoss, 10);
        expect(same.get(row.id)!.expectedShortfall).toBeCloseTo(row.expectedShortfall, 8);
      }
    }
  });

  it('has standard errors that cover what other seeds give', () => {
    const model = makeRichModel(12);
    const runs = Array.from({ length: 60 }, (_, seed) =>
      aggregate(simulate(model, { paths: 4000, seed }), model, { levels: [0.95, 0.99] }),
    );
    const check = (
      pick: (run: (typeof runs)[number]) => { value: number; standardError: number | null },
    ): void => {
      const values = runs.map((run) => pick(run).value);
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      const spread = Math.sqrt(
        values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1),
      );
      const stated = runs.reduce((sum, run) => sum + (pick(run).standardError ?? 0), 0) / runs.length;
      expect(spread / stated).toBeGreaterThan(0.7);
      expect(spread / stated).toBeLessThan(1.35);
    };
    check((run) => run.expectedLoss);
    check((run) => run.lossProbability);
    check((run) => run.tails[0]!.expectedShortfall);
    check((run) => run.tails[1]!.expectedShortfall);
  });

  it('is the same again, number for number', () => {
    const model = makeRichModel(3);
    const once = aggregate(simulate(model, { paths: 5000, seed: 1 }), model);
    const again = aggregate(simulate(model, { paths: 5000, seed: 1 }), model);
    expect(again).toEqual(once);
  });

  it('falls along its curve', () => {
    const model = makeRichModel(6);
    const { exceedance, lossProbability } = aggregate(simulate(model, { paths: 20_000, seed: 1 }), model);
    expect(exceedance.length).toBeGreaterThan(20);
    for (const [i, { loss, probability }] of exceedance.entries()) {
      expect(probability).toBeLessThanOrEqual(lossProbability.value + 1e-9);
      if (i === 0) continue;
      expect(loss).toBeGreaterThan(exceedance[i - 1]!.loss);
      expect(probability).toBeLessThanOrEqual(exceedance[i - 1]!.probability);
    }
  });

  it('is nothing where there is nothing to lose', () => {
    for (const model of [makeModel(), makePlainModel([0.5], [0], 0), makePlainModel([0], [5], 0.2)]) {
      const found = aggregate(simulate(model, { paths: 1000, seed: 1 }), model);
      expect(found.expectedLoss.value).toBe(0);
      expect(found.tails.every(({ expectedShortfall }) => expectedShortfall.value === 0)).toBe(true);
      expect(found.exceedance).toEqual([]);
    }
  });

  it('finds the quantile where the level falls on the edge of an atom', () => {
    // Every path loses something, and the level is a whole number of paths.
    for (const paths of [100, 300, 1000, 4000]) {
      const model = makePlainModel([1, 0.3, 0.1], [1, 1, 1], 0);
      const tape = simulate(model, { paths, seed: paths });
      const { tails } = aggregate(tape, model, { levels: [0.5, 0.9, 0.99] });
      for (const { valueAtRisk, expectedShortfall } of tails) {
        expect(valueAtRisk.value).toBeGreaterThanOrEqual(1);
        expect(expectedShortfall.value).toBeGreaterThanOrEqual(valueAtRisk.value - 1e-12);
      }
    }
  });

  it('finds quantiles among many small losses beside a huge one', () => {
    const chances = Array.from({ length: 40 }, () => 0.05);
    const amounts = [...Array.from({ length: 39 }, (_, i) => 1 + i / 100), 1e9];
    const model = makePlainModel(chances, amounts, 0.1);
    const tape = simulate(
      { ...model, sources: model.sources.with(39, { ...model.sources[39]!, probability: 1e-5 }) },
      { paths: 50_000, seed: 1 },
    );
    const { tails } = aggregate(tape, model, { levels: [0.5, 0.9] });
    const list = listLosses(tape, model);
    for (const { level, valueAtRisk } of tails) expect(valueAtRisk.value).toBe(sortTail(list, level)[0]);
  });

  it.each([0, 1, NaN, 1.5])('refuses a level of %f', (level) => {
    const model = makePlainModel([0.1], [1], 0);
    const tape = simulate(model, { paths: 100, seed: 1 });
    expect(() => aggregate(tape, model, { levels: [level] })).toThrow('confidence level');
  });

  it('refuses a book of other sources', () => {
    const tape = simulate(makePlainModel([0.1, 0.2], [1, 1], 0), { paths: 100, seed: 1 });
    expect(() => aggregate(tape, makePlainModel([0.1], [1], 0))).toThrow('other sources');
  });

  it('stands amounts of 1e30', () => {
    const model = makePlainModel([0.1, 0.2], [1e30, 3e30], 0.2);
    const found = aggregate(simulate(model, { paths: 50_000, seed: 1 }), model);
    expect(Math.abs(found.expectedLoss.value / 7e29 - 1)).toBeLessThan(0.05);
    expect(found.maximum).toBe(4e30);
  });

  it('can be cancelled while it is read off', () => {
    const model = makeRichModel(1);
    const tape = simulate(model, { paths: 5000, seed: 1 });
    expect(() => aggregate(tape, model, {}, { isCancelled: () => true })).toThrow('Cancelled');
  });
});

describe('monotonicity', () => {
  it('a harsher severity, a smaller cover or a larger position never lowers a path’s loss', () => {
    for (let seed = 0; seed < 10; seed++) {
      const model = makeRichModel(seed);
      const tape = simulate(model, { paths: 2000, seed });
      const before = Array.from(computeLosses(tape, compileBook(model)));
      const harsher: LossModel = {
        ...model,
        sources: model.sources.map((source) => ({
          ...source,
          strikes: source.strikes.map((strike) => ({
            ...strike,
            severity: strike.severity.map((level) => Math.min(1, level * 1.3)),
          })),
        })),
      };
      const thinner = { ...model, covers: model.covers.map((cover) => ({ ...cover, cap: cover.cap / 2 })) };
      const larger = {
        ...model,
        covers: [],
        positions: model.positions.map((position) => ({ ...position, value: position.value * 2 })),
      };
      for (const changed of [harsher, thinner, larger]) {
        const after = computeLosses(tape, compileBook(changed));
        for (const [path, loss] of before.entries()) expect(after[path]! - loss).toBeGreaterThan(-1e-9);
      }
    }
  });
});

describe('walking the tape', () => {
  it('visits every stored path once, with its extras', () => {
    const model = makeRichModel(2);
    const tape = simulate(model, { paths: 3000, seed: 1 });
    const seen: number[] = [];
    walkPaths(tape, createEvaluator(compileBook(model), 1), createWork(tape.groups.length, {}), (path) =>
      seen.push(path),
    );
    expect(seen).toEqual(Array.from({ length: tape.storedPaths }, (_, path) => path));
  });
});

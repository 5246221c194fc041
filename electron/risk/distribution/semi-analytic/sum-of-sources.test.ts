import { describe, expect, it } from 'vitest';
import { buildLatticeTable, makePowerRoom } from './lattice-table.ts';
import { makeLinearBook, type LinearSource } from './linear-book.ts';
import { makeProductRoom, multiplySources } from './product-of-sources.ts';
import { buildSourceTable } from './source-table.ts';
import { makeSumRoom, sumDerivatives, unfoldLaw } from './sum-of-sources.ts';

const CAPACITY = 4096;

/** The law by the recursion and by multiplying out, as plain arrays of the same length. */
function computeBothWays(sources: readonly LinearSource[], step: number) {
  const book = makeLinearBook(sources, 0);
  const table = buildSourceTable(book, new Uint8Array(sources.length));
  const lattice = buildLatticeTable(table, step, CAPACITY, []);
  const chances = table.classChances.slice();
  const room = makeSumRoom(CAPACITY);
  const high = new Int32Array(chances.length);
  const left = sumDerivatives(table, lattice, chances, 1, high, room, makePowerRoom(CAPACITY));
  expect(left.all).toBe(0);
  unfoldLaw(room, CAPACITY);
  const product = multiplySources(
    table,
    lattice,
    chances,
    Int32Array.from(chances.keys()),
    makeProductRoom(CAPACITY),
  );
  const byRecursion = new Float64Array(CAPACITY + 1);
  byRecursion.set(room.law.subarray(room.from, room.to + 1), room.from);
  const byProduct = new Float64Array(CAPACITY + 1);
  byProduct.set(product.values.subarray(product.start, product.start + product.length), product.from);
  return { byRecursion, byProduct, logZero: room.logZero };
}

function expectEqual(one: Float64Array, other: Float64Array, error: number): void {
  let worst = 0;
  for (let i = 0; i < one.length; i += 1) worst = Math.max(worst, Math.abs(one[i]! - other[i]!));
  expect(worst).toBeLessThan(error);
}

function meanOf(law: Float64Array): number {
  return law.reduce((sum, mass, point) => sum + mass * point, 0);
}

const single = (probability: number, loss: number): LinearSource => ({
  probability,
  isOnFactor: false,
  outcomes: [{ loss, chance: 1 }],
});

describe('the derivative', () => {
  it('sums to the exact mean, however early its series is cut', () => {
    const plain = Array.from({ length: 60 }, (_, i) => single(0.001 * (1 + i), 3.3 + i));
    const rich = Array.from({ length: 60 }, (_, i): LinearSource => ({
      probability: [0.02, 0.06][i % 2]!,
      isOnFactor: false,
      outcomes: [
        { loss: 2.2 + i, chance: 0.5 },
        { loss: 9, chance: 0.3 + 0.001 * i },
      ],
    }));
    for (const sources of [plain, rich]) {
      const table = buildSourceTable(makeLinearBook(sources, 0), new Uint8Array(sources.length));
      const lattice = buildLatticeTable(table, 0.7, CAPACITY, []);
      for (const weight of [1, 1e-3, 1e-5, 1e-7, 1e-9, 1e-12, 1e-15]) {
        const room = makeSumRoom(CAPACITY);
        const high = new Int32Array(table.classChances.length);
        sumDerivatives(table, lattice, table.classChances, weight, high, room, makePowerRoom(CAPACITY));
        const sum = room.derivative.reduce((total, value) => total + value, 0);
        expect(Math.abs(sum / room.mean - 1), `weight ${weight}`).toBeLessThan(1e-14);
      }
    }
  });
});

describe('the recursion and the product', () => {
  it('give one law for sources of many chances and losses', () => {
    const sources = Array.from({ length: 150 }, (_, i) =>
      single(0.0003 * (1 + i), 0.5 + ((i * 37) % 211) / 9),
    );
    const { byRecursion, byProduct, logZero } = computeBothWays(sources, 0.21);
    expectEqual(byRecursion, byProduct, 1e-13);
    const exact =
      sources.reduce((sum, { probability, outcomes }) => sum + probability * outcomes[0]!.loss, 0) / 0.21;
    expect(Math.abs(meanOf(byRecursion) / exact - 1)).toBeLessThan(1e-14);
    expect(Math.abs(meanOf(byProduct) / exact - 1)).toBeLessThan(1e-13);
    const none = sources.reduce((product, { probability }) => product * (1 - probability), 1);
    expect(Math.exp(logZero) / none).toBeCloseTo(1, 12);
  });

  it('give one law for losses far below a step', () => {
    const sources = Array.from({ length: 400 }, (_, i) => single(0.9, 0.001 * (1 + (i % 50))));
    const { byRecursion, byProduct } = computeBothWays(sources, 1);
    expectEqual(byRecursion, byProduct, 1e-13);
  });

  it('give one law for classes of many sources with many outcomes', () => {
    const sources = Array.from({ length: 90 }, (_, i): LinearSource => ({
      probability: [0.01, 0.03, 0.05][i % 3]!,
      isOnFactor: false,
      outcomes: [1, 2.5, 7.25].map((loss) => ({ loss: loss * (1 + (i % 11)), chance: 0.2 + 0.01 * (i % 7) })),
    }));
    const { byRecursion, byProduct } = computeBothWays(sources, 0.8);
    expectEqual(byRecursion, byProduct, 1e-13);
  });

  it('give one law where thousands of events are expected and the chance of none underflows', () => {
    const sources = Array.from({ length: 30_000 }, (_, i) => single(0.09 + 1e-7 * i, 1));
    const { byRecursion, byProduct, logZero } = computeBothWays(sources, 1);
    expect(logZero).toBeLessThan(-2000);
    expectEqual(byRecursion, byProduct, 1e-12);
    expect(byRecursion.reduce((sum, mass) => sum + mass, 0)).toBeCloseTo(1, 11);
  });
});

import { afterAll, describe, expect, it } from 'vitest';
import { startSamplers } from '../../worker.ts';
import { compileBook, weighSources } from '../book.ts';
import type { EventTape } from '../simulate/event-tape.ts';
import { edgeOfCell, findFirstCell } from '../simulate/read-groups.ts';
import { simulate } from '../simulate/simulate.ts';
import { makePlainModel } from '../testing/make-model.ts';
import { readHistogram } from './histogram.ts';
import { computeLosses } from './tape-losses.ts';

const SOURCES = 60;
const probabilities = Array.from({ length: SOURCES }, (_, i) => 0.001 * (1 + i));
const values = Array.from({ length: SOURCES }, (_, i) => 10 ** (i % 5) + i);
const model = makePlainModel(probabilities, values, 0.3);
const options = { paths: 40_000, seed: 4 };

/** What the passes left in the room, as numbers to compare. */
function describeRoom(tape: EventTape) {
  const { losses, moments, holds } = tape.room;
  const maximum = losses.reduce((a, b) => Math.max(a, b), 0);
  const { cells } = readHistogram(tape, holds!.firstCell, maximum);
  return { losses: [...losses], moments: [...moments], cells: [...cells] };
}

describe('losses read while sampling', () => {
  const teams = [1, 3].map((helpers) => startSamplers(helpers));
  afterAll(() => Promise.all(teams.map((team) => team.close())));

  it('are those of a reading afterwards, to the last bit, with 1, 2 and 4 threads', async () => {
    const tape = simulate(model, options);
    expect(tape.room.holds?.model).toBe(model);
    const alone = describeRoom(tape);
    computeLosses(tape, compileBook({ ...model }));
    expect(describeRoom(tape)).toStrictEqual(alone);
    for (const team of teams) {
      expect(describeRoom(await team.simulate(model, options))).toStrictEqual(alone);
    }
  });

  it('give way to those of another book', () => {
    const tape = simulate(model, options);
    const before = [...tape.room.losses];
    const doubled = { ...model, positions: model.positions.map((p) => ({ ...p, value: 2 * p.value })) };
    computeLosses(tape, compileBook(doubled));
    expect([...tape.room.losses]).toStrictEqual(before.map((loss) => 2 * loss));
    computeLosses(tape, compileBook(model));
    expect([...tape.room.losses]).toStrictEqual(before);
  });

  it('are left to the reading where something happens on every path', () => {
    expect(simulate(makePlainModel([1, 0.1], [1, 2], 0), options).room.holds).toBeNull();
  });
});

describe('one pass over a group', () => {
  it('is the sum over each path’s rows, with its moments and cells, whatever the width', () => {
    const tape = simulate(model, options);
    const { room } = tape;
    const weights = weighSources(compileBook(model));
    // Widths up to four have loops of their own; the others go by eight, four, two and one.
    const widths = new Set(tape.groups.map(({ width }) => width));
    for (let width = 1; width <= 17; width++) expect(widths).toContain(width);
    expect(new Set(tape.groups.map(({ paths }) => paths % 4)).size).toBe(4);
    const { firstCell } = room.holds!;
    const cells = new Map<number, number>();
    for (const [g, { width, paths, rowStart, pathStart, weight }] of tape.groups.entries()) {
      let [sum, squares, positives, most] = [0, 0, 0, 0];
      for (let i = 0; i < paths; i++) {
        const rows = tape.rows.subarray(rowStart + i * width, rowStart + (i + 1) * width);
        const loss = rows.reduce((total, row) => total + weights[row]!, 0);
        expect(room.losses[pathStart + i]).toBeCloseTo(loss, 6);
        const own = room.losses[pathStart + i]!;
        sum += own;
        squares += own * own;
        positives += own > 0 ? 1 : 0;
        most = Math.max(most, own);
        const cell = findCellByHand(own, firstCell);
        cells.set(cell, (cells.get(cell) ?? 0) + weight);
      }
      const moments = [...room.moments.subarray(4 * g, 4 * g + 4)];
      expect(moments.slice(2)).toStrictEqual([positives, most]);
      // Added in another order.
      expect(Math.abs(moments[0]! - sum)).toBeLessThanOrEqual(1e-12 * sum);
      expect(Math.abs(moments[1]! - squares)).toBeLessThanOrEqual(1e-12 * squares);
    }
    const histogram = readHistogram(tape, firstCell, 1);
    for (const [cell, probability] of cells) {
      const unstored = cell === 0 ? histogram.unstored : 0;
      expect(histogram.cells[cell]! - unstored).toBeCloseTo(probability, 12);
    }
    expect(histogram.cells.filter((probability) => probability > 0)).toHaveLength(cells.size);
  });
});

function findCellByHand(loss: number, firstCell: number): number {
  let cell = 0;
  while (edgeOfCell(cell + 1, firstCell) <= loss) cell++;
  return cell;
}

describe('cells', () => {
  it.each([1e-300, 1, 12_345.678, 1e18])('reach from 2^-31 of a total of %d to all of it', (total) => {
    const first = findFirstCell(total);
    expect(edgeOfCell(4096, first)).toBeGreaterThan(total);
    expect(edgeOfCell(4095, first)).toBeGreaterThan(total / 2);
    expect(edgeOfCell(1, first)).toBeLessThan(total * 2 ** -31);
    expect(edgeOfCell(0, first)).toBe(0);
  });

  it('hold nothing but nothing where there is nothing to lose', () => {
    const tape = simulate(makePlainModel([0.5], [0], 0), { paths: 100, seed: 1 });
    expect(readHistogram(tape, tape.room.holds!.firstCell, 0).cells[0]).toBeCloseTo(1, 12);
  });
});

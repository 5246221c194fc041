import { afterAll, describe, expect, it } from 'vitest';
import { normalQuantile, normalCdf } from '../../math/normal.ts';
import { startSamplers, type Samplers } from '../../worker.ts';
import {
  createUniform,
  makeContagion,
  makeModel,
  makePlainModel,
  makeSource,
} from '../testing/make-model.ts';
import type { LossModel } from '../loss-model.ts';
import type { EventTape } from './event-tape.ts';
import { simulate } from './simulate.ts';

/** Weighted: with which probability each source happens, and the probability of every number of events. */
function readTape(tape: EventTape): { happens: Float64Array; counts: Map<number, number> } {
  const happens = new Float64Array(tape.sourceCount);
  const counts = new Map<number, number>();
  let stored = 0;
  let extra = 0;
  for (const { width, paths, rowStart, pathStart, weight } of tape.groups) {
    for (let i = 0; i < paths; i++) {
      const own = new Set<number>(tape.certain);
      for (let at = rowStart + i * width; at < rowStart + (i + 1) * width; at++) {
        if (tape.rows[at]! < tape.sourceCount) addOnce(own, tape.rows[at]!);
      }
      if (tape.extras.paths[extra] === pathStart + i) {
        for (let at = tape.extras.starts[extra]!; at < tape.extras.starts[extra + 1]!; at++) {
          addOnce(own, tape.extras.rows[at]!);
        }
        extra++;
      }
      for (const source of own) happens[source]! += weight;
      counts.set(own.size, (counts.get(own.size) ?? 0) + weight);
      stored += weight;
    }
  }
  counts.set(0, (counts.get(0) ?? 0) + 1 - stored);
  return { happens, counts };
}

function addOnce(own: Set<number>, source: number): void {
  if (own.has(source)) throw new Error(`source ${source} happens twice on a path`);
  own.add(source);
}

const uniform = createUniform(5);
const spread = (count: number, least: number, most: number): number[] =>
  Array.from({ length: count }, () => least * (most / least) ** uniform());

/** Probability that two given sources both happen, by a fine midpoint rule over the factor. */
function jointChance(p: number, q: number, rho: number): number {
  const steps = 4000;
  let sum = 0;
  for (let i = 0; i < steps; i++) {
    const z = normalQuantile((i + 0.5) / steps);
    const given = (chance: number): number =>
      normalCdf((normalQuantile(chance) - Math.sqrt(rho) * z) / Math.sqrt(1 - rho));
    sum += given(p) * given(q);
  }
  return sum / steps;
}

describe('a simulation', () => {
  it.each([0, 0.05, 0.2, 0.6, 0.9, 0.99])('gives every source its chance at a correlation of %f', (rho) => {
    const chances = spread(60, 1e-4, 0.3);
    const paths = 200_000;
    const tape = simulate(makePlainModel(chances, chances, rho), { paths, seed: 11 });
    const { happens } = readTape(tape);
    for (const [i, p] of chances.entries()) {
      // Five standard errors of unstratified sampling; two draws in three million fall outside.
      expect(Math.abs(happens[i]! - p)).toBeLessThan(5 * Math.sqrt((p * (1 - p)) / paths) + 1e-6);
    }
  });

  it.each([0.9, 0.99])('thins without bias where hazards are steep: a correlation of %f', (rho) => {
    // Thresholds far apart, many paths in the tail: a wrong shortcut in the thinning shows here first.
    const chances = Array.from({ length: 20 }, (_, i) => normalCdf(-4 + (3 * i) / 19));
    const runs = 6;
    const sums = new Float64Array(20);
    const squares = new Float64Array(20);
    for (let seed = 0; seed < runs; seed++) {
      const tape = simulate(makePlainModel(chances, chances, rho), {
        paths: 60_000,
        seed,
        allocation: 'tail',
      });
      for (const [i, share] of readTape(tape).happens.entries()) {
        sums[i]! += share / runs;
        squares[i]! += share ** 2 / runs;
      }
    }
    for (const [i, p] of chances.entries()) {
      const error = Math.sqrt(Math.max(0, squares[i]! - sums[i]! ** 2) / (runs - 1));
      expect(Math.abs(sums[i]! - p)).toBeLessThan(8 * error + 0.002 * p);
    }
  });

  it('gives pairs the joint chance of the one-factor model', () => {
    const [p, q, rho] = [0.05, 0.02, 0.35];
    const paths = 400_000;
    const tape = simulate(makePlainModel([p, q], [1, 1], rho), { paths, seed: 3 });
    const both = readTape(tape).counts.get(2) ?? 0;
    const exact = jointChance(p, q, rho);
    expect(Math.abs(both - exact)).toBeLessThan(5 * Math.sqrt(exact / paths));
  });

  it('counts events as independent coins do without correlation', () => {
    const tape = simulate(makePlainModel([0.5, 0.25], [1, 1], 0), { paths: 100_000, seed: 9 });
    const { counts } = readTape(tape);
    expect(counts.get(0)).toBeCloseTo(0.375, 2);
    expect(counts.get(1)).toBeCloseTo(0.5, 2);
    expect(counts.get(2)).toBeCloseTo(0.125, 2);
  });

  it('gives the same bytes again, and others for another seed', () => {
    const model = makePlainModel(spread(30, 0.001, 0.1), spread(30, 1, 9), 0.3);
    const one = simulate(model, { paths: 20_000, seed: 1 });
    const two = simulate(model, { paths: 20_000, seed: 1 });
    const other = simulate(model, { paths: 20_000, seed: 2 });
    expect(Buffer.compare(bytesOf(one), bytesOf(two))).toBe(0);
    expect(Buffer.compare(bytesOf(one), bytesOf(other))).not.toBe(0);
  });

  it('gives sources the same chances in tail allocation', () => {
    const chances = spread(40, 1e-3, 0.05);
    const tape = simulate(makePlainModel(chances, chances, 0.25), {
      paths: 200_000,
      seed: 4,
      allocation: 'tail',
    });
    const { happens } = readTape(tape);
    for (const [i, p] of chances.entries()) expect(Math.abs(happens[i]! / p - 1)).toBeLessThan(0.2);
    const sum = happens.reduce((total, p) => total + p, 0);
    expect(Math.abs(sum / chances.reduce((total, p) => total + p, 0) - 1)).toBeLessThan(0.02);
  });
});

function bytesOf({ rows, extras }: EventTape): Buffer {
  return Buffer.concat([
    Buffer.from(Uint16Array.from(rows).buffer),
    Buffer.from(extras.paths.buffer),
    Buffer.from(extras.rows.buffer),
  ]);
}

describe('at the edges', () => {
  it('an empty model has no events', () => {
    const tape = simulate(makeModel(), { paths: 1000, seed: 1 });
    expect([tape.storedPaths, tape.rows.length]).toEqual([0, 0]);
  });

  it.each([0, 0.5, 0.99])('chances of 0 and 1 are never and always, at a correlation of %f', (rho) => {
    const tape = simulate(makePlainModel([0, 1, 0.3], [1, 1, 1], rho), { paths: 5000, seed: 1 });
    const { happens, counts } = readTape(tape);
    expect(happens[0]).toBe(0);
    expect(happens[1]).toBeCloseTo(1, 12);
    expect(counts.get(0)).toBeCloseTo(0, 12);
    expect(happens[2]).toBeCloseTo(0.3, 1);
  });

  it('one path is enough', () => {
    expect(simulate(makePlainModel([0.5], [1], 0), { paths: 1, seed: 1 }).pathCount).toBeGreaterThanOrEqual(
      1,
    );
  });

  it('chances near 1 take the dense way and stay right', () => {
    const chances = [0.999, 0.9, 0.99, 0.7];
    const { happens } = readTape(
      simulate(makePlainModel(chances, chances, 0.4), { paths: 100_000, seed: 2 }),
    );
    for (const [i, p] of chances.entries()) expect(Math.abs(happens[i]! - p)).toBeLessThan(0.006);
  });

  it.each([
    ['paths', makeModel(), { paths: 0, seed: 1 }],
    ['paths', makeModel(), { paths: 1.5, seed: 1 }],
    ['seed', makeModel(), { paths: 10, seed: NaN }],
    ['correlation', makeModel({ rho: 1 }), { paths: 10, seed: 1 }],
    ['correlation', makeModel({ rho: NaN }), { paths: 10, seed: 1 }],
    ['chance of x', makeModel({ sources: [makeSource('x', NaN)] }), { paths: 10, seed: 1 }],
    ['chance of x', makeModel({ sources: [makeSource('x', 1.01)] }), { paths: 10, seed: 1 }],
    [
      'names nobody',
      makeModel({ sources: [makeSource('x', 0.1, { members: ['nobody'] })] }),
      { paths: 10, seed: 1 },
    ],
  ])('refuses a wrong %s', (message, model, options) => {
    expect(() => simulate(model, options)).toThrow(message);
  });

  it('stops within a bin when it is cancelled', () => {
    let asked = 0;
    const run = (): unknown =>
      simulate(
        makePlainModel(spread(50, 0.01, 0.1), spread(50, 1, 2), 0.2),
        { paths: 50_000, seed: 1 },
        { isCancelled: () => ++asked > 3 },
      );
    expect(run).toThrow('Cancelled');
    expect(asked).toBeLessThan(7);
  });

  it('asks often even where everything is one bin', () => {
    let asked = 0;
    const isCancelled = (): boolean => {
      asked++;
      return false;
    };
    simulate(makePlainModel([0.5, 0.2], [1, 1], 0), { paths: 500_000, seed: 1 }, { isCancelled });
    expect(asked).toBeGreaterThan(5);
  });
});

/** What falls, by the plainest means: look at everybody again until nobody more falls. */
function fallByHand(model: LossModel, faults: readonly number[]): Set<number> {
  const indexOf = new Map(model.sources.map(({ id }, i) => [id, i]));
  const fallen = new Set(faults);
  const { edges } = model.contagion!;
  for (let before = -1; before !== fallen.size;) {
    before = fallen.size;
    for (const source of [...fallen]) {
      for (const member of model.sources[source]!.members) fallen.add(indexOf.get(member)!);
    }
    for (const { sourceId, service, threshold } of edges) {
      const own = edges.filter((edge) => edge.service === service);
      const total = own.reduce((sum, { stake }) => sum + stake, 0);
      const lost = own
        .filter((edge) => fallen.has(indexOf.get(edge.sourceId)!))
        .reduce((sum, { stake }) => sum + stake, 0);
      if (lost / total >= threshold - 1e-9) fallen.add(indexOf.get(sourceId)!);
    }
  }
  return fallen;
}

describe('shocks and contagion', () => {
  it('bring every member of a shock, once', () => {
    const model = makeModel({
      sources: [
        makeSource('a', 0.2),
        makeSource('b', 0.1),
        makeSource('bug', 0.3, { kind: 'dependency', isOnFactor: false, members: ['a', 'b'] }),
      ],
    });
    const { happens } = readTape(simulate(model, { paths: 200_000, seed: 6 }));
    // Marshall-Olkin: neither its own event nor the shock must happen for a member to stand.
    expect(happens[0]).toBeCloseTo(1 - 0.8 * 0.7, 2);
    expect(happens[1]).toBeCloseTo(1 - 0.9 * 0.7, 2);
    expect(happens[2]).toBeCloseTo(0.3, 2);
  });

  it('reach a threshold that is met exactly', () => {
    const ids = ['a', 'b', 'c'];
    const model = makeModel({
      sources: ids.map((id, i) => makeSource(id, i === 0 ? 1 : 0)),
      contagion: makeContagion(ids, 1 / 3),
    });
    expect([...simulate(model, { paths: 10, seed: 1 }).certain].sort()).toEqual([0, 1, 2]);
  });

  it('count whoever follows from something certain once', () => {
    const shock = makeModel({
      sources: [
        makeSource('a', 0.9),
        makeSource('bug', 1, { kind: 'dependency', isOnFactor: false, members: ['a'] }),
      ],
    });
    const ids = ['a', 'b'];
    const contagion = makeModel({
      rho: 0.3,
      sources: [makeSource('a', 1), makeSource('b', 0.5)],
      contagion: makeContagion(ids, 0.5),
    });
    for (const model of [shock, contagion]) {
      const tape = simulate(model, { paths: 2000, seed: 1 });
      expect(Array.from(readTape(tape).happens)).toEqual([expect.closeTo(1, 9), expect.closeTo(1, 9)]);
    }
  });

  it.each([
    ['service 3', { service: 3 }],
    ['service -1', { service: -1 }],
    ['service NaN', { service: NaN }],
    ['a stake of 0', { stake: 0 }],
    ['a threshold of 0', { threshold: 0 }],
    ['a threshold of 1.5', { threshold: 1.5 }],
  ])('refuse an edge with %s', (message, change) => {
    const [edge] = makeContagion(['a'], 0.5).edges;
    const contagion = { serviceCount: 1, edges: [{ ...edge!, ...change }] };
    const model = makeModel({ sources: [makeSource('a', 0.1)], contagion });
    expect(() => simulate(model, { paths: 10, seed: 1 })).toThrow(message);
  });

  it('fell whom a hand count fells, on random networks', () => {
    const random = createUniform(17);
    for (let round = 0; round < 30; round++) {
      const count = 3 + Math.floor(random() * 8);
      const services = 1 + Math.floor(random() * 4);
      const model = makeModel({
        rho: 0.3,
        sources: Array.from({ length: count }, (_, i) =>
          makeSource(`o${i}`, 0.02 + 0.2 * random(), {
            members: random() < 0.1 ? [`o${(i + 1) % count}`] : [],
          }),
        ),
        contagion: {
          serviceCount: services,
          edges: Array.from({ length: count * 2 }, () => ({
            sourceId: `o${Math.floor(random() * count)}`,
            service: Math.floor(random() * services),
            stake: 1 + Math.floor(random() * 5),
            threshold: 0.05 + 0.95 * random(),
          })).filter(
            (edge, i, all) =>
              all.findIndex((e) => e.sourceId === edge.sourceId && e.service === edge.service) === i,
          ),
        },
      });
      checkByHand(model, simulate(model, { paths: 2000, seed: round }));
    }
  });
});

function checkByHand(model: LossModel, tape: EventTape): void {
  let extra = 0;
  for (const { width, paths, rowStart, pathStart } of tape.groups) {
    for (let i = 0; i < paths; i++) {
      const own = [...tape.rows.slice(rowStart + i * width, rowStart + (i + 1) * width)];
      const faults = own.filter((row) => row < tape.sourceCount);
      const found = new Set(faults);
      if (tape.extras.paths[extra] === pathStart + i) {
        for (let at = tape.extras.starts[extra]!; at < tape.extras.starts[extra + 1]!; at++) {
          found.add(tape.extras.rows[at]!);
        }
        extra++;
      }
      expect([...found].sort()).toEqual([...fallByHand(model, faults)].sort());
    }
  }
}

describe('several threads', () => {
  const teams = [0, 1, 3].map((helpers): Samplers => startSamplers(helpers));
  afterAll(() => Promise.all(teams.map((team) => team.close())));

  it('give the same bytes with 1, 2 and 4 workers', async () => {
    const ids = Array.from({ length: 40 }, (_, i) => `o${i}`);
    const model = {
      ...makePlainModel(spread(40, 0.002, 0.08), spread(40, 1, 9), 0.3),
      contagion: makeContagion(ids, 0.1),
    };
    const alone = simulate(model, { paths: 30_000, seed: 8 });
    for (const team of teams) {
      const shared = await team.simulate(model, { paths: 30_000, seed: 8 });
      expect(Buffer.compare(bytesOf(alone), bytesOf(shared))).toBe(0);
      expect(shared.extras.paths.length).toBeGreaterThan(0);
    }
  });

  it('stop together when cancelled', async () => {
    const model = makePlainModel(spread(200, 0.01, 0.1), spread(200, 1, 2), 0.2);
    let asked = 0;
    const run = teams[1]!.simulate(model, { paths: 200_000, seed: 1 }, { isCancelled: () => ++asked > 2 });
    await expect(run).rejects.toMatchObject({ code: 'cancelled' });
  });
});

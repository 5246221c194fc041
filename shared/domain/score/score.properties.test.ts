import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FACT_STATUSES, PROTOCOL_KINDS, type Fact, type FactKey, type Protocol } from '../catalog.ts';
import { makeDependency, makeFact, makeIncident, makeProtocol, makeSize } from '../testing/make-protocol.ts';
import { rankProtocols, weightSensitivity } from './rank-protocols.ts';
import { isWeighable, reweighScore, scoreProtocol } from './score-protocol.ts';
import { SCORE_DECLARATIONS } from './score-inputs.ts';
import { scaleFigure, scaleRange } from './score-scale.ts';
import {
  DEFAULT_WEIGHTS,
  SCORE_DIMENSIONS,
  SCORE_INPUTS,
  type ProtocolScore,
  type ScoreWeights,
} from './score.ts';

const ON = '2026-11-26';

/** Facts that the score reads as numbers, with a unit it knows and figures around its knots. */
const SCORED = [
  ['audits', 'count', 30],
  ['bounty', 'USD', 3_000_000],
  ['timelock', 'hours', 300],
  ['multisig', 'count', 10],
  ['cover', 'percent', 12],
  ['slashingMaximum', 'percent', 100],
  ['exitDays', 'days', 80],
  ['exitStressDays', 'days', 200],
  ['liquidity', 'percent', 30],
] as const satisfies readonly (readonly [FactKey, string, number])[];

const status = fc.constantFrom(...FACT_STATUSES);
const unknown: Fact = {
  text: null,
  figure: null,
  status: 'unconfirmed',
  sources: [],
  asOf: null,
  note: null,
};

function arbitraryFact(unit: (typeof SCORED)[number][1], most: number): fc.Arbitrary<Fact> {
  const figure = fc
    .tuple(fc.double({ min: 0, max: most, noNaN: true }), fc.double({ min: 0, max: most, noNaN: true }))
    .map(([a, b]) => [Math.min(a, b), Math.max(a, b), unit] as const);
  return fc.oneof(
    fc.constant(unknown),
    fc.tuple(status, fc.option(figure)).map(([how, numbers]) => makeFact(how, numbers)),
  );
}

const protocols: fc.Arbitrary<Protocol> = fc
  .record({
    facts: fc.tuple(...SCORED.map(([, unit, most]) => arbitraryFact(unit, most))),
    kind: fc.constantFrom(...PROTOCOL_KINDS),
    chains: fc.subarray(['ethereum', 'base'], { minLength: 1 }),
    dependencies: fc.array(fc.record({ kind: fc.constantFrom('custodian', 'bridge', 'oracle'), status }), {
      maxLength: 4,
    }),
    incidents: fc.array(
      fc.record({
        date: fc.constantFrom('2026', '2026-05', '2026-05-01', '2025', '2024-02', '2019-01-01'),
        hasLoss: fc.constantFrom(true, false, null),
        status,
      }),
      { maxLength: 3 },
    ),
  })
  .map(({ facts, dependencies, incidents, ...rest }) =>
    makeProtocol({
      ...rest,
      facts: Object.fromEntries(SCORED.map(([key], index) => [key, facts[index]!])),
      dependencies: dependencies.map((one, index) => makeDependency(one.kind, `d${index}`, one.status)),
      incidents: incidents.map((one) => makeIncident(one.date, one.hasLoss, one.status)),
    }),
  );

const weights: fc.Arbitrary<ScoreWeights> = fc
  .record(
    Object.fromEntries(
      SCORE_DIMENSIONS.map((id) => [id, fc.double({ min: 0, max: 100, noNaN: true })]),
    ) as Record<(typeof SCORE_DIMENSIONS)[number], fc.Arbitrary<number>>,
  )
  .filter(isWeighable);

const score = (protocol: Protocol, own: ScoreWeights = DEFAULT_WEIGHTS): ProtocolScore =>
  scoreProtocol(protocol, [makeSize(protocol.id, 5e8, 'USD')], { on: ON, weights: own });

describe('a score', () => {
  it('lies between 0 and 100 with its middle inside, dimension by dimension and input by input', () => {
    fc.assert(
      fc.property(protocols, weights, (protocol, own) => {
        const { score: total, uncapped, dimensions } = score(protocol, own);
        for (const { low, mid, high } of [total, uncapped, ...dimensions]) {
          expect(low).toBeGreaterThanOrEqual(0);
          expect(high).toBeLessThanOrEqual(100);
          expect(mid).toBeGreaterThanOrEqual(low - 1e-9);
          expect(mid).toBeLessThanOrEqual(high + 1e-9);
        }
        for (const { low, high } of dimensions.flatMap(({ inputs }) => inputs)) {
          expect(low).toBeGreaterThanOrEqual(0);
          expect(low).toBeLessThanOrEqual(high);
          expect(high).toBeLessThanOrEqual(100);
        }
      }),
    );
  });

  it('has every input once', () => {
    expect(SCORE_DECLARATIONS.map(({ id }) => id)).toEqual([...SCORE_INPUTS]);
    expect(score(makeProtocol()).dimensions.flatMap(({ inputs }) => inputs.map(({ id }) => id))).toEqual([
      ...SCORE_INPUTS,
    ]);
  });

  it('never gets wider when a fact is better known, and holds the narrower range within the wider', () => {
    fc.assert(
      fc.property(
        protocols,
        fc.nat({ max: SCORED.length - 1 }),
        fc.nat({ max: 2 }),
        (protocol, which, rank) => {
          const [key] = SCORED[which]!;
          const sure = { ...protocol.facts[key], status: FACT_STATUSES[rank]! };
          const less = { ...sure, status: FACT_STATUSES[rank + 1]! };
          const known = score({ ...protocol, facts: { ...protocol.facts, [key]: sure } }).uncapped;
          const doubted = score({ ...protocol, facts: { ...protocol.facts, [key]: less } }).uncapped;
          expect(doubted.low).toBeLessThanOrEqual(known.low + 1e-9);
          expect(doubted.high).toBeGreaterThanOrEqual(known.high - 1e-9);
        },
      ),
    );
  });

  it('is never lower at its high end because a fact is missing', () => {
    fc.assert(
      fc.property(protocols, fc.nat({ max: SCORED.length - 1 }), (protocol, which) => {
        const [key] = SCORED[which]!;
        const missing = score({ ...protocol, facts: { ...protocol.facts, [key]: unknown } });
        expect(missing.score.high).toBeGreaterThanOrEqual(score(protocol).score.high - 1e-9);
        expect(missing.score.low).toBeLessThanOrEqual(score(protocol).score.low + 1e-9);
      }),
    );
  });

  it('depends on the proportions of the weights only', () => {
    fc.assert(
      fc.property(protocols, weights, fc.constantFrom(0.001, 3, 1e6), (protocol, own, factor) => {
        const scaled = Object.fromEntries(
          SCORE_DIMENSIONS.map((id) => [id, own[id] * factor]),
        ) as unknown as ScoreWeights;
        const one = score(protocol, own).score;
        const other = score(protocol, scaled).score;
        expect(other.low).toBeCloseTo(one.low, 6);
        expect(other.mid).toBeCloseTo(one.mid, 6);
        expect(other.high).toBeCloseTo(one.high, 6);
      }),
    );
  });

  it('is the same whether it is made with the weights or given them afterwards', () => {
    fc.assert(
      fc.property(protocols, weights, (protocol, own) => {
        expect(reweighScore(score(protocol), own)).toEqual(score(protocol, own));
      }),
    );
  });

  it('takes weights of zero, and refuses all zero, below zero and no numbers', () => {
    const none = { code: 0, control: 0, backing: 0, slashing: 0, liquidity: 0, operations: 0 };
    const only = score(makeProtocol(), { ...none, code: 1 });
    expect(only.score).toEqual({
      low: only.dimensions[0]!.low,
      mid: only.dimensions[0]!.mid,
      high: only.dimensions[0]!.high,
    });
    for (const bad of [none, { ...none, code: -1, control: 2 }, { ...none, code: NaN }]) {
      expect(() => score(makeProtocol(), bad)).toThrow(RangeError);
    }
    expect(() => scoreProtocol(makeProtocol(), [], { on: '26 November' })).toThrow(RangeError);
  });
});

describe('a scale', () => {
  it('only rises or only falls, and stays at its ends', () => {
    for (const { knots } of SCORE_DECLARATIONS) {
      const figures = knots.map(([figure]) => figure);
      expect(figures).toEqual(figures.toSorted((a, b) => a - b));
      const points = knots.map(([, value]) => value);
      const rising = points.toSorted((a, b) => a - b);
      expect([rising, rising.toReversed()]).toContainEqual(points);
      expect(scaleFigure(knots, -1)).toBe(points[0]);
      expect(scaleFigure(knots, Infinity)).toBe(points.at(-1));
    }
  });

  it('puts what lies between two figures between their points', () => {
    const figure = fc.double({ min: 0, max: 300, noNaN: true });
    fc.assert(
      fc.property(fc.constantFrom(...SCORE_DECLARATIONS), figure, figure, figure, ({ knots }, a, b, c) => {
        const [low = 0, mid = 0, high = 0] = [a, b, c].toSorted((one, two) => one - two);
        const range = scaleRange(knots, { low, high });
        expect(scaleFigure(knots, mid)).toBeGreaterThanOrEqual(range.low - 1e-9);
        expect(scaleFigure(knots, mid)).toBeLessThanOrEqual(range.high + 1e-9);
      }),
    );
  });
});

describe('caps', () => {
  const capsOf = (date: string, hasLoss: boolean | null, how: Fact['status'] = 'confirmed') =>
    score(makeProtocol({ incidents: [makeIncident(date, hasLoss, how)] })).caps;

  it('are certain for a dated loss of the last twelve months, to the day', () => {
    expect(capsOf('2025-11-26', true)).toMatchObject([{ isCertain: true }]);
    expect(capsOf('2025-11-25', true)).toEqual([]);
    expect(capsOf('2026-11-26', true)).toMatchObject([{ isCertain: true }]);
    expect(capsOf('2026-11-27', true)).toEqual([]);
    expect(capsOf('2026-03', true, 'secondary')).toMatchObject([{ isCertain: true }]);
    expect(capsOf('2026-03', false)).toEqual([]);
  });

  it('only may apply where date, loss or source leave it open, and then lower the low end alone', () => {
    expect(capsOf('2025', true)).toMatchObject([{ isCertain: false }]);
    expect(capsOf('2026-03-01', null)).toMatchObject([{ isCertain: false }]);
    expect(capsOf('2026-03-01', true, 'disputed')).toMatchObject([{ isCertain: false }]);
    expect(capsOf('2026-03-01', true, 'unconfirmed')).toMatchObject([{ isCertain: false }]);
    const good = makeProtocol({
      kind: 'lst',
      facts: Object.fromEntries(
        (['audits', 'multisig', 'timelock', 'exitDays', 'slashingMaximum', 'bounty', 'cover'] as const).map(
          (key) => {
            const [, unit, most] = SCORED.find(([fact]) => fact === key)!;
            const best = key === 'exitDays' || key === 'slashingMaximum' ? 0 : most;
            return [key, makeFact('confirmed', [best, best, unit])];
          },
        ),
      ),
      incidents: [makeIncident('2025', true)],
    });
    const { score: capped, uncapped } = score(good);
    expect(uncapped.low).toBeGreaterThan(50);
    expect(capped).toEqual({ ...uncapped, low: 50 });
  });
});

describe('ranks', () => {
  it('lie between the best and the worst that the ranges allow', () => {
    fc.assert(
      fc.property(fc.array(protocols, { minLength: 1, maxLength: 6 }), (list) => {
        const scores = list.map((protocol) => score(protocol));
        const ranks = rankProtocols(scores);
        for (const { best, rank, worst } of ranks) {
          expect(best).toBeGreaterThanOrEqual(1);
          expect(best).toBeLessThanOrEqual(rank);
          expect(rank).toBeLessThanOrEqual(worst);
          expect(worst).toBeLessThanOrEqual(list.length);
        }
        for (const { rank, best, worst, changes } of weightSensitivity(scores)) {
          expect(changes.map(({ dimension }) => dimension)).toEqual([...SCORE_DIMENSIONS]);
          expect(best).toBeLessThanOrEqual(rank);
          expect(worst).toBeGreaterThanOrEqual(rank);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('are sure where ranges do not meet, and open where they do', () => {
    const range = (low: number, high: number): ProtocolScore => ({
      ...score(makeProtocol()),
      score: { low, mid: (low + high) / 2, high },
    });
    const ranks = rankProtocols([range(80, 90), range(40, 70), range(60, 75), range(0, 10)]);
    expect(ranks.map(({ best, rank, worst }) => [best, rank, worst])).toEqual([
      [1, 1, 1],
      [2, 3, 3],
      [2, 2, 3],
      [4, 4, 4],
    ]);
  });

  it('name the weight that moves them, and none where none does', () => {
    const safeCode = makeProtocol({
      id: 'code',
      facts: { audits: makeFact('confirmed', [20, 20, 'count']) },
    });
    const safeKeys = makeProtocol({
      id: 'keys',
      facts: { multisig: makeFact('confirmed', [6, 6, 'count']) },
    });
    // code: 15% x 50/3 = 2.5 above the middle; keys: 25% x 30/2 = 3.75. Control at half weight lets code pass.
    const [code, keys] = weightSensitivity([score(safeCode), score(safeKeys)]);
    expect(code).toMatchObject({ rank: 2, best: 1, worst: 2 });
    expect(keys).toMatchObject({ rank: 1, best: 1, worst: 2, mostSensitive: 'control' });
    const [alone] = weightSensitivity([score(safeCode)]);
    expect(alone).toMatchObject({ rank: 1, best: 1, worst: 1, mostSensitive: null });
  });
});

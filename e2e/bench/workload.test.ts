import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tinyWorkload } from './tiny-workload.ts';
import {
  computeExpectedLoss,
  countServices,
  parseWorkload,
  readEdgeStake,
  readPositionValue,
  sumOperatorLosses,
  type Workload,
} from './workload.ts';

function parseChanged(change: Readonly<Record<string, unknown>>): Workload {
  return parseWorkload(JSON.stringify({ ...tinyWorkload, ...change }));
}

describe('parseWorkload', () => {
  it('reads a file back as it was written', () => {
    expect(parseChanged({})).toEqual(tinyWorkload);
  });

  it('reads the example of the documentation', () => {
    const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'bench.md'), 'utf8');
    const example = /```json\n(\{\n {2}"name"[^`]*)```/u.exec(page)?.[1] ?? '';
    expect(parseWorkload(example)).toMatchObject({ name: 'three operators', rho: 0.2 });
  });

  it('takes a number of services where nothing else is known of them', () => {
    expect(countServices(parseChanged({ services: 3 }))).toBe(3);
  });

  const edge = tinyWorkload.edges[0];
  const mistakes: [string, Readonly<Record<string, unknown>>, RegExp][] = [
    ['a chance above one', { operators: [{ hazard: 1.1, stake: 1 }] }, /operators\[0\]\.hazard/],
    ['no operators', { operators: [] }, /operators/],
    ['full correlation', { rho: 1 }, /rho/],
    ['an edge to nowhere', { edges: [{ ...edge, service: 3 }] }, /only 3 services/],
    ['an edge from nowhere', { edges: [{ ...edge, operator: 7 }] }, /only 7 operators/],
    ['the same edge twice', { edges: [edge, edge] }, /already/],
    ['an edge that anything reaches', { edges: [{ ...edge, threshold: 0 }] }, /threshold/],
    ['an unknown mode', { edges: [{ ...edge, mode: 'common' }] }, /mode/],
    ['a weight on nobody', { positions: [{ weights: [[7, 1]] }] }, /only 7 operators, not number 7/],
    ['a loss above the value', { positions: [{ value: 1, weights: [[0, 2]] }] }, /more than the value/],
    ['a position without a value', { positions: [{ weights: [[0, 0]] }] }, /value stated/],
    [
      'an operator twice in a position',
      {
        positions: [
          {
            weights: [
              [0, 1],
              [0, 1],
            ],
          },
        ],
      },
      /listed twice/,
    ],
    ['a word it does not know', { severity: 1 }, /severity/],
  ];
  it.each(mistakes)('refuses %s and says where', (_, change, message) => {
    expect(() => parseChanged(change)).toThrow(message);
  });

  it('refuses an edge without stake', () => {
    const operators = tinyWorkload.operators.map((operator) => ({ ...operator, stake: 0 }));
    expect(() => parseChanged({ operators })).toThrow(/needs a stake/);
  });
});

describe('what a workload leaves to be derived', () => {
  it("is the operator's stake for an edge, and the sum of weights for a position", () => {
    expect(readEdgeStake(tinyWorkload, tinyWorkload.edges[0]!)).toBe(100);
    expect(readEdgeStake(tinyWorkload, tinyWorkload.edges[2]!)).toBe(25);
    expect(tinyWorkload.positions.map(readPositionValue)).toEqual([100, 48, 50]);
  });

  it('adds up the losses per operator, and the mean loss', () => {
    expect([...sumOperatorLosses(tinyWorkload)]).toEqual([37, 20, 11, 13, 17, 4, 23]);
    expect(computeExpectedLoss(tinyWorkload)).toBeCloseTo(3.7 + 1 + 2.2 + 0.26 + 4 + 0.69, 12);
  });
});

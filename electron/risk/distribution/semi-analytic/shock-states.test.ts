import { describe, expect, it } from 'vitest';
import { listShockStates } from './shock-states.ts';

const shock = (source: number, members = [9]) => ({ source, members });

describe('listShockStates', () => {
  it('lists all states of few shocks, likeliest first', () => {
    const { states, leftOut } = listShockStates(new Float64Array([0.1, 0.6]), [shock(0), shock(1)], 100);
    expect(states.map(({ shocks }) => shocks)).toEqual([[1], [], [0, 1], [0]]);
    for (const [i, p] of [0.54, 0.36, 0.06, 0.04].entries())
      expect(states[i]!.probability).toBeCloseTo(p, 15);
    expect(leftOut).toBe(0);
  });

  it('leaves out what never happens, and shocks without members', () => {
    const { states } = listShockStates(
      new Float64Array([0, 1, 0.5]),
      [shock(0), shock(1), shock(2, [])],
      100,
    );
    expect(states).toEqual([{ probability: 1, shocks: [1] }]);
  });

  it('says what the limit leaves out', () => {
    const count = 14;
    const shocks = Array.from({ length: count }, (_, i) => shock(i));
    const { states, leftOut } = listShockStates(new Float64Array(count).fill(0.02), shocks, 200);
    expect(states).toHaveLength(200);
    const kept = states.reduce((sum, { probability }) => sum + probability, 0);
    expect(kept + leftOut).toBeCloseTo(1, 14);
    expect(leftOut).toBeLessThan(0.01);
    expect(states[0]!.shocks).toEqual([]);
  });
});

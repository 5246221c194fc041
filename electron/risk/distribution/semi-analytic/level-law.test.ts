import { describe, expect, it } from 'vitest';
import { LevelLaw } from './level-law.ts';

/** Mass and mean of what a law lists. */
function summarize(law: LevelLaw): { mass: number; mean: number; losses: number[] } {
  const { losses, probabilities } = law.list();
  return {
    mass: probabilities.reduce((sum, p) => sum + p, 0),
    mean: losses.reduce((sum, loss, i) => sum + loss * probabilities[i]!, 0),
    losses: [...losses],
  };
}

describe('LevelLaw', () => {
  it('keeps mass and mean, wherever a shift puts the points', () => {
    const values = new Float64Array([0.5, 0.25, 0.15, 0.1]);
    const mean = 0.25 + 0.3 + 0.3;
    for (const shift of [0, 1, 0.3, 7.77, 1e3, 123_456.7]) {
      const law = new LevelLaw(1, 16);
      law.add(0, values, 0, 4, 0, shift, 1);
      const found = summarize(law);
      expect(found.mass).toBeCloseTo(1, 14);
      expect(Math.abs(found.mean / (mean + shift) - 1)).toBeLessThan(1e-14);
      for (const loss of found.losses) expect(Math.abs(loss - shift - 1.5)).toBeLessThan(2.5 + shift / 8);
    }
  });

  it('lists levels as one rising list, with shared points once', () => {
    const law = new LevelLaw(0.5, 8);
    law.add(0, new Float64Array([0.1, 0.2, 0.3]), 0, 3, 0, 0, 1);
    law.add(1, new Float64Array([0.1, 0.1]), 0, 2, 1, 0, 1);
    law.add(3, new Float64Array([0.2]), 0, 1, 7, 0, 1);
    expect([...law.list().losses]).toEqual([0, 0.5, 1, 2, 28]);
    expect([...law.list().probabilities][2]).toBeCloseTo(0.4, 15);
  });

  it('adds itself to another law, moved', () => {
    const law = new LevelLaw(1, 8);
    law.add(0, new Float64Array([0.5, 0.5]), 0, 2, 0, 0, 1);
    law.add(4, new Float64Array([0.5]), 0, 1, 6, 0, 1);
    const other = new LevelLaw(1, 8);
    law.addTo(other, 3, 0.25);
    const before = summarize(law);
    const after = summarize(other);
    expect(after.mass).toBeCloseTo(0.25 * before.mass, 15);
    expect(after.mean).toBeCloseTo(0.25 * (before.mean + 3 * before.mass), 12);
  });

  it('takes mass below zero from the point before', () => {
    const law = new LevelLaw(1, 8);
    law.add(0, new Float64Array([0.5, 0.5, -1e-16, 1e-17]), 0, 4, 0, 0, 1);
    expect([...law.list().losses]).toEqual([0, 1, 3]);
    expect(summarize(law).mass).toBeCloseTo(1, 15);
  });
});

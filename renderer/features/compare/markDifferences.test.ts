import { describe, expect, it } from 'vitest';
import type { Fact } from '../../../shared/domain/catalog.ts';
import { markDifference } from './markDifferences.ts';
import { makeFact } from './testing/makeCatalog.ts';

const figure = (low: number, high: number, unit: NonNullable<Fact['figure']>['unit'] = 'days') =>
  makeFact({ text: `${low} or ${high}`, figure: { low, high, unit } });
const words = (text: string | null) => makeFact({ text });

describe('a difference', () => {
  it('is one where numbers cannot be equal, and none where they are', () => {
    expect(markDifference([figure(7, 7), figure(14, 14)])).toBe('differs');
    expect(markDifference([figure(7, 7), figure(7, 7)])).toBe('same');
  });

  it('is left open where ranges share values', () => {
    expect(markDifference([figure(1, 10), figure(7, 14)])).toBe('overlaps');
    expect(markDifference([figure(1, 10), figure(7, 14), figure(11, 12)])).toBe('differs');
  });

  it('is never read out of what is not known', () => {
    expect(markDifference([figure(7, 7), words(null)])).toBe('incomplete');
    expect(markDifference([words(null), words(null)])).toBe('unknown');
  });

  it('compares words without case, spaces and the last stop', () => {
    expect(markDifference([words('Chorus  One.'), words('chorus one')])).toBe('same');
    expect(markDifference([words('A queue'), words('A sale')])).toBe('differs');
  });

  it('does not compare numbers of different units', () => {
    expect(markDifference([figure(48, 48, 'hours'), figure(48, 48, 'days')])).toBe('same');
  });
});

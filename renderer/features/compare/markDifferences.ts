/** Where facts of several protocols differ. Pure. */
import type { Fact } from '../../../shared/domain/catalog.ts';

/**
 * overlaps: ranges that share values, so that they may be equal. incomplete: known of some only. unknown: known of none.
 */
export type Difference = 'same' | 'differs' | 'overlaps' | 'incomplete' | 'unknown';

interface Comparable {
  readonly text: string | null;
  readonly figure: Fact['figure'];
}

export function markDifference(facts: readonly Comparable[]): Difference {
  const known = facts.filter(({ text }) => text !== null);
  if (known.length === 0) return 'unknown';
  if (known.length < facts.length) return 'incomplete';
  const figures = known.flatMap(({ figure }) => (figure === null ? [] : [figure]));
  const [first] = figures;
  const areNumbers = figures.length === known.length && first !== undefined;
  if (areNumbers && figures.every(({ unit }) => unit === first.unit)) {
    if (figures.every(({ low, high }) => low === first.low && high === first.high)) return 'same';
    const from = Math.max(...figures.map(({ low }) => low));
    const to = Math.min(...figures.map(({ high }) => high));
    return from <= to ? 'overlaps' : 'differs';
  }
  const texts = new Set(known.map(({ text }) => normalize(text ?? '')));
  return texts.size === 1 ? 'same' : 'differs';
}

function normalize(text: string): string {
  return text.toLowerCase().replace(/\s+/gu, ' ').trim().replace(/\.$/u, '');
}

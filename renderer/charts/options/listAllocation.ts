/** What the portfolio depends on, as parts that add up to its known book value. */
import { nameProvider, type Exposure } from '../../../shared/domain/exposure.ts';
import { categoryColor, type ChartPalette } from './palette.ts';

export interface AllocationPart {
  readonly id: string;
  /** `rest`: the operators beyond the limit, together. */
  readonly kind: 'operator' | 'rest' | 'free' | 'hidden';
  /** The operator's name; empty for the other kinds, whose names are in the message catalogue. */
  readonly name: string;
  readonly valueWei: bigint;
  /** How many operators stand behind a `rest`. */
  readonly count: number;
}

/**
 * Legs by the operator they stand with, largest first; then what no service can slash, then what cannot be seen. The
 * parts sum exactly to the sum of all legs. Parts of zero are left out.
 */
export function listAllocation(
  exposure: Pick<Exposure, 'positions' | 'operators'>,
  maxOperators: number,
): readonly AllocationPart[] {
  const names = new Map<string, string>(exposure.operators.map(({ address, name }) => [address, name]));
  const byOperator = new Map<string, bigint>();
  const elsewhere = { free: 0n, hidden: 0n };
  for (const leg of exposure.positions.flatMap((position) => position.legs)) {
    if (leg.kind === 'free' || leg.kind === 'hidden') elsewhere[leg.kind] += leg.bookWei;
    else {
      const id = leg.kind === 'provider' ? leg.provider : leg.operator;
      if (leg.kind === 'provider') names.set(id, nameProvider(leg));
      byOperator.set(id, (byOperator.get(id) ?? 0n) + leg.bookWei);
    }
  }
  const operators = [...byOperator]
    .map(([id, valueWei]): AllocationPart => ({
      id,
      kind: 'operator',
      name: names.get(id) ?? id,
      valueWei,
      count: 1,
    }))
    .sort((a, b) => (a.valueWei === b.valueWei ? (a.id < b.id ? -1 : 1) : a.valueWei > b.valueWei ? -1 : 1));
  const kept = operators.length > maxOperators ? operators.slice(0, maxOperators - 1) : operators;
  const rest = operators.slice(kept.length);
  const restWei = rest.reduce((sum, part) => sum + part.valueWei, 0n);
  const parts: AllocationPart[] = [
    ...kept,
    { id: 'rest', kind: 'rest', name: '', valueWei: restWei, count: rest.length },
    { id: 'free', kind: 'free', name: '', valueWei: elsewhere.free, count: 0 },
    { id: 'hidden', kind: 'hidden', name: '', valueWei: elsewhere.hidden, count: 0 },
  ];
  return parts.filter((part) => part.valueWei > 0n);
}

/** Operators take the categories in order; what no service can slash and what is not seen stay grey. */
export function colorOfPart(part: AllocationPart, index: number, palette: ChartPalette): string {
  if (part.kind === 'free') return palette.lineStrong;
  if (part.kind === 'hidden') return categoryColor(palette, 7);
  return categoryColor(palette, part.kind === 'rest' ? 6 : index % 6);
}

/** What one source's event takes, as a law of its own: alternatives with their chances. */
import type { RiskSource, Strike } from '../loss-model.ts';

export interface Outcome {
  readonly loss: number;
  /** Given the event. */
  readonly chance: number;
}

/** More outcomes are brought onto an even lattice of so many points, each split over two with its mean kept. */
const MOST_OUTCOMES = 96;

/**
 * Outcomes of a source whose strikes add up. `sizes`: per strike, what it takes at a severity of one. Strikes happen
 * independently of each other; with a common severity draw they take the same rank of their levels, otherwise each draws
 * its own. Outcomes of no loss are left out; losses rise.
 */
export function listOutcomes(source: RiskSource, sizes: readonly number[]): Outcome[] {
  const strikes = source.strikes
    .map(({ chance, severity }, i) => ({ chance, severity, size: sizes[i]! }))
    .filter(({ chance, size, severity }) => chance > 0 && size > 0 && severity.length > 0);
  let law = new Map<number, number>();
  if (source.isSeverityCommon) {
    for (const { from, to } of listRanks(strikes)) {
      let part = new Map([[0, to - from]]);
      for (const { chance, severity, size } of strikes) {
        const level = severity[Math.floor(((from + to) / 2) * severity.length)]!;
        part = addStrike(part, chance, [level], size);
      }
      for (const [loss, chance] of part) law.set(loss, (law.get(loss) ?? 0) + chance);
      law = limit(law);
    }
  } else {
    law.set(0, 1);
    for (const { chance, severity, size } of strikes) law = limit(addStrike(law, chance, severity, size));
  }
  return [...law]
    .filter(([loss, chance]) => loss > 0 && chance > 0)
    .sort(([a], [b]) => a - b)
    .map(([loss, chance]) => ({ loss, chance }));
}

/** Intervals of a common uniform draw on which every strike keeps its level. */
function listRanks(strikes: readonly Pick<Strike, 'severity'>[]): { from: number; to: number }[] {
  const edges = new Set([0, 1]);
  for (const { severity } of strikes) {
    for (let j = 1; j < severity.length; j += 1) edges.add(j / severity.length);
  }
  const sorted = [...edges].sort((a, b) => a - b);
  return sorted.slice(1).map((to, i) => ({ from: sorted[i]!, to }));
}

function addStrike(
  law: ReadonlyMap<number, number>,
  chance: number,
  severity: readonly number[],
  size: number,
): Map<number, number> {
  const next = new Map<number, number>();
  const add = (loss: number, mass: number) => {
    if (mass > 0) next.set(loss, (next.get(loss) ?? 0) + mass);
  };
  for (const [loss, mass] of law) {
    add(loss, mass * (1 - chance));
    for (const level of severity) add(loss + level * size, (mass * chance) / severity.length);
  }
  return next;
}

function limit(law: Map<number, number>): Map<number, number> {
  if (law.size <= MOST_OUTCOMES) return law;
  const step = Math.max(...law.keys()) / (MOST_OUTCOMES - 1);
  const next = new Map<number, number>();
  const add = (point: number, mass: number) => {
    if (mass > 0) next.set(point * step, (next.get(point * step) ?? 0) + mass);
  };
  for (const [loss, mass] of law) {
    const lower = Math.min(MOST_OUTCOMES - 2, Math.floor(loss / step));
    const upper = Math.min(1, Math.max(0, loss / step - lower));
    add(lower, mass * (1 - upper));
    add(lower + 1, mass * upper);
  }
  return next;
}

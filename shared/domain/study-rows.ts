/** The figures of a loss distribution in the order in which they are shown everywhere. */
import { ETH_UNIT, SHARE_UNIT, type FormulaId, type Unit } from './figure.ts';
import type { Estimate, LossDistribution } from './loss-distribution.ts';
import type { Change, MoveResult } from './loss-study.ts';

export type StudyRow =
  | { readonly id: string; readonly kind: 'expected' | 'chance' | 'maximum' }
  | { readonly id: string; readonly kind: 'value-at-risk' | 'expected-shortfall'; readonly level: number };

/** Expected loss, chance of any, then for each level the loss exceeded and the mean beyond it, then the largest. */
export function listStudyRows({ tails }: Pick<LossDistribution, 'tails'>): readonly StudyRow[] {
  return [
    { id: 'expected', kind: 'expected' },
    { id: 'chance', kind: 'chance' },
    ...tails.flatMap(({ level }): StudyRow[] => [
      { id: `value-at-risk ${level}`, kind: 'value-at-risk', level },
      { id: `expected-shortfall ${level}`, kind: 'expected-shortfall', level },
    ]),
    { id: 'maximum', kind: 'maximum' },
  ];
}

export function unitOfRow({ kind }: StudyRow): Unit {
  return kind === 'chance' ? SHARE_UNIT : ETH_UNIT;
}

/** Message key of the figure's name, and its formula. */
export function namesOfRow({ kind }: StudyRow): { readonly name: string; readonly formula: FormulaId } {
  switch (kind) {
    case 'expected':
      return { name: 'figure.name.expectedLoss', formula: 'expected-loss' };
    case 'chance':
      return { name: 'figure.name.lossProbability', formula: 'loss-probability' };
    case 'value-at-risk':
      return { name: 'figure.name.valueAtRisk', formula: 'value-at-risk' };
    case 'expected-shortfall':
      return { name: 'figure.name.expectedShortfall', formula: 'expected-shortfall' };
    case 'maximum':
      return { name: 'figure.name.largestLoss', formula: 'largest-loss' };
  }
}

/** Null where the distribution has no such level. */
export function readRow(distribution: LossDistribution, row: StudyRow): Estimate | null {
  switch (row.kind) {
    case 'expected':
      return distribution.expectedLoss;
    case 'chance':
      return distribution.lossProbability;
    case 'maximum':
      return { value: distribution.maximum, standardError: null };
    case 'value-at-risk':
    case 'expected-shortfall': {
      const tail = distribution.tails.find(({ level }) => level === row.level);
      if (!tail) return null;
      return row.kind === 'value-at-risk' ? tail.valueAtRisk : tail.expectedShortfall;
    }
  }
}

/** Below this part of a figure a difference is what floating point leaves over. */
const DUST = 1e-9;

export function readChange(moved: MoveResult['sets'][number], row: StudyRow): Change | null {
  const found = findChange(moved, row);
  if (found === null || Math.abs(found.change.value) > DUST * Math.abs(found.before)) return found;
  return { ...found, change: { ...found.change, value: 0 } };
}

function findChange(moved: MoveResult['sets'][number], row: StudyRow): Change | null {
  switch (row.kind) {
    case 'expected':
      return moved.expectedLoss;
    case 'chance':
      return moved.lossProbability;
    case 'maximum':
      return moved.maximum;
    case 'value-at-risk':
    case 'expected-shortfall': {
      const tail = moved.tails.find(({ level }) => level === row.level);
      if (!tail) return null;
      return row.kind === 'value-at-risk' ? tail.valueAtRisk : tail.expectedShortfall;
    }
  }
}

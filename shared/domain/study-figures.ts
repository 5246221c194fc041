/** The results of a study as figures, so that each can be turned over: method, cases, error, and the values it is of. */
import { estimateFigure, unitsOf } from './estimate.ts';
import { ETH_UNIT, SHARE_UNIT, type Figure, type Unit } from './figure.ts';
import type { LossDistribution } from './loss-distribution.ts';
import type { LossStudy, MoveResult, StudiedSet } from './loss-study.ts';
import { listStudyRows, namesOfRow, readChange, readRow, unitOfRow } from './study-rows.ts';

/** By the id of the row. */
export type RowFigures = ReadonlyMap<string, Figure>;

const PATHS_UNIT: Unit = { symbol: '', decimals: 0, kind: 'count' };

/**
 * Figures of one distribution. `subject` says under which numbers and within which horizon, in words; `bookEth` is what
 * the study was made of, where that is still at hand: the reading's sources then stand behind every figure.
 */
export function makeRowFigures(
  distribution: LossDistribution,
  subject: string,
  bookEth: Figure | null,
): RowFigures {
  const shared = [
    bookEth ?? makePlain('totalEth', subject, ETH_UNIT, unitsOf(distribution.totalValue, ETH_UNIT)),
    makePlain('paths', subject, PATHS_UNIT, BigInt(distribution.paths)),
  ];
  const entries = listStudyRows(distribution).flatMap((row) => {
    const estimate = readRow(distribution, row);
    if (estimate === null) return [];
    const head = { ...namesOfRow(row), subject, unit: unitOfRow(row) };
    const level =
      'level' in row ? [makePlain('confidence', subject, SHARE_UNIT, unitsOf(row.level, SHARE_UNIT))] : [];
    return [[row.id, estimateFigure(head, estimate, [...level, ...shared])] as const];
  });
  return new Map(entries);
}

/** What something given is called and how much it is; nothing was read for it. */
function makePlain(name: string, subject: string, unit: Unit, value: bigint): Figure {
  return { name: `figure.name.${name}`, subject, unit, value, basis: { kind: 'none' } };
}

export interface ChangeFigures {
  readonly before: Figure;
  readonly after: Figure;
  readonly change: Figure;
  /** Of the change; null where it has none. */
  readonly standardError: number | null;
}

/** Figures before and after a move under one set, by the id of the row. `before`: those of the study. */
export function makeChangeFigures(
  moved: MoveResult['sets'][number],
  before: RowFigures,
  subject: string,
): ReadonlyMap<string, ChangeFigures> {
  const after = makeRowFigures(moved.after, subject, null);
  const entries = listStudyRows(moved.after).flatMap((row) => {
    const found = readChange(moved, row);
    const was = before.get(row.id);
    const is = after.get(row.id);
    if (found === null || !was || !is) return [];
    const head = {
      name: 'figure.name.change',
      subject,
      unit: unitOfRow(row),
      formula: 'paired-change',
    } as const;
    const change = estimateFigure(head, found.change, [was, is]);
    return [[row.id, { before: was, after: is, change, standardError: found.change.standardError }] as const];
  });
  return new Map(entries);
}

/** Every study has all sets. */
export function findSet({ sets }: Pick<LossStudy, 'sets'>, set: StudiedSet['set']): StudiedSet {
  const found = sets.find((studied) => studied.set === set);
  if (found) return found;
  throw new Error(`the study has no parameter set ${set}`);
}

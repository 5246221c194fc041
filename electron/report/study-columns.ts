/** What a study says of each position, as columns of the CSV: its part of the expected loss and of the worst cases. */
import { unitsOf } from '../../shared/domain/estimate.ts';
import { ETH_UNIT } from '../../shared/domain/figure.ts';
import { PARAMETER_SETS } from '../../shared/domain/loss-distribution.ts';
import type { StudiedSet } from '../../shared/domain/loss-study.ts';
import type { Position } from '../../shared/domain/position.ts';
import type { Report } from '../../shared/domain/report.ts';
import { findPositionId } from '../../shared/format/likelihood.ts';
import { formatExact } from '../../shared/format/numbers.ts';

const PARTS = ['expectedLoss', 'expectedShortfall'] as const;

/** Estimates, to four digits; the columns of a set sum to its expected loss, and to its expected shortfall at 99%. */
export const STUDY_COLUMNS = [
  'study_years',
  ...PARAMETER_SETS.map((set) => `expected_loss_${set}_eth` as const),
  ...PARAMETER_SETS.map((set) => `expected_shortfall_${set}_eth` as const),
] as const;

/** Empty without a study, and for a position that the study has no value of. */
export function writeStudyCells(position: Position, { likelihood, positions }: Report): string[] {
  if (likelihood === undefined || position.bookEth.value === null) return STUDY_COLUMNS.map(() => '');
  const { sets, request } = likelihood.study;
  const known = new Set(positions.map(({ id }) => id));
  const sumOf = (set: StudiedSet, part: (typeof PARTS)[number]): string => {
    if (set.leftOut.some(({ reason, id }) => id === position.id && reason !== 'hidden')) return '';
    const rows = set.distribution.attributions.find(({ dimension }) => dimension === 'position')?.rows ?? [];
    const own = rows.filter(
      ({ id }) => id !== null && findPositionId(id, (one) => known.has(one)) === position.id,
    );
    return formatExact(
      unitsOf(
        own.reduce((sum, row) => sum + row[part], 0),
        ETH_UNIT,
      ),
      ETH_UNIT,
    );
  };
  return [String(request.horizonYears), ...PARTS.flatMap((part) => sets.map((set) => sumOf(set, part)))];
}

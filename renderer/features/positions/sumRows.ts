/** Totals of any of the table's rows. Pure. */
import {
  computeFigure,
  ETH_UNIT,
  SHARE_UNIT,
  sumFigures,
  type Figure,
} from '../../../shared/domain/figure.ts';
import { fractionOf } from '../../../shared/domain/units.ts';
import { sumPositions } from '../../../shared/domain/value-positions.ts';
import type { PositionRow } from './positionRows.ts';

export interface RowSums {
  readonly bookEth: Figure;
  readonly bookUsd: Figure;
  readonly share: Figure;
  /** Null where no run speaks of these rows. */
  readonly after: Figure | null;
  readonly unvaluedCount: number;
}

/** `whole` is the book value of the portfolio, of which the rows are a part. */
export function sumRows(rows: readonly PositionRow[], whole: Figure): RowSums {
  const { bookEth, bookUsd, unvaluedCount } = sumPositions(rows.map(({ position }) => position));
  const share = computeFigure(
    { name: 'figure.name.share', subject: bookEth.subject, unit: SHARE_UNIT },
    'share',
    [bookEth, whole],
    (part, total) => fractionOf(part, total) ?? 0n,
  );
  const afters = rows.flatMap(({ scenario }) => (scenario === null ? [] : [scenario.after]));
  const after =
    afters.length === 0
      ? null
      : sumFigures({ name: 'figure.name.after', subject: '', unit: ETH_UNIT }, afters).figure;
  return { bookEth, bookUsd, share, after, unvaluedCount };
}

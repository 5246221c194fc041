/** What is left of a position's book value when every service takes all that was allocated to it today. */
import type { Exposure, ExposurePosition, Leg } from './exposure.ts';
import { computeFigure, ETH_UNIT, unknownFigure, type Figure } from './figure.ts';
import type { Position } from './position.ts';
import { findReachInto } from './slash-reach.ts';
import { mulDivCeil, sumOf } from './units.ts';

/**
 * Not known where a part stands out of sight, or with operators whose allocations were not read: neither nothing nor all
 * of it would be true. What services can take of the rest stands with the position.
 */
export function makeAfterSlashFigure(
  position: Position,
  exposed: ExposurePosition | null,
  exposure: Pick<Exposure, 'operators' | 'origin'>,
): Figure {
  const { bookEth } = position;
  const { subject } = bookEth;
  const head = { name: 'figure.name.afterSlashEth', subject, unit: ETH_UNIT };
  if (bookEth.value === null) return computeFigure(head, 'after-slash', [bookEth], (wei) => wei);
  const legs = exposed?.legs ?? [];
  const reach = exposed && findReachInto(position, exposed, exposure);
  const taken = legs.map(lossOfProvider);
  const isOutOfSight = legs.some(({ kind }) => kind === 'hidden') || taken.includes(null);
  const reachHead = { name: 'figure.name.slashReach', subject, unit: ETH_UNIT };
  const reachInputs = [bookEth, ...listInputs(position)];
  const basis = { kind: 'computed', formula: 'slash-reach', inputs: reachInputs } as const;
  const slashReach =
    reach === null || reach.unreadWei > 0n || isOutOfSight
      ? unknownFigure(reachHead, { code: 'not-visible', detail: subject }, basis)
      : { ...reachHead, value: reach.worstWei + sumOf(taken.map((wei) => wei ?? 0n)), basis };
  return computeFigure(head, 'after-slash', [bookEth, slashReach], (book, loss) =>
    loss > book ? 0n : book - loss,
  );
}

/** What stands with a finality provider has a loss of its own parameters; rounded up, as what is lost. */
function lossOfProvider(leg: Leg): bigint | null {
  if (leg.kind !== 'provider') return 0n;
  if (leg.slash === null) return null;
  const { lossSat, ofSat } = leg.slash;
  return mulDivCeil(leg.bookWei, lossSat, ofSat);
}

/** What of the position's own facts the reach rests on; of pools, the exposure page shows every part. */
function listInputs({ restaking, stake }: Position): Figure[] {
  return [restaking?.maxMagnitude, stake?.lossIfSlashed].filter(
    (figure) => figure !== null && figure !== undefined,
  );
}

/** Events that strike a token: unbacked issue, market discount, closed redemption. */
import type { EventOf } from '../../../shared/domain/scenario.ts';
import { WAD, type Wei } from '../../../shared/domain/units.ts';
import type { Outcome } from './outcome.ts';
import { keepOfPosition } from './revalue.ts';
import type { PositionState, ScenarioState } from './state.ts';
import type { Work } from '../work.ts';

type TokenEvent = EventOf<'unbacked-supply' | 'depeg' | 'queue-closed'>;

/** A market discount and a closed queue take nothing: they are measured on what the whole scenario leaves (market.ts). */
export function applyTokenEvent(
  state: ScenarioState,
  event: TokenEvent,
  eventIndex: number,
  work: Work,
): Outcome {
  const instruments = [...new Set(event.instruments)];
  const isHeld = instruments.some((id) => state.holders.has(id));
  let total = 0n;
  for (const position of instruments.flatMap((id) => state.holders.get(id) ?? [])) {
    work.check();
    total += strike(position, event, eventIndex);
  }
  work.advance();
  return { lossWei: total as Wei, note: isHeld ? null : 'token-not-held' }; // as: a sum of wei is wei
}

function strike(position: PositionState, event: TokenEvent, eventIndex: number): bigint {
  switch (event.kind) {
    case 'unbacked-supply': {
      const { share } = event;
      // The same backing for (1 + share) times the claims.
      const lossWei = keepOfPosition(position, WAD, WAD + share);
      position.reasons.push({ kind: 'unbacked', eventIndex, share, lossWei });
      return lossWei;
    }
    case 'depeg':
      position.discounts.push({ eventIndex, discount: event.discount });
      return 0n;
    case 'queue-closed':
      position.locks.push({ eventIndex, days: event.days });
      return 0n;
  }
}

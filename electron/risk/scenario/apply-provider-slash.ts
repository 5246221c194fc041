/**
 * One event: a finality provider of Babylon signs two blocks of one height. Its key is then known, and every stake with it is
 * slashed: the rate of its parameters and the fixed fee of the slashing transaction, exactly.
 */
import type { EventOf } from '../../../shared/domain/scenario.ts';
import type { Wei } from '../../../shared/domain/units.ts';
import type { Work } from '../work.ts';
import type { Outcome } from './outcome.ts';
import { keepOfPosition } from './revalue.ts';
import type { PositionState, ScenarioState } from './state.ts';

export function applyProviderSlash(
  state: ScenarioState,
  { provider }: EventOf<'provider-slash'>,
  eventIndex: number,
  work: Work,
): Outcome {
  const stakes = state.positions.flatMap((position) =>
    position.legs.flatMap((leg) =>
      leg.kind === 'provider' && leg.provider === provider ? [{ position, leg }] : [],
    ),
  );
  let total = 0n;
  for (const { position, leg } of stakes) {
    work.check();
    // The output is spent by the first slashing.
    if (leg.slash === null || state.slashedStakes.has(position.id)) continue;
    state.slashedStakes.add(position.id);
    total += slash(position, provider, leg.slash, eventIndex);
  }
  work.advance();
  const isUnknown = stakes.length > 0 && stakes.every(({ leg }) => leg.slash === null);
  return {
    lossWei: total as Wei, // as: a sum of wei is wei
    note: stakes.length === 0 ? 'provider-not-held' : isUnknown ? 'stake-terms-unknown' : null,
  };
}

function slash(
  position: PositionState,
  provider: string,
  { lossSat, ofSat }: { readonly lossSat: bigint; readonly ofSat: bigint },
  eventIndex: number,
): Wei {
  // Babylon takes at most the stake itself.
  const keptSat = lossSat < ofSat ? ofSat - lossSat : 0n;
  const lossWei = keepOfPosition(position, keptSat, ofSat);
  position.reasons.push({ kind: 'stake-slash', eventIndex, provider, lossSat, ofSat, lossWei });
  return lossWei;
}

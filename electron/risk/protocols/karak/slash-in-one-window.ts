/**
 * Several requests against one vault within one veto window. All are earmarked from the same assets and paid one after
 * the other, so together they take more than they would in turn: 60% and 60% of 100 take 60 and then 40, not 60 and
 * then 24. A service waits out the cooldown between its own requests, so these come from different services.
 * Source: as in earmark-slashing.ts and finalise-slashing.ts.
 */
import type { Assets, PercentWad } from '../../../../shared/domain/units.ts';
import { earmarkSlashing } from './earmark-slashing.ts';
import { finaliseSlashing } from './finalise-slashing.ts';

export interface PaidRequest {
  readonly earmarked: Assets;
  readonly paid: Assets;
}

export interface SlashedVault {
  /** In the order of the requests, which is the order they are finalised in. */
  readonly requests: readonly PaidRequest[];
  readonly assetsLeft: Assets;
}

/** @throws AppError scenario-invalid for assets below zero, or a percentage that is not above 0 and at most 100% */
export function slashInOneWindow(totalAssets: Assets, percents: readonly PercentWad[]): SlashedVault {
  const earmarks = percents.map((percent) => earmarkSlashing({ totalAssets, percent }));
  let assetsLeft = totalAssets;
  const requests = earmarks.map((earmarked) => {
    const finalised = finaliseSlashing(assetsLeft, earmarked);
    assetsLeft = finalised.assetsLeft;
    return { earmarked, paid: finalised.paid };
  });
  return { requests, assetsLeft };
}

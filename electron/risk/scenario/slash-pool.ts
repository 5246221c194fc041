/** One service slashes one operator in one strategy: what it takes, and what each position there loses by it. */
import { BEACON_CHAIN_STRATEGY } from '../../../shared/domain/address.ts';
import type { LossReason } from '../../../shared/domain/scenario.ts';
import {
  minOf,
  mulDivCeil,
  WAD,
  type Assets,
  type PercentWad,
  type Wad,
} from '../../../shared/domain/units.ts';
import { slashAllocation } from '../protocols/eigenlayer/slash-allocation.ts';
import { earmarkSlashing } from '../protocols/karak/earmark-slashing.ts';
import { finaliseSlashing } from '../protocols/karak/finalise-slashing.ts';
import { countShares, revalueHolding } from './revalue.ts';
import type { AllocationState, OperatorState, PoolState, ScenarioState } from './state.ts';
import type { Work } from '../work.ts';

export interface PoolSlash {
  readonly state: ScenarioState;
  readonly operator: OperatorState;
  readonly pool: PoolState;
  readonly serviceId: string;
  readonly allocation: AllocationState;
  readonly wad: Wad;
  /** Magnitude set aside for the service when it asked, where the protocol does that. */
  readonly earmarked: Assets | null;
  readonly eventIndex: number;
}

/**
 * Magnitude that the service could slash now. Unique: all of what was allocated to it. Shared and elastic: the
 * collateral is counted in full by every service, so no more than is left of it.
 */
export function slashableOf(
  { mode, maxMagnitude }: PoolState,
  { currentMagnitude }: AllocationState,
): bigint {
  return mode === 'unique' ? currentMagnitude : minOf(currentMagnitude, maxMagnitude);
}

/** What a service sets aside when it asks (Karak). Magnitudes stand for assets: both are a share of one collateral. */
export function earmark(pool: PoolState, allocation: AllocationState, wad: Wad): Assets {
  const slashable = slashableOf(pool, allocation);
  // `as`: a share with 18 decimals is a percentage with 16.
  return earmarkSlashing({ totalAssets: slashable as Assets, percent: (wad * 100n) as PercentWad });
}

/** Returns what the valued positions lost by it. */
export function slashPool(slash: PoolSlash, work: Work): bigint {
  const { state, operator, pool, serviceId, allocation, eventIndex } = slash;
  const maxMagnitudeBefore = pool.maxMagnitude;
  const allocatedMagnitude = slashableOf(pool, allocation) as Wad; // as: the smaller of two magnitudes
  const slashed = pool.mode === 'unique' ? takeUnique(slash) : takeShared(slash, allocatedMagnitude);
  const head = {
    kind: 'slash',
    eventIndex,
    operator: operator.address,
    serviceId,
    strategy: pool.strategy,
    allocatedMagnitude,
    slashedMagnitude: slashed as Wad, // as: a share of a magnitude is one
    maxMagnitudeBefore,
    maxMagnitudeAfter: pool.maxMagnitude,
    // Native ETH cannot be sent on: it stays on the beacon chain, out of everybody's reach (slashed-funds.ts).
    isRedistributed:
      pool.strategy === BEACON_CHAIN_STRATEGY ? false : (state.redistribution.get(serviceId) ?? null),
  } as const satisfies Partial<LossReason>;
  let total = 0n;
  for (const holding of pool.holdings) {
    work.check();
    const before = countShares(holding, maxMagnitudeBefore);
    const after = countShares(holding, pool.maxMagnitude);
    const lossWei = revalueHolding(holding, pool);
    total += lossWei;
    const shares = before === null || after === null ? null : { before, after };
    holding.position.reasons.push({ ...head, shares, lossWei });
  }
  return total;
}

/** EigenLayer, AllocationManager._slashOperator. */
function takeUnique({ pool, allocation, wad }: PoolSlash): bigint {
  const slash = slashAllocation({
    currentMagnitude: allocation.currentMagnitude,
    maxMagnitude: pool.maxMagnitude,
    encumberedMagnitude: pool.encumberedMagnitude,
    pendingDiff: allocation.pendingDiff,
    wadToSlash: wad,
  });
  allocation.currentMagnitude = slash.currentMagnitude;
  allocation.pendingDiff = slash.pendingDiff;
  pool.maxMagnitude = slash.maxMagnitude;
  pool.encumberedMagnitude = slash.encumberedMagnitude;
  return slash.slashed;
}

/**
 * The collateral all services count loses what this one takes, and so does what this one may still take (Symbiotic's
 * cumulative slash); what others may take falls with the collateral, because it is never more than that (slashableOf; for
 * elastic stakes Bar-Zur and Eyal's w' = min(w, sigma')). A share of what is left is rounded up; an earmark is paid as far
 * as the collateral still goes.
 */
function takeShared({ pool, allocation, wad, earmarked }: PoolSlash, slashable: bigint): bigint {
  const taken =
    earmarked === null
      ? mulDivCeil(slashable, wad, WAD)
      : finaliseSlashing(pool.maxMagnitude as bigint as Assets, earmarked).paid; // as: see earmark
  // `as`: differences of magnitudes are magnitudes; bigint arithmetic drops the brand.
  pool.maxMagnitude = (pool.maxMagnitude - taken) as Wad;
  allocation.currentMagnitude = (allocation.currentMagnitude - taken) as Wad;
  return taken;
}

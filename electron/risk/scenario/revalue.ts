/**
 * What positions are worth while a scenario runs. A value is always computed from the initial state and the
 * magnitudes of now, with one division per leg and one for the failures:
 *
 *   floor(sum of the legs under the current magnitudes x product of the kept shares / WAD^n)
 *
 * so that rounding never adds up over events, and slashes and failures may come in any order.
 */
import { mulDivFloor, sumOf, WAD, type Shares, type Wad, type Wei } from '../../../shared/domain/units.ts';
import { computeSlashingFactor, payScaledShares } from '../protocols/eigenlayer/shares.ts';
import type { Holding, PoolState, PositionState, ScenarioState, SlashableLeg } from './state.ts';

/** Shares that the holder's own legs would pay under `maxMagnitude`; null where the stake is pooled by an issuer. */
export function countShares(legs: readonly SlashableLeg[], maxMagnitude: Wad): Shares | null {
  const own = legs.filter((leg) => leg.kind === 'shares');
  if (own.length === 0) return null;
  // `as`: a sum of shares is shares; sumOf drops the brand.
  return sumOf(
    own.map((leg) =>
      payScaledShares(leg.scaledShares, computeSlashingFactor(maxMagnitude, leg.beaconFactor)),
    ),
  ) as Shares;
}

/**
 * What a leg is worth when the max magnitude is no longer the initial one. Own shares: book value in proportion to
 * the exact shares. Pooled: in proportion to the magnitude, taking it that the issuer passes the loss on in full and
 * at once. Both rounded down.
 */
function valueLeg(leg: SlashableLeg, pool: PoolState): bigint {
  if (leg.bookWei === 0n || pool.maxMagnitude === pool.initialMax) return leg.bookWei;
  if (leg.kind === 'pooled') return mulDivFloor(leg.bookWei, pool.maxMagnitude, pool.initialMax);
  const payUnder = (max: Wad): Shares =>
    payScaledShares(leg.scaledShares, computeSlashingFactor(max, leg.beaconFactor));
  return mulDivFloor(leg.bookWei, payUnder(pool.maxMagnitude), payUnder(pool.initialMax));
}

/** Values a holding again after its pool's magnitude fell. Returns what the position lost by it. */
export function revalueHolding(holding: Holding, pool: PoolState): Wei {
  const valueWei = sumOf(holding.legs.map((leg) => valueLeg(leg, pool)));
  holding.position.legsWei += valueWei - holding.valueWei;
  holding.valueWei = valueWei;
  return revaluePosition(holding.position);
}

/** Takes `loss` of all that is left of the position. Returns what it lost by it. */
export function applyLoss(position: PositionState, loss: Wad): Wei {
  position.keptShare *= WAD - loss;
  position.keptScale *= WAD;
  return revaluePosition(position);
}

function revaluePosition(position: PositionState): Wei {
  const before = position.valueWei;
  position.valueWei = keep(position, position.legsWei);
  // `as`: a difference of wei is wei; bigint arithmetic drops the brand.
  return (before - position.valueWei) as Wei;
}

/** `value` less what the failures so far took, rounded down. */
function keep(position: PositionState, value: bigint): bigint {
  return mulDivFloor(value, position.keptShare, position.keptScale);
}

/**
 * The part of what is left that a slash of the scenario may have reached without our seeing it: hidden legs, and legs
 * in strategies whose magnitudes could not be read, where the scenario slashes that operator. Nothing, where the
 * scenario slashes nobody: a failure takes its share of hidden parts too.
 */
export function measureHidden(position: PositionState, state: ScenarioState): Wei {
  if (!state.hasSlash) return 0n as Wei; // as: no wei
  const passedBy = position.legs.filter((leg) => {
    if (leg.kind === 'hidden') return true;
    if (leg.kind === 'free') return false;
    const operator = state.operators.get(leg.operator);
    return operator?.isSlashed === true && operator.unreadStrategies.includes(leg.strategy);
  });
  // `as`: a share of wei is wei.
  return keep(position, sumOf(passedBy.map(({ bookWei }) => bookWei))) as Wei;
}

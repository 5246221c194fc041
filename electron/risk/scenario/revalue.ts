/**
 * What positions are worth while a scenario runs. A value is always computed from the initial state and what is left of
 * it now, with one division per leg and one for the failures:
 *
 *   floor(sum of the legs under the current magnitudes and consensus losses x product of the kept shares)
 *
 * so that rounding never adds up over events, and slashes and failures may come in any order.
 */
import { isOperatorLeg } from '../../../shared/domain/exposure.ts';
import { mulDivFloor, sumOf, WAD, type Shares, type Wad, type Wei } from '../../../shared/domain/units.ts';
import { computeSlashingFactor, payScaledShares } from '../protocols/eigenlayer/shares.ts';
import type { Holding, KeptShare, PoolState, PositionState, ScenarioState, SlashableLeg } from './state.ts';

type OwnLeg = Extract<SlashableLeg, { kind: 'shares' }>;

/** Shares that the holder's own legs would pay under `maxMagnitude`; null where the stake is pooled by an issuer. */
export function countShares({ legs, consensus }: Holding, maxMagnitude: Wad): Shares | null {
  const own = legs.filter((leg) => leg.kind === 'shares');
  if (own.length === 0) return null;
  // `as`: a sum of shares is shares; sumOf drops the brand.
  return sumOf(own.map((leg) => payShares(leg, maxMagnitude, consensus))) as Shares;
}

/** A consensus loss lowers the beacon chain slashing factor, rounded down (EigenPodManager). */
function payShares(leg: OwnLeg, maxMagnitude: Wad, consensus: KeptShare): Shares {
  const { scaledShares, beaconFactor } = leg;
  const isWhole = consensus.kept === consensus.scale;
  // `as`: a share of a factor is a factor; mulDivFloor drops the brand.
  const factor = isWhole
    ? beaconFactor
    : (mulDivFloor(beaconFactor ?? WAD, consensus.kept, consensus.scale) as Wad);
  return payScaledShares(scaledShares, computeSlashingFactor(maxMagnitude, factor));
}

/**
 * What a leg is worth after slashes and consensus losses. Own shares: book value in proportion to the exact shares.
 * Pooled: in proportion to the magnitude and the consensus stake, taking it that the issuer passes the loss on in full
 * and at once. Where the magnitudes are not known the consensus loss alone, in proportion. Rounded down.
 */
function valueLeg(leg: SlashableLeg, pool: PoolState, consensus: KeptShare): bigint {
  const { maxMagnitude, initialMax } = pool;
  const isSlashed = maxMagnitude !== initialMax;
  if (leg.bookWei === 0n || (!isSlashed && consensus.kept === consensus.scale)) return leg.bookWei;
  if (leg.kind === 'pooled' || pool.isUnread) {
    const [numerator, denominator] = isSlashed ? [maxMagnitude, initialMax] : [1n, 1n];
    return mulDivFloor(leg.bookWei, numerator * consensus.kept, denominator * consensus.scale);
  }
  const before = payScaledShares(leg.scaledShares, computeSlashingFactor(initialMax, leg.beaconFactor));
  return mulDivFloor(leg.bookWei, payShares(leg, maxMagnitude, consensus), before);
}

/** Values a holding again after its pool's magnitude or its consensus stake fell. Returns what the position lost by it. */
export function revalueHolding(holding: Holding, pool: PoolState): Wei {
  const valueWei = sumOf(holding.legs.map((leg) => valueLeg(leg, pool, holding.consensus)));
  holding.position.legsWei += valueWei - holding.valueWei;
  holding.valueWei = valueWei;
  return revaluePosition(holding.position);
}

/** Multiplies a share by `part / whole`. */
export function keepShare(share: KeptShare, part: bigint, whole: bigint): void {
  share.kept *= part;
  share.scale *= whole;
}

/** Leaves `part / whole` of all that is left of the position. Returns what it lost by it. */
export function keepOfPosition(position: PositionState, part: bigint, whole: bigint): Wei {
  keepShare(position.kept, part, whole);
  return revaluePosition(position);
}

function revaluePosition(position: PositionState): Wei {
  const before = position.valueWei;
  position.valueWei = keep(position, position.legsWei);
  // `as`: a difference of wei is wei; bigint arithmetic drops the brand.
  return (before - position.valueWei) as Wei;
}

/** `value` less what the failures so far took, rounded down. */
function keep({ kept }: PositionState, value: bigint): bigint {
  return mulDivFloor(value, kept.kept, kept.scale);
}

/**
 * The part of what is left that the scenario may have reached without our seeing it: hidden legs, and legs in strategies
 * whose magnitudes are not known, where the scenario slashes that operator. Nothing, where the scenario strikes no
 * operator: a failure takes its share of hidden parts too.
 */
export function measureHidden(position: PositionState, state: ScenarioState): Wei {
  if (!state.hasSlash) return 0n as Wei; // as: no wei
  const passedBy = position.legs.map((leg) => {
    if (leg.kind === 'hidden') return leg.bookWei;
    if (!isOperatorLeg(leg)) return 0n;
    const operator = state.operators.get(leg.operator);
    const pool = operator?.pools.find(({ strategy }) => strategy === leg.strategy);
    if (operator?.isSlashed !== true || pool?.isUnread !== true) return 0n;
    const holding = pool.holdings.find((candidate) => candidate.position === position);
    return valueLeg(leg, pool, holding!.consensus);
  });
  // `as`: a share of wei is wei.
  return keep(position, sumOf(passedBy)) as Wei;
}

/** Where the book value of a position stands: with which operator, with none, or out of sight. */
import { BEACON_CHAIN_STRATEGY, type EvmAddress } from './address.ts';
import type { Leg } from './exposure.ts';
import type { Observation, TokenBacking } from './observation.ts';
import type { Position, RestakingDetail } from './position.ts';
import { scaleDeposit } from './restaking-figures.ts';
import { mulDivFloor, sumOf, WAD, type Shares, type Wad, type Wei } from './units.ts';

/** Kept by their owner or by custodians, and staked with nobody. */
const UNSTAKED_BTC: ReadonlySet<string> = new Set(['BTC', 'WBTC', 'cbBTC']);

/** The legs of a position. They sum to its book value exactly; a position without a known value has none. */
export function buildLegs(position: Position, observation: Observation): Leg[] {
  const { value } = position.bookEth;
  if (value === null) return [];
  const bookWei = value as Wei; // as: the unit of bookEth is ETH with 18 decimals
  // What a settled request or withdrawal pays is set aside.
  if ((position.request ?? position.vault)?.isFixed === true) return [{ kind: 'free', bookWei }];
  if (position.restaking) return [buildRestakedLeg(position, position.restaking, bookWei)];
  if (position.stake) {
    const { finalityProvider: provider, finalityProviderName: name, state } = position.stake;
    // Its timelock is over: until it is withdrawn its scripts still hold, but Babylon counts it no more.
    if (state === 'withdrawable') return [{ kind: 'free', bookWei }];
    const [lossSat, ofSat] = [position.stake.lossIfSlashed.value, position.amount.value];
    const slash = lossSat === null || ofSat === null || ofSat <= 0n ? null : { lossSat, ofSat };
    return [{ kind: 'provider', bookWei, provider, name, slash }];
  }
  const backed = position.request?.instrument ?? position.instrument.id;
  switch (position.instrument.family) {
    case 'native':
    case 'lst':
    case 'token':
      return [{ kind: 'free', bookWei }];
    case 'btc':
      if (UNSTAKED_BTC.has(position.instrument.id)) return [{ kind: 'free', bookWei }];
      // Where the bitcoin is staked, and with whom, no view on this chain tells.
      return [{ kind: 'hidden', bookWei }];
    case 'lrt':
    case 'restaked':
      // A vault tells what stands behind a stake with it as a pool does; where none does, it is hidden.
      return splitPool(
        bookWei,
        observation.backings.find(({ instrument }) => instrument === backed),
      );
  }
}

function buildRestakedLeg(position: Position, detail: RestakingDetail, bookWei: Wei): Leg {
  const { operator, strategy } = detail;
  if (detail.isOperatorUnknown) return { kind: 'hidden', bookWei };
  // Past its last slashable block no service reaches a withdrawal, even before it is completed.
  if (operator === null || position.state === 'completable') return { kind: 'free', bookWei };
  const scaled = detail.depositScalingFactor
    ? scaleDeposit(detail.depositShares.value, detail.depositScalingFactor.value)
    : detail.depositShares.value;
  const beaconFactor = detail.beaconFactor?.value ?? null;
  const isBeaconUnread = strategy === BEACON_CHAIN_STRATEGY && beaconFactor === null;
  // Without every input of the share arithmetic the value still stands with this operator, only not share by share.
  if (scaled === null || isBeaconUnread) return { kind: 'pooled', bookWei, operator, strategy };
  return {
    kind: 'shares',
    bookWei,
    operator,
    strategy,
    scaledShares: scaled as Shares, // as: shares x WAD / WAD are shares
    beaconFactor: beaconFactor as Wad | null, // as: the unit of the figure is a WAD factor
  };
}

/** A pool's parts add up to one and none is below zero: anything else describes no pool. */
function isWholePool({ restaked, unrestakedShare, hiddenShare }: TokenBacking): boolean {
  const shares = [...restaked.map(({ share }) => share), unrestakedShare, hiddenShare];
  return shares.every((share) => share >= 0n) && sumOf(shares) === WAD;
}

/** A pooled token's value by its backing. Parts are rounded down to one wei; the last takes what that leaves. */
function splitPool(bookWei: Wei, backing: TokenBacking | undefined): Leg[] {
  if (!backing || !isWholePool(backing)) return [{ kind: 'hidden', bookWei }];
  const parts: { share: bigint; makeLeg: (wei: Wei) => Leg }[] = [
    ...mergeRestaked(backing).map(({ operator, strategy, share }) => ({
      share,
      makeLeg: (wei: Wei): Leg => ({ kind: 'pooled', bookWei: wei, operator, strategy }),
    })),
    { share: backing.unrestakedShare, makeLeg: (wei) => ({ kind: 'free', bookWei: wei }) },
    { share: backing.hiddenShare, makeLeg: (wei) => ({ kind: 'hidden', bookWei: wei }) },
  ];
  const present = parts.filter(({ share }) => share > 0n);
  let left: bigint = bookWei;
  return present.map(({ share, makeLeg }, index) => {
    const wei = index === present.length - 1 ? left : mulDivFloor(bookWei, share, WAD);
    left -= wei;
    return makeLeg(wei as Wei); // as: a share of wei is wei
  });
}

/** One entry per operator and strategy, however many nodes of the issuer are delegated to it. */
function mergeRestaked({
  restaked,
}: TokenBacking): { operator: EvmAddress; strategy: EvmAddress; share: bigint }[] {
  const merged = new Map<string, { operator: EvmAddress; strategy: EvmAddress; share: bigint }>();
  for (const { operator, strategy, share } of restaked) {
    const key = `${operator}:${strategy}`;
    merged.set(key, { operator, strategy, share: (merged.get(key)?.share ?? 0n) + share });
  }
  return [...merged.values()];
}

/**
 * Staking parameters of Babylon mainnet, versions 0 to 3: as far as they say what a slashing costs.
 * Source: babylonlabs-io/babylon, tag v1.0.0, app/upgrades/v1/mainnet/btcstaking_params.go, BtcStakingParamsStr. The
 * rate of 0.01 in the genesis file of bbn-1 is a placeholder that these replaced.
 *
 * Later versions come by governance. They are data too: pass them to findParameters beside these.
 */
import type { Sat, Wad } from '../../../../shared/domain/units.ts';
import { refuse } from '../refuse.ts';
import type { OutputKind } from './dust.ts';

export interface BabylonParameters {
  readonly version: number;
  /** Bitcoin height from which stakes are of this version, by the block that includes them. */
  readonly activationHeight: number;
  readonly minStake: Sat;
  readonly maxStake: Sat;
  /** The timelock of a stake, in blocks; minimum and maximum are the same in all four versions. */
  readonly stakingBlocks: number;
  readonly slashingRate: Wad;
  /** A slashing transaction pays at least this fee, so at least this is lost on top of the rate. */
  readonly minSlashingFee: Sat;
  /** slashing_pk_script 6a07 "babylon": an OP_RETURN, so slashed bitcoin is burnt. */
  readonly slashingOutput: OutputKind;
  readonly unbondingBlocks: number;
  /** Fee of the unbonding transaction; the unbonding output holds the stake less this. */
  readonly unbondingFee: Sat;
}

// `as`: literals carry no brand.
const COMMON = {
  minStake: 500_000n as Sat,
  stakingBlocks: 64_000,
  slashingRate: (10n ** 15n) as Wad,
  minSlashingFee: 100_000n as Sat,
  slashingOutput: 'op-return',
  unbondingBlocks: 1008,
} as const;

export const MAINNET_PARAMETERS: readonly BabylonParameters[] = [
  {
    ...COMMON,
    version: 0,
    activationHeight: 857_910,
    maxStake: 5_000_000n as Sat,
    unbondingFee: 64_000n as Sat,
  },
  {
    ...COMMON,
    version: 1,
    activationHeight: 864_790,
    maxStake: 50_000_000_000n as Sat,
    unbondingFee: 32_000n as Sat,
  },
  {
    ...COMMON,
    version: 2,
    activationHeight: 874_088,
    maxStake: 500_000_000_000n as Sat,
    unbondingFee: 32_000n as Sat,
  },
  {
    ...COMMON,
    version: 3,
    activationHeight: 891_425,
    maxStake: 500_000_000_000n as Sat,
    unbondingFee: 32_000n as Sat,
  },
];

/**
 * The parameters of a stake included at a Bitcoin height: those of the last version active by then. They stay its own
 * for good, whatever comes later. Null before the first version.
 *
 * @throws AppError scenario-invalid for a height that is not a whole number of zero or more
 */
export function findParameters(
  height: number,
  versions: readonly BabylonParameters[] = MAINNET_PARAMETERS,
): BabylonParameters | null {
  if (!Number.isSafeInteger(height) || height < 0) {
    refuse(
      'The Bitcoin height is not a whole number of zero or more.',
      `height ${height}`,
      'Enter a block height.',
    );
  }
  let found: BabylonParameters | null = null;
  for (const version of versions) {
    if (version.activationHeight > height) continue;
    if (found === null || version.activationHeight >= found.activationHeight) found = version;
  }
  return found;
}

/** Babylon's real covenant and providers with timelocks that a test can wait for. */
import { join } from 'node:path';
import type { Sat } from '../../../../shared/domain/units.ts';
import { toHex } from '../bytes.ts';
import { loadBabylonData, type BabylonData } from '../load-babylon-data.ts';

const ASSETS = join(import.meta.dirname, '..', '..', '..', '..', 'assets');

export const REGTEST_STAKING_BLOCKS = 30;
export const REGTEST_UNBONDING_BLOCKS = 6;

/** The first of these versions as the file a user would bring. */
export function writeRegtestBabylon(): string {
  const { covenant, finalityProviders, parameters, ...rest } = makeRegtestBabylon();
  const writeKeys = ({ source, keys }: BabylonData['covenant']): object => ({
    source,
    keys: keys.map(({ key, name }) => ({ key: toHex(key), name })),
  });
  const versions = parameters.versions.slice(0, 1).map(({ slashingRate, ...version }) => ({
    ...Object.fromEntries(
      Object.entries(version).map(([name, value]) => [
        name,
        typeof value === 'bigint' ? value.toString() : value,
      ]),
    ),
    slashingRate: (Number(slashingRate) / 1e18).toString(),
  }));
  return JSON.stringify({
    ...rest,
    covenant: writeKeys(covenant),
    finalityProviders: writeKeys(finalityProviders),
    parameters: { ...parameters, versions },
  });
}

/** Two versions: the second is in force from `second` on, and wants more. */
export function makeRegtestBabylon(second = 1_000_000): BabylonData {
  const mainnet = loadBabylonData(ASSETS);
  const [first] = mainnet.parameters.versions;
  if (first === undefined) throw new Error('no parameters');
  const version = {
    ...first,
    activationHeight: 0,
    minStakingBlocks: REGTEST_STAKING_BLOCKS,
    maxStakingBlocks: REGTEST_STAKING_BLOCKS,
    unbondingBlocks: REGTEST_UNBONDING_BLOCKS,
    // The first version of the main network has a cap of its own.
    maxStakeSat: 10_000_000_000n as Sat,
  };
  return {
    ...mainnet,
    network: 'regtest',
    parameters: {
      ...mainnet.parameters,
      versions: [
        { ...version, version: 0 },
        { ...version, version: 1, activationHeight: second },
      ],
    },
  };
}

/** Babylon's real covenant and providers with timelocks that a test can wait for. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Sat } from '../../../../shared/domain/units.ts';
import { loadBabylonData, type BabylonData } from '../load-babylon-data.ts';

const ASSETS = join(import.meta.dirname, '..', '..', '..', '..', 'assets');

export const REGTEST_STAKING_BLOCKS = 30;
export const REGTEST_UNBONDING_BLOCKS = 6;

/** The same as the file a user would bring. */
export function writeRegtestBabylon(): string {
  // as: the bundled file is valid by its schema.
  const file = JSON.parse(readFileSync(join(ASSETS, 'babylon', 'mainnet.json'), 'utf8')) as {
    parameters: { versions: Record<string, unknown>[] };
  };
  const [first] = file.parameters.versions;
  const version = {
    ...first,
    version: 0,
    activationHeight: 0,
    minStakingBlocks: REGTEST_STAKING_BLOCKS,
    maxStakingBlocks: REGTEST_STAKING_BLOCKS,
    unbondingBlocks: REGTEST_UNBONDING_BLOCKS,
    maxStakeSat: '10000000000',
  };
  return JSON.stringify({
    ...file,
    network: 'regtest',
    parameters: { ...file.parameters, versions: [version] },
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

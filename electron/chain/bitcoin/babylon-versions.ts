/** Versions of Babylon's parameters, as far as they show in scripts. */
import type { Covenant } from './babylon-scripts.ts';
import { toHex } from './bytes.ts';
import type { BabylonData, BabylonVersion } from './load-babylon-data.ts';

export function covenantOf(
  { covenant }: Pick<BabylonData, 'covenant'>,
  { covenant: own, covenantQuorum }: BabylonVersion,
): Covenant {
  return { keys: own ?? covenant.keys.map(({ key }) => key), quorum: covenantQuorum };
}

/** Versions that differ in their scripts, and not in limits and fees only. */
export function distinctScripts(versions: readonly BabylonVersion[]): BabylonVersion[] {
  return versions.filter(
    (version, index) => versions.findIndex((other) => hasSameScripts(other, version)) === index,
  );
}

export function hasSameScripts(one: BabylonVersion, other: BabylonVersion): boolean {
  return (
    one.covenantQuorum === other.covenantQuorum &&
    writeKeys(one) === writeKeys(other) &&
    one.minStakingBlocks === other.minStakingBlocks &&
    one.maxStakingBlocks === other.maxStakingBlocks
  );
}

/** In the order of the scripts, whatever that of the file; empty for the file's own. */
function writeKeys({ covenant = [] }: BabylonVersion): string {
  return covenant.map(toHex).sort().join(' ');
}

/** Where a range is allowed, its ends: what lies between is found by its OP_RETURN. */
export function listTimelocks({ minStakingBlocks, maxStakingBlocks }: BabylonVersion): number[] {
  return [...new Set([minStakingBlocks, maxStakingBlocks])];
}

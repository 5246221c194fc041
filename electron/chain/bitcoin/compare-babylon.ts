/** What a newer list of Babylon's parameters and finality providers changes. Pure. */
import type { BabylonReading } from '../../../shared/contract/babylon.ts';
import { toHex } from './bytes.ts';
import { covenantOf } from './babylon-versions.ts';
import type { BabylonData, BabylonVersion } from './load-babylon-data.ts';

export type BabylonChanges = BabylonReading['changes'];

export function compareBabylon(before: BabylonData, after: BabylonData): BabylonChanges {
  const earlier = new Map(before.parameters.versions.map((one) => [one.version, writeVersion(before, one)]));
  const later = new Map(after.parameters.versions.map((one) => [one.version, writeVersion(after, one)]));
  const known = new Set(before.finalityProviders.keys.map(({ key }) => toHex(key)));
  const found = new Set(after.finalityProviders.keys.map(({ key }) => toHex(key)));
  const versions = [...later.keys()];
  return {
    newVersions: versions.filter((version) => !earlier.has(version)),
    changedVersions: versions.filter(
      (version) => earlier.has(version) && earlier.get(version) !== later.get(version),
    ),
    missingVersions: [...earlier.keys()].filter((version) => !later.has(version)),
    newProviders: found.difference(known).size,
    missingProviders: known.difference(found).size,
  };
}

/** Whether the two contradict each other. */
export function isContradicted({ changedVersions, missingVersions }: BabylonChanges): boolean {
  return changedVersions.length + missingVersions.length > 0;
}

/** All that a version says, in one text; the order of the covenant's keys says nothing. */
function writeVersion(data: BabylonData, version: BabylonVersion): string {
  const { covenant: _, ...figures } = version;
  const keys = covenantOf(data, version).keys.map(toHex).sort();
  return JSON.stringify([figures, keys], (_key, value: unknown) =>
    typeof value === 'bigint' ? value.toString() : value,
  );
}

/**
 * Recognises Babylon's stakes in a transaction, and asks nobody for it: by the OP_RETURN of the first phase, or by
 * rebuilding the output for every key the transaction shows, every known finality provider and every version of the
 * parameters. Stakes with several finality providers are found by their OP_RETURN only: there are too many pairs to try.
 */
import type { Sat } from '../../../shared/domain/units.ts';
import { findVersion, type BabylonData, type BabylonVersion } from './load-babylon-data.ts';
import {
  buildSlashingScript,
  buildTimelockScript,
  buildUnbondingScript,
  hashLeaf,
  hashStakingTree,
  makeOutputScript,
  makeUnbondingOutput,
  type Covenant,
} from './babylon-scripts.ts';
import { isSameBytes, toHex } from './bytes.ts';
import type { BitcoinTransaction } from './transaction.ts';

export interface Stake {
  readonly outputIndex: number;
  readonly value: Sat;
  readonly staker: Uint8Array;
  readonly finalityProvider: Uint8Array;
  readonly stakingBlocks: number;
  readonly foundBy: 'op-return' | 'rebuilt';
  /**
   * Versions whose scripts give this output and whose limits allow it: the script alone may not tell them apart, the
   * block that includes it does. None: Babylon would not have taken it.
   */
  readonly versions: readonly BabylonVersion[];
  /** Where an unbonding transaction would put it, one for each length of unbonding among the versions. */
  readonly unbondingOutputs: readonly { readonly blocks: number; readonly script: Uint8Array }[];
}

/** It says that it is a stake, and no known parameters give its output. */
export interface UnrecognisedStake {
  readonly outputIndex: number;
  readonly staker: Uint8Array;
  readonly finalityProvider: Uint8Array;
  readonly stakingBlocks: number;
}

export interface FoundStakes {
  readonly stakes: readonly Stake[];
  readonly unrecognised: readonly UnrecognisedStake[];
}

interface Search {
  /** The block that includes the transaction; null where it is not known. */
  readonly height?: number | null;
  /** Keys of the wallet beside those the transaction shows. */
  readonly stakers?: readonly Uint8Array[];
}

export function findStakes(
  transaction: BitcoinTransaction,
  data: BabylonData,
  { height = null, stakers = [] }: Search = {},
): FoundStakes {
  const declared = transaction.outputs.flatMap(({ script }, outputIndex) => {
    const terms = readOpReturn(script, data.tag);
    return terms === null ? [] : [{ outputIndex, ...terms }];
  });
  const candidates = [...listKeys(transaction), ...stakers];
  const wanted = new Map<string, number>();
  transaction.outputs.forEach(({ script }, index) => {
    if (isTaproot(script)) wanted.set(toHex(script), index);
  });
  if (wanted.size === 0) return { stakes: [], unrecognised: declared };

  const found = new Map<number, Match>();
  const take = (match: Match): void => {
    const known = found.get(match.outputIndex);
    // A key that the transaction declares is tried first, and stands.
    if (known === undefined) found.set(match.outputIndex, match);
    else if (isSameStake(known, match)) known.versions.push(...match.versions);
  };
  for (const { staker, finalityProvider, stakingBlocks } of declared) {
    for (const version of data.parameters.versions) {
      const terms = {
        staker,
        blocks: stakingBlocks,
        providers: [finalityProvider],
        foundBy: 'op-return' as const,
      };
      matchOutputs(wanted, data, version, terms).forEach(take);
    }
  }
  const providers = data.finalityProviders.keys.map(({ key }) => key);
  for (const staker of uniqueKeys(candidates)) {
    for (const version of distinctScripts(data.parameters.versions)) {
      for (const blocks of listTimelocks(version)) {
        const terms = { staker, blocks, providers, foundBy: 'rebuilt' as const };
        const matches = matchOutputs(wanted, data, version, terms);
        // The same scripts belong to every version that differs in limits and fees only.
        for (const match of matches) {
          const { versions } = data.parameters;
          take({ ...match, versions: versions.filter((other) => hasSameScripts(other, version)) });
        }
      }
    }
  }
  const stakes = [...found.values()].map((match) => describe(transaction, data, match, height));
  const unrecognised = declared.filter(
    ({ staker, finalityProvider }) =>
      !stakes.some(
        (stake) => isSameBytes(stake.staker, staker) && isSameBytes(stake.finalityProvider, finalityProvider),
      ),
  );
  return { stakes: stakes.toSorted((a, b) => a.outputIndex - b.outputIndex), unrecognised };
}

interface Match {
  readonly outputIndex: number;
  readonly staker: Uint8Array;
  readonly finalityProvider: Uint8Array;
  readonly stakingBlocks: number;
  readonly foundBy: Stake['foundBy'];
  readonly versions: BabylonVersion[];
}

interface Terms {
  readonly staker: Uint8Array;
  readonly blocks: number;
  readonly providers: readonly Uint8Array[];
  readonly foundBy: Stake['foundBy'];
}

function matchOutputs(
  wanted: ReadonlyMap<string, number>,
  data: BabylonData,
  version: BabylonVersion,
  { staker, blocks, providers, foundBy }: Terms,
): Match[] {
  const covenant = covenantOf(data, version);
  const timelock = hashLeaf(buildTimelockScript(staker, blocks));
  const unbonding = hashLeaf(buildUnbondingScript(staker, covenant));
  return providers.flatMap((finalityProvider) => {
    const terms = { staker, finalityProviders: [finalityProvider], covenant, stakingBlocks: blocks };
    const root = hashStakingTree(timelock, unbonding, hashLeaf(buildSlashingScript(terms)));
    const outputIndex = wanted.get(toHex(makeOutputScript(root)));
    if (outputIndex === undefined) return [];
    return [{ outputIndex, staker, finalityProvider, stakingBlocks: blocks, foundBy, versions: [version] }];
  });
}

function describe(
  { outputs }: BitcoinTransaction,
  data: BabylonData,
  match: Match,
  height: number | null,
): Stake {
  const { outputIndex, staker, finalityProvider, stakingBlocks } = match;
  const { value } = outputs[outputIndex] ?? { value: 0n as Sat };
  const inForce = height === null ? null : findVersion(data, height);
  const versions = match.versions.filter(
    (version) =>
      value >= version.minStakeSat &&
      value <= version.maxStakeSat &&
      stakingBlocks >= version.minStakingBlocks &&
      stakingBlocks <= version.maxStakingBlocks &&
      (height === null || version === inForce),
  );
  const lengths = new Set(
    (versions.length > 0 ? versions : match.versions).map((one) => one.unbondingBlocks),
  );
  const [anyVersion] = match.versions;
  const slashing =
    anyVersion === undefined
      ? null
      : hashLeaf(
          buildSlashingScript({
            staker,
            finalityProviders: [finalityProvider],
            covenant: covenantOf(data, anyVersion),
            stakingBlocks,
          }),
        );
  return {
    ...match,
    value,
    versions,
    unbondingOutputs:
      slashing === null
        ? []
        : Array.from(lengths, (blocks) => ({
            blocks,
            script: makeUnbondingOutput(staker, blocks, slashing),
          })),
  };
}

export function covenantOf({ covenant }: BabylonData, { covenantQuorum }: BabylonVersion): Covenant {
  return { keys: covenant.keys.map(({ key }) => key), quorum: covenantQuorum };
}

/** Phase 1: tag, version 0, staker, finality provider, timelock in blocks; 71 bytes in all. Null for anything else. */
function readOpReturn(script: Uint8Array, tag: string): Omit<UnrecognisedStake, 'outputIndex'> | null {
  if (script.length !== 73 || script[0] !== 0x6a || script[1] !== 71) return null;
  if (Buffer.from(script.subarray(2, 6)).toString('latin1') !== tag || script[6] !== 0) return null;
  return {
    staker: script.slice(7, 39),
    finalityProvider: script.slice(39, 71),
    stakingBlocks: ((script[71] ?? 0) << 8) | (script[72] ?? 0),
  };
}

/**
 * Keys that the transaction shows and that may be the staker's: of its taproot outputs (stakers have been seen to use
 * the output key their change goes to) and of the inputs that a single key signs. What a taproot input was signed with
 * stands in the output it spends.
 */
function listKeys({ inputs, outputs }: BitcoinTransaction): Uint8Array[] {
  return [
    ...outputs.filter(({ script }) => isTaproot(script)).map(({ script }) => script.slice(2)),
    ...inputs.flatMap(({ witness }) => {
      const [, key] = witness;
      return witness.length === 2 && key?.length === 33 ? [key.slice(1)] : [];
    }),
  ];
}

function isTaproot(script: Uint8Array): boolean {
  return script.length === 34 && script[0] === 0x51 && script[1] === 0x20;
}

/** Versions that differ in their scripts, and not in limits and fees only. */
function distinctScripts(versions: readonly BabylonVersion[]): BabylonVersion[] {
  return versions.filter(
    (version, index) => versions.findIndex((other) => hasSameScripts(other, version)) === index,
  );
}

function hasSameScripts(one: BabylonVersion, other: BabylonVersion): boolean {
  return (
    one.covenantQuorum === other.covenantQuorum &&
    one.minStakingBlocks === other.minStakingBlocks &&
    one.maxStakingBlocks === other.maxStakingBlocks
  );
}

/** Where a range is allowed, its ends: what lies between is found by its OP_RETURN. */
function listTimelocks({ minStakingBlocks, maxStakingBlocks }: BabylonVersion): number[] {
  return [...new Set([minStakingBlocks, maxStakingBlocks])];
}

function isSameStake(one: Match, other: Match): boolean {
  return (
    one.foundBy === other.foundBy &&
    one.stakingBlocks === other.stakingBlocks &&
    isSameBytes(one.staker, other.staker) &&
    isSameBytes(one.finalityProvider, other.finalityProvider)
  );
}

function uniqueKeys(keys: readonly Uint8Array[]): Uint8Array[] {
  return [...new Map(keys.map((key) => [toHex(key), key])).values()];
}

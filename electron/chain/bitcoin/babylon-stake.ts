/**
 * Recognises Babylon's stakes in a transaction, and asks nobody for it: by the OP_RETURN of the first phase, or by
 * rebuilding the output for every key the transaction shows, every known finality provider and every version of the
 * parameters. Stakes with several finality providers are found by their OP_RETURN only: there are too many pairs to try.
 */
import type { Sat } from '../../../shared/domain/units.ts';
import { buildSlashingScript, hashLeaf, makeUnbondingOutput } from './babylon-scripts.ts';
import { covenantOf, hasSameScripts } from './babylon-versions.ts';
import { isSameBytes, toHex } from './bytes.ts';
import { findVersion, type BabylonData, type BabylonVersion } from './load-babylon-data.ts';
import { createStakeIndex, rebuildOutput, type StakeIndex } from './stake-index.ts';
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
  /** Whether outputs are rebuilt for keys that nothing names as a staker's; true unless told. */
  readonly isBlind?: boolean;
  /** Of the same data; kept by whoever asks about many transactions. */
  readonly index?: StakeIndex;
}

export function findStakes(
  transaction: BitcoinTransaction,
  data: BabylonData,
  { height = null, stakers = [], isBlind = true, index = createStakeIndex(data) }: Search = {},
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

  const found = new Map<number, StakeMatch>();
  const take = (match: StakeMatch): void => {
    const known = found.get(match.outputIndex);
    // A key that the transaction declares is tried first, and stands.
    if (known === undefined) found.set(match.outputIndex, match);
    else if (isSameStake(known, match)) known.versions.push(...match.versions);
  };
  for (const { staker, finalityProvider, stakingBlocks } of declared) {
    for (const version of data.parameters.versions) {
      const script = rebuildOutput(data, version, { staker, finalityProvider, stakingBlocks });
      const outputIndex = wanted.get(toHex(script));
      if (outputIndex === undefined) continue;
      take({
        outputIndex,
        staker,
        finalityProvider,
        stakingBlocks,
        foundBy: 'op-return',
        versions: [version],
      });
    }
  }
  for (const staker of isBlind ? uniqueKeys(candidates) : []) {
    for (const [script, outputIndex] of wanted) {
      for (const { finalityProvider, stakingBlocks, version } of index.find(staker, script) ?? []) {
        // The same scripts belong to every version that differs in limits and fees only.
        const versions = data.parameters.versions.filter((other) => hasSameScripts(other, version));
        take({ outputIndex, staker, finalityProvider, stakingBlocks, foundBy: 'rebuilt', versions });
      }
    }
  }
  const stakes = [...found.values()].map((match) => describeStake(transaction, data, match, height));
  const unrecognised = declared.filter(
    ({ staker, finalityProvider }) =>
      !stakes.some(
        (stake) => isSameBytes(stake.staker, staker) && isSameBytes(stake.finalityProvider, finalityProvider),
      ),
  );
  return { stakes: stakes.toSorted((a, b) => a.outputIndex - b.outputIndex), unrecognised };
}

/** Where a stake was found, and the versions whose scripts give its output. */
export interface StakeMatch {
  readonly outputIndex: number;
  readonly staker: Uint8Array;
  readonly finalityProvider: Uint8Array;
  readonly stakingBlocks: number;
  readonly foundBy: Stake['foundBy'];
  readonly versions: BabylonVersion[];
}

/** With what the limits and the including block leave of the versions, and where an unbonding would put it. */
export function describeStake(
  { outputs }: BitcoinTransaction,
  data: BabylonData,
  match: StakeMatch,
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

export function isTaproot(script: Uint8Array): boolean {
  return script.length === 34 && script[0] === 0x51 && script[1] === 0x20;
}

function isSameStake(one: StakeMatch, other: StakeMatch): boolean {
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

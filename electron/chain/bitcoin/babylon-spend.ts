/**
 * What a transaction does to a stake it spends, read from the script it shows: nobody is asked, and the stake itself
 * need not be known. The tree over that script is rebuilt where it can be, so that a stake is told from an unbonding
 * output and its finality provider is named.
 */
import { script as bitcoinScript } from 'bitcoinjs-lib';
import type { Sat } from '../../../shared/domain/units.ts';
import type { BabylonData, BabylonVersion } from './load-babylon-data.ts';
import {
  buildSlashingScript,
  buildTimelockScript,
  buildUnbondingScript,
  hashBranch,
  hashLeaf,
  makeUnbondingOutput,
  OP,
  readControlBlock,
} from './babylon-scripts.ts';
import { covenantOf } from './babylon-versions.ts';
import { isSameBytes } from './bytes.ts';
import type { BitcoinTransaction } from './transaction.ts';

export interface StakeSpend {
  readonly inputIndex: number;
  /** The output that is spent. */
  readonly txid: string;
  readonly index: number;
  /** Withdrawn after the timelock, sent into unbonding early, or slashed. */
  readonly kind: 'withdrawal' | 'unbonding' | 'slashing';
  /** What it was: the stake, or the output of an unbonding; null where the tree over the script is not known. */
  readonly of: 'stake' | 'unbonding' | null;
  readonly staker: Uint8Array;
  readonly finalityProvider: Uint8Array | null;
  /** Of a withdrawal: the timelock that had to pass. */
  readonly blocks: number | null;
  /** Of an unbonding: the output the stake moves to, and for how long it stays there. */
  readonly unbondingOutput: { readonly index: number; readonly value: Sat; readonly blocks: number } | null;
}

/** Spends by scripts of stakes that this program knows the covenant of. */
export function findStakeSpends(transaction: BitcoinTransaction, data: BabylonData): StakeSpend[] {
  return transaction.inputs.flatMap(({ txid, index, witness }, inputIndex) => {
    const shown = readScriptPath(witness);
    if (shown === null) return [];
    const spend = describe(shown, transaction, data);
    return spend === null ? [] : [{ inputIndex, txid, index, ...spend }];
  });
}

export interface ScriptPath {
  readonly script: Uint8Array;
  readonly path: readonly Uint8Array[];
}

/** The last two elements, before an annex (BIP 341), are the script and its control block. */
export function readScriptPath(witness: readonly Uint8Array[]): ScriptPath | null {
  const hasAnnex = witness.length >= 2 && witness.at(-1)?.[0] === 0x50;
  const elements = hasAnnex ? witness.slice(0, -1) : witness;
  const [script, block] = elements.slice(-2);
  if (elements.length < 3 || script === undefined || block === undefined) return null;
  const control = readControlBlock(block);
  return control === null ? null : { script, path: control.path };
}

type Spend = Omit<StakeSpend, 'inputIndex' | 'txid' | 'index'>;

function describe(shown: ScriptPath, transaction: BitcoinTransaction, data: BabylonData): Spend | null {
  const chunks = bitcoinScript.decompile(shown.script);
  const [staker, verify, ...rest] = chunks ?? [];
  if (!(staker instanceof Uint8Array) || staker.length !== 32 || verify !== OP.CHECKSIGVERIFY) return null;
  const timelock = readTimelock(rest);
  if (timelock !== null) return describeWithdrawal(staker, timelock, shown, data);
  for (const version of data.parameters.versions) {
    if (isSameBytes(shown.script, buildUnbondingScript(staker, covenantOf(data, version)))) {
      return describeUnbonding(staker, shown, transaction, data);
    }
  }
  return describeSlashing(staker, shown, data);
}

function readTimelock(rest: readonly (number | Uint8Array)[]): number | null {
  const [blocks, last, ...more] = rest;
  if (last !== OP.CHECKSEQUENCEVERIFY || more.length > 0 || blocks === undefined) return null;
  if (blocks instanceof Uint8Array) {
    return blocks.length <= 4 ? bitcoinScript.number.decode(blocks) : null;
  }
  // OP_1 to OP_16.
  return blocks >= 0x51 && blocks <= 0x60 ? blocks - 0x50 : null;
}

/** A lone staker's timelock may be anybody's: it is a stake's where the tree beside it is. */
function describeWithdrawal(
  staker: Uint8Array,
  blocks: number,
  { path }: ScriptPath,
  data: BabylonData,
): Spend | null {
  const common = { kind: 'withdrawal', staker, blocks, unbondingOutput: null } as const;
  const [sibling, slashing] = path;
  const isStake = data.parameters.versions.some(
    (version) =>
      sibling !== undefined &&
      isSameBytes(sibling, hashLeaf(buildUnbondingScript(staker, covenantOf(data, version)))),
  );
  if (isStake && slashing !== undefined && path.length === 2) {
    return { ...common, of: 'stake', finalityProvider: findProvider(staker, slashing, data) };
  }
  if (path.length !== 1 || sibling === undefined) return null;
  const finalityProvider = findProvider(staker, sibling, data);
  return finalityProvider === null ? null : { ...common, of: 'unbonding', finalityProvider };
}

function describeUnbonding(
  staker: Uint8Array,
  { path }: ScriptPath,
  { outputs }: BitcoinTransaction,
  data: BabylonData,
): Spend {
  const slashing = path[1] ?? null;
  const lengths = [...new Set(data.parameters.versions.map(({ unbondingBlocks }) => unbondingBlocks))];
  const unbondingOutput = lengths.flatMap((blocks) => {
    if (slashing === null) return [];
    const wanted = makeUnbondingOutput(staker, blocks, slashing);
    const index = outputs.findIndex(({ script }) => isSameBytes(script, wanted));
    const output = outputs[index];
    return output === undefined ? [] : [{ index, value: output.value, blocks }];
  })[0];
  return {
    kind: 'unbonding',
    of: 'stake',
    staker,
    finalityProvider: slashing === null ? null : findProvider(staker, slashing, data),
    blocks: null,
    unbondingOutput: unbondingOutput ?? null,
  };
}

function describeSlashing(staker: Uint8Array, { script, path }: ScriptPath, data: BabylonData): Spend | null {
  const finalityProvider = findProvider(staker, hashLeaf(script), data);
  const [sibling] = path;
  if (finalityProvider === null || sibling === undefined || path.length !== 1) return null;
  const isOf = (hashes: readonly Uint8Array[]): boolean => hashes.some((hash) => isSameBytes(hash, sibling));
  const { versions } = data.parameters;
  const of = isOf(versions.flatMap((version) => hashStakeSides(staker, data, version)))
    ? ('stake' as const)
    : isOf(versions.map(({ unbondingBlocks }) => hashLeaf(buildTimelockScript(staker, unbondingBlocks))))
      ? ('unbonding' as const)
      : null;
  return { kind: 'slashing', of, staker, finalityProvider, blocks: null, unbondingOutput: null };
}

/** The side of a stake's tree that is not the slashing script, for the timelocks of a version. */
function hashStakeSides(staker: Uint8Array, data: BabylonData, version: BabylonVersion): Uint8Array[] {
  const unbonding = hashLeaf(buildUnbondingScript(staker, covenantOf(data, version)));
  return [version.minStakingBlocks, version.maxStakingBlocks].map((blocks) =>
    hashBranch(hashLeaf(buildTimelockScript(staker, blocks)), unbonding),
  );
}

/** Which provider's slashing script has this hash; null for one that is not listed, or for several together. */
function findProvider(staker: Uint8Array, slashing: Uint8Array, data: BabylonData): Uint8Array | null {
  for (const version of data.parameters.versions) {
    const covenant = covenantOf(data, version);
    for (const { key } of data.finalityProviders.keys) {
      const terms = { staker, finalityProviders: [key], covenant, stakingBlocks: version.minStakingBlocks };
      if (isSameBytes(slashing, hashLeaf(buildSlashingScript(terms)))) return key;
    }
  }
  return null;
}

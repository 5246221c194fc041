/**
 * The scripts of Babylon's stakes, rebuilt byte for byte (babylonlabs-io/babylon, btcstaking/types.go and staking.go;
 * BIP 341 for the outputs). All public keys are x-only, 32 bytes.
 */
import { schnorr, secp256k1 } from '@noble/curves/secp256k1.js';
import { script } from 'bitcoinjs-lib';
import { isSameBytes, toHex } from './bytes.ts';

/** A point nobody knows the key of (BIP 341): such an output is spent by one of its scripts only. */
const NUMS = Buffer.from('50929b74c1a04954b78b4b6035e97a5e078a5a0f28ec96d547bfee9ace803ac0', 'hex');
const NUMS_POINT = schnorr.utils.lift_x(BigInt(`0x${toHex(NUMS)}`));
const LEAF_VERSION = 0xc0;

/** Op codes of stakes' scripts (BIP 112, BIP 342). */
export const OP = {
  NUMEQUAL: 0x9c,
  NUMEQUALVERIFY: 0x9d,
  CHECKSIG: 0xac,
  CHECKSIGVERIFY: 0xad,
  CHECKSEQUENCEVERIFY: 0xb2,
  CHECKSIGADD: 0xba,
} as const;

export interface Covenant {
  readonly keys: readonly Uint8Array[];
  readonly quorum: number;
}

export interface StakeTerms {
  readonly staker: Uint8Array;
  readonly finalityProviders: readonly Uint8Array[];
  readonly covenant: Covenant;
  readonly stakingBlocks: number;
}

/** `<staker> CHECKSIGVERIFY <blocks> CHECKSEQUENCEVERIFY`: after so many blocks the staker alone may spend. */
export function buildTimelockScript(staker: Uint8Array, blocks: number): Uint8Array {
  return script.compile([staker, OP.CHECKSIGVERIFY, script.number.encode(blocks), OP.CHECKSEQUENCEVERIFY]);
}

/** Staker and covenant together, at any time. */
export function buildUnbondingScript(staker: Uint8Array, covenant: Covenant): Uint8Array {
  return script.compile([staker, OP.CHECKSIGVERIFY, ...writeMultisig(covenant.keys, covenant.quorum, false)]);
}

/** Staker, any one of the finality providers, and the covenant: what a double signature makes possible. */
export function buildSlashingScript({ staker, finalityProviders, covenant }: StakeTerms): Uint8Array {
  return script.compile([
    staker,
    OP.CHECKSIGVERIFY,
    ...writeMultisig(finalityProviders, 1, true),
    ...writeMultisig(covenant.keys, covenant.quorum, false),
  ]);
}

/** Keys in the order of their bytes. A single one needs no counting. */
function writeMultisig(
  keys: readonly Uint8Array[],
  quorum: number,
  isVerified: boolean,
): (number | Uint8Array)[] {
  const [first, ...others] = keys.toSorted((a, b) => Buffer.compare(a, b));
  if (first === undefined) throw new Error('a multisig of no keys');
  if (others.length === 0) return [first, isVerified ? OP.CHECKSIGVERIFY : OP.CHECKSIG];
  return [
    first,
    OP.CHECKSIG,
    ...others.flatMap((key) => [key, OP.CHECKSIGADD]),
    script.number.encode(quorum),
    isVerified ? OP.NUMEQUALVERIFY : OP.NUMEQUAL,
  ];
}

export function hashLeaf(leaf: Uint8Array): Uint8Array {
  return schnorr.utils.taggedHash('TapLeaf', Uint8Array.of(LEAF_VERSION), writeLength(leaf.length), leaf);
}

export function hashBranch(one: Uint8Array, other: Uint8Array): Uint8Array {
  const [low, high] = Buffer.compare(one, other) < 0 ? [one, other] : [other, one];
  return schnorr.utils.taggedHash('TapBranch', low, high);
}

/** [[timelock, unbonding], slashing] */
export function hashStakingTree(
  timelock: Uint8Array,
  unbonding: Uint8Array,
  slashing: Uint8Array,
): Uint8Array {
  return hashBranch(hashBranch(timelock, unbonding), slashing);
}

/** The output script of a tree over the NUMS point: OP_1 and the tweaked key. */
export function makeOutputScript(root: Uint8Array): Uint8Array {
  const tweak = schnorr.utils.taggedHash('TapTweak', NUMS, root);
  // Nothing here is secret, so it need not take the same time for every number.
  const point = secp256k1.Point.BASE.multiplyUnsafe(BigInt(`0x${toHex(tweak)}`));
  return Uint8Array.from([0x51, 0x20, ...schnorr.utils.pointToBytes(point.add(NUMS_POINT))]);
}

/** The key of the output that a taproot key alone can spend (BIP 86): tweaked by no script. */
export function tweakKey(xOnly: Uint8Array): Uint8Array {
  const { utils } = schnorr;
  const tweak = utils.taggedHash('TapTweak', xOnly);
  const point = secp256k1.Point.BASE.multiplyUnsafe(BigInt(`0x${toHex(tweak)}`));
  return utils.pointToBytes(point.add(utils.lift_x(BigInt(`0x${toHex(xOnly)}`))));
}

export function buildStakingOutput(terms: StakeTerms): Uint8Array {
  return makeOutputScript(
    hashStakingTree(
      hashLeaf(buildTimelockScript(terms.staker, terms.stakingBlocks)),
      hashLeaf(buildUnbondingScript(terms.staker, terms.covenant)),
      hashLeaf(buildSlashingScript(terms)),
    ),
  );
}

/** Where an unbonding transaction puts the stake: [timelock, slashing], the slashing script being the stake's. */
export function makeUnbondingOutput(
  staker: Uint8Array,
  unbondingBlocks: number,
  slashingLeaf: Uint8Array,
): Uint8Array {
  return makeOutputScript(hashBranch(hashLeaf(buildTimelockScript(staker, unbondingBlocks)), slashingLeaf));
}

export interface ControlBlock {
  /** Hashes from the leaf's sibling up to the root. */
  readonly path: readonly Uint8Array[];
}

/** Null where it is none, or is not over the NUMS point: then no stake was spent. */
export function readControlBlock(block: Uint8Array): ControlBlock | null {
  const depth = (block.length - 33) / 32;
  if (!Number.isInteger(depth) || depth < 1 || depth > 128) return null;
  if (((block[0] ?? 0) & 0xfe) !== LEAF_VERSION || !isSameBytes(block.subarray(1, 33), NUMS)) return null;
  return {
    path: Array.from({ length: depth }, (_, index) => block.subarray(33 + 32 * index, 65 + 32 * index)),
  };
}

/** A compact size: scripts here are shorter than 65,536 bytes. */
function writeLength(length: number): Uint8Array {
  if (length < 0xfd) return Uint8Array.of(length);
  if (length > 0xffff) throw new Error(`a script of ${length} bytes`);
  return Uint8Array.of(0xfd, length & 0xff, length >> 8);
}

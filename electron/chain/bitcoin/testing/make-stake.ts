/** Made-up stakes over Babylon's real parameters, and the transactions that spend them, without signatures. */
import { Transaction } from 'bitcoinjs-lib';
import type { BabylonData, BabylonVersion } from '../load-babylon-data.ts';
import {
  buildSlashingScript,
  buildStakingOutput,
  buildTimelockScript,
  buildUnbondingScript,
  hashBranch,
  hashLeaf,
  makeUnbondingOutput,
} from '../babylon-scripts.ts';
import { covenantOf } from '../babylon-versions.ts';

const NUMS = Buffer.from('50929b74c1a04954b78b4b6035e97a5e078a5a0f28ec96d547bfee9ace803ac0', 'hex');
const PLAIN = Buffer.from(`0014${'33'.repeat(20)}`, 'hex');
const SIGNATURE = new Uint8Array(64);

export interface MadeStake {
  readonly output: Uint8Array;
  readonly unbondingOutput: Uint8Array;
  /** Witnesses without signatures that count. */
  readonly witness: Readonly<
    Record<
      'withdrawal' | 'unbonding' | 'slashing' | 'unbondingWithdrawal' | 'unbondingSlashing',
      Uint8Array[]
    >
  >;
}

export function makeStake(
  data: BabylonData,
  version: BabylonVersion,
  staker: Uint8Array,
  finalityProvider: Uint8Array,
): MadeStake {
  const covenant = covenantOf(data, version);
  const stakingBlocks = version.minStakingBlocks;
  const terms = { staker, finalityProviders: [finalityProvider], covenant, stakingBlocks };
  const timelock = buildTimelockScript(staker, stakingBlocks);
  const unbonding = buildUnbondingScript(staker, covenant);
  const slashing = buildSlashingScript(terms);
  const unbondingTimelock = buildTimelockScript(staker, version.unbondingBlocks);
  const spend = (script: Uint8Array, path: readonly Uint8Array[]): Uint8Array[] => [
    SIGNATURE,
    script,
    Buffer.concat([Uint8Array.of(0xc0), NUMS, ...path]),
  ];
  return {
    output: buildStakingOutput(terms),
    unbondingOutput: makeUnbondingOutput(staker, version.unbondingBlocks, hashLeaf(slashing)),
    witness: {
      withdrawal: spend(timelock, [hashLeaf(unbonding), hashLeaf(slashing)]),
      unbonding: spend(unbonding, [hashLeaf(timelock), hashLeaf(slashing)]),
      slashing: spend(slashing, [hashBranch(hashLeaf(timelock), hashLeaf(unbonding))]),
      unbondingWithdrawal: spend(unbondingTimelock, [hashLeaf(slashing)]),
      unbondingSlashing: spend(slashing, [hashLeaf(unbondingTimelock)]),
    },
  };
}

/** Hex digits of a transaction with one input and these outputs. */
export function makeTransaction(
  witness: readonly Uint8Array[],
  outputs: readonly { readonly script: Uint8Array; readonly value: bigint }[],
): string {
  const transaction = new Transaction();
  transaction.version = 2;
  transaction.addInput(Buffer.alloc(32, 7), 1);
  transaction.setWitness(0, [...witness]);
  for (const { script, value } of outputs) transaction.addOutput(script, value);
  return transaction.toHex();
}

/** An input that a single key signs, and an output that is nobody's business. */
export function makeKeyWitness(xOnly: Uint8Array): Uint8Array[] {
  return [new Uint8Array(71), Buffer.concat([Uint8Array.of(2), xOnly])];
}

export const plainOutput = { script: PLAIN, value: 1_000n };

import { describe, expect, it } from 'vitest';
import {
  buildSlashingScript,
  buildStakingOutput,
  buildTimelockScript,
  buildUnbondingScript,
  hashLeaf,
  makeUnbondingOutput,
  readControlBlock,
} from './babylon-scripts.ts';
import { toHex } from './bytes.ts';
import vectors from './babylon-scripts.vectors.json' with { type: 'json' };
import { readTransaction } from './transaction.ts';

const bytes = (digits: string): Uint8Array => Buffer.from(digits, 'hex');

describe.each(vectors.vectors)('$name', (vector) => {
  const staker = bytes(vector.staker);
  const covenant = { keys: vector.covenant.map(bytes), quorum: vector.quorum };
  const finalityProviders = vector.finalityProviders.map(bytes);
  const terms = { staker, finalityProviders, covenant, stakingBlocks: vector.stakingBlocks };

  it('has the scripts of Babylon, byte for byte', () => {
    expect(toHex(buildTimelockScript(staker, vector.stakingBlocks))).toBe(vector.timelock);
    expect(toHex(buildUnbondingScript(staker, covenant))).toBe(vector.unbonding);
    expect(toHex(buildSlashingScript(terms))).toBe(vector.slashing);
    expect(toHex(buildTimelockScript(staker, vector.unbondingBlocks))).toBe(vector.unbondingTimelock);
  });

  it('has its outputs', () => {
    expect(toHex(buildStakingOutput(terms))).toBe(vector.stakingOutput);
    const unbonding = readTransaction(vector.unbondingTransaction).outputs[0];
    const slashing = hashLeaf(buildSlashingScript(terms));
    expect(toHex(makeUnbondingOutput(staker, vector.unbondingBlocks, slashing))).toBe(
      toHex(unbonding?.script ?? new Uint8Array()),
    );
  });

  it('does not depend on the order its keys are given in', () => {
    const turned = { keys: covenant.keys.toReversed(), quorum: covenant.quorum };
    const providers = finalityProviders.toReversed();
    expect(toHex(buildStakingOutput({ ...terms, covenant: turned, finalityProviders: providers }))).toBe(
      vector.stakingOutput,
    );
  });
});

describe('a control block', () => {
  const nums = '50929b74c1a04954b78b4b6035e97a5e078a5a0f28ec96d547bfee9ace803ac0';

  it('gives the hashes beside the script', () => {
    const read = readControlBlock(bytes(`c1${nums}${'aa'.repeat(32)}${'bb'.repeat(32)}`));
    expect(read?.path.map(toHex)).toEqual(['aa'.repeat(32), 'bb'.repeat(32)]);
  });

  it.each([
    ['of another internal key', `c0${'11'.repeat(32)}${'aa'.repeat(32)}`],
    ['of another leaf version', `c2${nums}${'aa'.repeat(32)}`],
    ['without a sibling', `c0${nums}`],
    ['cut off', `c0${nums}${'aa'.repeat(31)}`],
    ['that is empty', ''],
  ])('%s is none of a stake', (_what, text) => {
    expect(readControlBlock(bytes(text))).toBeNull();
  });
});

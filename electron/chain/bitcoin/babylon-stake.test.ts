import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAINNET_PARAMETERS } from '../../risk/protocols/babylon/mainnet-parameters.ts';
import { findVersion, loadBabylonData } from './load-babylon-data.ts';
import mainnet from './babylon-mainnet.vectors.json' with { type: 'json' };
import { findStakeSpends } from './babylon-spend.ts';
import { findStakes } from './babylon-stake.ts';
import { toHex } from './bytes.ts';
import { makeKeyWitness, makeStake, makeTransaction, plainOutput } from './testing/make-stake.ts';
import { readTransaction } from './transaction.ts';

const data = loadBabylonData(join(import.meta.dirname, '..', '..', '..', 'assets'));
const [v0, v1, v2, v3] = data.parameters.versions;
const [{ key: provider } = { key: new Uint8Array() }] = data.finalityProviders.keys;
const bytes = (hex: string): Uint8Array => Buffer.from(hex, 'hex');
const hex = (value: Uint8Array | null | undefined): string => toHex(value ?? new Uint8Array());
/** A key that is one: the covenant's first. */
const staker = data.covenant.keys[0]?.key ?? new Uint8Array();
const opReturn = (key: Uint8Array, fp: Uint8Array, blocks: number, tag = 'bbn1') => ({
  script: Buffer.concat([
    Uint8Array.of(0x6a, 71),
    Buffer.from(tag, 'latin1'),
    Uint8Array.of(0),
    key,
    fp,
    Uint8Array.of(blocks >> 8, blocks & 0xff),
  ]),
  value: 0n,
});

if (v0 === undefined || v1 === undefined || v3 === undefined) throw new Error('there are four versions');
const made = makeStake(data, v3, staker, provider);

describe('the data', () => {
  it('has the parameters that the engine reckons with', () => {
    expect(
      data.parameters.versions.map((one) => ({
        version: one.version,
        activationHeight: one.activationHeight,
        minStake: one.minStakeSat,
        maxStake: one.maxStakeSat,
        stakingBlocks: one.minStakingBlocks,
        slashingRate: one.slashingRate,
        minSlashingFee: one.minSlashingFeeSat,
        slashingOutput: 'op-return',
        unbondingBlocks: one.unbondingBlocks,
        unbondingFee: one.unbondingFeeSat,
      })),
    ).toEqual(MAINNET_PARAMETERS);
  });

  it('has nine covenant members, six of whom are needed, and 213 providers, all different', () => {
    const keys = [...data.covenant.keys, ...data.finalityProviders.keys].map(({ key }) => hex(key));
    expect(data.covenant.keys).toHaveLength(9);
    expect(v3.covenantQuorum).toBe(6);
    expect(data.finalityProviders.keys).toHaveLength(213);
    expect(new Set(keys).size).toBe(222);
  });

  it.each([
    [857_909, null],
    [857_910, v0],
    [864_789, v0],
    [864_790, v1],
    [874_088, v2],
    [10_000_000, v3],
  ])('is of the version in force in block %i', (height, version) => {
    expect(findVersion(data, height)).toBe(version);
  });
});

describe.each(mainnet.transactions)('the stake of the main chain in $txid', (vector) => {
  const transaction = readTransaction(vector.raw);

  it('is found by what it says of itself, and agrees with it', () => {
    const { stakes, unrecognised } = findStakes(transaction, data, { height: 864_790 });
    expect(unrecognised).toEqual([]);
    expect(stakes).toHaveLength(1);
    expect(stakes[0]).toMatchObject({
      outputIndex: vector.outputIndex,
      value: BigInt(vector.valueSat),
      stakingBlocks: vector.stakingBlocks,
      foundBy: 'op-return',
      versions: [v1],
    });
    expect(hex(stakes[0]?.staker)).toBe(vector.staker);
    expect(hex(stakes[0]?.finalityProvider)).toBe(vector.finalityProvider);
    expect(stakes[0]?.unbondingOutputs.map(({ blocks, script }) => [blocks, hex(script)])).toEqual([
      [1008, vector.unbondingOutput],
    ]);
  });

  it('is found without its OP_RETURN too: its staker’s key is that of an output', () => {
    const silent = {
      ...transaction,
      outputs: transaction.outputs.map((output) =>
        output.script[0] === 0x6a ? { ...output, script: bytes('6a') } : output,
      ),
    };
    const { stakes } = findStakes(silent, data, { height: 864_790 });
    expect(stakes).toHaveLength(1);
    expect(stakes[0]).toMatchObject({ outputIndex: vector.outputIndex, foundBy: 'rebuilt', versions: [v1] });
    expect(hex(stakes[0]?.staker)).toBe(vector.staker);
    expect(hex(stakes[0]?.finalityProvider)).toBe(vector.finalityProvider);
  });

  it('leaves the versions open where the block is not known, but for those that do not take the amount', () => {
    expect(findStakes(transaction, data).stakes[0]?.versions).toEqual([v1, v2, v3]);
  });

  it('is none that the parameters of another block allow', () => {
    expect(findStakes(transaction, data, { height: 857_910 }).stakes[0]?.versions).toEqual([]);
    expect(findStakes(transaction, data, { height: 1 }).stakes[0]?.versions).toEqual([]);
  });
});

describe('a stake', () => {
  const stakeOutput = { script: made.output, value: 1_000_000n };

  it('is found by the key of a single-key input', () => {
    const raw = makeTransaction(makeKeyWitness(staker), [plainOutput, stakeOutput]);
    const { stakes } = findStakes(readTransaction(raw), data, { height: 900_000 });
    expect(stakes.map(({ outputIndex, foundBy, versions }) => [outputIndex, foundBy, versions])).toEqual([
      [1, 'rebuilt', [v3]],
    ]);
    expect(hex(stakes[0]?.finalityProvider)).toBe(hex(provider));
  });

  it('is found by a key of the wallet that the transaction does not show, and not without it', () => {
    const raw = makeTransaction([new Uint8Array(64)], [stakeOutput]);
    expect(findStakes(readTransaction(raw), data).stakes).toEqual([]);
    expect(findStakes(readTransaction(raw), data, { stakers: [staker] }).stakes).toHaveLength(1);
  });

  it('that says it is one and is not, is not recognised', () => {
    const raw = makeTransaction(
      [new Uint8Array(64)],
      [stakeOutput, opReturn(data.covenant.keys[1]?.key ?? staker, provider, 64_000)],
    );
    expect(findStakes(readTransaction(raw), data)).toMatchObject({
      stakes: [],
      unrecognised: [{ outputIndex: 1, stakingBlocks: 64_000 }],
    });
  });

  it.each([
    ['of another tag', opReturn(staker, provider, 64_000, 'bbn2')],
    ['cut off', { script: opReturn(staker, provider, 64_000).script.subarray(0, 60), value: 0n }],
  ])('is not read from an OP_RETURN %s', (_what, output) => {
    const raw = makeTransaction([new Uint8Array(64)], [stakeOutput, output]);
    expect(findStakes(readTransaction(raw), data)).toEqual({ stakes: [], unrecognised: [] });
  });

  it('is none in any transaction of made-up outputs', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (key) => {
        const script = Buffer.concat([Uint8Array.of(0x51, 0x20), key]);
        const raw = makeTransaction(
          [new Uint8Array(64)],
          [{ script, value: 1_000_000n }, opReturn(staker, provider, 64_000)],
        );
        expect(findStakes(readTransaction(raw), data).stakes).toEqual([]);
      }),
      { numRuns: 5 },
    );
  });
});

describe('a spent stake', () => {
  const spendsOf = (
    witness: readonly Uint8Array[],
    outputs: Parameters<typeof makeTransaction>[1] = [plainOutput],
  ) => findStakeSpends(readTransaction(makeTransaction(witness, outputs)), data);

  it.each([
    ['withdrawal', 'withdrawal', 'stake'],
    ['unbonding', 'unbonding', 'stake'],
    ['slashing', 'slashing', 'stake'],
    ['unbondingWithdrawal', 'withdrawal', 'unbonding'],
    ['unbondingSlashing', 'slashing', 'unbonding'],
  ] as const)('by %s is known by its script: %s of %s', (name, kind, of) => {
    const spends = spendsOf(made.witness[name]);
    expect(spends).toHaveLength(1);
    expect(spends[0]).toMatchObject({ inputIndex: 0, txid: '07'.repeat(32), index: 1, kind, of });
    expect(hex(spends[0]?.staker)).toBe(hex(staker));
    expect(hex(spends[0]?.finalityProvider)).toBe(hex(provider));
  });

  it('is the same with an annex behind it', () => {
    expect(spendsOf([...made.witness.slashing, Uint8Array.of(0x50, 1)])).toHaveLength(1);
  });

  it('says where an unbonding puts it', () => {
    const outputs = [plainOutput, { script: made.unbondingOutput, value: 968_000n }];
    expect(spendsOf(made.witness.unbonding, outputs)[0]?.unbondingOutput).toEqual({
      index: 1,
      value: 968_000n,
      blocks: 1008,
    });
    expect(spendsOf(made.witness.unbonding)[0]?.unbondingOutput).toBeNull();
  });

  it('is none where a lone timelock or a key stands alone', () => {
    const [signature, timelock, block] = made.witness.withdrawal;
    if (signature === undefined || timelock === undefined || block === undefined) throw new Error('three');
    const foreign = Buffer.concat([block.subarray(0, 33), Buffer.alloc(32, 9)]);
    expect(spendsOf([signature, timelock, foreign])).toEqual([]);
    expect(spendsOf([signature])).toEqual([]);
    expect(spendsOf(makeKeyWitness(staker))).toEqual([]);
  });

  it('is never read into whatever stands in a witness', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 120 }), { maxLength: 5 }), (witness) => {
        expect(spendsOf(witness)).toEqual([]);
      }),
    );
  });
});

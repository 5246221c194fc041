import { writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadBabylonData } from '../chain/bitcoin/load-babylon-data.ts';
import mainnet from '../chain/bitcoin/babylon-mainnet.vectors.json' with { type: 'json' };
import { makeStake, makeTransaction, plainOutput } from '../chain/bitcoin/testing/make-stake.ts';
import { EXIT } from './exit-codes.ts';
import { runBallast } from './testing/run-ballast.ts';

const [stake] = mainnet.transactions;
if (stake === undefined) throw new Error('there are two');
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ballast-babylon-'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('ballast babylon', () => {
  it('says of a stake whose, with whom, until when, by which parameters and at what cost', async () => {
    const { code, stdout } = await runBallast(['babylon', '--tx', stake.raw, '--height', '864790']);
    expect(code).toBe(EXIT.ok);
    expect(stdout).toContain(stake.txid);
    expect(stdout).toContain('300.00400000 BTC staked with Babylon');
    expect(stdout).toContain(stake.staker);
    expect(stdout).toContain(stake.finalityProvider);
    expect(stdout).toContain('from block 928,790, ≈ December 2025');
    expect(stdout).toContain('version 1, in force from block 864,790');
    // 0.1% of 300.004 BTC, and 0.001 BTC.
    expect(stdout).toContain('0.30100400 BTC lost');
  });

  it('leaves open what only the block decides', async () => {
    const { stdout } = await runBallast(['babylon', '--tx', stake.raw]);
    expect(stdout).toContain('version 1, 2, 3');
    expect(stdout).toContain('--height');
  });

  it('prints the same as data', async () => {
    const file = join(folder, 'transaction.hex');
    writeFileSync(file, `${stake.raw}\n`);
    const { stdout } = await runBallast(['babylon', '--tx-file', file, '--height', '864790', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      schema: 'ballast-babylon-transaction/1',
      txid: stake.txid,
      height: 864_790,
      stakes: [
        {
          outputIndex: 0,
          valueSat: stake.valueSat,
          staker: stake.staker,
          foundBy: 'op-return',
          withdrawableFrom: 928_790,
          versions: [{ version: 1, lossIfSlashedSat: '30100400' }],
        },
      ],
      unrecognised: [],
      spends: [],
    });
  });

  it('says what a transaction does to a stake', async () => {
    const data = loadBabylonData(join(import.meta.dirname, '..', '..', 'assets'));
    const version = data.parameters.versions.at(-1);
    const staker = data.covenant.keys[0]?.key;
    const provider = data.finalityProviders.keys.find(({ name }) => name === 'Lombard')?.key;
    if (!version || !staker || !provider) throw new Error('all are in the data');
    const { witness, unbondingOutput } = makeStake(data, version, staker, provider);
    const moved = { script: unbondingOutput, value: 968_000n };
    const { stdout } = await runBallast([
      'babylon',
      '--tx',
      makeTransaction(witness.unbonding, [plainOutput, moved]),
    ]);
    expect(stdout).toContain('unbonds a stake with Babylon early');
    expect(stdout).toContain('(Lombard)');
    expect(stdout).toContain('output 1: 0.00968000 BTC, for 1,008 blocks');
  });

  it('says so where there is nothing', async () => {
    const { code, stdout } = await runBallast([
      'babylon',
      '--tx',
      makeTransaction([new Uint8Array(64)], [plainOutput]),
    ]);
    expect(code).toBe(EXIT.ok);
    expect(stdout).toContain('Nothing of Babylon was found');
  });

  it.each([
    [['--tx', 'zz'], EXIT.refused, /hex digit/u],
    [['--tx', 'ab'.repeat(40)], EXIT.refused, /raw transaction/u],
    [[], EXIT.usage, /--tx-file/u],
    [['--tx', stake.raw, '--height', 'soon'], EXIT.usage, /number of the block/u],
    [['--tx', stake.raw, '--staker', 'me'], EXIT.usage, /public key/u],
    [['--tx-file', join('no', 'such', 'file')], EXIT.data, /could not be read/u],
  ])('refuses %j', async (options, exit, words) => {
    const { code, stderr, stdout } = await runBallast(['babylon', ...options]);
    expect(code).toBe(exit);
    expect(stderr).toMatch(words);
    expect(stdout).toBe('');
  });
});

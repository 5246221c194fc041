import { describe, expect, it } from 'vitest';
import {
  makeBitcoinAccount,
  makeBitcoinObservation,
  makeStakeObservation,
} from './testing/made-up-bitcoin.ts';
import { stateOfStake, withdrawableFrom, type BitcoinAccountObservation } from './bitcoin.ts';
import { listBitcoinNotices } from './bitcoin-notices.ts';
import { buildExposure } from './build-exposure.ts';
import { sourcesOf } from './figure.ts';
import { makeObservation } from './testing/arbitrary-observation.ts';
import type { Observation } from './observation.ts';
import { valuePositions } from './value-positions.ts';

const ACCOUNT = makeBitcoinAccount('p', 1);
const BTC = 100_000_000n;
const PRICES = {
  manualEthUsd: { price: 2_000_00000000n, enteredAt: 1 },
  manualBtcUsd: { price: 60_000_00000000n, enteredAt: 2 },
};

function observe(account: Partial<BitcoinAccountObservation>): Observation {
  const bitcoin = makeBitcoinObservation([{ accountId: ACCOUNT.id, ...account }]);
  return { ...makeObservation({}), accounts: [], bitcoin };
}

function value(
  account: Partial<BitcoinAccountObservation>,
  prices: Parameters<typeof valuePositions>[2] = PRICES,
) {
  return valuePositions(observe(account), [ACCOUNT], prices);
}

describe('bitcoin of an account', () => {
  it('is what blocks hold, and beside it what waits for one', () => {
    const { positions, totals } = value({ confirmed: BTC, unconfirmed: BTC / 2n });
    expect(positions.map(({ state, amount }) => [state, amount.value])).toEqual([
      ['held', BTC],
      ['unconfirmed', BTC / 2n],
    ]);
    // 60,000 for one BTC, and 2,000 for one ETH.
    expect(totals.bookUsd.value).toBe(90_000_00000000n);
    expect(totals.bookEth.value).toBe(45n * 10n ** 18n);
  });

  it('has no rows of nothing, and none where the account is not in the reading', () => {
    expect(value({ confirmed: 0n, unconfirmed: 0n }).positions).toEqual([]);
    expect(valuePositions(observe({}), [makeBitcoinAccount('p', 2)], PRICES).positions).toEqual([]);
  });

  it('has a value in dollars without any price of ETH, and its value in ETH is then not known', () => {
    const { positions } = value({}, { manualEthUsd: null, manualBtcUsd: PRICES.manualBtcUsd });
    expect(positions[0]).toMatchObject({
      bookUsd: { value: 90_000_00000000n },
      bookEth: { value: null, reason: { code: 'no-price' } },
    });
  });

  it('is valued with what another source said, where nothing else is known, and says whose price it is', () => {
    const at = 1_750_000_000_000;
    const { positions } = value(
      {},
      {
        manualEthUsd: null,
        stored: { ethUsd: null, btcUsd: { price: 50_000_00000000n, at, provider: 'llama' } },
      },
    );
    expect(positions[0]?.bookUsd.value).toBe(75_000_00000000n);
    expect(sourcesOf(positions[0]!.bookUsd)).toContainEqual({
      kind: 'market',
      provider: 'llama',
      asset: 'BTC',
      quote: 'USD',
      at,
    });
  });

  it('never shows an extended key in full', () => {
    const { positions } = value({});
    expect(
      JSON.stringify(positions, (_, one: unknown) => (typeof one === 'bigint' ? '' : one)),
    ).not.toContain(ACCOUNT.text);
  });
});

describe('a stake', () => {
  const at = (tip: number, changes = {}) => stateOfStake(makeStakeObservation(changes), tip);
  const end = 900_000 + 64_000;

  it('goes from active through its last blocks to withdrawable', () => {
    expect(at(900_000)).toBe('active');
    expect(at(end - 1009)).toBe('active');
    expect(at(end - 1008)).toBe('ending');
    expect(at(end - 2)).toBe('ending');
    // The next block may hold the withdrawal.
    expect(at(end - 1)).toBe('withdrawable');
  });

  it('waits for its block, and for that of its unbonding', () => {
    expect(at(900_000, { height: null })).toBe('pending');
    const unbonding = { txid: 'cd', outputIndex: 0, value: BTC, height: null, blocks: 1008 };
    expect(at(901_000, { unbonding })).toBe('unbonding');
    expect(withdrawableFrom(makeStakeObservation({ unbonding }))).toBeNull();
    expect(at(901_000, { unbonding: { ...unbonding, height: 900_500 } })).toBe('unbonding');
    expect(at(901_507, { unbonding: { ...unbonding, height: 900_500 } })).toBe('withdrawable');
  });

  it('is over when something spent it', () => {
    const spent = (kind: 'withdrawal' | 'slashing' | 'unknown') => ({ end: { kind, txid: 'ef', height: 1 } });
    expect(at(end, spent('withdrawal'))).toBe('withdrawn');
    expect(at(end, spent('slashing'))).toBe('slashed');
    expect(at(end, spent('unknown'))).toBe('gone');
    expect(value({ confirmed: 0n, stakes: [makeStakeObservation(spent('slashing'))] }).positions).toEqual([]);
  });

  it('is a position with its end, its loss if slashed and its source', () => {
    const { positions } = value({ confirmed: 0n, stakes: [makeStakeObservation()] });
    expect(positions).toHaveLength(1);
    expect(positions[0]).toMatchObject({
      state: 'delegated',
      amount: { value: BTC },
      bookUsd: { value: 60_000_00000000n },
      stake: {
        state: 'active',
        versions: [3],
        withdrawableFrom: { value: BigInt(end) },
        withdrawableAt: { isEstimate: true },
        lossIfSlashed: { value: 200_000n },
        unbondingFee: { value: 2000n },
      },
    });
    const call = `output ${'ab'.repeat(32)}:0`;
    expect(sourcesOf(positions[0]!.amount)).toMatchObject([
      { kind: 'bitcoin', endpoint: 'server.made-up.test:50002', call },
    ]);
  });

  it('stands with its finality provider until it can be withdrawn, and rests on Babylon with the tokens that do', () => {
    const active = observe({ confirmed: 0n, stakes: [makeStakeObservation()] });
    const positions = (observation: Observation) => valuePositions(observation, [ACCOUNT], PRICES).positions;
    const exposure = buildExposure(active, positions(active));
    expect(exposure.positions[0]).toMatchObject({
      legs: [{ kind: 'provider', provider: '22'.repeat(32) }],
      dependsOn: ['contract:babylon'],
    });
    expect(exposure.nodes.map(({ id }) => id)).toContain(`provider:${'22'.repeat(32)}`);
    const ended = observe({ confirmed: 0n, stakes: [makeStakeObservation({ height: 800_000 })] });
    expect(buildExposure(ended, positions(ended)).positions[0]?.legs).toMatchObject([{ kind: 'free' }]);
  });

  it('is in no total where it is not recognised, and a notice says so', () => {
    const unrecognised = [
      {
        txid: 'aa'.repeat(32),
        outputIndex: 1,
        height: 900_000,
        staker: '11'.repeat(32),
        finalityProvider: '22'.repeat(32),
        stakingBlocks: 99,
      },
    ];
    const { bitcoin } = observe({ confirmed: 0n, unrecognised });
    expect(value({ confirmed: 0n, unrecognised }).positions).toEqual([]);
    expect(listBitcoinNotices(bitcoin, [ACCOUNT])).toMatchObject([
      { code: 'stake-unrecognised', contract: 'Vault 1', call: `${'aa'.repeat(32)}:1` },
    ]);
    expect(listBitcoinNotices(bitcoin, [])).toEqual([]);
  });

  it('says what became of it, what no version allows, and how much was proven', () => {
    const ended = makeStakeObservation({ end: { kind: 'slashing', txid: 'ef', height: 901_000 } });
    const refused = makeStakeObservation({ txid: 'ba'.repeat(32), versions: [], terms: null });
    const bitcoin = makeBitcoinObservation([{ accountId: ACCOUNT.id, stakes: [ended, refused] }], {
      proof: 'block',
      babylon: null,
    });
    expect(listBitcoinNotices(bitcoin, [ACCOUNT]).map(({ code }) => code)).toEqual([
      'proof-of-block',
      'no-babylon',
      'stake-ended',
      'stake-refused',
    ]);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildExposure } from './build-exposure.ts';
import { sourcesOf, type Figure } from './figure.ts';
import type { MarketPrices } from './market-value.ts';
import type {
  AccountObservation,
  Observation,
  Operator,
  Redeemable,
  WithdrawalRequest,
} from './observation.ts';
import { addValues, sumValues, VALUE_KINDS, type ValuedPosition } from './position-values.ts';
import {
  addressOf,
  arbitraryAccounts,
  arbitraryObservation,
  BLOCK,
  BLOCK_TIME,
  makeAccount,
  makeObservation,
  readFailed,
  readOk,
  STETH_STRATEGY,
  UNKNOWN_STRATEGY,
} from './testing/arbitrary-observation.ts';
import {
  makeBitcoinAccount,
  makeBitcoinObservation,
  makeStakeObservation,
} from './testing/made-up-bitcoin.ts';
import { WAD } from './units.ts';
import { valuePositions } from './value-positions.ts';
import type { KnownPrices } from './value-rates.ts';

const ACCOUNT = makeAccount(1);
const OPERATOR = addressOf(0xa1);
const PRICES: KnownPrices = {
  manualEthUsd: { price: 2_000_00000000n, enteredAt: 1 },
  manualBtcUsd: { price: 60_000_00000000n, enteredAt: 2 },
};
const AT = BLOCK_TIME * 1000 - 3_600_000;

function valueAll(observation: Observation, prices: KnownPrices, accounts = [ACCOUNT]): ValuedPosition[] {
  const { positions } = valuePositions(observation, accounts, prices);
  return addValues(observation, positions, buildExposure(observation, positions), prices);
}

function observe(account: Partial<AccountObservation>, parts: Partial<Observation> = {}): Observation {
  const whole = { address: ACCOUNT.address, balances: [], eigenlayer: null, ...account };
  return makeObservation({ accounts: [whole], ...parts });
}

interface Held {
  readonly amount?: bigint;
  readonly rate?: bigint | null;
  readonly market?: MarketPrices;
  readonly redeemable?: Redeemable;
}

/** The one position of an account that holds some of one token. */
function hold(instrument: string, { amount = 10n * WAD, rate = null, market, redeemable }: Held = {}) {
  const balance = { instrument, amount: readOk(amount), ...(redeemable && { redeemable }) };
  const rates = rate === null ? [] : [{ instrument, rate: readOk(rate) }];
  const observation = observe({ balances: [balance] }, { rates });
  const [position] = valueAll(observation, { ...PRICES, market });
  if (position === undefined) throw new Error('nothing is held');
  return position;
}

function tell(figure: Figure): bigint | string {
  return figure.value ?? figure.reason?.code ?? 'no reason';
}

describe('at market prices', () => {
  const price = (quote: 'ETH' | 'USD' | 'BTC', amount: bigint) => ({
    price: amount,
    quote,
    at: AT,
    source: 'llama' as const,
  });

  it('is the amount at what the market pays, whatever the rate says', () => {
    const { bookEth, values } = hold('rsETH', {
      rate: (104n * WAD) / 100n,
      market: { rsETH: price('ETH', (6n * WAD) / 10n) },
    });
    expect(bookEth.value).toBe((104n * WAD) / 10n);
    expect(values.marketEth.value).toBe(6n * WAD);
    expect(sourcesOf(values.marketEth)).toContainEqual({
      kind: 'market',
      provider: 'llama',
      asset: 'rsETH',
      quote: 'ETH',
      at: AT,
    });
  });

  it('takes prices in dollars and in bitcoin through the prices of ETH and BTC', () => {
    const dollars = hold('rsETH', { rate: WAD, market: { rsETH: price('USD', 1_000_00000000n) } });
    expect(dollars.values.marketEth.value).toBe(5n * WAD);
    const coins = hold('LBTC', {
      amount: 100_000_000n,
      rate: WAD,
      market: { LBTC: price('BTC', (9n * WAD) / 10n) },
    });
    expect(coins.values.marketEth.value).toBe(27n * WAD);
  });

  it('is not known without a price: a rate is none', () => {
    expect(tell(hold('rsETH', { rate: WAD, market: {} }).values.marketEth)).toBe('no-price');
    expect(tell(hold('rsETH', { rate: WAD }).values.marketEth)).toBe('no-price');
  });

  it('is book value for ether, and for bitcoin, whose rate is its price', () => {
    expect(hold('WETH').values.marketEth.value).toBe(10n * WAD);
    const account = makeBitcoinAccount('p', 1);
    const bitcoin = makeBitcoinObservation([{ accountId: account.id, confirmed: 100_000_000n }]);
    const observation = { ...makeObservation(), bitcoin };
    const { positions } = valuePositions(observation, [account], PRICES);
    const [coins] = addValues(observation, positions, buildExposure(observation, positions), PRICES);
    expect(coins?.values.marketEth.value).toBe(30n * WAD);
    expect(coins?.values.redeemableEth.value).toBe(30n * WAD);
  });

  it('goes through the wrapper where only the other form has a price', () => {
    const rate = (12n * WAD) / 10n;
    const wrapped = hold('wstETH', { rate, market: { stETH: price('ETH', (9n * WAD) / 10n) } });
    expect(wrapped.values.marketEth.value).toBe((108n * WAD) / 10n);
    const balances = [{ instrument: 'eETH', amount: readOk(10n * WAD) }];
    const rates = [{ instrument: 'weETH', rate: readOk(rate) }];
    const [inner] = valueAll(observe({ balances }, { rates }), {
      ...PRICES,
      market: { weETH: price('ETH', rate / 2n) },
    });
    expect(inner?.values.marketEth.value).toBe(5n * WAD);
  });

  it('says of a typed price that it was typed', () => {
    const typed = { ...price('ETH', WAD), source: 'manual' as const };
    expect(sourcesOf(hold('rsETH', { rate: WAD, market: { rsETH: typed } }).values.marketEth)).toContainEqual(
      {
        kind: 'user',
        what: 'figure.what.manualMarket',
        enteredAt: AT,
      },
    );
  });

  it('never takes a strategy by the name its token gives itself', () => {
    const observation = observe(
      { eigenlayer: deposit(UNKNOWN_STRATEGY) },
      {
        strategies: [
          { address: UNKNOWN_STRATEGY, instrument: null, underlyingToken: null, name: 'stETH', decimals: 18 },
        ],
      },
    );
    const [position] = valueAll(observation, { ...PRICES, market: { stETH: price('ETH', WAD) } });
    expect(position?.amount.unit.symbol).toBe('stETH');
    expect(tell(position!.values.marketEth)).toBe('no-price');
  });
});

function deposit(
  strategy = STETH_STRATEGY,
  delegatedTo = OPERATOR,
): NonNullable<AccountObservation['eigenlayer']> {
  const shares = readOk(10n * WAD);
  return {
    delegatedTo: { ...shares, value: delegatedTo },
    depositsRead: readOk(1n),
    deposits: [
      {
        strategy,
        depositShares: shares,
        withdrawableShares: shares,
        depositScalingFactor: readOk(WAD),
        beaconFactor: null,
        underlying: shares,
      },
    ],
    queuedRead: readOk(0n),
    queued: [],
  };
}

function operate(...magnitudes: readonly bigint[]): Operator {
  return {
    address: OPERATOR,
    name: null,
    strategies: [
      {
        strategy: STETH_STRATEGY,
        maxMagnitude: readOk(WAD),
        encumberedMagnitude: readOk(0n),
        operatorShares: readOk(0n),
        allocationsRead: readOk(BigInt(magnitudes.length)),
        allocations: magnitudes.map((currentMagnitude, index) => ({
          serviceId: `${addressOf(0xb1)}:${index}`,
          currentMagnitude,
          pendingDiff: 0n,
          effectBlock: 0n,
          isSlashable: true,
        })),
      },
    ],
  };
}

describe('redeemed now', () => {
  it('is all of what is money, and nothing of what only a queue pays', () => {
    expect(hold('ETH').values.redeemableEth.value).toBe(10n * WAD);
    expect(hold('WETH').values.redeemableEth.value).toBe(10n * WAD);
    expect(hold('stETH').values.redeemableEth.value).toBe(0n);
    expect(hold('swETH', { rate: WAD }).values.redeemableEth.value).toBe(0n);
  });

  it('is not known where a way out at once may be there and is not read', () => {
    expect(tell(hold('weETH', { rate: WAD }).values.redeemableEth)).toBe('not-visible');
    expect(tell(hold('pufETH', { rate: WAD }).values.redeemableEth)).toBe('not-visible');
    expect(tell(hold('WBTC', { amount: 1n }).values.redeemableEth)).toBe('not-visible');
  });

  it('is what the contract says it pays, or what lies ready, if that is less', () => {
    const pays = 9n * WAD;
    const puffer = hold('pufETH', { rate: WAD, redeemable: { kind: 'pays', reading: readOk(pays) } });
    expect(puffer.values.redeemableEth.value).toBe(pays);
    const there = (wei: bigint) =>
      hold('rETH', { rate: WAD, redeemable: { kind: 'there', reading: readOk(wei) } });
    expect(there(4n * WAD).values.redeemableEth.value).toBe(4n * WAD);
    expect(there(40n * WAD).values.redeemableEth.value).toBe(10n * WAD);
    expect(there(0n).values.redeemableEth.value).toBe(0n);
    const failed = hold('rETH', {
      rate: WAD,
      redeemable: { kind: 'there', reading: readFailed('reverted') },
    });
    expect(tell(failed.values.redeemableEth)).toBe('protocol-changed');
  });

  it('is nothing of what is restaked, and not known of a list that could not be read', () => {
    const [restaked] = valueAll(observe({ eigenlayer: deposit() }, { operators: [operate()] }), PRICES);
    expect(restaked?.values.redeemableEth.value).toBe(0n);
    const unread = { ...deposit(), deposits: [], depositsRead: readFailed('no-answer') };
    const [list] = valueAll(observe({ eigenlayer: unread }), PRICES);
    expect(tell(list!.values.redeemableEth)).toBe('call-failed');
  });

  it('is a request once it can be claimed, if it pays money', () => {
    const request = (stage: WithdrawalRequest['stage'], paid: string): WithdrawalRequest => ({
      id: 1n,
      stage,
      given: readOk(WAD),
      paidIn: { instrument: paid, token: null },
      pays: readOk(WAD),
      isFixed: true,
      paysToday: null,
      claimableFrom: null,
    });
    const redeem = (stage: WithdrawalRequest['stage'], paid = 'ETH') => {
      const requests = [{ instrument: 'ezETH', read: readOk(1n), requests: [request(stage, paid)] }];
      return valueAll(observe({ requests }), PRICES)[0]?.values.redeemableEth.value;
    };
    expect(redeem('requested')).toBe(0n);
    expect(redeem('finalised')).toBe(0n);
    expect(redeem('claimable')).toBe(WAD);
    expect(redeem('claimable', 'stETH')).toBe(0n);
  });
});

describe('after slashing', () => {
  const stake = (operators: Operator[]) => {
    const [position] = valueAll(observe({ eigenlayer: deposit() }, { operators }), PRICES);
    return tell(position!.values.afterSlashEth);
  };

  it('is book value less what all services together can take', () => {
    expect(stake([operate(WAD / 4n, WAD / 2n)])).toBe((25n * WAD) / 10n);
    expect(stake([operate()])).toBe(10n * WAD);
    expect(stake([operate(WAD)])).toBe(0n);
  });

  it('is not known where the allocations were not read, or a part is out of sight', () => {
    expect(stake([])).toBe('not-visible');
    expect(tell(hold('weETH', { rate: WAD }).values.afterSlashEth)).toBe('not-visible');
    expect(tell(hold('LBTC', { amount: 1n, rate: WAD }).values.afterSlashEth)).toBe('not-visible');
  });

  it('is all of what no service can take', () => {
    expect(hold('wstETH', { rate: WAD }).values.afterSlashEth.value).toBe(10n * WAD);
  });

  it('is, with Babylon, what the parameters of the stake leave', () => {
    const account = makeBitcoinAccount('p', 1);
    const after = (terms: Parameters<typeof makeStakeObservation>[0]) => {
      const stakes = [makeStakeObservation(terms)];
      const bitcoin = makeBitcoinObservation([
        { accountId: account.id, confirmed: 0n, unconfirmed: 0n, stakes },
      ]);
      const observation = { ...makeObservation(), bitcoin };
      const { positions } = valuePositions(observation, [account], PRICES);
      const [one] = addValues(observation, positions, buildExposure(observation, positions), PRICES);
      return one!.values.afterSlashEth;
    };
    // 0.002 of one BTC, at 30 ETH for one BTC.
    expect(after({}).value).toBe(30n * WAD - (6n * WAD) / 100n);
    expect(tell(after({ terms: null, versions: [] }))).toBe('not-visible');
  });
});

describe('of any observation', () => {
  it('no value is above what it may be, and what is not known says why', () => {
    fc.assert(
      fc.property(arbitraryObservation, (observation) => {
        const positions = valueAll(observation, PRICES, [...arbitraryAccounts]);
        for (const { bookEth, values } of positions) {
          for (const kind of VALUE_KINDS) {
            const { value, reason } = values[kind];
            expect(value !== null || reason !== undefined).toBe(true);
            if (value !== null) expect(value >= 0n).toBe(true);
          }
          if (bookEth.value === null) {
            expect(values.afterSlashEth.value).toBeNull();
            continue;
          }
          for (const figure of [values.afterSlashEth, values.redeemableEth]) {
            if (figure.value !== null) expect(figure.value <= bookEth.value).toBe(true);
          }
        }
        const sums = sumValues(positions);
        for (const kind of VALUE_KINDS) {
          const known = positions.filter(({ values }) => values[kind].value !== null);
          expect(sums[kind].unknownCount).toBe(positions.length - known.length);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('a withdrawal holds each allocation at its largest until it is out', () => {
    const growing = operate(0n);
    const [state] = growing.strategies;
    const allocations = state!.allocations.map((one) => ({
      ...one,
      pendingDiff: WAD / 2n,
      effectBlock: BLOCK + 5n,
    }));
    const operators = [{ ...growing, strategies: [{ ...state!, allocations }] }];
    const queued = [
      {
        nonce: 0n,
        startBlock: BLOCK,
        completableBlock: readOk(BLOCK + 10n),
        delegatedTo: OPERATOR,
        entries: [
          {
            strategy: STETH_STRATEGY,
            scaledShares: readOk(10n * WAD),
            shares: readOk(10n * WAD),
            beaconFactor: null,
            underlying: readOk(10n * WAD),
          },
        ],
      },
    ];
    const eigenlayer = { ...deposit(), queuedRead: readOk(1n), queued };
    const [delegated, leaving] = valueAll(observe({ eigenlayer }, { operators }), PRICES);
    expect(delegated?.values.afterSlashEth.value).toBe(10n * WAD);
    expect(leaving?.values.afterSlashEth.value).toBe(5n * WAD);
  });
});

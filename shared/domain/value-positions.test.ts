import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BEACON_CHAIN_STRATEGY } from './address.ts';
import { oldestTimeOf, sourcesOf } from './figure.ts';
import type { AccountObservation, Observation, QueuedWithdrawal, RestakedDeposit } from './observation.ts';
import { positionSchema } from './position.ts';
import { addUp } from './testing/add-up.ts';
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
import { WAD } from './units.ts';
import { valuePositions } from './value-positions.ts';

const account = makeAccount(1, 'Treasury');
const operator = addressOf(0xa1);
const nothingManual = { manualEthUsd: null };
type Eigenlayer = NonNullable<AccountObservation['eigenlayer']>;

function observe(
  parts: { balances?: AccountObservation['balances']; eigenlayer?: Partial<Eigenlayer> },
  rest: Partial<Observation> = {},
): Observation {
  const eigenlayer = parts.eigenlayer && {
    delegatedTo: { ...readOk(0n), value: null },
    depositsRead: readOk(0n),
    deposits: [],
    queuedRead: readOk(0n),
    queued: [],
    ...parts.eigenlayer,
  };
  return makeObservation({
    accounts: [{ address: account.address, balances: parts.balances ?? [], eigenlayer: eigenlayer ?? null }],
    ...rest,
  });
}

function makeDeposit(parts: Partial<RestakedDeposit> = {}): RestakedDeposit {
  return {
    strategy: STETH_STRATEGY,
    depositShares: readOk(60n * WAD),
    withdrawableShares: readOk(45n * WAD),
    depositScalingFactor: readOk(WAD),
    beaconFactor: null,
    underlying: readOk(46n * WAD),
    ...parts,
  };
}

function makeWithdrawal(parts: Partial<QueuedWithdrawal> = {}): QueuedWithdrawal {
  return {
    nonce: 7n,
    startBlock: BLOCK - 10n,
    completableBlock: readOk(BLOCK + 1n),
    delegatedTo: operator,
    entries: [
      {
        strategy: STETH_STRATEGY,
        scaledShares: readOk(40n * WAD),
        shares: readOk(30n * WAD),
        beaconFactor: null,
        underlying: readOk(31n * WAD),
      },
    ],
    ...parts,
  };
}

const slashedOperator = {
  address: operator,
  name: 'Slashed',
  strategies: [
    {
      strategy: STETH_STRATEGY,
      maxMagnitude: readOk((WAD * 3n) / 4n),
      encumberedMagnitude: readOk(WAD / 4n),
      operatorShares: readOk(0n),
      allocationsRead: readOk(0n),
      allocations: [],
    },
  ],
};

function valueOne(observation: Observation) {
  const { positions } = valuePositions(observation, [account], nothingManual);
  expect(positions).toHaveLength(1);
  return positions[0]!;
}

describe('tokens in an account', () => {
  it('are worth amount x rate, rounded down, and say from where', () => {
    const position = valueOne(
      observe(
        { balances: [{ instrument: 'wstETH', amount: readOk(3n) }] },
        { rates: [{ instrument: 'wstETH', rate: readOk((WAD * 6n) / 5n) }] },
      ),
    );
    expect(position.bookEth.value).toBe(3n);
    expect(position.bookEth.basis).toMatchObject({ kind: 'computed', formula: 'book-eth' });
    expect(sourcesOf(position.bookEth)).toHaveLength(2);
    expect(sourcesOf(position.bookEth)[0]).toMatchObject({
      kind: 'chain',
      contract: 'Stand-in',
      call: 'view()',
      endpoint: 'localhost:8545',
    });
    expect(oldestTimeOf(position.bookEth)).toBe(BLOCK_TIME * 1000);
  });

  it('are left out where the balance is zero, and where the network has no such token', () => {
    const observation = observe({
      balances: [
        { instrument: 'ETH', amount: readOk(0n) },
        { instrument: 'ezETH', amount: readFailed('not-configured') },
        { instrument: 'weETH', amount: readFailed('no-contract') },
      ],
    });
    expect(valuePositions(observation, [account], nothingManual).positions).toEqual([]);
  });

  it('stay in the list, unknown, where the balance could not be read', () => {
    const observation = observe({ balances: [{ instrument: 'ETH', amount: readFailed('reverted') }] });
    const { positions, totals } = valuePositions(observation, [account], nothingManual);
    expect(positions[0]?.amount).toMatchObject({ value: null, reason: { code: 'protocol-changed' } });
    expect(positions[0]?.bookEth.value).toBeNull();
    expect(sourcesOf(positions[0]!.amount)).toHaveLength(1);
    expect(totals).toMatchObject({ unvaluedCount: 1, bookEth: { value: null } });
  });

  it('have an unknown value, not a zero, where the rate is missing, failed or zero', () => {
    const balances = [{ instrument: 'weETH', amount: readOk(WAD) }];
    for (const [rates, code] of [
      [[], 'no-rate'],
      [[{ instrument: 'weETH', rate: readFailed('no-answer') }], 'call-failed'],
      [[{ instrument: 'weETH', rate: readOk(0n) }], 'protocol-changed'],
    ] as const) {
      const position = valueOne(observe({ balances }, { rates: [...rates] }));
      expect(position.amount.value).toBe(WAD);
      expect(position.bookEth).toMatchObject({ value: null, reason: { code } });
    }
  });

  it('are worth one ETH by definition where their balance moves instead of their rate', () => {
    for (const instrument of ['ETH', 'stETH', 'eETH']) {
      const position = valueOne(observe({ balances: [{ instrument, amount: readOk(WAD) }] }));
      expect(position.bookEth.value).toBe(WAD);
      expect(position.rate.basis).toMatchObject({ kind: 'read', source: { kind: 'definition' } });
    }
  });

  it('keep an unknown amount where nothing defines the token', () => {
    const position = valueOne(observe({ balances: [{ instrument: 'mystery', amount: readOk(5n) }] }));
    expect(position.amount).toMatchObject({ value: null, reason: { code: 'not-configured' } });
  });
});

describe('deposits in EigenLayer', () => {
  it('are valued by what can be withdrawn, with the formula that gives it', () => {
    const delegatedTo = { ...readOk(0n), value: operator };
    const position = valueOne(
      observe({ eigenlayer: { delegatedTo, deposits: [makeDeposit()] } }, { operators: [slashedOperator] }),
    );
    expect(position).toMatchObject({
      state: 'delegated',
      instrument: { symbol: 'stETH in EigenLayer', dependsOn: ['contract:eigenlayer', 'contract:lido'] },
      amount: { value: 46n * WAD },
      restaking: { operator, maxMagnitude: { subject: 'Slashed' } },
    });
    const { withdrawableShares } = position.restaking!;
    expect(withdrawableShares).toMatchObject({
      value: 45n * WAD,
      basis: { kind: 'computed', formula: 'withdrawable-shares' },
    });
    const inputs = withdrawableShares.basis.kind === 'computed' ? withdrawableShares.basis.inputs : [];
    expect(inputs.map(({ name }) => name.replace('figure.name.', ''))).toEqual([
      'depositShares',
      'scalingFactor',
      'maxMagnitude',
      'contractAnswer',
    ]);
  });

  it('keep the contract’s answer without a formula where the formula does not give it', () => {
    const deposits = [makeDeposit({ withdrawableShares: readOk(44n * WAD) })];
    const delegatedTo = { ...readOk(0n), value: operator };
    for (const operators of [[slashedOperator], []]) {
      const position = valueOne(observe({ eigenlayer: { delegatedTo, deposits } }, { operators }));
      expect(position.restaking?.withdrawableShares).toMatchObject({
        value: 44n * WAD,
        basis: { kind: 'read' },
      });
    }
  });

  it('multiply the operator’s magnitude by the beacon factor for native ETH', () => {
    const deposits = [
      makeDeposit({
        strategy: BEACON_CHAIN_STRATEGY,
        depositShares: readOk(32n * WAD),
        beaconFactor: readOk(WAD / 2n),
        withdrawableShares: readOk(16n * WAD),
        underlying: readOk(16n * WAD),
      }),
    ];
    const position = valueOne(observe({ eigenlayer: { deposits } }));
    expect(position.state).toBe('deposited');
    expect(position.bookEth.value).toBe(16n * WAD);
    expect(position.restaking?.withdrawableShares.basis.kind).toBe('computed');
  });

  it('still show when everything was slashed away, and go when nothing was ever left', () => {
    const gone = { withdrawableShares: readOk(0n), underlying: readOk(0n) };
    const slashed = valueOne(observe({ eigenlayer: { deposits: [makeDeposit(gone)] } }));
    expect(slashed.bookEth.value).toBe(0n);
    const empty = observe({
      eigenlayer: { deposits: [makeDeposit({ ...gone, depositShares: readOk(0n) })] },
    });
    expect(valuePositions(empty, [account], nothingManual).positions).toEqual([]);
  });

  it('have an amount and no value where the token of the strategy is unknown', () => {
    const deposits = [makeDeposit({ strategy: UNKNOWN_STRATEGY })];
    const position = valueOne(observe({ eigenlayer: { deposits } }));
    expect(position.instrument).toMatchObject({ symbol: 'ODD in EigenLayer', decimals: 6 });
    expect(position.amount.value).toBe(46n * WAD);
    expect(position.bookEth).toMatchObject({ value: null, reason: { code: 'no-rate' } });
  });

  it('say that the operator is unknown where the delegation could not be read', () => {
    const eigenlayer = { delegatedTo: readFailed('no-answer'), deposits: [makeDeposit()] };
    const position = valueOne(observe({ eigenlayer }));
    expect(position.state).toBe('restaked');
    expect(position.restaking).toMatchObject({
      operator: null,
      isOperatorUnknown: true,
      maxMagnitude: { value: null },
    });
  });

  it('are one unknown position where their list could not be read', () => {
    const position = valueOne(observe({ eigenlayer: { depositsRead: readFailed('no-answer') } }));
    expect(position).toMatchObject({
      state: 'deposited',
      amount: { value: null, reason: { code: 'call-failed' } },
    });
  });
});

describe('queued withdrawals', () => {
  it('are queued up to the block before completion and completable from it', () => {
    for (const [completable, state] of [
      [BLOCK + 1n, 'queued'],
      [BLOCK, 'completable'],
    ] as const) {
      const queued = [makeWithdrawal({ completableBlock: readOk(completable) })];
      const position = valueOne(observe({ eigenlayer: { queued } }, { operators: [slashedOperator] }));
      expect(position).toMatchObject({ state, bookEth: { value: 31n * WAD } });
      expect(position.restaking?.withdrawableShares.basis).toMatchObject({ formula: 'queued-shares' });
    }
  });

  it('count as queued where the block could not be read', () => {
    const queued = [makeWithdrawal({ completableBlock: readFailed('reverted') })];
    expect(valueOne(observe({ eigenlayer: { queued } })).state).toBe('queued');
  });

  it('come by nonce, each with an id of its own, also when one names a strategy twice', () => {
    const [entry] = makeWithdrawal().entries;
    const queued = [makeWithdrawal({ nonce: 9n, entries: [entry!, entry!] }), makeWithdrawal({ nonce: 2n })];
    const { positions } = valuePositions(observe({ eigenlayer: { queued } }), [account], nothingManual);
    const id = `account-1:eigenlayer:${STETH_STRATEGY}:queued`;
    expect(positions.map((position) => position.id)).toEqual([`${id}:2`, `${id}:9`, `${id}:9:2`]);
  });
});

describe('dollars', () => {
  const balances = [{ instrument: 'ETH', amount: readOk(2n * WAD) }];
  const feed = { price: readOk(3000_00000000n), updatedAt: BLOCK_TIME - 3600, heartbeat: 3600 };
  const manualEthUsd = { price: 2500_00000000n, enteredAt: 5 };

  it('come from the feed up to its heartbeat, and are unknown, as stale, one second later', () => {
    expect(valueOne(observe({ balances }, { ethUsd: feed })).bookUsd.value).toBe(6000_00000000n);
    const observation = observe({ balances }, { ethUsd: { ...feed, updatedAt: BLOCK_TIME - 3601 } });
    expect(valueOne(observation).bookUsd).toMatchObject({ value: null, reason: { code: 'stale-price' } });
  });

  it('come from what the user typed if there is something, whatever the feed says', () => {
    const { positions } = valuePositions(observe({ balances }, { ethUsd: feed }), [account], {
      manualEthUsd,
    });
    expect(positions[0]?.bookUsd.value).toBe(5000_00000000n);
    expect(sourcesOf(positions[0]!.bookUsd).at(-1)).toMatchObject({ kind: 'user', enteredAt: 5 });
  });

  it('are unknown without a feed, and with one that failed or says zero', () => {
    for (const [ethUsd, code] of [
      [null, 'no-price'],
      [{ ...feed, price: readOk(0n) }, 'no-price'],
      [{ ...feed, price: readFailed('reverted') }, 'protocol-changed'],
    ] as const) {
      const { totals } = valuePositions(observe({ balances }, { ethUsd }), [account], nothingManual);
      expect(totals.bookUsd).toMatchObject({ value: null, reason: { code } });
      expect(totals.bookEth.value).toBe(2n * WAD);
      expect(totals.unvaluedCount).toBe(0);
    }
  });
});

it('leaves out accounts that were not observed', () => {
  const observation = observe({ balances: [{ instrument: 'ETH', amount: readOk(1n) }] });
  const { positions } = valuePositions(observation, [makeAccount(2)], nothingManual);
  expect(positions).toEqual([]);
});

describe('any observation', () => {
  it('is counted once: the total is the sum of what was read', () => {
    fc.assert(
      fc.property(arbitraryObservation, (observation) => {
        const { positions, totals } = valuePositions(observation, arbitraryAccounts, nothingManual);
        const known = positions.map(({ bookEth }) => bookEth.value).filter((value) => value !== null);
        const sum = known.reduce((a, b) => a + b, 0n);
        expect(sum).toBe(addUp(observation));
        expect(totals.unvaluedCount).toBe(positions.length - known.length);
        if (known.length > 0 || positions.length === 0) expect(totals.bookEth.value).toBe(sum);
        else expect(totals.bookEth.value).toBeNull();
      }),
    );
  });

  it('keeps its total and its positions while blocks pass and withdrawals become completable', () => {
    fc.assert(
      fc.property(arbitraryObservation, fc.bigInt(0n, 200n), (observation, blocks) => {
        const { origin } = observation;
        const later = {
          ...observation,
          origin: { ...origin, block: { ...origin.block, number: origin.block.number + blocks } },
        };
        const before = valuePositions(observation, arbitraryAccounts, nothingManual);
        const after = valuePositions(later, arbitraryAccounts, nothingManual);
        expect(after.totals.bookEth.value).toBe(before.totals.bookEth.value);
        expect(after.positions).toHaveLength(before.positions.length);
      }),
    );
  });

  it('gives positions that pass their schema, have unique ids and known figures with sources', () => {
    fc.assert(
      fc.property(arbitraryObservation, (observation) => {
        const { positions } = valuePositions(observation, arbitraryAccounts, nothingManual);
        expect(new Set(positions.map(({ id }) => id)).size).toBe(positions.length);
        for (const position of positions) {
          positionSchema.parse(position);
          for (const figure of [position.amount, position.rate, position.bookEth]) {
            if (figure.value === null) expect(figure.reason).toBeDefined();
            else expect(sourcesOf(figure).length).toBeGreaterThan(0);
          }
        }
      }),
    );
  });
});

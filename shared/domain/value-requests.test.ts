import { describe, expect, it } from 'vitest';
import { buildLegs } from './build-legs.ts';
import { makeSnapshot } from './history/make-snapshot.ts';
import { indexSnapshot, listHoldings, stateOfHolding } from './history/value-holdings.ts';
import type { Observation, RequestList, WithdrawalRequest } from './observation.ts';
import {
  addressOf,
  BLOCK,
  makeAccount,
  makeObservation,
  readFailed,
  readOk,
} from './testing/arbitrary-observation.ts';
import { WAD } from './units.ts';
import { valuePositions } from './value-positions.ts';

const account = makeAccount(1, 'Treasury');
const rates = [{ instrument: 'ezETH', rate: readOk((WAD * 11n) / 10n) }];

function makeRequest(parts: Partial<WithdrawalRequest> = {}): WithdrawalRequest {
  return {
    id: 7n,
    stage: 'requested',
    given: readOk(10n * WAD),
    paidIn: { instrument: 'ETH', token: null },
    pays: readOk(10n * WAD),
    isFixed: false,
    paysToday: null,
    claimableFrom: { unit: 'block', at: readOk(BLOCK + 5n) },
    ...parts,
  };
}

function observe(list: Partial<RequestList>, rest: Partial<Observation> = {}): Observation {
  const requests = [{ instrument: 'ezETH', read: readOk(1n), requests: [], ...list }];
  return makeObservation({
    accounts: [{ address: account.address, balances: [], requests, eigenlayer: null }],
    rates,
    ...rest,
  });
}

function valueAll(observation: Observation) {
  return valuePositions(observation, [account], { manualEthUsd: null }).positions;
}

function valueOne(parts: Partial<WithdrawalRequest>, rest: Partial<Observation> = {}) {
  const [position, ...others] = valueAll(observe({ requests: [makeRequest(parts)] }, rest));
  expect(others).toEqual([]);
  return position!;
}

describe('a withdrawal request', () => {
  it('is worth what was promised, and less where what was given back is worth less today', () => {
    expect(valueOne({}).amount.value).toBe(10n * WAD);
    const struck = [{ instrument: 'ezETH', rate: readOk(WAD / 2n) }];
    const { amount, bookEth } = valueOne({}, { rates: struck });
    expect(amount.value).toBe(5n * WAD);
    expect(amount.basis).toMatchObject({ kind: 'computed', formula: 'request-pays' });
    expect(bookEth.value).toBe(5n * WAD);
    expect(valueOne({ isFixed: true }, { rates: struck }).amount.value).toBe(10n * WAD);
    expect(valueOne({ paysToday: readOk(4n * WAD) }).amount.value).toBe(4n * WAD);
  });

  it('is counted in the token it pays, whatever that is worth', () => {
    const paid = [...rates, { instrument: 'wstETH', rate: readOk((WAD * 12n) / 10n) }];
    const { amount, bookEth, instrument, id } = valueOne(
      { paidIn: { instrument: 'wstETH', token: null } },
      { rates: paid },
    );
    // 10 ezETH at 1.1 are 11 ETH, or 9.16 wstETH at 1.2.
    expect(amount.value).toBe((110n * WAD) / 12n);
    expect(amount.unit.symbol).toBe('wstETH');
    expect(bookEth.value).toBe((((110n * WAD) / 12n) * 12n) / 10n);
    expect(instrument).toMatchObject({ symbol: 'wstETH from Renzo', issuer: 'Renzo', family: 'lrt' });
    expect(id).toBe('account-1:request:ezETH:wstETH:requested:7');
  });

  it('is not known where any part is not: never zero', () => {
    for (const parts of [
      { pays: readFailed('reverted') },
      { given: readFailed('no-answer') },
      { paysToday: readFailed('malformed') },
      { paidIn: { instrument: null, token: addressOf(0x0dd) } },
    ]) {
      const { amount, bookEth } = valueOne(parts);
      expect(amount.value).toBeNull();
      expect(bookEth.value).toBeNull();
    }
    expect(valueOne({}, { rates: [] }).amount.reason?.code).toBe('no-rate');
    expect(valueOne({ pays: readFailed('reverted'), isFixed: true }).amount.value).toBeNull();
  });

  it('stands with the pool it was given back to until it is settled', () => {
    const backings = [
      {
        instrument: 'ezETH',
        restaked: [{ operator: addressOf(0xa1), strategy: addressOf(0x57e7), share: WAD / 4n }],
        unrestakedShare: WAD / 4n,
        hiddenShare: WAD / 2n,
      },
    ];
    const observation = observe({ requests: [makeRequest()] }, { backings });
    const [open] = valueAll(observation);
    expect(buildLegs(open!, observation).map(({ kind }) => kind)).toEqual(['pooled', 'free', 'hidden']);
    const settled = { ...open!, request: { ...open!.request!, isFixed: true } };
    expect(buildLegs(settled, observation)).toEqual([{ kind: 'free', bookWei: 10n * WAD }]);
  });
});

describe('a list of requests', () => {
  it('that could not be read is a position of unknown amount; one that is nowhere is none', () => {
    const [unread, ...others] = valueAll(observe({ read: readFailed('malformed') }));
    expect(others).toEqual([]);
    expect(unread).toMatchObject({
      state: 'requested',
      amount: { value: null, reason: { code: 'protocol-changed' } },
    });
    expect(unread?.request).toBeUndefined();
    expect(valueAll(observe({ read: readFailed('not-configured') }))).toEqual([]);
    expect(valueAll(observe({ read: readFailed('no-contract') }))).toEqual([]);
  });

  it('is absent in an observation of before: nothing is made up', () => {
    const accounts = [{ address: account.address, balances: [], eigenlayer: null }];
    expect(valueAll(makeObservation({ accounts }))).toEqual([]);
  });

  it('in the history a request that is gone is none where the list was read, else not known', () => {
    const keep = (observation: Observation) =>
      makeSnapshot(observation, {
        accounts: [account],
        manualEthUsd: null,
        btcUsd: () => null,
        market: () => null,
      });
    const before = keep(observe({ requests: [makeRequest()] }));
    const [holding] = listHoldings([before]);
    expect(holding).toMatchObject({ instrument: 'request:ezETH:ETH', stage: 'leaving' });
    expect(stateOfHolding(holding!, indexSnapshot(before))).toMatchObject({
      isKnown: true,
      amount: 10n * WAD,
    });
    const after = keep(observe({ read: readOk(0n) }));
    expect(stateOfHolding(holding!, indexSnapshot(after))).toMatchObject({ isKnown: true, amount: 0n });
    const unread = keep(observe({ read: readFailed('no-answer') }));
    expect(stateOfHolding(holding!, indexSnapshot(unread))).toEqual({ isKnown: false, why: 'not-read' });
  });
});

import { describe, expect, it } from 'vitest';
import { figuresOfFacts, listEigenlayerFacts } from './eigenlayer-facts.ts';
import { toEvmAddress } from './address.ts';
import type { Account } from './account.ts';
import type { AccountObservation, Observation, Reading } from './observation.ts';
import { WAD } from './units.ts';

const address = toEvmAddress('0x00000000000000000000000000000000000a11ce');
const podAddress = toEvmAddress('0x0000000000000000000000000000000000000b0d');
const account: Account = {
  id: 'a',
  portfolioId: 'p',
  kind: 'evm',
  address,
  label: 'Cold storage',
  ensName: null,
  createdAt: 0,
};

type Eigenlayer = NonNullable<AccountObservation['eigenlayer']>;

const call = { contract: 'made up', address, call: 'view()' };
const ok = (value: bigint): Reading => ({ ok: true, value, ...call });
const failed: Reading = { ok: false, code: 'reverted', detail: 'reverted', ...call };
const nobody = { ok: true, value: null, ...call } as const;

function observe(change: Partial<Eigenlayer>): Observation {
  return {
    schema: 'ballast-observation/1',
    origin: { kind: 'sample', note: '', block: { number: 1n, hash: '0x', time: 0 }, blockSeconds: 12 },
    readAt: 0,
    rates: [],
    ethUsd: null,
    accounts: [
      {
        address,
        balances: [],
        eigenlayer: {
          delegatedTo: nobody,
          depositsRead: ok(0n),
          deposits: [],
          queuedRead: ok(0n),
          queued: [],
          ...change,
        },
      },
    ],
    strategies: [],
    operators: [],
    services: [],
    backings: [],
    extraInstruments: [],
    extraDependencies: [],
    notices: [],
  };
}

const noPod = { owner: nobody, depositShares: ok(0n), activeValidators: null, uncheckpointed: null };
const factsOf = (change: Partial<Eigenlayer>) => listEigenlayerFacts(observe(change), [account])[0];

describe('what EigenLayer says of an account', () => {
  it('is nothing of one that never had to do with it', () => {
    expect(factsOf({})).toBeUndefined();
    expect(factsOf({ pod: noPod, rewards: { claimer: nobody, claimed: [] } })).toBeUndefined();
    expect(
      factsOf({
        pod: noPod,
        rewards: { claimer: nobody, claimed: [{ instrument: 'EIGEN', amount: ok(0n) }] },
      }),
    ).toBeUndefined();
  });

  it('is a deficit below zero, as it is', () => {
    const facts = factsOf({
      pod: {
        owner: { ok: true, value: podAddress, ...call },
        depositShares: ok(-3n * WAD),
        activeValidators: ok(2n),
        uncheckpointed: ok(WAD),
      },
    });
    expect(facts?.pod?.address).toBe(podAddress);
    expect(facts?.pod?.depositShares.value).toBe(-3n * WAD);
    expect(facts?.pod?.activeValidators?.value).toBe(2n);
    expect(figuresOfFacts(facts ? [facts] : []).length).toBe(3);
  });

  it('is unknown, not nothing, where a pod could not be read', () => {
    const facts = factsOf({
      pod: {
        owner: { ok: false, code: 'reverted', detail: 'reverted', ...call },
        depositShares: failed,
        activeValidators: null,
        uncheckpointed: null,
      },
    });
    expect(facts?.pod).toMatchObject({
      address: null,
      depositShares: { value: null, reason: { code: 'protocol-changed' } },
    });
  });

  it('never says of a restaker that nothing can be claimed', () => {
    const facts = factsOf({
      depositsRead: ok(1n),
      rewards: { claimer: nobody, claimed: [{ instrument: 'EIGEN', amount: ok(0n) }] },
    });
    expect(facts?.rewards?.claimed).toEqual([]);
    expect(facts?.rewards?.claimable).toMatchObject({ value: null, reason: { code: 'not-visible' } });
  });

  it('names what was claimed, and what could not be read of it', () => {
    const claimed = [
      { instrument: 'EIGEN', amount: ok(5n * WAD) },
      { instrument: 'stETH', amount: ok(0n) },
      { instrument: 'wstETH', amount: failed },
    ];
    const facts = factsOf({ rewards: { claimer: nobody, claimed } });
    expect(facts?.rewards?.claimed.map(({ unit, value }) => [unit.symbol, value])).toEqual([
      ['EIGEN', 5n * WAD],
      ['wstETH', null],
    ]);
  });
});

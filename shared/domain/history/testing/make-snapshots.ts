/** Made-up snapshots for tests: written by hand, or any that a reading could give. */
import fc from 'fast-check';
import { WAD } from '../../units.ts';
import { READ_DEPOSITS, READ_QUEUE, type Snapshot, type SnapshotPosition } from '../snapshot.ts';

const DAY = 86_400_000;
/** 1 January 2026. */
const START = Date.UTC(2026, 0, 1);

export function dayOf(day: number): number {
  return START + day * DAY;
}

export const VAULT = '0x0000000000000000000000000000000000000001';
export const SPARE = '0x0000000000000000000000000000000000000002';
const TOKENS = ['ETH', 'stETH', 'wstETH', 'weETH'] as const;
const ALL_READ = [...TOKENS, READ_DEPOSITS, READ_QUEUE];

export function makePosition(instrument: string, changes: Partial<SnapshotPosition> = {}): SnapshotPosition {
  return {
    address: VAULT,
    instrument,
    symbol: instrument,
    decimals: 18,
    protocol: instrument === 'ETH' ? null : 'Lido',
    state: 'held',
    amount: 10n * WAD,
    rate: WAD,
    market: null,
    shares: null,
    why: null,
    ...changes,
  };
}

export function makeSnapshotOf(
  day: number,
  positions: readonly SnapshotPosition[],
  changes: Partial<Snapshot> = {},
): Snapshot {
  return {
    schema: 'ballast-snapshot/1',
    at: dayOf(day),
    readAt: dayOf(day),
    block: 1000n + BigInt(day),
    origin: { kind: 'refresh', network: 'Ethereum', endpoint: 'node.made-up.test' },
    ethUsd: 3000n * 10n ** 8n,
    btcUsd: 60_000n * 10n ** 8n,
    whyNoPrice: null,
    accounts: [{ address: VAULT, name: 'Vault', read: ALL_READ }],
    positions: [...positions],
    ...changes,
  };
}

const amounts = fc.bigInt({ min: 0n, max: 10_000n * WAD });
const rates = fc.bigInt({ min: WAD / 2n, max: 2n * WAD });
const prices = fc.bigInt({ min: 1n, max: 200_000n * 10n ** 8n });

const heldPositions = fc
  .record({
    instrument: fc.constantFrom(...TOKENS),
    amount: fc.option(amounts, { freq: 8 }),
    rate: fc.option(rates, { freq: 8 }),
    market: fc.option(rates),
  })
  .map(({ instrument, amount, rate, market }): SnapshotPosition => {
    const isOne = instrument === 'ETH' || instrument === 'stETH';
    const known = isOne ? WAD : rate;
    const why = amount === null ? 'call-failed' : known === null ? 'no-rate' : null;
    return makePosition(instrument, { amount, rate: known, market, why });
  });

const restakedPositions = fc
  .record({
    token: fc.constantFrom('ETH', 'stETH', 'wstETH'),
    state: fc.constantFrom('delegated', 'restaked', 'deposited', 'queued', 'completable'),
    amount: amounts,
    rate: rates,
    shares: fc.option(fc.record({ deposit: amounts, withdrawable: amounts })),
  })
  .map(({ token, state, amount, rate, shares }): SnapshotPosition => {
    const symbol = `${token} in EigenLayer`;
    return makePosition(`eigenlayer:${token}`, {
      symbol,
      protocol: 'EigenLayer',
      state,
      amount,
      rate,
      shares,
    });
  });

/** One for each time, some with accounts or prices missing. */
export const anySnapshots = fc
  .uniqueArray(
    fc.record({
      day: fc.nat(400),
      held: fc.uniqueArray(heldPositions, { maxLength: 4, selector: ({ instrument }) => instrument }),
      restaked: fc.uniqueArray(restakedPositions, {
        maxLength: 4,
        selector: ({ instrument, state }) => `${instrument}:${state.replace(/^(de|re).*/u, '$1')}`,
      }),
      ethUsd: fc.option(prices, { freq: 8 }),
      btcUsd: fc.option(prices, { freq: 8 }),
      read: fc.subarray(ALL_READ),
      name: fc.constantFrom('Vault', '=1+1', '“Family”; office', "'quoted", 'a,b', '-5', ''),
      hasSpare: fc.boolean(),
    }),
    { minLength: 1, maxLength: 12, selector: ({ day }) => day },
  )
  .map((drafts) =>
    drafts
      .toSorted((a, b) => a.day - b.day)
      .map(({ day, held, restaked, ethUsd, btcUsd, read, name, hasSpare }) => {
        // Of one holding an account has one position, whatever its state is called.
        const stages = Map.groupBy(restaked, ({ instrument, state }) =>
          state === 'queued' || state === 'completable' ? `${instrument}:${state}` : instrument,
        );
        const single = [...stages.values()].flatMap(([first]) => first ?? []);
        const spare = { address: SPARE, name: 'Spare', read: [] };
        return makeSnapshotOf(day, [...held, ...single], {
          ethUsd,
          btcUsd,
          whyNoPrice: ethUsd === null ? 'stale-price' : null,
          accounts: [{ address: VAULT, name, read: [...read] }, ...(hasSpare ? [spare] : [])],
        });
      }),
  );

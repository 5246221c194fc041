/** Random observations for property tests: every state, some calls failed, and books that hang together. */
import fc from 'fast-check';
import type { EvmAccount } from '../account.ts';
import { BEACON_CHAIN_STRATEGY, toEvmAddress, type EvmAddress } from '../address.ts';
import { INSTRUMENTS } from '../instrument.ts';
import {
  REQUEST_STAGES,
  type AccountObservation,
  type FailureCode,
  type Observation,
  type Operator,
  type Reading,
  type TokenBacking,
} from '../observation.ts';
import { WAD } from '../units.ts';

export function addressOf(number: number): EvmAddress {
  return toEvmAddress(`0x${number.toString(16).padStart(40, '0')}`);
}

export const STETH_STRATEGY = addressOf(0x57e7);
export const UNKNOWN_STRATEGY = addressOf(0x0dd);
const STRATEGIES = [STETH_STRATEGY, BEACON_CHAIN_STRATEGY, UNKNOWN_STRATEGY];
const OPERATORS = [addressOf(0xa1), addressOf(0xa2), addressOf(0xa3)];
const SERVICES = [1, 2, 3, 4].map((number) => ({ avs: addressOf(0xb0 + number), operatorSet: number }));

export const BLOCK = 1_000_000n;
export const BLOCK_TIME = 1_800_000_000;

/** A reading that gave `value`. */
export function readOk(value: bigint): Extract<Reading, { ok: true }> {
  return { ok: true, value, contract: 'Stand-in', address: addressOf(0xcc), call: 'view()' };
}

export function readFailed(code: FailureCode): Extract<Reading, { ok: false }> {
  return {
    ok: false,
    code,
    detail: 'execution reverted',
    contract: 'Stand-in',
    address: addressOf(0xcc),
    call: 'view()',
  };
}

export function makeAccount(number: number, label = `Account ${number}`): EvmAccount {
  return {
    id: `account-${number}`,
    portfolioId: 'p',
    kind: 'evm',
    address: addressOf(0xace00 + number),
    label,
    ensName: null,
    createdAt: 0,
  };
}

/** An observation in which nothing is held. */
export function makeObservation(parts: Partial<Observation> = {}): Observation {
  return {
    schema: 'ballast-observation/1',
    origin: {
      kind: 'chain',
      chainId: 1,
      network: 'Test',
      endpoint: 'localhost:8545',
      block: { number: BLOCK, hash: '0x01', time: BLOCK_TIME },
      blockSeconds: 12,
    },
    readAt: BLOCK_TIME * 1000,
    rates: [],
    ethUsd: null,
    accounts: [],
    strategies: [
      { address: STETH_STRATEGY, instrument: 'stETH', underlyingToken: null, name: 'stETH strategy' },
      { address: BEACON_CHAIN_STRATEGY, instrument: 'ETH', underlyingToken: null, name: 'Native ETH' },
      { address: UNKNOWN_STRATEGY, instrument: null, underlyingToken: null, name: 'ODD', decimals: 6 },
    ],
    vaults: VAULTS,
    operators: [],
    services: [],
    backings: [],
    extraInstruments: [],
    extraDependencies: [],
    notices: [],
    ...parts,
  };
}

const amount = fc.oneof(
  { weight: 1, arbitrary: fc.constant(0n) },
  { weight: 4, arbitrary: fc.bigInt(1n, 10n ** 24n) },
);

const failedReading = fc
  .constantFrom('reverted' as const, 'malformed' as const, 'no-answer' as const)
  .map(readFailed);

function readingOf(value: fc.Arbitrary<bigint>): fc.Arbitrary<Reading> {
  return fc.oneof({ weight: 9, arbitrary: value.map(readOk) }, { weight: 1, arbitrary: failedReading });
}

const factor = readingOf(fc.bigInt(0n, WAD));

const deposits = fc.uniqueArray(
  fc.record({
    strategy: fc.constantFrom(...STRATEGIES),
    depositShares: readingOf(amount),
    withdrawableShares: readingOf(amount),
    depositScalingFactor: readingOf(fc.bigInt(1n, 2n * WAD)),
    beaconFactor: fc.option(factor),
    underlying: readingOf(amount),
  }),
  { selector: ({ strategy }) => strategy, maxLength: 3 },
);

const queued = fc.uniqueArray(
  fc.record({
    nonce: fc.bigInt(0n, 50n),
    startBlock: fc.constant(BLOCK - 1000n),
    completableBlock: readingOf(fc.bigInt(BLOCK - 100n, BLOCK + 100n)),
    delegatedTo: fc.option(fc.constantFrom(...OPERATORS)),
    entries: fc.array(
      fc.record({
        strategy: fc.constantFrom(...STRATEGIES),
        scaledShares: readingOf(amount),
        shares: readingOf(amount),
        beaconFactor: fc.option(factor),
        underlying: readingOf(amount),
      }),
      { maxLength: 3 },
    ),
  }),
  { selector: ({ nonce }) => nonce.toString(), maxLength: 3 },
);

const delegation = fc.oneof(
  fc.option(fc.constantFrom(...OPERATORS)).map((value) => ({ ...readOk(0n), value })),
  failedReading,
);

const requestList = fc.constantFrom('stETH', 'ezETH', 'rsETH').chain((instrument) =>
  fc.record({
    instrument: fc.constant(instrument),
    read: readingOf(fc.constant(1n)),
    requests: fc.uniqueArray(
      fc.record({
        id: fc.bigInt(0n, 50n),
        stage: fc.constantFrom(...REQUEST_STAGES),
        given: readingOf(amount),
        paidIn: fc.constantFrom(
          { instrument: 'ETH', token: null },
          { instrument: 'stETH', token: null },
          { instrument: null, token: addressOf(0x0dd) },
        ),
        pays: readingOf(amount),
        isFixed: fc.boolean(),
        paysToday: fc.option(readingOf(amount)),
        claimableFrom: fc.option(
          fc.record({
            unit: fc.constantFrom('block' as const, 'second' as const),
            at: readingOf(fc.bigInt(BLOCK - 100n, BLOCK + 100n)),
          }),
        ),
      }),
      { selector: ({ id }) => id.toString(), maxLength: 3 },
    ),
  }),
);

const VAULTS: NonNullable<Observation['vaults']> = [
  { address: addressOf(0x7a1), protocol: 'karak', instrument: 'rsETH', token: null, name: 'rsETH' },
  { address: addressOf(0x7a2), protocol: 'karak', instrument: null, token: null, name: 'ODD', decimals: 6 },
];

/** The vault that nothing is known of is never read. */
const vaultOf = fc.constantFrom(...VAULTS.map(({ address }) => address), addressOf(0x7a9));

const vaultList = fc.record({
  protocol: fc.constant('karak' as const),
  stakesRead: readingOf(fc.constant(1n)),
  stakes: fc.uniqueArray(fc.record({ vault: vaultOf, amount: readingOf(amount) }), {
    selector: ({ vault }) => vault,
    maxLength: 3,
  }),
  queuedRead: readingOf(fc.constant(1n)),
  queued: fc.array(
    fc.record({
      vault: vaultOf,
      id: fc.bigInt(0n, 50n),
      amount: readingOf(amount),
      claimableFrom: readingOf(fc.bigInt(BigInt(BLOCK_TIME) - 100n, BigInt(BLOCK_TIME) + 100n)),
    }),
    { maxLength: 3 },
  ),
});

function accountObservation(address: EvmAddress): fc.Arbitrary<AccountObservation> {
  return fc.record({
    address: fc.constant(address),
    balances: fc
      .tuple(...INSTRUMENTS.map(() => readingOf(amount)))
      .map((readings) =>
        INSTRUMENTS.map(({ id }, index) => ({ instrument: id, amount: readings[index] ?? readOk(0n) })),
      ),
    requests: fc.uniqueArray(requestList, { selector: ({ instrument }) => instrument, maxLength: 3 }),
    vaults: fc.array(vaultList, { maxLength: 1 }),
    eigenlayer: fc.option(
      fc.record({
        delegatedTo: delegation,
        depositsRead: readingOf(fc.constant(0n)),
        deposits,
        queuedRead: readingOf(fc.constant(0n)),
        queued,
      }),
    ),
  });
}

/** Parts of one in whole WAD: `count` numbers that sum to `whole`. */
function partsOf(whole: bigint, count: number): fc.Arbitrary<bigint[]> {
  return fc.array(fc.bigInt(0n, whole), { minLength: count - 1, maxLength: count - 1 }).map((cuts) => {
    const edges = [0n, ...cuts.toSorted((a, b) => (a < b ? -1 : 1)), whole];
    return edges.slice(1).map((edge, index) => edge - (edges[index] ?? 0n));
  });
}

function operatorStrategy(strategy: EvmAddress): fc.Arbitrary<Operator['strategies'][number]> {
  return fc.bigInt(0n, WAD).chain((maxMagnitude) =>
    fc.record({
      strategy: fc.constant(strategy),
      maxMagnitude: readingOf(fc.constant(maxMagnitude)),
      encumberedMagnitude: readingOf(fc.constant(maxMagnitude)),
      operatorShares: readingOf(amount),
      allocationsRead: readingOf(fc.constant(4n)),
      allocations: fc
        .tuple(
          partsOf(maxMagnitude, SERVICES.length + 1),
          fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
        )
        .map(([parts, slashable]) =>
          SERVICES.map(({ avs, operatorSet }, index) => ({
            serviceId: `${avs}:${operatorSet}`,
            currentMagnitude: parts[index] ?? 0n,
            pendingDiff: 0n,
            effectBlock: 0n,
            isSlashable: slashable[index] ?? null,
          })),
        ),
    }),
  );
}

const operators = fc.tuple(
  ...OPERATORS.map((address) =>
    fc.record({
      address: fc.constant(address),
      name: fc.option(fc.constant(`Operator ${address.slice(-2)}`)),
      // The last strategy is never read: legs there meet an operator of unknown magnitude.
      strategies: fc.tuple(operatorStrategy(STETH_STRATEGY), operatorStrategy(BEACON_CHAIN_STRATEGY)),
    }),
  ),
);

function backing(instrument: string): fc.Arbitrary<TokenBacking> {
  return fc
    .array(fc.tuple(fc.constantFrom(...OPERATORS), fc.constantFrom(...STRATEGIES)), { maxLength: 4 })
    .chain((places) =>
      partsOf(WAD, places.length + 2).map((parts) => ({
        instrument,
        restaked: places.map(([operator, strategy], index) => ({
          operator,
          strategy,
          share: parts[index] ?? 0n,
        })),
        unrestakedShare: parts.at(-2) ?? 0n,
        hiddenShare: parts.at(-1) ?? 0n,
      })),
    );
}

export const arbitraryAccounts: readonly EvmAccount[] = [1, 2, 3].map((number) => makeAccount(number));

export const arbitraryObservation: fc.Arbitrary<Observation> = fc
  .record({
    rates: fc
      .tuple(
        ...['wstETH', 'weETH', 'ezETH', 'pufETH', 'rsETH'].map(() =>
          readingOf(fc.bigInt(WAD / 2n, 2n * WAD)),
        ),
      )
      .map((readings) =>
        ['wstETH', 'weETH', 'ezETH', 'pufETH', 'rsETH'].map((instrument, index) => ({
          instrument,
          rate: readings[index] ?? readFailed('no-answer'),
        })),
      ),
    accounts: fc.tuple(...arbitraryAccounts.map(({ address }) => accountObservation(address))),
    operators,
    services: fc.constant(
      SERVICES.slice(0, 3).map(({ avs, operatorSet }) => ({
        id: `${avs}:${operatorSet}`,
        avs,
        operatorSet,
        name: `Service ${operatorSet}`,
        isRedistributing: false,
      })),
    ),
    backings: fc.tuple(backing('weETH'), backing('ezETH'), backing('pufETH')),
  })
  .map((parts) => makeObservation(parts));

/** Exposures and scenarios for property tests: everything the engine accepts, up to 1e30 wei, down to one. */
import fc from 'fast-check';
import { BEACON_CHAIN_STRATEGY } from '../../../shared/domain/address.ts';
import type { Cover } from '../../../shared/domain/cover.ts';
import type { Exposure, ExposureOperator, Leg } from '../../../shared/domain/exposure.ts';
import type { Allocation } from '../../../shared/domain/observation.ts';
import type { Scenario, ScenarioEvent } from '../../../shared/domain/scenario.ts';
import { WAD } from '../../../shared/domain/units.ts';
import { computeSlashingFactor, payScaledShares } from '../protocols/eigenlayer/shares.ts';
import {
  addressOf,
  BLOCK,
  makeExposure,
  makePosition,
  makeServices,
  plainLeg,
  shares,
  wad,
  wei,
} from './make-exposure.ts';

export const OPERATORS = [addressOf(0x0a), addressOf(0x0b)];
const STRATEGIES = [addressOf(0x5a), BEACON_CHAIN_STRATEGY];
export const SERVICES = ['s1', 's2', 's3'];
const DEPENDENCIES = ['contract:a', 'contract:b', 'client:c'];
/** Of Babylon; x-only keys. */
const PROVIDERS = ['ab'.repeat(32), 'cd'.repeat(32)];
const INSTRUMENTS = ['stETH', 'wstETH', 'rsETH'];

const MOST = 10n ** 30n;
const amount = fc.oneof(
  fc.bigInt({ min: 0n, max: 10n }),
  fc.bigInt({ min: 0n, max: 10n ** 21n }),
  fc.bigInt({ min: 0n, max: MOST }),
);
const share = fc.oneof(
  fc.constantFrom(1n, WAD / 10n, WAD / 2n, WAD - 1n, WAD),
  fc.bigInt({ min: 1n, max: WAD }),
);

/** Parts of `whole` in the given proportions, never more than it. */
function divide(whole: bigint, weights: readonly bigint[]): bigint[] {
  const total = weights.reduce((sum, weight) => sum + weight, 1n);
  return weights.map((weight) => (whole * weight) / total);
}

const allocationsOf = (max: bigint): fc.Arbitrary<Allocation[]> =>
  fc
    .tuple(
      ...SERVICES.map(() =>
        fc.record({
          weight: fc.bigInt({ min: 0n, max: 10n }),
          pending: fc.constantFrom('none', 'due', 'later'),
          isSlashable: fc.constantFrom(true, true, true, null, false),
        }),
      ),
    )
    .map((choices) => {
      const parts = divide(
        max,
        choices.map(({ weight }) => weight),
      );
      return choices.map(({ pending, isSlashable }, index) => ({
        serviceId: SERVICES[index]!,
        currentMagnitude: parts[index]!,
        pendingDiff: pending === 'none' ? 0n : -(parts[index]! / 3n),
        effectBlock: pending === 'later' ? BLOCK + 1n : pending === 'due' ? BLOCK : 0n,
        isSlashable,
      }));
    });

const maxMagnitude = fc.oneof(fc.constant(WAD), fc.bigInt({ min: 1n, max: WAD }));

const strategyState = (index: number): fc.Arbitrary<ExposureOperator['strategies'][number]> =>
  maxMagnitude.chain((max) =>
    allocationsOf(max).map((allocations) => ({
      strategy: STRATEGIES[index]!,
      maxMagnitude: wad(max),
      encumberedMagnitude: wad(max),
      allocations,
    })),
  );

const operator = (index: number): fc.Arbitrary<ExposureOperator> =>
  fc.tuple(strategyState(0), strategyState(1)).map((strategies) => ({
    address: OPERATORS[index]!,
    name: `Operator ${index}`,
    isNamed: true,
    mode: 'unique',
    strategies,
    unreadStrategies: [],
  }));

/** The same in any mode, perhaps with a strategy that could not be read. Shared limits may be above the collateral. */
const anyOperator = (index: number): fc.Arbitrary<ExposureOperator> =>
  fc
    .tuple(
      operator(index),
      fc.constantFrom('unique', 'shared', 'elastic'),
      fc.boolean(),
      fc.boolean(),
      fc.array(share, { minLength: 6, maxLength: 6 }),
    )
    .map(([unique, mode, earmarksAtRequest, isUnread, limits]): ExposureOperator => {
      const strategies = unique.strategies.map((state, place) => ({
        ...state,
        allocations: state.allocations.map((allocation, at) => {
          const limit = limits[place * SERVICES.length + at]!;
          const shared = mode === 'elastic' ? (limit * state.maxMagnitude) / WAD : limit;
          return mode === 'unique'
            ? allocation
            : { ...allocation, currentMagnitude: shared, pendingDiff: 0n };
        }),
      }));
      const [first, second] = strategies;
      return {
        ...unique,
        mode,
        earmarksAtRequest,
        strategies: isUnread ? [first!] : [first!, second!],
        unreadStrategies: isUnread ? [second!.strategy] : [],
      };
    });

const providerLeg = fc
  .tuple(fc.constantFrom(...PROVIDERS), amount, fc.option(amount, { nil: null }), amount)
  .map(([provider, bookWei, lossSat, ofSat]): Leg => ({
    kind: 'provider',
    bookWei: wei(bookWei),
    provider,
    name: null,
    slash: lossSat === null ? null : { lossSat, ofSat: ofSat + 1n },
  }));

function legOf(operators: readonly ExposureOperator[]): fc.Arbitrary<Leg> {
  const place = fc.record({ operator: fc.constantFrom(0, 1), strategy: fc.constantFrom(0, 1) });
  const pooled = fc.tuple(place, amount).map(([at, bookWei]): Leg => ({
    kind: 'pooled',
    bookWei: wei(bookWei),
    operator: OPERATORS[at.operator]!,
    strategy: STRATEGIES[at.strategy]!,
  }));
  const own = fc
    .tuple(place, amount, amount, fc.option(share, { nil: null }))
    .map(([at, bookWei, scaledShares, beacon]): Leg => {
      const beaconFactor = beacon === null ? null : wad(beacon);
      const state = operators[at.operator]!.strategies[at.strategy];
      const held = payScaledShares(
        shares(scaledShares),
        computeSlashingFactor(state?.maxMagnitude ?? WAD, beaconFactor),
      );
      return {
        kind: 'shares',
        // Shares that round to nothing are worth nothing.
        bookWei: wei(held === 0n ? 0n : bookWei),
        operator: OPERATORS[at.operator]!,
        strategy: STRATEGIES[at.strategy]!,
        scaledShares: shares(scaledShares),
        beaconFactor,
      };
    });
  const plain = fc
    .tuple(fc.constantFrom('free', 'hidden'), amount)
    .map(([kind, value]) => plainLeg(kind, value));
  return fc.oneof(pooled, own, plain, providerLeg);
}

function exposureOf(pair: fc.Arbitrary<[ExposureOperator, ExposureOperator]>): fc.Arbitrary<Exposure> {
  return pair.chain((operators) =>
    fc
      .array(
        fc.tuple(
          fc.array(legOf(operators), { maxLength: 4 }),
          fc.subarray(DEPENDENCIES),
          fc.nat({ max: 9 }),
          fc.constantFrom(...INSTRUMENTS),
        ),
        { maxLength: 5 },
      )
      .map((positions) =>
        makeExposure({
          operators: [...operators],
          services: makeServices(...SERVICES),
          dependencies: DEPENDENCIES.map((id) => ({ id, kind: 'contract', name: id })),
          positions: positions.map(([legs, dependsOn, luck, instrumentId], index) =>
            luck === 0
              ? makePosition(`p${index}`, [], { dependsOn, instrumentId, bookWei: null })
              : makePosition(`p${index}`, legs, { dependsOn, instrumentId }),
          ),
        }),
      ),
  );
}

/** EigenLayer as it is: unique allocations, all of them read. */
export const exposureArbitrary = exposureOf(fc.tuple(operator(0), operator(1)));

/** Everything the engine accepts. */
export const anyExposureArbitrary = exposureOf(fc.tuple(anyOperator(0), anyOperator(1)));

export const slashEventArbitrary: fc.Arbitrary<ScenarioEvent> = fc.record({
  kind: fc.constant('operator-slash'),
  operator: fc.constantFrom(...OPERATORS),
  service: fc.constantFrom('all', ...SERVICES),
  wad: share.map(wad),
});

export const failureEventArbitrary: fc.Arbitrary<ScenarioEvent> = fc.record({
  kind: fc.constant('contract-failure'),
  dependency: fc.constantFrom(...DEPENDENCIES),
  loss: share.map(wad),
});

const instruments = fc.subarray(INSTRUMENTS, { minLength: 1 });

/** What takes nothing by itself: the price of a token, or its redemption. */
export const asideEventArbitrary: fc.Arbitrary<ScenarioEvent> = fc.oneof(
  fc.record({ kind: fc.constant('depeg' as const), instruments, discount: share.map(wad) }),
  fc.record({
    kind: fc.constant('queue-closed' as const),
    instruments,
    days: fc.option(fc.integer({ min: 1, max: 3650 }), { nil: null }),
  }),
);

export const eventArbitrary: fc.Arbitrary<ScenarioEvent> = fc.oneof(
  slashEventArbitrary,
  failureEventArbitrary,
  asideEventArbitrary,
  fc.record({
    kind: fc.constant('operator-slash' as const),
    operator: fc.constantFrom(...OPERATORS),
    service: fc.subarray(SERVICES, { minLength: 1 }),
    wad: share.map(wad),
  }),
  fc.record({
    kind: fc.constant('service-compromised' as const),
    service: fc.constantFrom(...SERVICES),
    wad: share.map(wad),
  }),
  fc.record({
    kind: fc.constant('client-bug' as const),
    client: fc.constantFrom('client:c', null),
    operators: fc.oneof(fc.constant('all' as const), fc.subarray(OPERATORS, { minLength: 1 })),
    loss: share.map(wad),
  }),
  fc.record({ kind: fc.constant('unbacked-supply' as const), instruments, share: share.map(wad) }),
);

export const coverArbitrary: fc.Arbitrary<Cover> = fc.record({
  name: fc.constant('Cover'),
  positionIds: fc.subarray(['p0', 'p1', 'p2', 'p3', 'p4', 'none'], { minLength: 1 }),
  instruments: fc.subarray(INSTRUMENTS),
  capWei: amount.map(wei),
  deductibleWei: fc.oneof(fc.constant(0n), amount).map(wei),
  pooledWei: fc.option(amount.map(wei), { nil: null }),
  hangsOn: fc.option(
    fc.oneof(
      fc.record({
        kind: fc.constant('operator' as const),
        operator: fc.constantFrom(...OPERATORS),
        strategy: fc.option(fc.constantFrom(...STRATEGIES), { nil: null }),
      }),
      fc.record({ kind: fc.constant('dependency' as const), dependency: fc.constantFrom(...DEPENDENCIES) }),
    ),
    { nil: null },
  ),
});

export const scenarioArbitrary: fc.Arbitrary<Scenario> = fc
  .array(fc.oneof(slashEventArbitrary, failureEventArbitrary), { minLength: 1, maxLength: 6 })
  .map((events) => ({ preset: 'custom', events }));

/** Every kind of event, and covers. */
export const anyScenarioArbitrary: fc.Arbitrary<Scenario> = fc.record({
  preset: fc.constant('custom'),
  events: fc.array(eventArbitrary, { minLength: 1, maxLength: 6 }),
  covers: fc.array(coverArbitrary, { maxLength: 3 }),
});

/** Exposures and scenarios for property tests: everything the engine accepts, up to 1e30 wei, down to one. */
import fc from 'fast-check';
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
const STRATEGIES = [addressOf(0x5a), addressOf(0x5b)];
export const SERVICES = ['s1', 's2', 's3'];
const DEPENDENCIES = ['contract:a', 'contract:b', 'oracle:c'];

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
      const state = operators[at.operator]!.strategies[at.strategy]!;
      const held = payScaledShares(
        shares(scaledShares),
        computeSlashingFactor(state.maxMagnitude, beaconFactor),
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
  return fc.oneof(pooled, own, plain);
}

export const exposureArbitrary: fc.Arbitrary<Exposure> = fc
  .tuple(operator(0), operator(1))
  .chain((operators) =>
    fc
      .array(
        fc.tuple(fc.array(legOf(operators), { maxLength: 4 }), fc.subarray(DEPENDENCIES), fc.nat({ max: 9 })),
        {
          maxLength: 5,
        },
      )
      .map((positions) =>
        makeExposure({
          operators: [...operators],
          services: makeServices(...SERVICES),
          dependencies: DEPENDENCIES.map((id) => ({ id, kind: 'contract', name: id })),
          positions: positions.map(([legs, dependsOn, luck], index) =>
            luck === 0
              ? makePosition(`p${index}`, [], { dependsOn, bookWei: null })
              : makePosition(`p${index}`, legs, { dependsOn }),
          ),
        }),
      ),
  );

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

export const scenarioArbitrary: fc.Arbitrary<Scenario> = fc
  .array(fc.oneof(slashEventArbitrary, failureEventArbitrary), { minLength: 1, maxLength: 6 })
  .map((events) => ({ preset: 'custom', events }));

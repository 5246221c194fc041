import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EvmAddress } from '../../../shared/domain/address.ts';
import type { Exposure } from '../../../shared/domain/exposure.ts';
import type { ScenarioEvent } from '../../../shared/domain/scenario.ts';
import { mulDivCeil, sumOf, WAD } from '../../../shared/domain/units.ts';
import { runScenario } from './run-scenario.ts';
import {
  makeAllocation,
  makeExposure,
  makeOperator,
  makePosition,
  makeScenario,
  makeServices,
  pooledLeg,
  slash,
  wad,
} from '../testing/make-exposure.ts';
import {
  exposureArbitrary,
  failureEventArbitrary,
  OPERATORS,
  scenarioArbitrary,
  SERVICES,
  slashEventArbitrary,
} from '../testing/random-exposure.ts';

const RUNS = { numRuns: 300 };

function lossesOf(exposure: Exposure, events: readonly ScenarioEvent[]): bigint[] {
  return runScenario(exposure, makeScenario(...events)).positions.map(({ lossWei }) => lossWei);
}

describe('runScenario, for any portfolio', () => {
  it('gives each position reasons that sum to its loss exactly', () => {
    fc.assert(
      fc.property(exposureArbitrary, scenarioArbitrary, (exposure, scenario) => {
        for (const position of runScenario(exposure, scenario).positions) {
          expect(sumOf(position.reasons.map(({ lossWei }) => lossWei))).toBe(position.lossWei);
          expect(position.beforeWei - position.afterWei).toBe(position.lossWei);
          for (const { lossWei } of position.reasons) expect(lossWei >= 0n).toBe(true);
        }
      }),
      RUNS,
    );
  });

  it('totals the positions, and the events total the same loss', () => {
    fc.assert(
      fc.property(exposureArbitrary, scenarioArbitrary, (exposure, scenario) => {
        const result = runScenario(exposure, scenario);
        expect(result.totalBeforeWei).toBe(sumOf(exposure.positions.map(({ bookWei }) => bookWei ?? 0n)));
        expect(result.totalAfterWei).toBe(sumOf(result.positions.map(({ afterWei }) => afterWei)));
        expect(result.totalLossWei).toBe(sumOf(result.positions.map(({ lossWei }) => lossWei)));
        expect(result.totalLossWei).toBe(sumOf(result.events.map(({ lossWei }) => lossWei)));
        const left = result.unvaluedIds.length + result.positions.length;
        expect(left).toBe(exposure.positions.length);
      }),
      RUNS,
    );
  });

  it('never leaves less than nothing, nor hides more than is left', () => {
    fc.assert(
      fc.property(exposureArbitrary, scenarioArbitrary, (exposure, scenario) => {
        for (const { afterWei, beforeWei, hiddenWei } of runScenario(exposure, scenario).positions) {
          expect(afterWei >= 0n && afterWei <= beforeWei).toBe(true);
          expect(hiddenWei >= 0n && hiddenWei <= afterWei).toBe(true);
        }
      }),
      RUNS,
    );
  });

  it('loses no less with a further event', () => {
    fc.assert(
      fc.property(
        exposureArbitrary,
        scenarioArbitrary,
        fc.oneof(slashEventArbitrary, failureEventArbitrary),
        (exposure, { events }, further) => {
          const less = lossesOf(exposure, events);
          const more = lossesOf(exposure, [...events, further]);
          for (const [index, loss] of less.entries()) expect(more[index]! >= loss).toBe(true);
        },
      ),
      RUNS,
    );
  });

  it('loses no less when an event takes a larger share', () => {
    const pair = fc.tuple(fc.bigInt({ min: 1n, max: WAD }), fc.bigInt({ min: 1n, max: WAD }));
    fc.assert(
      fc.property(exposureArbitrary, slashEventArbitrary, pair, (exposure, event, [a, b]) => {
        if (event.kind !== 'operator-slash') return;
        const [small, large] = a < b ? [a, b] : [b, a];
        const less = lossesOf(exposure, [{ ...event, wad: wad(small) }]);
        const more = lossesOf(exposure, [{ ...event, wad: wad(large) }]);
        for (const [index, loss] of less.entries()) expect(more[index]! >= loss).toBe(true);
      }),
      RUNS,
    );
  });

  it('ends the same to the last wei whether contracts fail before, between or after slashes', () => {
    fc.assert(
      fc.property(
        exposureArbitrary,
        fc.array(slashEventArbitrary, { maxLength: 4 }),
        fc.array(failureEventArbitrary, { maxLength: 4 }),
        fc.nat(),
        (exposure, slashes, failures, seed) => {
          if (slashes.length + failures.length === 0) return;
          const mixed: ScenarioEvent[] = [...slashes];
          for (const [index, failure] of failures.entries())
            mixed.splice((seed + index) % (mixed.length + 1), 0, failure);
          const expected = lossesOf(exposure, [...slashes, ...failures]);
          expect(lossesOf(exposure, [...failures, ...slashes])).toEqual(expected);
          expect(lossesOf(exposure, mixed)).toEqual(expected);
        },
      ),
      RUNS,
    );
  });

  it('ends the same to the last wei whichever of two services slashes first', () => {
    fc.assert(
      fc.property(
        exposureArbitrary,
        fc.shuffledSubarray(SERVICES, { minLength: 2, maxLength: 2 }),
        fc.bigInt({ min: 1n, max: WAD }),
        fc.bigInt({ min: 1n, max: WAD }),
        (exposure, [one, two], a, b) => {
          const first = slash(one!, wad(a), OPERATORS[0]);
          const second = slash(two!, wad(b), OPERATORS[0]);
          expect(lossesOf(exposure, [first, second])).toEqual(lossesOf(exposure, [second, first]));
        },
      ),
      RUNS,
    );
  });

  it('differs by at most a unit of magnitude per slash when one allocation’s slashes are reordered', () => {
    const share = fc.bigInt({ min: 1n, max: WAD }).map(wad);
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: WAD }),
        fc.array(share, { minLength: 2, maxLength: 6 }),
        (allocated, shares) => {
          // A wei of this leg is a unit of magnitude.
          const exposure = makeExposure({
            operators: [makeOperator([makeAllocation('s1', allocated)])],
            services: makeServices('s1'),
            positions: [makePosition('p', [pooledLeg(WAD)])],
          });
          const events = shares.map((taken) => slash('s1', taken));
          const [forward] = lossesOf(exposure, events);
          const [backward] = lossesOf(exposure, events.toReversed());
          const difference = forward! - backward!;
          expect(difference < 0n ? -difference : difference).toBeLessThanOrEqual(BigInt(events.length));
        },
      ),
      RUNS,
    );
  });

  it('agrees with plain bookkeeping when two services slash in turn', () => {
    fc.assert(
      fc.property(
        exposureArbitrary,
        fc.shuffledSubarray(SERVICES, { minLength: 2, maxLength: 2 }),
        fc.bigInt({ min: 1n, max: WAD }),
        fc.bigInt({ min: 1n, max: WAD }),
        (exposure, [one, two], a, b) => {
          const operator = OPERATORS[0]!;
          const events = [slash(one!, wad(a), operator), slash(two!, wad(b), operator)];
          const result = runScenario(exposure, makeScenario(...events));
          const plain = keepPlainBooks(exposure, operator, [
            [one!, a],
            [two!, b],
          ]);
          expect(result.positions.map(({ afterWei }) => afterWei)).toEqual(plain);
        },
      ),
      RUNS,
    );
  });

  it('takes no more of a pooled leg than the service’s share of the magnitude, rounded up', () => {
    fc.assert(
      fc.property(exposureArbitrary, slashEventArbitrary, (exposure, event) => {
        const result = runScenario(exposure, makeScenario(event));
        for (const { positionId, reasons } of result.positions) {
          const legs = exposure.positions.find(({ id }) => id === positionId)!.legs;
          for (const reason of reasons) {
            if (reason.kind !== 'slash' || reason.shares !== null) continue;
            const here = legs.filter(
              (leg) =>
                leg.kind === 'pooled' && leg.operator === reason.operator && leg.strategy === reason.strategy,
            );
            const initialMax = exposure.operators
              .find(({ address }) => address === reason.operator)!
              .strategies.find(({ strategy }) => strategy === reason.strategy)!.maxMagnitude;
            const most = sumOf(
              here.map(({ bookWei }) => mulDivCeil(bookWei, reason.allocatedMagnitude, initialMax)),
            );
            // Floors of earlier steps of the same event can move one wei per leg into this one.
            expect(reason.lossWei <= most + BigInt(here.length)).toBe(true);
            expect(reason.slashedMagnitude <= reason.allocatedMagnitude).toBe(true);
          }
        }
      }),
      RUNS,
    );
  });

  it('changes neither the exposure nor the scenario', () => {
    fc.assert(
      fc.property(exposureArbitrary, scenarioArbitrary, (exposure, scenario) => {
        const copies = structuredClone({ exposure, scenario });
        runScenario(exposure, scenario);
        expect({ exposure, scenario }).toEqual(copies);
      }),
      RUNS,
    );
  });
});

/**
 * The same two slashes by hand: one number per strategy for what is left of the operator, from ceil and subtraction
 * alone; the engine's functions are not used.
 */
function keepPlainBooks(
  exposure: Exposure,
  operator: EvmAddress,
  slashes: readonly (readonly [string, bigint])[],
): bigint[] {
  const left = new Map<string, { before: bigint; after: bigint }>();
  for (const { strategy, maxMagnitude, allocations } of exposure.operators.find(
    ({ address }) => address === operator,
  )!.strategies) {
    let after: bigint = maxMagnitude;
    for (const [service, share] of slashes) {
      const allocation = allocations.find(({ serviceId }) => serviceId === service)!;
      if (allocation.isSlashable === false) continue;
      const isDue = exposure.origin.block.number >= allocation.effectBlock;
      const slashable = allocation.currentMagnitude + (isDue ? allocation.pendingDiff : 0n);
      after -= (slashable * share + WAD - 1n) / WAD;
    }
    left.set(strategy, { before: maxMagnitude, after });
  }
  return exposure.positions
    .filter(({ bookWei }) => bookWei !== null)
    .map(({ legs }) => {
      let value = 0n;
      for (const leg of legs) {
        const pool = 'operator' in leg && leg.operator === operator ? left.get(leg.strategy)! : null;
        if (pool === null || pool.before === pool.after) value += leg.bookWei;
        else if (leg.kind === 'pooled') value += (leg.bookWei * pool.after) / pool.before;
        else if (leg.kind === 'shares' && leg.bookWei > 0n) {
          const count = (magnitude: bigint): bigint =>
            (leg.scaledShares *
              (leg.beaconFactor === null ? magnitude : (magnitude * leg.beaconFactor) / WAD)) /
            WAD;
          value += (leg.bookWei * count(pool.after)) / count(pool.before);
        }
      }
      return value;
    });
}

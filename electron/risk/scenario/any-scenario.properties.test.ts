import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Exposure } from '../../../shared/domain/exposure.ts';
import { scenarioResultSchema, type Scenario, type ScenarioEvent } from '../../../shared/domain/scenario.ts';
import { sumOf, WAD, type Wad } from '../../../shared/domain/units.ts';
import { runScenario } from './run-scenario.ts';
import { makeScenario, wad, wei } from '../testing/make-exposure.ts';
import {
  anyExposureArbitrary,
  anyScenarioArbitrary,
  asideEventArbitrary,
  coverArbitrary,
  eventArbitrary,
} from '../testing/random-exposure.ts';

const RUNS = { numRuns: 400 };

/** What each position would bring if it were sold after the events. */
function worthOf(exposure: Exposure, events: readonly ScenarioEvent[]): bigint[] {
  return runScenario(exposure, makeScenario(...events)).positions.map(
    ({ afterWei, marketLossWei }) => afterWei - marketLossWei,
  );
}

function withShare(event: ScenarioEvent, share: Wad): ScenarioEvent {
  switch (event.kind) {
    case 'operator-slash':
    case 'service-compromised':
      return { ...event, wad: share };
    case 'client-bug':
    case 'contract-failure':
      return { ...event, loss: share };
    case 'unbacked-supply':
      return { ...event, share };
    case 'depeg':
      return { ...event, discount: share };
    case 'provider-slash':
    case 'queue-closed':
      return event;
  }
}

describe('any scenario, over operators of any mode', () => {
  it('gives each position reasons that sum to its loss and to its market loss exactly', () => {
    fc.assert(
      fc.property(anyExposureArbitrary, anyScenarioArbitrary, (exposure, scenario) => {
        for (const position of runScenario(exposure, scenario).positions) {
          const { reasons, lossWei, marketLossWei, beforeWei, afterWei } = position;
          expect(sumOf(reasons.map((reason) => reason.lossWei))).toBe(lossWei);
          expect(beforeWei - afterWei).toBe(lossWei);
          const market = reasons.filter(({ kind }) => kind === 'market');
          expect(sumOf(market.map((reason) => (reason.kind === 'market' ? reason.marketLossWei : 0n)))).toBe(
            marketLossWei,
          );
          expect(reasons.every((reason) => reason.lossWei >= 0n)).toBe(true);
          const order = reasons.map(({ eventIndex }) => eventIndex);
          expect(order).toEqual(order.toSorted((a, b) => a - b));
        }
      }),
      RUNS,
    );
  });

  it('totals its positions, and the events total the same', () => {
    fc.assert(
      fc.property(anyExposureArbitrary, anyScenarioArbitrary, (exposure, scenario) => {
        const result = runScenario(exposure, scenario);
        const { positions, events, covers } = result;
        expect(sumOf(events.map(({ lossWei }) => lossWei))).toBe(result.totalLossWei);
        expect(sumOf(events.map(({ marketLossWei }) => marketLossWei))).toBe(result.totalMarketLossWei);
        expect(sumOf(covers.map(({ paidWei }) => paidWei))).toBe(result.totalRecoveredWei);
        expect(sumOf(positions.map(({ lockedWei }) => lockedWei))).toBe(result.totalLockedWei);
        expect(result.totalBeforeWei - result.totalAfterWei).toBe(result.totalLossWei);
      }),
      RUNS,
    );
  });

  it('never takes, hides, locks or discounts more than there is', () => {
    fc.assert(
      fc.property(anyExposureArbitrary, anyScenarioArbitrary, (exposure, scenario) => {
        for (const position of runScenario(exposure, scenario).positions) {
          const { afterWei, beforeWei, hiddenWei, marketLossWei, lockedWei, lock } = position;
          expect(afterWei >= 0n && afterWei <= beforeWei).toBe(true);
          expect(hiddenWei >= 0n && hiddenWei <= afterWei).toBe(true);
          expect(marketLossWei >= 0n && marketLossWei <= afterWei).toBe(true);
          expect(lockedWei).toBe(lock === null ? 0n : afterWei);
        }
      }),
      RUNS,
    );
  });

  it('leaves no more with a further event', () => {
    fc.assert(
      fc.property(
        anyExposureArbitrary,
        anyScenarioArbitrary,
        eventArbitrary,
        (exposure, { events }, further) => {
          const less = worthOf(exposure, events);
          const more = worthOf(exposure, [...events, further]);
          for (const [index, worth] of less.entries()) expect(more[index]! <= worth).toBe(true);
        },
      ),
      RUNS,
    );
  });

  it('leaves no more when an event takes a larger share', () => {
    const pair = fc.tuple(fc.bigInt({ min: 1n, max: WAD }), fc.bigInt({ min: 1n, max: WAD }));
    fc.assert(
      fc.property(anyExposureArbitrary, eventArbitrary, pair, (exposure, event, [a, b]) => {
        const [small, large] = a < b ? [a, b] : [b, a];
        const less = worthOf(exposure, [withShare(event, wad(small))]);
        const more = worthOf(exposure, [withShare(event, wad(large))]);
        for (const [index, worth] of less.entries()) expect(more[index]! <= worth).toBe(true);
      }),
      RUNS,
    );
  });

  it('loses the same to the last wei wherever market and queue events stand among the others', () => {
    fc.assert(
      fc.property(
        anyExposureArbitrary,
        fc.array(
          eventArbitrary.filter(({ kind }) => kind !== 'depeg' && kind !== 'queue-closed'),
          { minLength: 1, maxLength: 4 },
        ),
        fc.array(asideEventArbitrary, { maxLength: 3 }),
        fc.nat(),
        (exposure, others, asides, seed) => {
          const mixed = [...others];
          for (const [index, aside] of asides.entries())
            mixed.splice((seed + index) % (mixed.length + 1), 0, aside);
          expect(worthOf(exposure, mixed)).toEqual(worthOf(exposure, [...others, ...asides]));
          const losses = (events: readonly ScenarioEvent[]) =>
            runScenario(exposure, makeScenario(...events)).positions.map(({ lossWei }) => lossWei);
          expect(losses(mixed)).toEqual(losses(others));
        },
      ),
      RUNS,
    );
  });

  it('changes neither the exposure nor the scenario, and gives what its schema says', () => {
    fc.assert(
      fc.property(anyExposureArbitrary, anyScenarioArbitrary, (exposure, scenario) => {
        const copies = structuredClone({ exposure, scenario });
        const result = runScenario(exposure, scenario);
        expect({ exposure, scenario }).toEqual(copies);
        expect(scenarioResultSchema.parse(result)).toEqual(result);
        expect(runScenario(exposure, scenario)).toEqual(result);
      }),
      RUNS,
    );
  });
});

describe('covers', () => {
  it('never pay more than their cap, nor a position more than it lost', () => {
    fc.assert(
      fc.property(anyExposureArbitrary, anyScenarioArbitrary, (exposure, scenario) => {
        const { positions, covers } = runScenario(exposure, scenario);
        for (const { recoveredWei, lossWei } of positions) {
          expect(recoveredWei >= 0n && recoveredWei <= lossWei).toBe(true);
        }
        for (const { cover, capLeftWei, lossWei, paidWei, payments } of covers) {
          expect(capLeftWei >= 0n && capLeftWei <= cover.capWei).toBe(true);
          expect(paidWei <= capLeftWei && paidWei <= lossWei).toBe(true);
          expect(sumOf(payments.map((payment) => payment.paidWei))).toBe(paidWei);
        }
      }),
      RUNS,
    );
  });

  it('pay no less with a higher cap or a lower deductible', () => {
    fc.assert(
      fc.property(
        anyExposureArbitrary,
        anyScenarioArbitrary,
        coverArbitrary,
        fc.bigInt({ min: 0n, max: 10n ** 21n }),
        (exposure, scenario, cover, more) => {
          const paid = (changed: typeof cover): bigint =>
            runScenario(exposure, { ...scenario, covers: [changed] } satisfies Scenario).totalRecoveredWei;
          const before = paid(cover);
          expect(paid({ ...cover, capWei: wei(cover.capWei + more) }) >= before).toBe(true);
          const less = cover.deductibleWei > more ? cover.deductibleWei - more : 0n;
          expect(paid({ ...cover, deductibleWei: wei(less) }) >= before).toBe(true);
        },
      ),
      RUNS,
    );
  });

  it('change nothing of the loss, which is gross', () => {
    fc.assert(
      fc.property(anyExposureArbitrary, anyScenarioArbitrary, (exposure, { preset, events, covers }) => {
        const bare = runScenario(exposure, { preset, events });
        const covered = runScenario(exposure, { preset, events, covers: covers ?? [] });
        expect(covered.totalLossWei).toBe(bare.totalLossWei);
        expect(covered.events).toEqual(bare.events);
      }),
      RUNS,
    );
  });
});

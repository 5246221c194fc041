/** Positions, markets, assumptions and stresses for tests: what a case is about is given, the rest is filled in. */
import fc from 'fast-check';
import type { DepthCurve, ExitAssumptions, ExitStress, NumberRange } from '../../../../shared/domain/exit.ts';
import { WAD, type Wad } from '../../../../shared/domain/units.ts';
import { DEFAULT_EXIT_ASSUMPTIONS, NO_EXIT_STRESS } from '../exit-assumptions.ts';
import { EXIT_PATHS, findPathOfInstrument } from '../exit-paths.ts';
import type { ExitPosition } from '../exit-position.ts';

export const ETH = 10n ** 18n;

// `as`: brands exist at compile time only.
export const wad = (share: number): Wad => (BigInt(Math.round(share * 1e9)) * 10n ** 9n) as Wad;

export function makeExitPosition(instrumentId: string, more: Partial<ExitPosition> = {}): ExitPosition {
  return {
    id: instrumentId,
    label: instrumentId,
    instrumentId,
    unit: 'wei',
    amount: 100n * ETH,
    pathId: findPathOfInstrument(instrumentId)?.id ?? null,
    underlyingPathId: null,
    underlyingSymbol: instrumentId,
    isSlashable: true,
    readings: {},
    ...more,
  };
}

export function assume(more: Partial<ExitAssumptions> = {}): ExitAssumptions {
  return { ...DEFAULT_EXIT_ASSUMPTIONS, ...more };
}

export function stressWith(more: Partial<ExitStress> = {}): ExitStress {
  return { ...NO_EXIT_STRESS, ...more };
}

/** Convex as quotes have to be: slopes fall from quote to quote. Small numbers, so that brute force can follow. */
function arbitraryPoints(largest: bigint): fc.Arbitrary<DepthCurve> {
  return fc
    .array(fc.record({ step: fc.bigInt(1n, largest / 4n + 1n), price: fc.integer({ min: 0, max: 120 }) }), {
      minLength: 1,
      maxLength: 6,
    })
    .map((steps) => {
      const falling = steps.toSorted((a, b) => b.price - a.price);
      let amount = 0n;
      let received = 0n;
      const points = falling.map(({ step, price }) => {
        // Steps of 100 keep the slopes exact, so that rounding cannot make one steeper than the one before.
        amount += step * 100n;
        received += step * BigInt(price);
        return { amount, received };
      });
      return { kind: 'points', points };
    });
}

export function arbitraryCurve(largest: bigint): fc.Arbitrary<DepthCurve> {
  const reserve = fc.bigInt(1n, largest);
  const fee = fc.integer({ min: 0, max: 500 }).map((permille) => wad(permille / 1000));
  return fc.oneof(
    fc.record({ kind: fc.constant('constant-product'), reserveIn: reserve, reserveOut: reserve, fee }),
    fc.record({ kind: fc.constant('fixed-fee'), fee, capacity: reserve }),
    arbitraryPoints(largest),
  );
}

export const arbitraryShare: fc.Arbitrary<Wad> = fc.oneof(
  fc.integer({ min: 0, max: 1000 }).map((permille) => wad(permille / 1000)),
  fc.bigInt(0n, WAD).map((share) => share as Wad), // as: within one
);

const arbitraryRange: fc.Arbitrary<NumberRange> = fc
  .array(fc.double({ min: 0, max: 100, noNaN: true }), { minLength: 3, maxLength: 3 })
  .map((days) => days.toSorted((a, b) => a - b))
  .map(([low = 0, typical = 0, high = 0]) => ({ low, typical, high }));

/** Any path, alone or with another below it, with readings or without. */
export const arbitraryExitPosition: fc.Arbitrary<ExitPosition> = fc
  .record({
    path: fc.constantFrom(...EXIT_PATHS),
    underlying: fc.option(fc.constantFrom(...EXIT_PATHS.filter(({ instruments }) => instruments.length > 0))),
    amount: fc.option(fc.bigInt(0n, 10n ** 24n), { freq: 10 }),
    isSlashable: fc.boolean(),
    escrow: fc.option(arbitraryRange),
    id: fc.uuid(),
  })
  .map(({ path, underlying, amount, isSlashable, escrow, id }) => ({
    id,
    label: path.name,
    instrumentId: path.instruments[0] ?? path.id,
    unit: 'wei',
    amount,
    pathId: path.id,
    underlyingPathId: underlying?.id ?? null,
    underlyingSymbol: 'TOKEN',
    isSlashable,
    readings: escrow
      ? {
          'eigenlayer-escrow': {
            value: escrow,
            evidence: { status: 'read', source: 'test', asOf: null },
          },
        }
      : {},
  }));

export const arbitraryAssumptions: fc.Arbitrary<ExitAssumptions> = fc
  .record({
    fork: fc.constantFrom('electra', 'fulu', 'gloas'),
    queue: fc.oneof(
      fc.constantFrom('calm', 'base', 'stressed').map((set) => ({ kind: 'set', set }) as const),
      fc.bigInt(0n, 10n ** 16n).map((aheadGwei) => ({ kind: 'ahead', aheadGwei }) as const),
    ),
    covered: fc.constantFrom('covered', 'not-covered', 'unknown'),
    swell: fc.option(arbitraryRange),
    annualLossRate: fc.option(fc.double({ min: 0, max: 2, noNaN: true })),
    requiredAnnualYield: fc.double({ min: 0, max: 1, noNaN: true }),
    curve: fc.option(arbitraryCurve(10n ** 24n)),
  })
  .map(({ covered, swell, curve, ...rest }) =>
    assume({
      ...rest,
      coverage: Object.fromEntries(EXIT_PATHS.map(({ id }) => [id, covered] as const)),
      overrides: swell ? { 'swell-queue': swell } : {},
      markets: curve
        ? [{ id: 'pool', instrumentIds: EXIT_PATHS.flatMap(({ instruments }) => [...instruments]), curve }]
        : [],
    }),
  );

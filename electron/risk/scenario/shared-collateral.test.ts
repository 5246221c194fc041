import { describe, expect, it } from 'vitest';
import type { Exposure, ExposureOperator } from '../../../shared/domain/exposure.ts';
import { WAD } from '../../../shared/domain/units.ts';
import { runScenario } from './run-scenario.ts';
import {
  makeAllocation,
  makeExposure,
  makeOperator,
  makePosition,
  makeScenario,
  makeServices,
  percent,
  pooledLeg,
  slash,
} from '../testing/make-exposure.ts';

const ETH = 10n ** 18n;

/** 100 ETH with one operator; `limits`: what each service may take, as a percentage of the collateral. */
function makeVault(
  limits: readonly number[],
  more: Partial<ExposureOperator> & { maxMagnitude?: bigint } = {},
): Exposure {
  const ids = limits.map((_, index) => `s${index + 1}`);
  const allocations = limits.map((limit, index) => makeAllocation(ids[index]!, percent(limit)));
  return makeExposure({
    operators: [makeOperator(allocations, { mode: 'shared', ...more })],
    services: makeServices(...ids),
    positions: [makePosition('vault', [pooledLeg(100n * ETH)])],
  });
}

function listSlashes(exposure: Exposure, ...services: (string | string[])[]): (bigint | null)[] {
  const events = services.map((service) => slash(service, percent(60)));
  const { positions, totalLossWei } = runScenario(exposure, makeScenario(...events));
  const losses = positions[0]!.reasons.map(({ lossWei }) => lossWei);
  expect(losses.reduce((sum, loss) => sum + loss, 0n)).toBe(totalLossWei);
  return losses;
}

describe('collateral that every service counts in full', () => {
  it('is slashed in turn, each time a share of what is left: 60 and then 24', () => {
    expect(listSlashes(makeVault([100, 100]), 'all')).toEqual([60n * ETH, 24n * ETH]);
    expect(listSlashes(makeVault([100, 100]), 's2', 's1')).toEqual([60n * ETH, 24n * ETH]);
  });

  it('is earmarked when the fault is seen where the protocol does that: 60 and then the other 40', () => {
    const karak = makeVault([100, 100], { earmarksAtRequest: true });
    expect(listSlashes(karak, 'all')).toEqual([60n * ETH, 40n * ETH]);
    // Two faults are two windows: the second request sees what the first one left.
    expect(listSlashes(karak, 's1', 's2')).toEqual([60n * ETH, 24n * ETH]);
  });

  it('gives a service no more than its limit, less what it took already', () => {
    expect(listSlashes(makeVault([50, 100]), 's1', 's1', 's2')).toEqual([
      30n * ETH,
      12n * ETH,
      (348n * ETH) / 10n,
    ]);
  });

  it('gives a service with a limit above the collateral no more than is left', () => {
    expect(listSlashes(makeVault([100, 100], { maxMagnitude: WAD / 2n }), 'all')).toEqual([
      60n * ETH,
      24n * ETH,
    ]);
  });

  it('shrinks elastic allocations with the stake', () => {
    // Of 100 are 40 left after the first; the 70 promised to the second are 40 by then.
    expect(listSlashes(makeVault([100, 70], { mode: 'elastic' }), 'all')).toEqual([60n * ETH, 24n * ETH]);
  });

  it('differs from unique allocations, of which no service takes what another has', () => {
    expect(listSlashes(makeVault([50, 50], { mode: 'unique' }), 'all')).toEqual([30n * ETH, 30n * ETH]);
  });

  it('rounds a share of what is left against the holder, and an earmark in its favour', () => {
    const third = slash('s1', (WAD / 3n) as typeof WAD); // as: a share of one
    const takenOf = (earmarksAtRequest: boolean): bigint => {
      const exposure = makeVault([100], { earmarksAtRequest, maxMagnitude: 10n });
      const [reason] = runScenario(exposure, makeScenario(third)).positions[0]!.reasons;
      return reason?.kind === 'slash' ? reason.slashedMagnitude : -1n;
    };
    expect([takenOf(false), takenOf(true)]).toEqual([4n, 3n]);
  });
});

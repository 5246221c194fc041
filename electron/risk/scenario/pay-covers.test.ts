import { describe, expect, it } from 'vitest';
import type { Cover } from '../../../shared/domain/cover.ts';
import type { ScenarioEvent } from '../../../shared/domain/scenario.ts';
import { WAD } from '../../../shared/domain/units.ts';
import { runScenario } from './run-scenario.ts';
import {
  fail,
  makeAllocation,
  makeExposure,
  makeOperator,
  makePosition,
  makeServices,
  OPERATOR,
  ownLeg,
  percent,
  plainLeg,
  slash,
  STRATEGY,
  wei,
} from '../testing/make-exposure.ts';

const ETH = 10n ** 18n;
const contract = { id: 'contract:x', kind: 'contract' as const, name: 'X' };
const exposure = makeExposure({
  operators: [makeOperator([makeAllocation('s1', WAD)])],
  services: makeServices('s1'),
  dependencies: [contract],
  positions: [
    makePosition('a', [plainLeg('free', 100n * ETH)], { instrumentId: 'rsETH', dependsOn: [contract.id] }),
    makePosition('b', [plainLeg('free', 300n * ETH)], { instrumentId: 'rsETH', dependsOn: [contract.id] }),
    makePosition('c', [ownLeg(100n * ETH)], { instrumentId: 'stETH' }),
  ],
});
/** a loses 10, b loses 30. */
const failure = fail(contract.id, percent(10));

function makeCover(more: Partial<Cover>): Cover {
  return {
    name: 'Safety pool',
    positionIds: [],
    instruments: ['rsETH'],
    capWei: wei(1000n * ETH),
    deductibleWei: wei(0n),
    pooledWei: null,
    hangsOn: null,
    ...more,
  };
}

function run(covers: Cover[], ...events: ScenarioEvent[]) {
  return runScenario(exposure, { preset: 'custom', events, covers });
}

describe('a cover', () => {
  it('pays what is above its deductible and up to its cap, in proportion to the losses', () => {
    const cover = makeCover({ deductibleWei: wei(8n * ETH), capWei: wei(20n * ETH) });
    const result = run([cover], failure);
    expect(result.covers[0]).toMatchObject({ lossWei: 40n * ETH, paidWei: 20n * ETH, capLeftWei: 20n * ETH });
    expect(result.positions.map(({ recoveredWei }) => recoveredWei)).toEqual([5n * ETH, 15n * ETH, 0n]);
    expect(result).toMatchObject({ totalLossWei: 40n * ETH, totalRecoveredWei: 20n * ETH });
    const uncapped = makeCover({ deductibleWei: wei(8n * ETH) });
    expect(run([uncapped], failure).covers[0]!.paidWei).toBe(32n * ETH);
    expect(run([makeCover({ deductibleWei: wei(40n * ETH) })], failure).covers[0]!.paidWei).toBe(0n);
  });

  it('gives the last units to the largest loss, and no position more than it lost', () => {
    const tiny = (positionId: string, value: bigint) =>
      makePosition(positionId, [plainLeg('free', value)], { instrumentId: 'x', dependsOn: [contract.id] });
    const positions = [tiny('a', 1n), tiny('b', 1n), tiny('c', 1n)];
    const payOf = (capWei: bigint) =>
      runScenario(
        { ...exposure, positions },
        {
          preset: 'custom',
          events: [fail(contract.id, percent(100))],
          covers: [makeCover({ instruments: ['x'], capWei: wei(capWei) })],
        },
      ).positions.map(({ recoveredWei }) => recoveredWei);
    expect(payOf(2n)).toEqual([1n, 1n, 0n]);
    expect(payOf(9n)).toEqual([1n, 1n, 1n]);
  });

  it('covers positions by id as well, each once', () => {
    const result = run([makeCover({ positionIds: ['a', 'nobody'] })], failure);
    expect(result.covers[0]!.payments).toEqual([
      { positionId: 'a', paidWei: 10n * ETH },
      { positionId: 'b', paidWei: 30n * ETH },
    ]);
  });

  it('pays the second one only for what the first left', () => {
    const first = makeCover({ capWei: wei(30n * ETH) });
    const second = makeCover({ name: 'Insurance' });
    expect(run([first, second], failure).covers.map(({ lossWei, paidWei }) => [lossWei, paidWei])).toEqual([
      [40n * ETH, 30n * ETH],
      [10n * ETH, 10n * ETH],
    ]);
  });

  it('shares its cap and its deductible with everybody else it covers', () => {
    // 400 of the 4000 covered are here: they lose 40 of 400, and 36 of the 360 paid come here.
    const cover = makeCover({
      pooledWei: wei(4000n * ETH),
      capWei: wei(360n * ETH),
      deductibleWei: wei(10n * ETH),
    });
    expect(run([cover], failure).covers[0]!.paidWei).toBe(36n * ETH);
    // One that says it covers less than these positions covers these positions.
    expect(run([{ ...cover, pooledWei: wei(ETH) }], failure).covers[0]!.paidWei).toBe(30n * ETH);
  });

  it('loses first what it hangs on itself: wrong-way risk', () => {
    const onContract = makeCover({
      capWei: wei(20n * ETH),
      hangsOn: { kind: 'dependency', dependency: contract.id },
    });
    expect(run([onContract], failure).covers[0]).toMatchObject({ capLeftWei: 18n * ETH, paidWei: 18n * ETH });
    const onOperator = makeCover({
      instruments: ['stETH'],
      capWei: wei(20n * ETH),
      hangsOn: { kind: 'operator', operator: OPERATOR, strategy: null },
    });
    // The operator loses half of its stake: half of the cap is gone before it pays for the 50 lost.
    expect(run([onOperator], slash('s1', percent(50))).covers[0]).toMatchObject({
      lossWei: 50n * ETH,
      capLeftWei: 10n * ETH,
      paidWei: 10n * ETH,
    });
    expect(run([onOperator], failure).covers[0]!.capLeftWei).toBe(20n * ETH);
    const { hangsOn } = onOperator;
    const inStrategy = makeCover({
      ...onOperator,
      hangsOn: { ...hangsOn!, strategy: STRATEGY } as Cover['hangsOn'],
    }); // as: spread of a union
    expect(run([inStrategy], slash('s1', percent(50))).covers[0]!.capLeftWei).toBe(10n * ETH);
  });

  it('pays for losses, not for a lower price', () => {
    const depeg = { kind: 'depeg', instruments: ['rsETH'], discount: percent(50) } as const;
    const result = run([makeCover({})], { ...depeg, instruments: ['rsETH'] });
    expect(result).toMatchObject({ totalRecoveredWei: 0n, totalMarketLossWei: 200n * ETH });
  });

  it('is refused with an amount below zero, or where it covers nothing', () => {
    expect(() => run([makeCover({ capWei: wei(-1n) })], failure)).toThrow('amount below zero');
    expect(() => run([makeCover({ instruments: [] })], failure)).toThrow('covers nothing');
    expect(() =>
      run(
        Array.from({ length: 17 }, () => makeCover({})),
        failure,
      ),
    ).toThrow('at most 16 covers');
  });
});

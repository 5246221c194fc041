import { describe, expect, it } from 'vitest';
import { WAD } from '../../../shared/domain/units.ts';
import { runScenario } from './run-scenario.ts';
import { sortOutContradictions } from './sort-out-contradictions.ts';
import {
  addressOf,
  makeAllocation,
  makeExposure,
  makeOperator,
  makePosition,
  makeScenario,
  makeServices,
  OPERATOR,
  ownLeg,
  percent,
  plainLeg,
  pooledLeg,
  slash,
  STRATEGY,
  wad,
  wei,
} from '../testing/make-exposure.ts';

const ETH = 10n ** 18n;
const all = makeScenario(slash('all', percent(50)));

describe('data that contradicts itself', () => {
  const sound = makeExposure({
    operators: [makeOperator([makeAllocation('s1', WAD)])],
    services: makeServices('s1'),
    positions: [makePosition('good', [ownLeg(10n * ETH)])],
  });

  it('leaves a position out of every total, named with its reason, and the others stay', () => {
    const bad = makePosition('bad', [ownLeg(5n)], { bookWei: wei(6n) });
    const odd = makePosition('odd', [ownLeg(5n)], { bookWei: null });
    const result = runScenario({ ...sound, positions: [bad, ...sound.positions, odd] }, all);
    expect(result.leftOut).toEqual([
      {
        kind: 'position',
        id: 'bad',
        strategy: null,
        problem: 'legs-do-not-sum',
        detail: 'the legs of position bad sum to 5 wei, not to its value of 6',
      },
      expect.objectContaining({ id: 'odd', problem: 'legs-without-value' }),
    ]);
    expect(result.positions.map(({ positionId }) => positionId)).toEqual(['good']);
    expect(result).toMatchObject({ totalBeforeWei: 10n * ETH, totalLossWei: 5n * ETH, unvaluedIds: [] });
  });

  it('says nothing of an operator’s strategy, and that the loss there is not known', () => {
    const other = addressOf(0x5b);
    const operator = makeOperator([makeAllocation('s1', WAD)]);
    const [state] = operator.strategies;
    operator.strategies.push({ ...state!, strategy: other, maxMagnitude: wad(WAD / 2n) });
    const exposure = {
      ...sound,
      operators: [operator],
      positions: [
        makePosition('good', [ownLeg(10n * ETH)]),
        makePosition('there', [pooledLeg(4n * ETH, { strategy: other }), plainLeg('free', ETH)]),
      ],
    };
    const result = runScenario(exposure, all);
    expect(result.leftOut).toMatchObject([
      { kind: 'operator', id: OPERATOR, strategy: other, problem: 'encumbered-above-max' },
    ]);
    expect(result.leftOut[0]!.detail).toContain('; ');
    expect(result.positions).toMatchObject([
      { lossWei: 5n * ETH, hiddenWei: 0n },
      { lossWei: 0n, hiddenWei: 4n * ETH },
    ]);
    const alone = { ...exposure, operators: [{ ...operator, strategies: [operator.strategies[1]!] }] };
    alone.positions = [exposure.positions[1]!];
    expect(runScenario(alone, all).events[0]!.note).toBe('operator-left-out');
  });

  it('does not blame a position for the magnitude of its operator', () => {
    const operator = makeOperator([], { maxMagnitude: -1n });
    expect(sortOutContradictions({ ...sound, operators: [operator] })).toMatchObject([
      { kind: 'operator', strategy: STRATEGY, problem: 'below-zero' },
    ]);
  });

  it('is refused as a whole where something is listed twice or leads nowhere', () => {
    const [position] = sound.positions;
    expect(() => runScenario({ ...sound, positions: [position!, position!] }, all)).toThrow('listed twice');
    const lost = makePosition('p', [pooledLeg(1n, { operator: addressOf(0xff) })]);
    expect(() => runScenario({ ...sound, positions: [lost] }, all)).toThrow('unknown operator');
  });
});

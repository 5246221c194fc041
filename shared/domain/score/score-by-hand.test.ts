/**
 * Three scores worked out on paper. The protocols are made by hand in the shape of a liquid staking token, a restaked
 * token that lost something lately, and Bitcoin staking; their figures are the case's own.
 */
import { describe, expect, it } from 'vitest';
import type { CatalogContract } from '../catalog.ts';
import { toEvmAddress } from '../address.ts';
import { makeDependency, makeFact, makeIncident, makeProtocol, makeSize } from '../testing/make-protocol.ts';
import { scoreProtocol } from './score-protocol.ts';
import type { ProtocolScore, ScoreDimension, ScoreInputId } from './score.ts';

const ON = '2026-11-26';

function inputOf(score: ProtocolScore, wanted: ScoreInputId): readonly [number, number] {
  const found = score.dimensions.flatMap(({ inputs }) => inputs).find(({ id }) => id === wanted)!;
  return [found.low, found.high];
}

function dimensionOf(score: ProtocolScore, wanted: ScoreDimension): readonly [number, number] {
  const found = score.dimensions.find(({ id }) => id === wanted)!;
  return [found.low, found.high];
}

function makeContract(isFirstParty: boolean): CatalogContract {
  return {
    name: 'Token',
    chain: 'ethereum',
    address: toEvmAddress('0x0000000000000000000000000000000000000001'),
    status: 'confirmed',
    isFirstParty,
    seenIn: ['case'],
    note: null,
  };
}

const staking = makeProtocol({
  id: 'staking',
  kind: 'lst',
  chains: ['ethereum', 'many'],
  facts: {
    audits: makeFact('confirmed', [99, 99, 'count']),
    timelock: makeFact('confirmed', null),
    cover: makeFact('secondary', [6230, 6230, 'ETH']),
    slashingMaximum: makeFact('confirmed', null),
    exitDays: makeFact('secondary', [1, 5, 'days']),
  },
  contracts: [makeContract(true), makeContract(true)],
});
const stakingSizes = [makeSize('staking', 9_200_000, 'ETH'), makeSize('staking', 19_400_000_000, 'USD')];

describe('in the shape of a liquid staking token', () => {
  const score = scoreProtocol(staking, stakingSizes, { on: ON });

  it('has the inputs of the paper', () => {
    // 99 reports: at the last knot, 100; confirmed, so no margin.
    expect(inputOf(score, 'audits')).toEqual([100, 100]);
    // No loss listed: 100, counted from a list, so 5 either way, and no more than 100.
    expect(inputOf(score, 'incidents')).toEqual([95, 100]);
    // No bridge listed, but other chains: 0 to 1 bridges, 100 to 50 points, less and more 5.
    expect(inputOf(score, 'bridges')).toEqual([45, 100]);
    // 6230 of 9.2 million ETH: 0.0677%; of the first stretch, 0 to 0.1% for 0 to 20 points, 13.54; 5 either way.
    const cover = (20 * (100 * 6230)) / 9_200_000 / 0.1;
    expect(inputOf(score, 'cover')[0]).toBeCloseTo(cover - 5, 9);
    expect(inputOf(score, 'cover')[1]).toBeCloseTo(cover + 5, 9);
    // In words only: anything.
    expect(inputOf(score, 'timelock')).toEqual([0, 100]);
    // 1 to 5 days: 90, and 90 - 30 x 4/6 = 70; 5 either way.
    expect(inputOf(score, 'exitDays')).toEqual([65, 95]);
    // 19.4 billion dollars: past the last knot.
    expect(inputOf(score, 'size')).toEqual([95, 100]);
  });

  it('has the score of the paper', () => {
    // code: (100 + 0 + 95) / 3 = 65; (100 + 100 + 100) / 3 = 100
    expect(dimensionOf(score, 'code')).toEqual([65, 100]);
    // control: nothing as a number: 0; 100
    expect(dimensionOf(score, 'control')).toEqual([0, 100]);
    // backing: custodians none listed (95; 100), bridges (45; 100), cover (8.543; 18.543): 49.514; 72.848
    const cover = (20 * (100 * 6230)) / 9_200_000 / 0.1;
    const backing = [(95 + 45 + cover - 5) / 3, (100 + 100 + cover + 5) / 3] as const;
    expect(dimensionOf(score, 'backing')[0]).toBeCloseTo(backing[0], 9);
    expect(dimensionOf(score, 'backing')[1]).toBeCloseTo(backing[1], 9);
    // slashing: words (0; 100), one set of rules is 70 (65; 75): 32.5; 87.5
    expect(dimensionOf(score, 'slashing')).toEqual([32.5, 87.5]);
    // liquidity: exit (65; 95), stress (0; 100), sale (0; 100), size (95; 100): 40; 98.75
    expect(dimensionOf(score, 'liquidity')).toEqual([40, 98.75]);
    // operations: both addresses are the project's own (95; 100)
    expect(dimensionOf(score, 'operations')).toEqual([95, 100]);
    // 15 x 65 + 25 x 0 + 25 x 49.514 + 15 x 32.5 + 15 x 40 + 5 x 95, over 100 = 37.754
    const low = (15 * 65 + 25 * backing[0] + 15 * 32.5 + 15 * 40 + 5 * 95) / 100;
    // 15 x 100 + 25 x 100 + 25 x 72.848 + 15 x 87.5 + 15 x 98.75 + 5 x 100, over 100 = 91.149
    const high = (15 * 100 + 25 * 100 + 25 * backing[1] + 15 * 87.5 + 15 * 98.75 + 5 * 100) / 100;
    expect(score.score.low).toBeCloseTo(low, 9);
    expect(score.score.low).toBeCloseTo(37.754, 3);
    expect(score.score.high).toBeCloseTo(high, 9);
    expect(score.score.high).toBeCloseTo(91.149, 3);
    expect(score.score.mid).toBeCloseTo((low + high) / 2, 9);
    expect(score.caps).toEqual([]);
  });
});

describe('in the shape of a restaked token that lost something lately', () => {
  const restaked = makeProtocol({
    id: 'restaked',
    facts: {
      audits: makeFact('secondary', [2, 2, 'count']),
      timelock: makeFact('secondary', [10, 10, 'days']),
      multisig: makeFact('secondary', [6, 6, 'count']),
      exitDays: makeFact('disputed', [8, 21, 'days']),
    },
    dependencies: [makeDependency('bridge', 'A bridge')],
    incidents: [makeIncident('2026-04-18', true), makeIncident('2025-04-30', false)],
  });
  const score = scoreProtocol(restaked, [], { on: ON });

  it('has the inputs and the score of the paper', () => {
    // 2 reports: 30 + 30 x 1/2 = 45; 5 either way.
    expect(inputOf(score, 'audits')).toEqual([40, 50]);
    // One loss: 40; 5 either way.
    expect(inputOf(score, 'incidents')).toEqual([35, 45]);
    // 10 days are 240 hours: 100. 6 signatures: 80.
    expect(inputOf(score, 'timelock')).toEqual([95, 100]);
    expect(inputOf(score, 'multisig')).toEqual([75, 85]);
    // 8 days: 60 - 20/7 = 57.143; 21 days: 40 - 30 x 7/16 = 26.875; disputed, 15 either way: 11.875; 72.143.
    expect(inputOf(score, 'exitDays')[0]).toBeCloseTo(11.875, 9);
    expect(inputOf(score, 'exitDays')[1]).toBeCloseTo(60 - 20 / 7 + 15, 9);
    // code: (40 + 0 + 35) / 3 = 25; (50 + 100 + 45) / 3 = 65. control: 85; 92.5.
    expect(dimensionOf(score, 'code')).toEqual([25, 65]);
    expect(dimensionOf(score, 'control')).toEqual([85, 92.5]);
    // backing: custodians (95; 100), one bridge is 50 (45; 55), cover (0; 100): 46.667; 85
    expect(dimensionOf(score, 'backing')[0]).toBeCloseTo(140 / 3, 9);
    expect(dimensionOf(score, 'backing')[1]).toBeCloseTo(85, 9);
    // slashing: (0; 100), two sets of rules are 35 (30; 40): 15; 70
    expect(dimensionOf(score, 'slashing')).toEqual([15, 70]);
    // liquidity: (11.875 + 0 + 0 + 0) / 4; (72.143 + 300) / 4. operations: no address listed: 0; 100.
    const low = (15 * 25 + 25 * 85 + (25 * 140) / 3 + 15 * 15 + (15 * 11.875) / 4) / 100;
    const high = (15 * 65 + 25 * 92.5 + 25 * 85 + 15 * 70 + (15 * (60 - 20 / 7 + 15 + 300)) / 4 + 500) / 100;
    expect(score.uncapped.low).toBeCloseTo(low, 9);
    expect(score.uncapped.low).toBeCloseTo(39.362, 3);
    expect(score.uncapped.high).toBeCloseTo(high, 9);
    expect(score.uncapped.high).toBeCloseTo(83.58, 2);
    // The loss is 7 months old: at most 50. The middle, 61.47, falls to the cap; the low end stands below it.
    expect(score.caps).toMatchObject([{ id: 'recentLoss', at: 50, isCertain: true, date: '2026-04-18' }]);
    expect(score.score).toEqual({ low: score.uncapped.low, mid: 50, high: 50 });
  });
});

describe('in the shape of Bitcoin staking', () => {
  const bitcoin = makeProtocol({
    id: 'bitcoin',
    kind: 'btc-staking',
    asset: 'BTC',
    facts: {
      multisig: makeFact('confirmed', [6, 6, 'count']),
      slashingMaximum: makeFact('confirmed', [0.1, 0.1, 'percent']),
      exitDays: makeFact('disputed', [2.1, 7, 'days']),
      exitStressDays: makeFact('secondary', [444, 444, 'days']),
    },
    incidents: [makeIncident('2025-12-08', false, 'secondary')],
  });
  const score = scoreProtocol(bitcoin, [makeSize('bitcoin', 3_900_000_000, 'USD')], { on: ON });

  it('has the inputs and the score of the paper', () => {
    // 0.1%: 95, confirmed. 444 days: past the last knot, 0, and 5 more at most.
    expect(inputOf(score, 'slashingMaximum')).toEqual([95, 95]);
    expect(inputOf(score, 'exitStressDays')).toEqual([0, 5]);
    // 2.1 days: 90 - 30 x 1.1/6 = 84.5; 7 days: 60; disputed, 15 either way.
    expect(inputOf(score, 'exitDays')[0]).toBeCloseTo(45, 9);
    expect(inputOf(score, 'exitDays')[1]).toBeCloseTo(99.5, 9);
    // 3.9 billion: 80 + 20 x 2.9/9 = 86.444; 5 either way.
    const size = 80 + (20 * 2.9) / 9;
    expect(inputOf(score, 'size')[0]).toBeCloseTo(size - 5, 9);
    // code: (0 + 0 + 95) / 3; 100. control: timelock unknown, 6 signatures are 80: 40; 90.
    expect(dimensionOf(score, 'control')).toEqual([40, 90]);
    // backing: (95 + 95 + 0) / 3; 100. slashing: (95 + 65) / 2 = 80; (95 + 75) / 2 = 85.
    expect(dimensionOf(score, 'slashing')).toEqual([80, 85]);
    const liquidity = [(45 + 0 + 0 + size - 5) / 4, (99.5 + 5 + 100 + size + 5) / 4] as const;
    const low = ((15 * 95) / 3 + 25 * 40 + (25 * 190) / 3 + 15 * 80 + 15 * liquidity[0]) / 100;
    const high = (15 * 100 + 25 * 90 + 25 * 100 + 15 * 85 + 15 * liquidity[1] + 500) / 100;
    expect(score.score.low).toBeCloseTo(low, 9);
    expect(score.score.low).toBeCloseTo(47.325, 3);
    expect(score.score.high).toBeCloseTo(high, 9);
    expect(score.score.high).toBeCloseTo(91.348, 3);
    expect(score.caps).toEqual([]);
  });
});

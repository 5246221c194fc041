import { describe, expect, it } from 'vitest';
import { BEACON_CHAIN_STRATEGY } from '../../../shared/domain/address.ts';
import type { Exposure, Leg } from '../../../shared/domain/exposure.ts';
import type { ScenarioEvent } from '../../../shared/domain/scenario.ts';
import { WAD, type Wei } from '../../../shared/domain/units.ts';
import { runScenario } from './run-scenario.ts';
import {
  addressOf,
  fail,
  makeAllocation,
  makeExposure,
  makeOperator,
  makePosition,
  makeScenario,
  makeServices,
  ownLeg,
  percent,
  plainLeg,
  pooledLeg,
  shares,
  slash,
  STRATEGY,
  wad,
} from '../testing/make-exposure.ts';

const ETH = 10n ** 18n;
const HALF = WAD / 2n;
const [FIRST, SECOND] = [addressOf(0x0a), addressOf(0x0b)];
const CLIENT = { id: 'client:x', kind: 'client' as const, name: 'X client' };

function lossesOf(exposure: Exposure, ...events: ScenarioEvent[]): bigint[] {
  return runScenario(exposure, makeScenario(...events)).positions.map(({ lossWei }) => lossWei);
}

describe('a finality provider that signs twice', () => {
  const stake = (provider: string, lossSat: bigint | null, ofSat = 100_000_000n): Leg => ({
    kind: 'provider',
    bookWei: (30n * ETH) as Wei, // as: a number of wei
    provider,
    name: null,
    slash: lossSat === null ? null : { lossSat, ofSat },
  });
  const exposure = makeExposure({
    operators: [],
    services: [],
    positions: [
      makePosition('a', [stake('one', 200_000n)]),
      makePosition('b', [stake('one', 600_000n, 500_000n)]),
      makePosition('c', [stake('other', 200_000n)]),
      makePosition('d', [stake('unread', null)]),
    ],
  });
  const strike = (provider: string): ScenarioEvent => ({ kind: 'provider-slash', provider });

  it('takes of every stake with it what its parameters say, and never more than there is', () => {
    // 200,000 of 100,000,000 satoshi are 0.2%; a stake smaller than the fee is gone.
    expect(lossesOf(exposure, strike('one'))).toEqual([(30n * ETH * 2n) / 1000n, 30n * ETH, 0n, 0n]);
    const [first] = runScenario(exposure, makeScenario(strike('one'))).positions;
    expect(first?.reasons).toMatchObject([{ kind: 'stake-slash', lossSat: 200_000n, ofSat: 100_000_000n }]);
  });

  it('takes it once, however often it happens', () => {
    expect(lossesOf(exposure, strike('one'), strike('one'))).toEqual(lossesOf(exposure, strike('one')));
  });

  it('takes it of what a failure before left', () => {
    const failing = {
      ...exposure,
      dependencies: [{ id: 'contract:babylon', kind: 'contract' as const, name: 'Babylon' }],
      positions: exposure.positions.map((position) => ({ ...position, dependsOn: ['contract:babylon'] })),
    };
    const failure = fail('contract:babylon', percent(50));
    expect(lossesOf(failing, failure, strike('other'))[2]).toBe(15n * ETH + (15n * ETH * 2n) / 1000n);
  });

  it('says so where nobody here is with it, and where the loss is not known', () => {
    const notes = runScenario(exposure, makeScenario(strike('nobody'), strike('unread'))).events;
    expect(notes.map(({ note }) => note)).toEqual(['provider-not-held', 'stake-terms-unknown']);
  });
});

describe('an operator’s fault', () => {
  const exposure = makeExposure({
    operators: [makeOperator(['s1', 's2', 's3'].map((id) => makeAllocation(id, WAD / 4n)))],
    services: makeServices('s1', 's2', 's3'),
    positions: [makePosition('p', [ownLeg(100n * ETH)])],
  });

  it('is slashed by the services that saw it, in the exposure’s order, each once', () => {
    const { positions } = runScenario(
      exposure,
      makeScenario(slash(['s3', 's1', 's3', 'unknown'], percent(50))),
    );
    expect(positions[0]!.lossWei).toBe(25n * ETH);
    expect(positions[0]!.reasons.map((reason) => reason.kind === 'slash' && reason.serviceId)).toEqual([
      's1',
      's3',
    ]);
  });

  it('is slashed by nobody where no service saw it', () => {
    expect(() => runScenario(exposure, makeScenario(slash([], percent(50))))).toThrow('names nobody');
  });

  it('costs the holder the same whether what is slashed is burned or paid to others', () => {
    const paid = { ...exposure, services: makeServices('s1', 's2', 's3') };
    paid.services[0]!.isRedistributing = true;
    const event = makeScenario(slash('s1', percent(50)));
    const [burned, redistributed] = [runScenario(exposure, event), runScenario(paid, event)];
    expect(redistributed.totalLossWei).toBe(burned.totalLossWei);
    expect(redistributed.positions[0]!.reasons[0]).toMatchObject({ isRedistributed: true });
    expect(burned.positions[0]!.reasons[0]).toMatchObject({ isRedistributed: null });
  });
});

describe('a compromised service', () => {
  const compromise = (service: string): ScenarioEvent => ({
    kind: 'service-compromised',
    service,
    wad: percent(50),
  });
  const exposure = makeExposure({
    operators: [
      makeOperator([makeAllocation('s1', HALF), makeAllocation('s2', HALF)], { address: FIRST }),
      makeOperator([makeAllocation('s1', WAD)], { address: SECOND }),
    ],
    services: makeServices('s1', 's2', 's3'),
    positions: [
      makePosition('first', [ownLeg(100n * ETH, { operator: FIRST })]),
      makePosition('second', [ownLeg(100n * ETH, { operator: SECOND })]),
    ],
  });

  it('slashes every operator that allocated to it, and nothing of what others hold', () => {
    expect(lossesOf(exposure, compromise('s1'))).toEqual([25n * ETH, 50n * ETH]);
    expect(lossesOf(exposure, compromise('s2'))).toEqual([25n * ETH, 0n]);
  });

  it('says why it slashes nothing', () => {
    const noteOf = (service: string) =>
      runScenario(exposure, makeScenario(compromise(service))).events[0]!.note;
    expect([noteOf('s3'), noteOf('unknown')]).toEqual(['nothing-allocated', 'service-not-held']);
    expect(runScenario(makeExposure({}), makeScenario(compromise('s1'))).events[0]!.note).toBe(
      'service-not-held',
    );
  });

  it('passes by operators whose allocations could not be read', () => {
    const unread = addressOf(0x5b);
    const operator = makeOperator([makeAllocation('s1', HALF)], { unreadStrategies: [unread] });
    const { positions } = runScenario(
      {
        ...exposure,
        operators: [operator],
        positions: [makePosition('p', [ownLeg(ETH), ownLeg(ETH, { strategy: unread })])],
      },
      makeScenario(compromise('s1')),
    );
    expect(positions[0]).toMatchObject({ lossWei: ETH / 4n, hiddenWei: ETH });
  });
});

describe('a client bug', () => {
  const bug = (more: Partial<Extract<ScenarioEvent, { kind: 'client-bug' }>>): ScenarioEvent => ({
    kind: 'client-bug',
    client: null,
    operators: [],
    loss: percent(10),
    ...more,
  });
  const native = { strategy: BEACON_CHAIN_STRATEGY };
  const [state] = makeOperator([makeAllocation('s1', HALF)]).strategies;
  const both = [state!, { ...state!, strategy: BEACON_CHAIN_STRATEGY }];
  const exposure = makeExposure({
    operators: [
      makeOperator([], { address: FIRST, strategies: both }),
      makeOperator([], { address: SECOND, strategies: both }),
    ],
    services: makeServices('s1'),
    dependencies: [CLIENT],
    positions: [
      makePosition('native', [ownLeg(100n * ETH, { ...native, operator: FIRST, beaconFactor: WAD })]),
      makePosition('pooled', [pooledLeg(100n * ETH, { ...native, operator: SECOND })]),
      makePosition('tokens', [ownLeg(100n * ETH, { operator: FIRST })]),
      makePosition('known', [ownLeg(100n * ETH, { ...native, operator: FIRST }), plainLeg('free', ETH)], {
        dependsOn: [CLIENT.id],
      }),
      makePosition('hidden', [plainLeg('hidden', 100n * ETH)]),
    ],
  });

  it('takes a share of the native ETH with the operators chosen, and of nothing else', () => {
    expect(lossesOf(exposure, bug({ operators: [FIRST] }))).toEqual(
      [10n, 0n, 0n, 10n, 0n].map((n) => n * ETH),
    );
    expect(lossesOf(exposure, bug({ operators: 'all' }))).toEqual(
      [10n, 10n, 0n, 10n, 0n].map((n) => n * ETH),
    );
  });

  it('takes it once of what is known to run on the client, hidden and free parts too', () => {
    const losses = lossesOf(exposure, bug({ client: CLIENT.id, operators: 'all' }));
    expect(losses).toEqual([10n * ETH, 10n * ETH, 0n, (101n * ETH) / 10n, 0n]);
    expect(lossesOf(exposure, bug({ client: CLIENT.id }))).toEqual([0n, 0n, 0n, (101n * ETH) / 10n, 0n]);
  });

  it('counts what stands out of sight as hidden only where it strikes operators', () => {
    const hiddenOf = (event: ScenarioEvent) =>
      runScenario(exposure, makeScenario(event)).positions.at(-1)!.hiddenWei;
    expect(hiddenOf(bug({ operators: [FIRST] }))).toBe(100n * ETH);
    expect(hiddenOf(bug({ client: CLIENT.id }))).toBe(0n);
  });

  it('lowers the beacon chain factor as EigenLayer does, to the last share, and multiplies with a slash', () => {
    const leg = ownLeg(30n * ETH, {
      ...native,
      operator: FIRST,
      scaledShares: shares(100n * ETH + 7n),
      beaconFactor: wad((WAD * 3n) / 10n),
    });
    const one = { ...exposure, positions: [makePosition('p', [leg])] };
    const loss = wad(WAD / 3n);
    const events = [bug({ operators: [FIRST], loss }), slash('s1', percent(50), FIRST)];
    // 0.3 x 2/3, floored; then 0.75 of it; shares floored; the value in proportion to the shares.
    const factor = (((WAD * 3n) / 10n) * (WAD - WAD / 3n)) / WAD;
    const count = (max: bigint, beacon: bigint) => ((100n * ETH + 7n) * ((max * beacon) / WAD)) / WAD;
    const left = (30n * ETH * count((WAD / 4n) * 3n, factor)) / count(WAD, (WAD * 3n) / 10n);
    expect(lossesOf(one, ...events)).toEqual([30n * ETH - left]);
    expect(lossesOf(one, ...events.toReversed())).toEqual([30n * ETH - left]);
  });

  it('reaches native ETH whose magnitudes could not be read', () => {
    const operator = makeOperator([], { strategies: [], unreadStrategies: [BEACON_CHAIN_STRATEGY] });
    const unread = {
      ...exposure,
      operators: [operator],
      positions: [makePosition('p', [ownLeg(100n * ETH, { ...native, beaconFactor: WAD })])],
    };
    const [position] = runScenario(unread, makeScenario(bug({ operators: 'all' }))).positions;
    expect(position).toMatchObject({ lossWei: 10n * ETH, hiddenWei: 0n });
    const then = runScenario(unread, makeScenario(bug({ operators: 'all' }), slash('all', percent(50))));
    expect(then.positions[0]).toMatchObject({ lossWei: 10n * ETH, hiddenWei: 90n * ETH });
  });

  it('says why it takes nothing', () => {
    const noteOf = (event: ScenarioEvent, on = exposure) =>
      runScenario(on, makeScenario(event)).events[0]!.note;
    expect(noteOf(bug({ client: 'client:other' }))).toBe('dependency-not-held');
    expect(noteOf(bug({ operators: [addressOf(0xff)] }))).toBe('operator-not-held');
    const tokensOnly = { ...exposure, operators: [makeOperator([])], positions: [] };
    expect(noteOf(bug({ operators: 'all' }), tokensOnly)).toBe('no-validators');
    expect(() => noteOf(bug({}))).toThrow('names nobody');
  });
});

describe('unbacked tokens', () => {
  const exposure = makeExposure({
    positions: [
      makePosition('rsETH', [plainLeg('hidden', 1180n * ETH)], { instrumentId: 'rsETH' }),
      makePosition('ETH', [plainLeg('free', 100n * ETH)]),
    ],
  });
  const issue = (share: bigint): ScenarioEvent => ({
    kind: 'unbacked-supply',
    instruments: ['rsETH'],
    share: wad(share),
  });

  it('dilute every claim: 18% of the supply before are 18/118 of all claims after', () => {
    expect(lossesOf(exposure, issue((WAD * 18n) / 100n))).toEqual([180n * ETH, 0n]);
    const { positions } = runScenario(exposure, makeScenario(issue((WAD * 18n) / 100n)));
    expect(positions[0]!.reasons).toEqual([
      { kind: 'unbacked', eventIndex: 0, share: (WAD * 18n) / 100n, lossWei: 180n * ETH },
    ]);
  });

  it('multiply with other losses, rounding once', () => {
    const third = wad(WAD / 3n);
    const [loss] = lossesOf(exposure, issue(third), issue(third));
    expect(1180n * ETH - loss!).toBe((1180n * ETH * WAD * WAD) / ((WAD + third) * (WAD + third)));
  });
});

describe('a market discount', () => {
  const contract = { id: 'contract:x', kind: 'contract' as const, name: 'X' };
  const exposure = makeExposure({
    operators: [makeOperator([makeAllocation('s1', WAD)])],
    services: makeServices('s1'),
    dependencies: [contract],
    positions: [
      makePosition('token', [ownLeg(100n * ETH)], { instrumentId: 'stETH', dependsOn: [contract.id] }),
      makePosition('wrapped', [plainLeg('free', 10n * ETH)], { instrumentId: 'wstETH' }),
    ],
  });
  const depeg = (share: number, ...instruments: string[]): ScenarioEvent => ({
    kind: 'depeg',
    instruments,
    discount: percent(share),
  });

  it('stands beside the loss, and multiplies with it: half price after a fifth is slashed is 60% less', () => {
    const result = runScenario(exposure, makeScenario(depeg(50, 'stETH'), slash('s1', percent(20))));
    expect(result.positions[0]).toMatchObject({
      lossWei: 20n * ETH,
      afterWei: 80n * ETH,
      marketLossWei: 40n * ETH,
    });
    expect(result).toMatchObject({ totalLossWei: 20n * ETH, totalMarketLossWei: 40n * ETH });
    expect(result.events.map(({ lossWei, marketLossWei }) => [lossWei, marketLossWei])).toEqual([
      [0n, 40n * ETH],
      [20n * ETH, 0n],
    ]);
  });

  it('multiplies with another one, and each is charged with what it takes', () => {
    const result = runScenario(exposure, makeScenario(depeg(50, 'stETH', 'wstETH'), depeg(50, 'stETH')));
    expect(result.positions.map(({ marketLossWei }) => marketLossWei)).toEqual([75n * ETH, 5n * ETH]);
    expect(result.events.map(({ marketLossWei }) => marketLossWei)).toEqual([55n * ETH, 25n * ETH]);
  });

  it('says where none of the token is held, which is not where its value is unknown', () => {
    const unvalued = makePosition('unknown', [], { instrumentId: 'rsETH', bookWei: null });
    const on = { ...exposure, positions: [...exposure.positions, unvalued] };
    const notes = runScenario(on, makeScenario(depeg(5, 'cbETH'), depeg(5, 'rsETH'))).events;
    expect(notes.map(({ note }) => note)).toEqual(['token-not-held', null]);
  });

  it('leaves nothing to sell of what is lost in full', () => {
    const result = runScenario(exposure, makeScenario(fail(contract.id, percent(100)), depeg(5, 'stETH')));
    expect(result.positions[0]).toMatchObject({ afterWei: 0n, marketLossWei: 0n });
  });
});

describe('a closed queue', () => {
  const exposure = makeExposure({
    operators: [makeOperator([makeAllocation('s1', WAD)])],
    services: makeServices('s1'),
    positions: [
      makePosition('a', [ownLeg(100n * ETH)], { instrumentId: `eigenlayer:${STRATEGY}` }),
      makePosition('b', [plainLeg('free', 10n * ETH)], { instrumentId: 'stETH' }),
    ],
  });
  const close = (instrument: string, days: number | null): ScenarioEvent => ({
    kind: 'queue-closed',
    instruments: [instrument],
    days,
  });

  it('locks what the whole scenario leaves, and takes nothing', () => {
    const result = runScenario(
      exposure,
      makeScenario(close(`eigenlayer:${STRATEGY}`, 14), slash('s1', percent(10))),
    );
    expect(result.positions.map(({ lockedWei, lock }) => [lockedWei, lock])).toEqual([
      [90n * ETH, { days: 14 }],
      [0n, null],
    ]);
    expect(result).toMatchObject({ totalLossWei: 10n * ETH, totalLockedWei: 90n * ETH });
    expect(result.events[0]).toMatchObject({ lossWei: 0n, lockedWei: 90n * ETH });
  });

  it('is as long as its longest closure, and without an end where one has none', () => {
    const lockOf = (...days: (number | null)[]) =>
      runScenario(exposure, makeScenario(...days.map((count) => close('stETH', count)))).positions[1]!.lock;
    expect(lockOf(3, 30, 7)).toEqual({ days: 30 });
    expect(lockOf(3, null, 7)).toEqual({ days: null });
  });

  it.each([0, 1.5, Number.NaN, 3651])('is not shut for %s days', (days) => {
    expect(() => runScenario(exposure, makeScenario(close('stETH', days)))).toThrow('shuts redemption');
  });
});

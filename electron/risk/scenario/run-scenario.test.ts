import { describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/contract/errors.ts';
import type { EvmAddress } from '../../../shared/domain/address.ts';
import type { Exposure } from '../../../shared/domain/exposure.ts';
import { scenarioResultSchema } from '../../../shared/domain/scenario.ts';
import { WAD } from '../../../shared/domain/units.ts';
import { runScenario } from './run-scenario.ts';
import {
  addressOf,
  BLOCK,
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
const contract = { id: 'contract:x', kind: 'contract' as const, name: 'X' };

function makePortfolio(allocations = [makeAllocation('s1', HALF)]) {
  return makeExposure({
    operators: [makeOperator(allocations)],
    services: makeServices('s1', 's2', 's3'),
    dependencies: [contract],
    positions: [makePosition('own', [ownLeg(60n * ETH)])],
  });
}

describe('a slash by one service', () => {
  it('repeats the recorded run: 60 deposited become 45, 40 queued become 30', () => {
    const exposure = {
      ...makePortfolio(),
      positions: [
        makePosition('deposited', [ownLeg(60n * ETH)]),
        makePosition('queued', [ownLeg(40n * ETH)], { state: 'queued' }),
      ],
    };
    const result = runScenario(exposure, makeScenario(slash('s1', percent(50))));
    expect(result.positions.map(({ afterWei }) => afterWei)).toEqual([45n * ETH, 30n * ETH]);
    expect(result.positions[0]!.reasons).toEqual([
      {
        kind: 'slash',
        eventIndex: 0,
        operator: exposure.operators[0]!.address,
        serviceId: 's1',
        strategy: STRATEGY,
        allocatedMagnitude: HALF,
        slashedMagnitude: WAD / 4n,
        maxMagnitudeBefore: WAD,
        maxMagnitudeAfter: (WAD / 4n) * 3n,
        shares: { before: 60n * ETH, after: 45n * ETH },
        isRedistributed: null,
        lossWei: 15n * ETH,
      },
    ]);
    expect(result.events).toEqual([
      {
        event: slash('s1', percent(50)),
        lossWei: 25n * ETH,
        marketLossWei: 0n,
        lockedWei: 0n,
        note: null,
      },
    ]);
    expect(scenarioResultSchema.parse(result)).toEqual(result);
  });

  it('takes native ETH in proportion, whatever the beacon chain took before', () => {
    const leg = ownLeg(30n * ETH, { scaledShares: shares(100n * ETH), beaconFactor: wad((WAD * 3n) / 10n) });
    const exposure = { ...makePortfolio(), positions: [makePosition('native', [leg])] };
    const [position] = runScenario(exposure, makeScenario(slash('s1', percent(50)))).positions;
    expect(position!.lossWei).toBe((75n * ETH) / 10n);
    expect(position!.reasons[0]).toMatchObject({ shares: { before: 30n * ETH, after: (225n * ETH) / 10n } });
  });

  it('reaches pooled stake through the magnitude, and leaves free and hidden parts alone', () => {
    const legs = [pooledLeg(10n * ETH), plainLeg('free', 5n * ETH), plainLeg('hidden', 2n * ETH)];
    const exposure = { ...makePortfolio(), positions: [makePosition('token', legs)] };
    const [position] = runScenario(exposure, makeScenario(slash('s1', percent(50)))).positions;
    expect(position).toMatchObject({ lossWei: (25n * ETH) / 10n, hiddenWei: 2n * ETH });
    expect(position!.reasons[0]).toMatchObject({ shares: null });
  });

  it('strikes every strategy of the set, and only those', () => {
    const other = addressOf(0x5b);
    const untouched = addressOf(0x5c);
    const operator = makeOperator([makeAllocation('s1', WAD)]);
    const [state] = operator.strategies;
    operator.strategies.push({ ...state!, strategy: other });
    operator.strategies.push({ ...state!, strategy: untouched, allocations: [makeAllocation('s2', WAD)] });
    const exposure = {
      ...makePortfolio(),
      operators: [operator],
      positions: [STRATEGY, other, untouched].map((strategy) =>
        makePosition(strategy, [ownLeg(ETH, { strategy })]),
      ),
    };
    const { positions } = runScenario(exposure, makeScenario(slash('s1', percent(10))));
    expect(positions.map(({ lossWei }) => lossWei)).toEqual([ETH / 10n, ETH / 10n, 0n]);
  });

  it('computes 1e30 wei to the last one', () => {
    const value = 10n ** 30n + 7n;
    const exposure = {
      ...makePortfolio(),
      positions: [makePosition('huge', [ownLeg(value), pooledLeg(value)])],
    };
    const [position] = runScenario(exposure, makeScenario(slash('s1', wad(1n)))).positions;
    // ceil(0.5e18 x 1 / 1e18) = 1 unit of magnitude; what is left is rounded down, leg by leg.
    expect(position!.afterWei).toBe(2n * ((value * (WAD - 1n)) / WAD));
  });
});

describe('a slash by all services', () => {
  const allocations = [makeAllocation('s2', WAD / 4n), makeAllocation('s1', WAD / 2n)];

  it('adds up over the services, in the order they are listed, each allocation once', () => {
    const result = runScenario(makePortfolio(allocations), makeScenario(slash('all', percent(100))));
    expect(result.positions[0]!.reasons.map((reason) => reason.kind === 'slash' && reason.serviceId)).toEqual(
      ['s1', 's2'],
    );
    expect(result.totalLossWei).toBe(45n * ETH);
  });

  it('takes nothing more from allocations that are gone', () => {
    const all = slash('all', percent(100));
    const result = runScenario(makePortfolio(allocations), makeScenario(all, all));
    expect(result.events.map(({ note, lossWei }) => [note, lossWei])).toEqual([
      [null, 45n * ETH],
      ['nothing-allocated', 0n],
    ]);
  });

  it('acts on what earlier events left', () => {
    const event = slash('s1', percent(50));
    const result = runScenario(makePortfolio(), makeScenario(event, event));
    expect(result.events.map(({ lossWei }) => lossWei)).toEqual([15n * ETH, (75n * ETH) / 10n]);
  });
});

describe('an event that touches nothing says why', () => {
  const cases: readonly (readonly [string, string, Exposure, EvmAddress | undefined, string])[] = [
    ['an operator that nothing stands with', 'operator-not-held', makePortfolio(), addressOf(0xff), 's1'],
    ['a service without an allocation', 'nothing-allocated', makePortfolio(), undefined, 's3'],
    [
      'an allocation of zero',
      'nothing-allocated',
      makePortfolio([makeAllocation('s1', 0n)]),
      undefined,
      's1',
    ],
    [
      'an operator that the service cannot slash',
      'not-slashable',
      makePortfolio([makeAllocation('s1', HALF, { isSlashable: false })]),
      undefined,
      'all',
    ],
    [
      'magnitudes that could not be read',
      'magnitude-unread',
      {
        ...makePortfolio(),
        operators: [makeOperator([], { strategies: [], unreadStrategies: [STRATEGY] })],
      },
      undefined,
      's1',
    ],
  ];

  it.each(cases)('%s: %s', (_, note, exposure, operator, service) => {
    const result = runScenario(exposure, makeScenario(slash(service, percent(50), operator)));
    expect(result.events[0]).toMatchObject({ note, lossWei: 0n });
    expect(result.totalLossWei).toBe(0n);
    expect(result.positions[0]!.reasons).toEqual([]);
  });

  it('a dependency that nothing rests on: dependency-not-held', () => {
    const result = runScenario(makePortfolio(), makeScenario(fail('contract:x', percent(20))));
    expect(result.events[0]).toMatchObject({ note: 'dependency-not-held', lossWei: 0n });
  });

  it('slashes where it is not known whether the service can', () => {
    const exposure = makePortfolio([makeAllocation('s1', HALF, { isSlashable: null })]);
    expect(runScenario(exposure, makeScenario(slash('s1', percent(50)))).totalLossWei).toBe(15n * ETH);
  });

  it('counts legs it had to pass by as hidden, once their operator is slashed', () => {
    const unread = addressOf(0x5b);
    const exposure = {
      ...makePortfolio(),
      operators: [makeOperator([makeAllocation('s1', HALF)], { unreadStrategies: [unread] })],
      positions: [
        makePosition('p', [ownLeg(ETH), ownLeg(3n * ETH, { strategy: unread })], {
          dependsOn: [contract.id],
        }),
      ],
    };
    const struck = runScenario(exposure, makeScenario(slash('s1', percent(50)))).positions[0]!;
    expect(struck).toMatchObject({ hiddenWei: 3n * ETH, lossWei: ETH / 4n });
    const failed = runScenario(exposure, makeScenario(fail(contract.id, percent(50)))).positions[0]!;
    expect(failed).toMatchObject({ hiddenWei: 0n, lossWei: 2n * ETH });
  });
});

describe('a pending change', () => {
  const leaving = { pendingDiff: -(WAD / 4n), effectBlock: BLOCK + 1n };
  const all = makeScenario(slash('s1', percent(100)));

  it('stays slashable in full until its block', () => {
    const exposure = makePortfolio([makeAllocation('s1', HALF, leaving)]);
    expect(runScenario(exposure, all).totalLossWei).toBe(30n * ETH);
  });

  it('leaves only the rest from its block on', () => {
    const exposure = makePortfolio([makeAllocation('s1', HALF, { ...leaving, effectBlock: BLOCK })]);
    expect(runScenario(exposure, all).totalLossWei).toBe(15n * ETH);
  });

  it('makes an allocation slashable from its block on, not before', () => {
    const coming = { pendingDiff: WAD / 4n, effectBlock: BLOCK + 1n };
    const before = makePortfolio([makeAllocation('s1', HALF, coming)]);
    expect(runScenario(before, all).totalLossWei).toBe(30n * ETH);
    const after = makePortfolio([makeAllocation('s1', HALF, { ...coming, effectBlock: BLOCK })]);
    expect(runScenario(after, all).totalLossWei).toBe(45n * ETH);
  });
});

describe('a contract failure', () => {
  const exposure = {
    ...makePortfolio([makeAllocation('s1', WAD)]),
    dependencies: [contract, { ...contract, id: 'contract:y' }],
    positions: [
      makePosition('both', [ownLeg(100n * ETH)], { dependsOn: ['contract:x', 'contract:y'] }),
      makePosition('none', [plainLeg('free', 100n * ETH)]),
    ],
  };

  it('takes its share of every part, hidden ones too, so that nothing is passed by', () => {
    const hidden = {
      ...exposure,
      positions: [makePosition('p', [plainLeg('hidden', 10n * ETH)], { dependsOn: ['contract:x'] })],
    };
    const [position] = runScenario(hidden, makeScenario(fail('contract:x', percent(20)))).positions;
    expect(position).toMatchObject({ afterWei: 8n * ETH, hiddenWei: 0n });
  });

  it('multiplies with a slash: half of what a fifth left is 60% lost', () => {
    const result = runScenario(
      exposure,
      makeScenario(slash('s1', percent(20)), fail('contract:x', percent(50))),
    );
    expect(result.positions.map(({ lossWei }) => lossWei)).toEqual([60n * ETH, 0n]);
    expect(result.events.map(({ lossWei }) => lossWei)).toEqual([20n * ETH, 40n * ETH]);
  });

  it('multiplies with another failure, rounding once', () => {
    const third = wad(WAD / 3n);
    const result = runScenario(exposure, makeScenario(fail('contract:x', third), fail('contract:y', third)));
    const kept = WAD - WAD / 3n;
    expect(result.positions[0]!.afterWei).toBe((100n * ETH * kept * kept) / (WAD * WAD));
  });
});

describe('what is left out', () => {
  it('names positions without a value, and totals without them', () => {
    const unvalued = makePosition('unknown', [], { bookWei: null, dependsOn: [contract.id] });
    const exposure = makePortfolio();
    exposure.positions.push(unvalued);
    const result = runScenario(exposure, makeScenario(fail(contract.id, percent(20))));
    expect(result.unvaluedIds).toEqual(['unknown']);
    expect(result).toMatchObject({ totalBeforeWei: 60n * ETH, totalLossWei: 0n });
    expect(result.events[0]!.note).toBeNull();
  });

  it('runs on an empty portfolio', () => {
    const result = runScenario(
      makeExposure({}),
      makeScenario(slash('all', percent(1)), fail('x', percent(1))),
    );
    expect(result).toMatchObject({ positions: [], totalBeforeWei: 0n, totalAfterWei: 0n, totalLossWei: 0n });
    expect(result.events.map(({ note }) => note)).toEqual(['operator-not-held', 'dependency-not-held']);
  });
});

describe('a run', () => {
  it('is refused without events, with too many, or with a share out of range', () => {
    const event = slash('s1', percent(1));
    const run = (events: (typeof event)[]) => () => runScenario(makePortfolio(), makeScenario(...events));
    expect(run([])).toThrow('1 to 64 events');
    expect(run(Array.from({ length: 65 }, () => event))).toThrow('1 to 64 events');
    expect(run([event, slash('s1', wad(0n))])).toThrow('Event 2 takes');
    expect(run([slash('s1', wad(WAD + 1n))])).toThrow('Event 1 takes');
  });

  it('reports progress up to the end, at most a hundred times', () => {
    const seen: [number, number][] = [];
    const ids = Array.from({ length: 7 }, (_, index) => `s${index + 1}`);
    const exposure = { ...makePortfolio(), services: makeServices(...ids) };
    const events = Array.from({ length: 64 }, () => slash('all', percent(1)));
    runScenario(exposure, makeScenario(...events), { onProgress: (done, total) => seen.push([done, total]) });
    expect(seen).toHaveLength(100);
    expect(seen.at(-1)).toEqual([448, 448]);
    expect(seen.map(([done]) => done)).toEqual(seen.map(([done]) => done).toSorted((a, b) => a - b));
  });

  it('stops between two positions of one step when it is cancelled', () => {
    const exposure = makePortfolio();
    exposure.positions = Array.from({ length: 50 }, (_, index) => makePosition(`p${index}`, [ownLeg(ETH)]));
    let asked = 0;
    const isCancelled = () => (asked += 1) > 10;
    const run = () => runScenario(exposure, makeScenario(slash('s1', percent(1))), { isCancelled });
    expect(run).toThrow(AppError);
    expect(asked).toBe(11);
  });
});

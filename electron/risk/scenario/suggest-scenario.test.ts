import { describe, expect, it } from 'vitest';
import { BEACON_CHAIN_STRATEGY } from '../../../shared/domain/address.ts';
import { scenarioSchema } from '../../../shared/domain/scenario.ts';
import { SUGGESTED_PRESETS } from '../../../shared/domain/scenario-kinds.ts';
import { WAD } from '../../../shared/domain/units.ts';
import { runScenario } from './run-scenario.ts';
import { suggestScenario } from './suggest-scenario.ts';
import {
  addressOf,
  makeAllocation,
  makeExposure,
  makeOperator,
  makePosition,
  makeServices,
  OPERATOR,
  ownLeg,
  percent,
  plainLeg,
  pooledLeg,
  STRATEGY,
} from '../testing/make-exposure.ts';

const other = addressOf(0x0b);

function makePortfolio() {
  return makeExposure({
    operators: [
      makeOperator([makeAllocation('s1', WAD / 4n), makeAllocation('s2', WAD / 2n, { isSlashable: false })]),
      makeOperator([makeAllocation('s2', WAD / 2n)], { address: other }),
    ],
    services: makeServices('s1', 's2'),
    dependencies: [
      { id: 'oracle:o', kind: 'oracle', name: 'O' },
      { id: 'contract:a', kind: 'contract', name: 'A' },
      { id: 'contract:b', kind: 'contract', name: 'B' },
    ],
    positions: [
      makePosition('p', [ownLeg(100n)], { dependsOn: ['oracle:o', 'contract:a'] }),
      makePosition('q', [ownLeg(40n, { operator: other })], { dependsOn: ['oracle:o', 'contract:b'] }),
      makePosition('r', [plainLeg('free', 70n)], { dependsOn: ['contract:b'] }),
    ],
  });
}

describe('suggestScenario', () => {
  it('slashes 10% by the service with the most value allocated to it that can slash', () => {
    const scenario = suggestScenario(makePortfolio(), 'operator-slash');
    expect(scenario).toEqual({
      preset: 'operator-slash',
      events: [{ kind: 'operator-slash', operator: OPERATOR, service: 's1', wad: percent(10) }],
    });
    expect(runScenario(makePortfolio(), scenario!).totalLossWei).toBe(3n);
  });

  it('fails 20% of the contract with the most value on it, not of an oracle', () => {
    expect(suggestScenario(makePortfolio(), 'contract-failure')).toEqual({
      preset: 'contract-failure',
      events: [{ kind: 'contract-failure', dependency: 'contract:b', loss: percent(20) }],
    });
  });

  it('compromises the service with the most value allocated to it that can slash, over all operators', () => {
    expect(suggestScenario(makePortfolio(), 'service-compromised')?.events).toEqual([
      { kind: 'service-compromised', service: 's1', wad: percent(10) },
    ]);
  });

  it('fails each kind of dependency at the one with the most value on it', () => {
    expect(suggestScenario(makePortfolio(), 'oracle-failure')?.events).toEqual([
      { kind: 'contract-failure', dependency: 'oracle:o', loss: percent(20) },
    ]);
    expect(suggestScenario(makePortfolio(), 'bridge-failure')).toBeNull();
  });

  it('lets a client fail where one is known, and else the validators of all operators', () => {
    const portfolio = makePortfolio();
    expect(suggestScenario(portfolio, 'client-bug')).toBeNull();
    const native = makePosition('n', [pooledLeg(9n, { strategy: BEACON_CHAIN_STRATEGY })]);
    const operators = [makeOperator([], { strategies: [], unreadStrategies: [BEACON_CHAIN_STRATEGY] })];
    const event = { kind: 'client-bug', client: null, operators: 'all', loss: percent(10) };
    expect(suggestScenario(makeExposure({ operators, positions: [native] }), 'client-bug')?.events).toEqual([
      event,
    ]);
    portfolio.dependencies.push({ id: 'client:c', kind: 'client', name: 'C' });
    portfolio.positions[0]!.dependsOn.push('client:c');
    expect(suggestScenario(portfolio, 'client-bug')?.events).toEqual([
      { ...event, client: 'client:c', operators: [] },
    ]);
  });

  it('strikes a token with all its forms: wrapped, and in EigenLayer', () => {
    const restaked = `eigenlayer:${STRATEGY}`;
    const exposure = makeExposure({
      strategies: [{ address: STRATEGY, name: 'stETH' }],
      positions: [
        makePosition('a', [plainLeg('free', 60n)], { instrumentId: 'rsETH' }),
        makePosition('b', [plainLeg('free', 40n)], { instrumentId: 'wstETH' }),
        makePosition('c', [plainLeg('free', 30n)], { instrumentId: restaked }),
        makePosition('d', [plainLeg('free', 900n)]),
      ],
    });
    const instruments = ['wstETH', restaked];
    expect(suggestScenario(exposure, 'depeg')?.events).toEqual([
      { kind: 'depeg', instruments, discount: percent(5) },
    ]);
    expect(suggestScenario(exposure, 'queue-closed')?.events).toEqual([
      { kind: 'queue-closed', instruments, days: 14 },
    ]);
    expect(suggestScenario(exposure, 'unbacked-supply')?.events).toEqual([
      { kind: 'unbacked-supply', instruments, share: percent(10) },
    ]);
  });

  it('suggests only what its schema takes, and what it says it suggests', () => {
    for (const preset of SUGGESTED_PRESETS) {
      const scenario = suggestScenario(makePortfolio(), preset);
      if (scenario !== null) expect(scenarioSchema.parse(scenario)).toEqual({ ...scenario, preset });
    }
  });

  it('suggests nothing where nothing could be struck', () => {
    for (const preset of SUGGESTED_PRESETS) expect(suggestScenario(makeExposure({}), preset)).toBeNull();
    const worthless = makeExposure({
      operators: makePortfolio().operators,
      services: makeServices('s1', 's2'),
    });
    expect(suggestScenario(worthless, 'operator-slash')).toBeNull();
  });
});

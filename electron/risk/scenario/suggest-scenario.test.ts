import { describe, expect, it } from 'vitest';
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
} from '../testing/make-exposure.ts';
import { WAD } from '../../../shared/domain/units.ts';

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

  it('suggests nothing where nothing could be struck', () => {
    expect(suggestScenario(makeExposure({}), 'operator-slash')).toBeNull();
    expect(suggestScenario(makeExposure({}), 'contract-failure')).toBeNull();
    const worthless = makeExposure({
      operators: makePortfolio().operators,
      services: makeServices('s1', 's2'),
    });
    expect(suggestScenario(worthless, 'operator-slash')).toBeNull();
  });
});

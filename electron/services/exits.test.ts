import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../shared/contract/errors.ts';
import { methods } from '../../shared/contract/methods.ts';
import type { ExitOverview } from '../../shared/domain/exit.ts';
import { sumOf } from '../../shared/domain/units.ts';
import { loadSample } from '../samples.ts';
import { openStore } from '../store/store.ts';
import { createTestServices } from '../testing/test-services.ts';

const ASSETS = join(import.meta.dirname, '..', '..', 'assets');
const DAY = 86_400;

function setUp() {
  const test = createTestServices(openStore(null), loadSample(ASSETS));
  const { exits } = test.services;
  const { assumptions, stress } = exits.defaults;
  return { ...test, exits, assumptions, stress };
}

function findPlan({ plans }: ExitOverview, label: string) {
  const plan = plans.find((one) => one.label.startsWith(label));
  if (plan === undefined) throw new Error(`no plan of ${label}`);
  return plan;
}

describe('exits of the sample', () => {
  it('are planned for every position, and their values add up to the portfolio’s', () => {
    const { services, exits, assumptions, stress } = setUp();
    const overview = exits.plan('sample', assumptions, stress);
    const { positions, totals } = services.readings.view('sample');
    expect(overview.plans.map(({ positionId }) => positionId).toSorted()).toEqual(
      positions.map(({ id }) => id).toSorted(),
    );
    expect(overview.total).toBe(totals.bookEth.value);
    expect(sumOf(overview.plans.map(({ amount }) => amount ?? 0n))).toBe(overview.total);
    expect(overview.ladder.map(({ day }) => day)).toEqual([1, 7, 14, 30, 60]);
  });

  it('take up what was read of a queued withdrawal', () => {
    const { exits, assumptions, stress } = setUp();
    const { plans } = exits.plan('sample', assumptions, stress);
    const queued = plans.find(({ pathId }) => pathId === 'eigenlayer-strategy-queued');
    expect(queued?.legs[0]?.inputs[0]?.evidence).toMatchObject({ status: 'read' });
  });

  it('wait longer under stress, and without an end are not known', () => {
    const { exits, assumptions, stress } = setUp();
    const calm = exits.plan('sample', assumptions, stress);
    const paused = exits.plan('sample', assumptions, { ...stress, pauses: [{ protocol: 'lido', days: 30 }] });
    const open = exits.plan('sample', assumptions, { ...stress, pauses: [{ protocol: 'lido', days: null }] });
    expect(findPlan(calm, 'wstETH').total.typical).toBe(3 * DAY);
    expect(findPlan(paused, 'wstETH').total.typical).toBe(33 * DAY);
    expect(findPlan(open, 'wstETH').total.typical).toBeNull();
    expect(open.untimedIds).toContain(findPlan(open, 'wstETH').positionId);
    // Another issuer’s does not touch it.
    expect(findPlan(open, 'pufETH').total).toEqual(findPlan(calm, 'pufETH').total);
  });

  it('say what the contract says that they say', () => {
    const { exits, assumptions, stress } = setUp();
    const { defaults } = exits;
    expect(methods['exits.defaults'].output.parse(defaults)).toEqual(defaults);
    const overview = exits.plan('sample', { ...assumptions, annualLossRate: 0.01 }, stress);
    expect(methods['exits.plan'].output.parse(overview)).toEqual(overview);
  });

  it('can name every protocol that it offers to pause', () => {
    const { exits, assumptions, stress } = setUp();
    for (const protocol of ['all', ...exits.defaults.pausable]) {
      expect(() =>
        exits.plan('sample', assumptions, { ...stress, pauses: [{ protocol, days: 1 }] }),
      ).not.toThrow();
    }
  });
});

describe('exits', () => {
  it('need a reading, and refuse what cannot be assumed', () => {
    const { services, exits, assumptions, stress } = setUp();
    const { id } = services.portfolios.create('Mine', 'ethereum');
    const codeOf = (run: () => unknown): string => {
      try {
        run();
      } catch (thrown) {
        if (thrown instanceof AppError) return thrown.code;
      }
      return 'none';
    };
    expect(codeOf(() => exits.plan(id, assumptions, stress))).toBe('nothing-observed');
    expect(codeOf(() => exits.plan('nowhere', assumptions, stress))).toBe('not-found');
    expect(codeOf(() => exits.plan('sample', { ...assumptions, annualLossRate: -1 }, stress))).toBe(
      'scenario-invalid',
    );
  });

  it('are asked for again when the figures change', async () => {
    const { services, events } = setUp();
    services.settings.update({ manualEthUsd: { price: 300_000_000_000n, enteredAt: 0 } });
    const told = events.flatMap((event) => (event.kind === 'changed' ? event.methods : []));
    expect(told).toContain('exits.plan');
  });
});

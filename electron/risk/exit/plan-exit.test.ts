import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exitPlanSchema, RANGE_SLOTS, type ExitPlan, type NumberRange } from '../../../shared/domain/exit.ts';
import { DAY_SECONDS, exactly, isRange, mapSlots } from './duration.ts';
import type { ExitPosition } from './exit-position.ts';
import { planExit } from './plan-exit.ts';
import {
  arbitraryAssumptions,
  arbitraryExitPosition,
  assume,
  ETH,
  makeExitPosition,
  stressWith,
  wad,
} from './testing/arbitrary-exit.ts';

const days = (range: NumberRange): NumberRange =>
  mapSlots((slot) => (range[slot] === null ? null : range[slot] / DAY_SECONDS));
const kinds = (plan: ExitPlan): string[] => plan.legs.map(({ kind }) => kind);
const leg = (plan: ExitPlan, id: string): ExitPlan['legs'][number] =>
  plan.legs.find((each) => each.id === id)!;

const NATIVE: Partial<ExitPosition> = { pathId: 'eigenlayer-native' };
const EMPTY_QUEUE = assume({ queue: { kind: 'ahead', aheadGwei: 0n }, paidValidators: 0, validators: 0 });

describe('ETH held', () => {
  it('waits for nothing, even where everything is paused', () => {
    const plan = planExit(
      makeExitPosition('ETH'),
      assume(),
      stressWith({ pauses: [{ protocol: 'all', days: null }] }),
    );
    expect(plan).toMatchObject({ legs: [], total: exactly(0), slashable: exactly(0), paidIn: 'ETH' });
    expect(plan.choice.high).toMatchObject({ cheaper: 'wait', split: { cost: 0n } });
  });
});

describe('a validator', () => {
  const queue = (aheadEth: bigint) =>
    assume({ queue: { kind: 'ahead', aheadGwei: aheadEth * 10n ** 9n }, validators: 0, paidValidators: 0 });
  const meth = makeExitPosition('mETH', { amount: 32n * ETH });
  const atHigh = (plan: ExitPlan): number =>
    plan.legs
      .filter(({ protocol }) => protocol === 'ethereum')
      .reduce((sum, { duration }) => sum + duration.high!, 0);

  it.each([
    // The golden vectors of exit-churn, reached through the plan: epochs from now to withdrawable.
    [0n, 32n, 261],
    [0n, 2048n, 268],
    [0n, 1_000_000n, 4167],
    // Ahead and own add up.
    [999_968n, 32n, 4167],
  ])('behind %d ETH, with %d of its own, is withdrawable after %d epochs', (ahead, own, epochs) => {
    expect(atHigh(planExit({ ...meth, amount: own * ETH }, queue(ahead)))).toBe(epochs * 384);
  });

  it('leaves 2.6 million ETH behind it in 45 days, and in a quarter of that from Gloas on', () => {
    const ahead = queue(2_600_000n);
    expect(days(leg(planExit(meth, ahead), 'churn-queue').duration).high).toBeCloseTo(45.1, 1);
    const gloas = planExit(meth, { ...ahead, fork: 'gloas', totalActiveGwei: 34_000_000n * 10n ** 9n });
    expect(days(leg(gloas, 'churn-queue').duration).high).toBeCloseTo(11.1, 1);
  });

  it('waits the recorded days of each set', () => {
    const wait = (set: 'calm' | 'base' | 'stressed'): NumberRange =>
      days(leg(planExit(meth, assume({ queue: { kind: 'set', set } })), 'churn-queue').duration);
    expect(wait('calm').typical).toBeCloseTo(0.5, 1);
    expect(wait('base').typical).toBeCloseTo(5, 1);
    expect(wait('base').high).toBeCloseTo(42, 1);
    expect(wait('stressed').typical).toBeCloseTo(45, 1);
  });

  it('waits for none, half or all of a round of the sweep, which nothing slashes', () => {
    const undelegated = makeExitPosition('x', { ...NATIVE, isSlashable: false });
    const plan = planExit(undelegated, assume({ validators: 1_000_000, paidValidators: 1_000_000 }));
    const sweep = leg(plan, 'sweep');
    expect(sweep.duration).toEqual({ low: 0, typical: 31_250 * 12, high: 62_500 * 12 });
    expect(plan.slashable.high).toBe(sweep.start.high);
  });
});

describe('restaked native ETH', () => {
  it('exits the validator and sits out the escrow side by side, or at worst in turn', () => {
    const plan = planExit(makeExitPosition('x', NATIVE), EMPTY_QUEUE);
    expect(kinds(plan)).toEqual(['look-ahead', 'churn-queue', 'withdrawability', 'escrow']);
    const validator = 261 * 384;
    const escrow = 100_800 * 12;
    expect(plan.total).toEqual({ low: escrow, typical: escrow, high: validator + escrow });
    expect(leg(plan, 'eigenlayer-escrow').start).toEqual({ low: 0, typical: 0, high: validator });
    expect(plan.slashable).toEqual(plan.total);
  });

  it('takes the longer of both where the queue is longer than the escrow', () => {
    const plan = planExit(makeExitPosition('x', NATIVE), assume({ queue: { kind: 'set', set: 'stressed' } }));
    expect(days(plan.total).typical! > 45).toBe(true);
  });

  it('can be slashed by nobody in escrow where it is delegated to nobody; the validator still can', () => {
    const plan = planExit(makeExitPosition('x', { ...NATIVE, isSlashable: false }), EMPTY_QUEUE);
    expect(plan.slashable).toEqual(exactly(261 * 384));
  });

  it('queued waits for the blocks that are left, and for its validator at worst', () => {
    const readings = {
      'eigenlayer-escrow': { value: exactly(1000), evidence: { status: 'read', source: 'test', asOf: null } },
    } as const;
    const plan = planExit(
      makeExitPosition('x', { pathId: 'eigenlayer-native-queued', readings }),
      EMPTY_QUEUE,
    );
    expect(plan.total).toEqual({ low: 12_000, typical: 12_000, high: 261 * 384 });
    expect(leg(plan, 'eigenlayer-escrow').inputs[0]!.evidence.status).toBe('read');
  });
});

describe('restaked stETH', () => {
  const position = makeExitPosition('x', {
    pathId: 'eigenlayer-strategy',
    underlyingPathId: 'lido',
    underlyingSymbol: 'stETH',
  });

  it('leaves EigenLayer first, then asks Lido', () => {
    const plan = planExit(position, EMPTY_QUEUE);
    expect(leg(plan, 'lido-queue').start).toEqual(exactly(100_800 * 12));
    expect(days(plan.total)).toMatchObject({ low: 15, typical: 17 });
    expect(plan.paidIn).toBe('stETH');
  });

  it('is a token in hand where no way out of the token is known', () => {
    const plan = planExit({ ...position, underlyingPathId: null, underlyingSymbol: 'XYZ' }, EMPTY_QUEUE);
    expect(plan.total).toEqual(exactly(100_800 * 12));
    expect(plan.paidIn).toBe('XYZ');
  });
});

describe('what an issuer holds ready', () => {
  const weeth = makeExitPosition('weETH');

  it('unknown: paid from it at best and typically, unstaked at worst', () => {
    const plan = planExit(weeth, assume());
    expect(days(plan.total)).toMatchObject({ low: 1, typical: 4.9 });
    expect(days(plan.total).high! > 42 + 14).toBe(true);
    expect(plan.doubtfulInputs).toContain('etherfi-queue');
  });

  it('enough: no unstaking in any reading', () => {
    const plan = planExit(weeth, assume({ coverage: { etherfi: 'covered' } }));
    expect(kinds(plan)).toEqual(['issuer']);
    expect(days(plan.total).high).toBe(17);
  });

  it('not enough: unstaked in every reading, and for Renzo the cooldown after it', () => {
    const plan = planExit(makeExitPosition('ezETH'), assume({ coverage: { renzo: 'not-covered' } }));
    expect(days(plan.total).low).toBeCloseTo(14 + 3, 9);
    expect(leg(plan, 'renzo-cooldown').start.low).toBe(100_800 * 12);
  });
});

describe('what is not known', () => {
  it('makes the time unknown, never short, and says what is known', () => {
    const plan = planExit(makeExitPosition('rswETH'), assume({ coverage: { swell: 'not-covered' } }));
    expect(plan.total).toEqual({ low: null, typical: null, high: null });
    expect(days(exactly(plan.atLeast)).low).toBe(14);
    expect(plan.isPausedForGood).toBe(false);
  });

  it('leaves rETH with a best case only', () => {
    expect(planExit(makeExitPosition('rETH'), assume()).total).toEqual({ low: 0, typical: null, high: null });
  });

  it('has no legs for an instrument of which nothing is known', () => {
    expect(planExit(makeExitPosition('nonsense'), assume())).toMatchObject({
      pathId: null,
      legs: [],
      total: { low: null },
    });
  });

  it('gives way to a number the user enters', () => {
    const plan = planExit(
      makeExitPosition('rswETH'),
      assume({
        coverage: { swell: 'covered' },
        overrides: { 'swell-queue': { low: 1, typical: 2, high: 3 } },
      }),
    );
    expect(days(plan.total)).toEqual({ low: 1, typical: 2, high: 3 });
    expect(plan.legs[0]!.inputs[0]!.evidence.status).toBe('entered');
  });
});

describe('bitcoin', () => {
  it('unbonds in about a week, as blocks come at random', () => {
    const plan = planExit(makeExitPosition('x', { pathId: 'babylon-unbonding', unit: 'sat' }), assume());
    expect(days(plan.total).typical).toBe(7);
    expect(days(plan.total).high).toBeCloseTo((1008 + 1.645 * Math.sqrt(1008)) / 144, 9);
    expect(plan.doubtfulInputs).toEqual(['babylon-unbonding']);
  });
});

describe('waiting', () => {
  const covered = { coverage: { etherfi: 'covered' } } as const;
  const ten = { overrides: { 'etherfi-queue': exactly(36.5) } };

  it('costs 1 - exp(-rate T) and yield x days / 365', () => {
    const plan = planExit(
      makeExitPosition('weETH'),
      assume({ ...covered, ...ten, annualLossRate: 0.2, requiredAnnualYield: 0.05 }),
    );
    expect(plan.waiting!.lossShare.typical).toBeCloseTo(1 - Math.exp(-0.02), 12);
    expect(plan.waiting!.timeShare.typical).toBeCloseTo(0.005, 12);
    expect(Number(plan.waiting!.cost.typical) / 1e18).toBeCloseTo(100 * (1 - Math.exp(-0.02) + 0.005), 9);
  });

  it('loses to slashing only while it can be slashed, and time all along', () => {
    const undelegated = makeExitPosition('x', { ...NATIVE, isSlashable: false });
    const plan = planExit(undelegated, { ...EMPTY_QUEUE, annualLossRate: 0.2, requiredAnnualYield: 0.05 });
    const years = (seconds: number): number => seconds / DAY_SECONDS / 365;
    expect(plan.waiting!.lossShare.typical).toBeCloseTo(1 - Math.exp(-0.2 * years(261 * 384)), 12);
    expect(plan.waiting!.timeShare.typical).toBeCloseTo(0.05 * years(100_800 * 12), 12);
  });

  it('costs no more than everything', () => {
    const plan = planExit(
      makeExitPosition('weETH'),
      assume({ ...covered, ...ten, annualLossRate: 900, requiredAnnualYield: 900 }),
    );
    expect(plan.waiting!.cost.typical).toBe(100n * ETH);
  });

  it('has no price without a rate of loss, and takes the position’s own before the common one', () => {
    const position = makeExitPosition('weETH');
    expect(planExit(position, assume()).waiting).toMatchObject({
      lossShare: { typical: null },
      cost: { typical: null },
    });
    expect(
      planExit(position, assume({ annualLossRate: 0.5, annualLossRates: { weETH: 0 } })).waiting!.lossShare
        .high,
    ).toBe(0);
  });
});

describe('stress', () => {
  const pause = (protocol: string, length: number | null) =>
    stressWith({ pauses: [{ protocol, days: length }] });

  it('multiplies the stake ahead', () => {
    const meth = makeExitPosition('mETH', { amount: 0n });
    const queue = (multiple: number): number =>
      leg(planExit(meth, assume(), stressWith({ queueMultiple: multiple })), 'churn-queue').duration.typical!;
    expect(queue(3)).toBe(3 * queue(1));
  });

  it('pauses an issuer’s request: the wait begins when it is over', () => {
    const plan = planExit(makeExitPosition('stETH'), assume(), pause('lido', 10));
    expect(kinds(plan)[0]).toBe('pause');
    expect(days(plan.total)).toMatchObject({ low: 11, typical: 13 });
  });

  it('pauses EigenLayer: a withdrawal that is queued goes on waiting, and is held up only if it ends sooner', () => {
    const readings = {
      'eigenlayer-escrow': {
        value: exactly(7200 * 5),
        evidence: { status: 'read', source: 'test', asOf: null },
      },
    } as const;
    const queued = makeExitPosition('x', { pathId: 'eigenlayer-strategy-queued', readings });
    expect(days(planExit(queued, assume(), pause('eigenlayer', 3)).total)).toEqual(exactly(5));
    const held = planExit(queued, assume(), pause('eigenlayer', 9));
    expect(days(held.total)).toEqual(exactly(9));
    // Past its delay no service reaches it, paused or not.
    expect(days(held.slashable)).toEqual(exactly(5));
    const fresh = makeExitPosition('x', { pathId: 'eigenlayer-strategy' });
    expect(days(planExit(fresh, assume(), pause('eigenlayer', 9)).total)).toEqual(exactly(9 + 14));
  });

  it('pauses EigenLayer: a holder whom the buffer pays does not notice', () => {
    const plan = planExit(makeExitPosition('weETH'), assume(), pause('eigenlayer', null));
    expect(days(plan.total)).toEqual({ low: 1, typical: 4.9, high: null });
    expect(plan.isPausedForGood).toBe(false);
  });

  it('withdraws depth: the same sale costs more', () => {
    const curve = {
      kind: 'constant-product',
      reserveIn: 1000n * ETH,
      reserveOut: 1000n * ETH,
      fee: wad(0),
    } as const;
    const market = assume({ markets: [{ id: 'm', instrumentIds: ['stETH'], curve }] });
    const cost = (share: number): bigint =>
      planExit(makeExitPosition('stETH'), market, stressWith({ depthWithdrawn: wad(share) })).sale!.cost;
    expect(cost(0)).toBe((100n * ETH * 100n) / 1100n + 1n);
    expect(cost(0.5) > cost(0)).toBe(true);
    expect(
      planExit(makeExitPosition('stETH'), market, stressWith({ depthWithdrawn: wad(1) })).sale,
    ).toBeNull();
  });

  it('leaves selling where withdrawals are paused without an end', () => {
    const curve = { kind: 'fixed-fee', fee: wad(0.2), capacity: 1000n * ETH } as const;
    const market = assume({ markets: [{ id: 'm', instrumentIds: ['stETH'], curve }] });
    const plan = planExit(makeExitPosition('stETH'), market, pause('lido', null));
    expect(plan.isPausedForGood).toBe(true);
    expect(plan.choice.typical).toMatchObject({ cheaper: 'sell', split: { waiting: 0n } });
  });
});

describe('every plan', () => {
  const input = { position: arbitraryExitPosition, assumptions: arbitraryAssumptions };
  const later = (a: number | null, b: number | null): boolean => b === null || (a !== null && a <= b);

  it('has ordered ranges, legs that lie within the total, and the form it promises', () => {
    fc.assert(
      fc.property(fc.record(input), ({ position, assumptions }) => {
        const plan = planExit(position, assumptions);
        exitPlanSchema.parse(plan);
        expect(isRange(plan.total)).toBe(true);
        expect(isRange(plan.slashable)).toBe(true);
        expect(new Set(plan.legs.map(({ id }) => id)).size).toBe(plan.legs.length);
        for (const slot of RANGE_SLOTS) {
          expect(later(plan.slashable[slot], plan.total[slot])).toBe(true);
          for (const { start, duration } of plan.legs) {
            if (start[slot] === null || duration[slot] === null) expect(plan.total[slot]).toBeNull();
            else expect(later(start[slot] + duration[slot], plan.total[slot])).toBe(true);
          }
        }
        for (const each of plan.legs) expect(isRange(each.start)).toBe(true);
        expect(later(plan.atLeast, plan.total.low)).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  it('is never faster for a longer queue, a pause, or more to take out', () => {
    const more = {
      ...input,
      multiple: fc.double({ min: 1, max: 20, noNaN: true }),
      pauseDays: fc.double({ min: 0, max: 90, noNaN: true }),
    };
    fc.assert(
      fc.property(fc.record(more), ({ position, assumptions, multiple, pauseDays }) => {
        const plan = planExit(position, assumptions);
        const harder = [
          planExit(position, assumptions, stressWith({ queueMultiple: multiple })),
          planExit(position, assumptions, stressWith({ pauses: [{ protocol: 'all', days: pauseDays }] })),
          planExit({ ...position, amount: position.amount && position.amount * 3n }, assumptions),
        ];
        for (const slot of RANGE_SLOTS) {
          for (const other of harder) expect(later(plan.total[slot], other.total[slot])).toBe(true);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('paused for good is never finite where there is anything left to ask for', () => {
    fc.assert(
      fc.property(fc.record(input), ({ position, assumptions }) => {
        const plan = planExit(
          position,
          assumptions,
          stressWith({ pauses: [{ protocol: 'all', days: null }] }),
        );
        if (['none', 'none-btc', 'babylon-timelock'].includes(plan.pathId!)) return;
        expect(plan.total).toEqual({ low: null, typical: null, high: null });
        expect(plan.isPausedForGood).toBe(true);
      }),
    );
  });
});

import { describe, expect, it } from 'vitest';
import type { ExitDefaults } from '../../../shared/contract/methods.ts';
import { WAD, type Wad } from '../../../shared/domain/units.ts';
import { FIRST_DRAFT, judgeDraft, type ExitDraft } from './exitDraft.ts';
import { startMarket } from './marketDraft.ts';

const DEFAULTS: ExitDefaults = {
  assumptions: {
    fork: 'fulu',
    queue: { kind: 'set', set: 'base' },
    totalActiveGwei: 1n,
    validators: 1,
    paidValidators: 1,
    withdrawalsPerSlot: 16,
    blockSeconds: 12,
    overrides: {},
    coverage: {},
    annualLossRate: null,
    annualLossRates: {},
    requiredAnnualYield: 0.03,
    markets: [],
  },
  stress: { queueMultiple: 1, pauses: [], depthWithdrawn: 0n as Wad }, // as: a share of one
  pausable: ['lido'],
};

const judge = (change: Partial<ExitDraft>) => judgeDraft({ ...FIRST_DRAFT, ...change }, DEFAULTS);

describe('the first draft', () => {
  it('asks what the program assumes by itself', () => {
    expect(judge({}).question).toEqual({ assumptions: DEFAULTS.assumptions, stress: DEFAULTS.stress });
  });
});

describe('what is typed', () => {
  it('becomes shares of one, and an empty rate stays unknown, not zero', () => {
    expect(judge({ lossRate: '0.5' }).question?.assumptions.annualLossRate).toBe(0.005);
    expect(judge({ lossRate: '0' }).question?.assumptions.annualLossRate).toBe(0);
    expect(judge({ lossRate: ' ' }).question?.assumptions.annualLossRate).toBeNull();
    expect(judge({ queue: 'stressed' }).question?.assumptions.queue).toEqual({
      kind: 'set',
      set: 'stressed',
    });
  });

  it('is told by field where it makes no sense, and nothing is asked then', () => {
    expect(judge({ lossRate: '101' })).toMatchObject({ question: null, problems: { lossRate: 'above-all' } });
    expect(judge({ requiredYield: '' })).toMatchObject({
      question: null,
      problems: { requiredYield: 'empty' },
    });
    expect(judge({ requiredYield: '1,5' }).problems).toEqual({ requiredYield: 'not-a-number' });
  });
});

describe('a stress', () => {
  const stressed = (change: Partial<ExitDraft>) => judge({ isStressed: true, ...change });

  it('counts only while it is switched on, and is not judged else', () => {
    expect(judge({ multiple: 'x', paused: 'lido' }).question?.stress).toEqual(DEFAULTS.stress);
    expect(stressed({ multiple: 'x' })).toMatchObject({
      question: null,
      problems: { multiple: 'not-a-number' },
    });
  });

  it('is a queue that many times as long, a pause with or without an end, and depth that is gone', () => {
    const change = { multiple: '2.5', paused: 'lido', pauseDays: '30', depthGone: '25' };
    expect(stressed(change).question?.stress).toEqual({
      queueMultiple: 2.5,
      pauses: [{ protocol: 'lido', days: 30 }],
      depthWithdrawn: WAD / 4n,
    });
    // Days that are not asked for are not judged either.
    expect(stressed({ ...change, pauseTerm: 'open', pauseDays: 'x' }).question?.stress.pauses).toEqual([
      { protocol: 'lido', days: null },
    ]);
    expect(stressed({ pauseDays: 'x' }).question?.stress.pauses).toEqual([]);
  });
});

describe('markets', () => {
  it('go along, and hold the question up where they make no sense', () => {
    const pool = { ...startMarket('weETH'), reserveIn: '100', reserveOut: '99' };
    expect(judge({ markets: [pool] }).question?.assumptions.markets).toMatchObject([{ id: 'weETH' }]);
    expect(judge({ markets: [{ ...pool, fee: '100' }] })).toMatchObject({
      question: null,
      marketProblems: { weETH: { fee: 'all-fee' } },
    });
  });
});

import { describe, expect, it } from 'vitest';
import { EVIDENCE_STATUSES, type ExitLeg, type ExitPlan } from '../domain/exit.ts';
import { createText } from '../text/text.ts';
import {
  explainUnknown,
  findWeakest,
  formatInput,
  formatLegTime,
  formatTotal,
  formatWait,
  formatWaitRange,
  listTold,
  nameInputAlone,
  nameLeg,
  nameProtocol,
} from './exit.ts';

const { t } = createText();
const DAY = 86_400;
const NOTHING = { low: 0, typical: 0, high: 0 };
const UNKNOWN = { low: null, typical: null, high: null };

function makeLeg(change: Partial<ExitLeg> = {}): ExitLeg {
  return {
    id: 'lido-queue',
    kind: 'issuer',
    protocol: 'lido',
    start: NOTHING,
    duration: { low: DAY, typical: 3 * DAY, high: 5 * DAY },
    isSlashable: true,
    inputs: [],
    ...change,
  };
}

function makePlan(change: Partial<ExitPlan>): ExitPlan {
  const choice = { cheaper: 'unknown', breakEven: null, split: null } as const;
  return {
    positionId: 'p',
    label: 'p',
    pathId: 'lido',
    paidIn: 'ETH',
    unit: 'wei',
    amount: 1n,
    legs: [],
    total: UNKNOWN,
    slashable: UNKNOWN,
    atLeast: 0,
    isPausedForGood: false,
    doubtfulInputs: [],
    waiting: null,
    sale: null,
    choice: { low: choice, typical: choice, high: choice },
    ...change,
  };
}

describe('a wait', () => {
  it.each([
    [null, 'not known'],
    [0, 'at once'],
    [12, '1 minute'],
    [1536, '26 minutes'],
    [8 * 3600, '8 hours'],
    [23.9 * 3600, '1 day'],
    [DAY, '1 day'],
    [4.9 * DAY, '4.9 days'],
    [51.96 * DAY, '52 days'],
  ])('of %s seconds reads %s', (seconds, text) => {
    expect(formatWait(seconds, t)).toBe(text);
  });

  it('of three readings says all three, or that they are one', () => {
    expect(formatWaitRange({ low: DAY, typical: 3 * DAY, high: 5 * DAY }, t)).toBe(
      '3 days (1 day to 5 days)',
    );
    expect(formatWaitRange({ low: 14 * DAY, typical: 14 * DAY, high: 14 * DAY }, t)).toBe('14 days');
    expect(formatWaitRange({ low: 0, typical: 0, high: 42 * DAY }, t)).toBe('usually none, up to 42 days');
  });

  it('that is not known in part never reads as a number alone', () => {
    expect(formatWaitRange(UNKNOWN, t)).toBe('not known');
    expect(formatWaitRange({ low: 0, typical: null, high: null }, t)).toBe('not known');
    expect(formatWaitRange({ low: DAY, typical: null, high: null }, t)).toBe('not known, 1 day or more');
    expect(formatWaitRange({ low: DAY, typical: 2 * DAY, high: null }, t)).toBe(
      '2 days (1 day or more, no end known)',
    );
    expect(formatTotal(makePlan({ atLeast: 14 * DAY }), t)).toBe('not known, 14 days or more');
  });
});

describe('names', () => {
  it('are those of the step, also of one that comes twice', () => {
    expect(nameLeg(makeLeg(), t)).toBe('Lido’s queue');
    expect(nameLeg(makeLeg({ id: 'lido-queue#2' }), t)).toBe('Lido’s queue');
    expect(nameLeg(makeLeg({ id: 'pause:lido', kind: 'pause' }), t)).toBe('Withdrawals paused: Lido');
  });

  it('of what has none are its id or its owner', () => {
    expect(nameProtocol('somebody', t)).toBe('somebody');
    expect(nameLeg(makeLeg({ id: 'odd', protocol: 'somebody' }), t)).toBe('The way out of somebody');
    expect(nameInputAlone('stake-ahead', t)).toBe('Stake ahead in the queue');
  });
});

describe('a step', () => {
  it('says what it rests on by its weakest number', () => {
    const inputs = EVIDENCE_STATUSES.map((status) => ({
      id: status,
      unit: 'days' as const,
      value: NOTHING,
      evidence: { status, source: '', asOf: null },
    }));
    expect(findWeakest([makeLeg({ inputs })])).toBe('unconfirmed');
    expect(findWeakest([makeLeg({ inputs: inputs.filter(({ id }) => id === 'confirmed') })])).toBe(
      'confirmed',
    );
    expect(findWeakest([makeLeg()])).toBeNull();
    // Every status has its place in the order.
    for (const input of inputs) expect(findWeakest([makeLeg({ inputs: [input] })])).toBe(input.id);
  });

  it('writes its numbers in their unit', () => {
    const evidence = { status: 'disputed', source: '', asOf: null } as const;
    const input = { id: 'x', evidence };
    expect(formatInput({ ...input, unit: 'days', value: { low: 1, typical: 4.9, high: 17 } }, t)).toBe(
      '1, 4.9 or 17 days',
    );
    const blocks = { low: 100_800, typical: 100_800, high: 100_800 };
    expect(formatInput({ ...input, unit: 'blocks', value: blocks }, t)).toBe('100,800 blocks');
    expect(formatInput({ ...input, unit: 'days', value: UNKNOWN }, t)).toBe('not known');
  });

  it('of a pause has no end, and is told once', () => {
    const pause = makeLeg({ id: 'pause:lido', kind: 'pause', duration: UNKNOWN });
    expect(formatLegTime(pause, t)).toBe('no end known');
    const again = { ...pause, id: 'pause:lido#2' };
    expect(listTold([pause, makeLeg(), again])).toEqual([pause, makeLeg()]);
  });
});

describe('the reason why a time is not known', () => {
  it('is the pause, the way out, or the step', () => {
    expect(explainUnknown(makePlan({ total: NOTHING }), t)).toBeNull();
    expect(explainUnknown(makePlan({ pathId: null }), t)).toMatch(/No way out is known/u);
    expect(explainUnknown(makePlan({ isPausedForGood: true }), t)).toMatch(/paused/u);
    const input = {
      id: 'swell-queue',
      unit: 'days' as const,
      value: UNKNOWN,
      evidence: { status: 'unconfirmed' as const, source: '', asOf: null, note: 'It was not found.' },
    };
    const leg = makeLeg({ id: 'swell-queue', protocol: 'swell', duration: UNKNOWN, inputs: [input] });
    expect(explainUnknown(makePlan({ legs: [leg] }), t)).toBe(
      'Swell’s queue is not known. It was not found.',
    );
  });
});

import { describe, expect, it } from 'vitest';
import { toEvmAddress } from '../domain/address.ts';
import { listStudyRows } from '../domain/study-rows.ts';
import { makeDistribution, makeStudiedSet, makeStudy } from '../domain/testing/make-study.ts';
import { createText } from '../text/text.ts';
import {
  countCases,
  describeAssumption,
  describeDerivation,
  describeOmission,
  describeRate,
  describeScope,
  describeStudy,
  findPositionId,
  formatChance,
  formatEstimate,
  formatLevel,
  formatRow,
  labelRow,
  nameCharged,
  nameHorizon,
} from './likelihood.ts';

const { t } = createText();

describe('a study in a sentence', () => {
  it('says what to expect, and what one year in a hundred costs', () => {
    const { base, others } = describeStudy(makeStudy(0.82), t, formatEstimate);
    expect(base).toBe(
      'In one year, with base numbers, expect to lose about 0.82 ETH on average; one year in a hundred loses 8.2 ETH or more.',
    );
    expect(others).toBe('Calm numbers say 0.16 ETH and 1.6 ETH; stressed numbers say 4.1 ETH and 41 ETH.');
  });

  it.each([
    [1 / 12, 'In one month', 'one month in a hundred'],
    [0.25, 'In 3 months', 'one such span in a hundred'],
    [3, 'In 3 years', 'one such span in a hundred'],
    [0.1, 'In 37 days', 'one such span in a hundred'],
  ])('names a horizon of %d years', (horizonYears, start, oneIn) => {
    const { base } = describeStudy(makeStudy(1, { horizonYears }), t, formatEstimate);
    expect(base).toContain(start);
    expect(base).toContain(oneIn);
  });

  it('says so where nothing was lost, instead of a zero', () => {
    const { base, others } = describeStudy(makeStudy(0), t, formatEstimate);
    expect(base).toBe('In one year, with base numbers, nothing was lost in any of 100,000 simulated cases.');
    expect(others).toBeNull();
  });

  it('covers every amount where the writer of amounts does', () => {
    const { base, others } = describeStudy(makeStudy(0.82), t, () => '••••');
    expect(`${base} ${others ?? ''}`).not.toMatch(/\d+(?:\.\d+)? ETH/u);
  });

  it('says what is counted', () => {
    expect(describeScope(makeStudy(1), t)).toMatch(/not taken off\. Market discounts are not in it\.$/u);
    const all = makeStudy(1, { includeMarket: true, isRecoveryCounted: true });
    expect(describeScope(all, t)).toMatch(/is taken off\. Market discounts count as losses here\.$/u);
  });
});

describe('numbers', () => {
  it('have no more digits than a few events support', () => {
    expect(formatEstimate(348.87)).toBe('350 ETH');
    expect(formatEstimate(0.0000001)).toBe('< 0.0001 ETH');
    expect(formatEstimate(0)).toBe('0 ETH');
    expect(formatChance(0.0316)).toBe('3.2%');
    expect(formatChance(0.99965)).toBe('> 99%');
    expect(formatChance(0.999999)).toBe('> 99%');
    expect(formatLevel(0.999)).toBe('99.9%');
    expect(countCases(0.999)).toBe('1,000');
  });

  it('say how often in words', () => {
    expect(describeRate(0.005319, t)).toBe('about once in 190 years');
    expect(describeRate(1.074, t)).toBe('about 1.1 times a year');
    expect(describeRate(1.001, t)).toBe('about once a year');
    expect(describeRate(0, t)).toBe('never');
    expect(nameHorizon(0.5, t)).toBe('6 months');
  });

  it('are named in plain words with the term of the trade', () => {
    const labels = listStudyRows(makeDistribution(1)).map((row) => labelRow(row, t));
    expect(labels).toContainEqual({ label: 'Exceeded in 1 of 100 cases', tag: 'VaR 99%' });
    expect(labels).toContainEqual({ label: 'Mean of those worst cases', tag: 'CVaR 99%' });
    expect(formatRow({ id: 'chance', kind: 'chance' }, 0.816)).toBe('≈ 82%');
    expect(formatRow({ id: 'expected', kind: 'expected' }, 1e-9)).toBe('< 0.0001 ETH');
  });

  it('say where they come from', () => {
    const from = { kind: 'posterior', events: 2, exposure: 470, statistic: 'mean' } as const;
    expect(describeDerivation(from, t)).toBe('2 events in 470 years; the mean of what that allows');
    expect(describeDerivation({ ...from, events: 1 }, t)).toMatch(/^1 event in/u);
    expect(describeDerivation({ kind: 'judgement', why: 'Nobody knows.' }, t)).toBe('Nobody knows.');
    expect(describeDerivation(null, t)).toBe('entered by you');
  });
});

describe('who a loss is charged to', () => {
  const operator = toEvmAddress(`0x${'1'.repeat(40)}`);
  const exposure = {
    operators: [{ address: operator, name: 'Alder Works' }],
    services: [],
    dependencies: [{ id: 'contract:lido', name: 'Lido contracts', kind: 'contract' }],
    strategies: [],
  } as unknown as Parameters<typeof nameCharged>[3]; // as: names are all that is read
  const set = makeStudiedSet('base', makeDistribution(1));
  const name = (dimension: Parameters<typeof nameCharged>[0], id: string | null) =>
    nameCharged(dimension, id, set, exposure, (held) => (held === 'p1' ? 'stETH, Treasury' : null), t);

  it('is named as everywhere else', () => {
    expect(name('operator', operator)).toBe('Alder Works');
    expect(name('dependency', 'contract:lido')).toBe('Lido contracts');
    expect(name('position', 'p1')).toBe('stETH, Treasury');
    expect(name('position', 'p2')).toBe('A position no longer held');
    expect(name('token', 'weETH')).toBe('weETH');
  });

  it('is said to be nobody, or not visible, or a market, where it is so', () => {
    expect(name('operator', null)).toBe('Through no operator');
    expect(name('service', 'hidden:ether.fi')).toBe('Not visible, behind ether.fi');
    expect(name('service', 'ethereum')).toBe('Ethereum consensus');
    expect(name('dependency', 'market:weETH')).toBe('Market price of weETH');
  });

  it('is the whole position where a part of it stands in a shared stake', () => {
    const isKnown = (id: string): boolean => id === 'p1';
    expect(findPositionId('p1', isKnown)).toBe('p1');
    expect(findPositionId('p1 with a vault', isKnown)).toBe('p1');
    expect(findPositionId('p2 with a vault', isKnown)).toBeNull();
  });
});

describe('what was left out and assumed', () => {
  it('has its amount in the words', () => {
    const hidden = { reason: 'hidden', id: 'x', label: 'weETH', amount: 7.874 } as const;
    expect(describeOmission(hidden, t, formatEstimate)).toContain('7.9 ETH');
    const assumed = { kind: 'hidden-with-one-operator', label: 'ether.fi', amount: 7.874 } as const;
    expect(describeAssumption(assumed, t, formatEstimate)).toMatch(/^ether\.fi: 7\.9 ETH stands/u);
  });
});

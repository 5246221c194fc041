import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { hazardsSchema, type RateDerivation } from '../../../shared/domain/hazards.ts';
import { PARAMETER_SETS } from '../../../shared/domain/loss-distribution.ts';
import { computePosteriorRate, ratesOfEvidence } from './gamma-posterior.ts';

const hazards = hazardsSchema.parse(
  JSON.parse(readFileSync(new URL('../../../assets/hazards/hazards.json', import.meta.url), 'utf8')),
);

function recompute(from: RateDerivation): number | null {
  if (from.kind === 'judgement') return null;
  return from.kind === 'ratio'
    ? from.events / from.exposure
    : computePosteriorRate(from.events, from.exposure, from.statistic);
}

it.each(hazards.classes)('the rates of $id follow from the events and exposure named', ({ rate }) => {
  for (const set of PARAMETER_SETS) {
    const { perYear, from } = rate[set];
    const expected = recompute(from);
    // The file keeps four digits; a ratio of judged size two.
    if (expected !== null)
      expect(Math.abs(perYear / expected - 1)).toBeLessThan(from.kind === 'ratio' ? 5e-3 : 5e-4);
  }
  expect(rate.calm.perYear).toBeLessThanOrEqual(rate.base.perYear);
  expect(rate.base.perYear).toBeLessThanOrEqual(rate.stressed.perYear);
});

it('gives the three sets of a user’s own evidence', () => {
  // Two events in 150 operator-years: the recorded posterior Gamma(2.5, rate 150).
  const rates = ratesOfEvidence(2, 150);
  expect(rates.calm).toBeCloseTo(0.003818, 6);
  expect(rates.base).toBeCloseTo(0.016667, 6);
  expect(rates.stressed).toBeCloseTo(0.0369, 4);
});

it('takes the median for calm where nothing happened yet', () => {
  expect(ratesOfEvidence(0, 16).calm).toBeCloseTo(0.01422, 5);
  expect(computePosteriorRate(0, 16, 'q05')).toBeCloseTo(0.0001229, 7);
});

it.each([
  [-1, 10],
  [Number.NaN, 10],
  [1e7, 10],
  [1, 0],
  [1, -3],
  [1, Number.NaN],
  [1, Infinity],
])('refuses %d events in %d years', (events, exposure) => {
  expect(() => ratesOfEvidence(events, exposure)).toThrow(
    expect.objectContaining({ code: 'scenario-invalid' }),
  );
});

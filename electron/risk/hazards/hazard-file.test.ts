import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { HAZARD_CLASS_IDS, hazardsSchema } from '../../../shared/domain/hazards.ts';
import { PARAMETER_SETS } from '../../../shared/domain/loss-distribution.ts';
import { makeSeverity, meanOfSeverity } from '../distribution/severity.ts';

const hazards = hazardsSchema.parse(
  JSON.parse(readFileSync(new URL('../../../assets/hazards/hazards.json', import.meta.url), 'utf8')),
);
const classOf = (id: string): (typeof hazards.classes)[number] =>
  hazards.classes.find((found) => found.id === id)!;

it('lists the fifteen classes, each with evidence, a source and rates that can be edited', () => {
  expect(hazards.classes.map(({ id }) => id)).toEqual(HAZARD_CLASS_IDS);
  for (const { rate, editable, evidence, sources, severity } of hazards.classes) {
    expect(evidence.text).not.toBe('');
    expect(severity.why).not.toBe('');
    expect(sources.length).toBeGreaterThan(0);
    for (const set of PARAMETER_SETS) {
      expect(rate[set].perYear).toBeGreaterThanOrEqual(editable.min);
      expect(rate[set].perYear).toBeLessThanOrEqual(editable.max);
    }
  }
});

it('has severities whose means rise with the set', () => {
  for (const { severity } of hazards.classes) {
    const [calm = 0, base = 0, stressed = 0] = PARAMETER_SETS.map((set) =>
      meanOfSeverity(makeSeverity(severity[set], severity.interpolation)),
    );
    expect(calm).toBeLessThanOrEqual(base);
    expect(base).toBeLessThanOrEqual(stressed);
  }
});

it('comes near the means of the distributions that the points of a contract exploit were taken from', () => {
  const { severity } = classOf('contract_exploit_issuer');
  // Beta(0.3, 1.35) and Beta(0.5, 0.8): straight lines between points of a convex function lie above it.
  expect(meanOfSeverity(makeSeverity(severity.base))).toBeCloseTo(0.182, 1);
  expect(meanOfSeverity(makeSeverity(severity.stressed))).toBeCloseTo(0.385, 1);
});

it('is refused where a class is missing or twice, a source unknown, or a quantile falls', () => {
  const [first, ...rest] = hazards.classes;
  const refuse = (changed: object, message: string): void => {
    const { error } = hazardsSchema.safeParse({ ...hazards, ...changed });
    expect(error?.message).toContain(message);
  };
  refuse({ classes: rest }, 'every class must be listed once');
  refuse({ classes: [first, first, ...rest.slice(1)] }, 'every class must be listed once');
  refuse({ classes: [{ ...first, sources: ['nobody'] }, ...rest] }, 'a source that is not listed');
  const falling = {
    ...first!.severity,
    base: [
      [0.5, 0.4],
      [0.9, 0.3],
    ],
  };
  refuse({ classes: [{ ...first, severity: falling }, ...rest] }, 'points must rise');
  const excessive = { ...first!.severity, base: [[0.5, 1.4]] };
  refuse({ classes: [{ ...first, severity: excessive }, ...rest] }, 'no more than everything');
  refuse({ recovery: { ...hazards.recovery, base: 2 } }, '1');
});

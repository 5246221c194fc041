import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { HAZARD_CLASS_IDS } from '../shared/domain/hazards.ts';
import { loadHazards } from './hazards.ts';

describe('the hazard file', () => {
  it('is read and checked', () => {
    const { classes } = loadHazards(join(import.meta.dirname, '..', 'assets'));
    expect(classes.map(({ id }) => id).toSorted()).toEqual(HAZARD_CLASS_IDS.toSorted());
  });

  it.each([
    ['is not there', null],
    ['is not JSON', '{'],
    ['is something else', '{"schema":"other"}'],
  ])('that %s is named as damage of the installation', (_, content) => {
    const assets = mkdtempSync(join(tmpdir(), 'ballast-hazards-'));
    onTestFinished(() => rmSync(assets, { recursive: true }));
    mkdirSync(join(assets, 'hazards'));
    if (content !== null) writeFileSync(join(assets, 'hazards', 'hazards.json'), content);
    expect(() => loadHazards(assets)).toThrow('hazard file');
  });
});

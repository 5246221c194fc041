import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encode } from '../shared/contract/codec.ts';
import { buildExposure } from '../shared/domain/build-exposure.ts';
import { sourcesOf } from '../shared/domain/figure.ts';
import { isRequest, POSITION_STATES } from '../shared/domain/position.ts';
import { mulDivFloor, WAD } from '../shared/domain/units.ts';
import { valuePositions } from '../shared/domain/value-positions.ts';
import { loadSample } from './samples.ts';

const assets = join(import.meta.dirname, '..', 'assets');

describe('the bundled sample', () => {
  const { accounts, observation } = loadSample(assets);
  const { positions, totals } = valuePositions(observation, accounts, { manualEthUsd: null });
  const exposure = buildExposure(observation, positions);

  it('shows every state of restaking that can be read, and knows the value of everything in it', () => {
    expect(new Set(positions.map(({ state }) => state))).toEqual(
      new Set(
        POSITION_STATES.filter(
          (state) => state !== 'restaked' && state !== 'unconfirmed' && !isRequest(state),
        ),
      ),
    );
    expect(totals.unvaluedCount).toBe(0);
    const eth = (totals.bookEth.value ?? 0n) / WAD;
    expect(eth >= 410n && eth <= 430n).toBe(true);
    expect(totals.bookUsd.value).not.toBeNull();
  });

  it('never passes for something read from a chain', () => {
    for (const source of sourcesOf(totals.bookUsd)) expect(['sample', 'definition']).toContain(source.kind);
  });

  it('follows the share arithmetic of EigenLayer to the last share', () => {
    const details = positions.flatMap(({ restaking }) => (restaking ? [restaking] : []));
    expect(details).toHaveLength(5);
    for (const detail of details) {
      // A computed basis means: the formula gives what the contract would have answered.
      expect(detail.withdrawableShares.basis.kind).toBe('computed');
      const scaled = mulDivFloor(detail.depositShares.value!, detail.depositScalingFactor?.value ?? WAD, WAD);
      const magnitude = detail.maxMagnitude?.value ?? WAD;
      const factor = detail.beaconFactor
        ? mulDivFloor(magnitude, detail.beaconFactor.value!, WAD)
        : magnitude;
      expect(detail.withdrawableShares.value).toBe(mulDivFloor(scaled, factor, WAD));
    }
    const slashed = details.filter(
      ({ depositShares, withdrawableShares }) => withdrawableShares.value! < depositShares.value!,
    );
    expect(slashed.length).toBeGreaterThan(0);
  });

  it('has operators whose allocations fit their magnitude, one slashed, one leaving a service', () => {
    const states = observation.operators.flatMap(({ strategies }) => strategies);
    for (const { maxMagnitude, encumberedMagnitude, allocations } of states) {
      const allocated = allocations.reduce((sum, { currentMagnitude }) => sum + currentMagnitude, 0n);
      expect(encumberedMagnitude).toMatchObject({ ok: true, value: allocated });
      expect(maxMagnitude.ok && allocated <= maxMagnitude.value).toBe(true);
    }
    expect(states.some(({ maxMagnitude }) => maxMagnitude.ok && maxMagnitude.value < WAD)).toBe(true);
    const leaving = states
      .flatMap(({ allocations }) => allocations)
      .filter(({ pendingDiff }) => pendingDiff < 0n);
    expect(leaving.every(({ effectBlock }) => effectBlock > observation.origin.block.number)).toBe(true);
    expect(leaving).toHaveLength(1);
  });

  it('looks through to four operators and six services, all named, with nothing dangling', () => {
    expect(exposure.operators.filter(({ isNamed }) => isNamed)).toHaveLength(4);
    expect(exposure.operators.flatMap(({ unreadStrategies }) => unreadStrategies)).toEqual([]);
    expect(exposure.services.map(({ name }) => name)).not.toContain(null);
    expect(exposure.services).toHaveLength(6);
    expect(exposure.shared.filter(({ kind }) => kind === 'service')).toHaveLength(6);
    for (const { legs } of exposure.positions) expect(legs.length).toBeGreaterThan(0);
  });
});

describe('a damaged installation', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ballast-sample-'));
    mkdirSync(join(folder, 'samples'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is named as one: no file, no JSON, no sample, or a real chain in it', () => {
    const sample = loadSample(assets);
    const { origin } = sample.observation;
    const chain = {
      kind: 'chain',
      chainId: 1,
      network: 'x',
      endpoint: 'x',
      block: origin.block,
      blockSeconds: 12,
    };
    for (const text of [
      null,
      '{',
      '{}',
      encode({ ...sample, observation: { ...sample.observation, origin: chain } }),
      encode({ ...sample, portfolio: { ...sample.portfolio, kind: 'user' } }),
    ]) {
      if (text !== null) writeFileSync(join(folder, 'samples', 'sample.json'), text);
      expect(() => loadSample(folder)).toThrow(
        expect.objectContaining({
          code: 'internal',
          message: 'The sample that comes with Ballast cannot be read.',
        }),
      );
    }
  });
});

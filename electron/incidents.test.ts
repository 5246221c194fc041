import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { BEACON_CHAIN_STRATEGY } from '../shared/domain/address.ts';
import type { Incident, Replay } from '../shared/domain/incident.ts';
import type { ScenarioResult } from '../shared/domain/scenario.ts';
import { scenarioSchema } from '../shared/domain/scenario.ts';
import { WAD } from '../shared/domain/units.ts';
import { loadIncidents } from './incidents.ts';
import { runScenario } from './risk/scenario/run-scenario.ts';
import { replayIncident } from './risk/scenario/replay-incident.ts';
import {
  makeExposure,
  makeOperator,
  makePosition,
  plainLeg,
  pooledLeg,
} from './risk/testing/make-exposure.ts';

const incidents = loadIncidents(join(import.meta.dirname, '..', 'assets'));
const replays = incidents.flatMap((incident) =>
  incident.replays.map((replay) => [`${incident.id} ${replay.id}`, incident, replay] as const),
);

/** A thousand ETH of each token an incident struck, of native ETH with an operator, and of plain ETH. */
const operators = [makeOperator([], { strategies: [], unreadStrategies: [BEACON_CHAIN_STRATEGY] })];
const exposure = makeExposure({
  operators,
  positions: [...new Set(incidents.flatMap(({ tokens }) => tokens))]
    .map((token) => makePosition(token, [plainLeg('free', 1000n * WAD)], { instrumentId: token }))
    .concat(
      makePosition('validators', [pooledLeg(1000n * WAD, { strategy: BEACON_CHAIN_STRATEGY })]),
      makePosition('ETH', [plainLeg('free', 1000n * WAD)]),
    ),
});

function run(incident: Incident, replay: Replay): ScenarioResult {
  const scenario = replayIncident(exposure, incident, replay);
  if (scenario === null) throw new Error('the exposure holds every token');
  expect(scenarioSchema.parse(scenario)).toEqual(scenario);
  return runScenario(exposure, scenario);
}

/** Whether a share of a thousand ETH is in the recorded range; nothing where none was recorded. */
function isRecorded(wei: bigint, range: Replay['loss']): boolean {
  const share = Number(wei / 10n ** 12n) / 1e9;
  return range === null ? share === 0 : share >= Number(range.low) && share <= Number(range.high);
}

describe('the bundled catalogue of incidents', () => {
  it('has replays, or says why it has none; and every id once', () => {
    for (const { replays: own, noReplay } of incidents) expect(own.length > 0).toBe(noReplay === null);
    const ids = [...incidents.map(({ id }) => id), ...replays.map(([id]) => id)];
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each(replays)('replays %s at the recorded size, and strikes nothing else', (_, incident, replay) => {
    const { positions, totalLossWei, totalMarketLossWei } = run(incident, replay);
    const target = incident.tokens[0] ?? 'validators';
    const struck = positions.find(({ positionId }) => positionId === target);
    expect(isRecorded(struck?.lossWei ?? -1n, replay.loss)).toBe(true);
    expect(isRecorded(struck?.marketLossWei ?? -1n, replay.marketLoss)).toBe(true);
    expect(totalLossWei).toBe(struck?.lossWei);
    expect(totalMarketLossWei).toBe(struck?.marketLossWei);
  });

  it('gives Kelp’s 116,500 tokens: 18% of the supply before, 15.3% of the claims after', () => {
    const kelp = replays.find(([id]) => id === 'kelp-bridge-2026-04 shared');
    if (!kelp) throw new Error('the catalogue has the Kelp incident');
    const [event] = run(kelp[1], kelp[2]).events;
    if (event?.event.kind !== 'unbacked-supply') throw new Error('tokens without backing were released');
    const supply = (116_500n * WAD * WAD) / event.event.share;
    expect(supply / WAD).toBe(647_222n);
    // Of a thousand ETH, 15.254%: what 116,500 are of 763,722.
    expect(event.lossWei / 10n ** 15n).toBe(152_542n);
    expect((116_500n * 10n ** 6n) / (647_222n + 116_500n)).toBe(152_542n);
    expect(kelp[1].recorded).toMatch(/18% .*15\.3% .*73\.5%/u);
  });

  it('has nothing to replay where the portfolio holds none of it', () => {
    const none = makeExposure({ positions: [makePosition('ETH', [plainLeg('free', WAD)])] });
    for (const [, incident, replay] of replays) expect(replayIncident(none, incident, replay)).toBeNull();
  });
});

describe('a damaged catalogue', () => {
  it.each([
    ['is not there', null],
    ['is not JSON', '{'],
    ['is something else', '{"schema":"other"}'],
  ])('that %s is named as damage of the installation', (_, content) => {
    const assets = mkdtempSync(join(tmpdir(), 'ballast-incidents-'));
    onTestFinished(() => rmSync(assets, { recursive: true }));
    mkdirSync(join(assets, 'catalog'));
    if (content !== null) writeFileSync(join(assets, 'catalog', 'incidents.json'), content);
    expect(() => loadIncidents(assets)).toThrow('catalogue of incidents');
  });
});

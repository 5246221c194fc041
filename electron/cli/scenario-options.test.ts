import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../../shared/contract/bridge.ts';
import { buildExposure } from '../../shared/domain/build-exposure.ts';
import type { Exposure } from '../../shared/domain/exposure.ts';
import type { Scenario } from '../../shared/domain/scenario.ts';
import { valuePositions } from '../../shared/domain/value-positions.ts';
import { loadIncidents } from '../incidents.ts';
import { stringifyForPeople } from '../report/render-json.ts';
import { replayIncident } from '../risk/scenario/replay-incident.ts';
import { suggestScenario } from '../risk/scenario/suggest-scenario.ts';
import { SUGGESTED_PRESETS } from '../../shared/domain/scenario-kinds.ts';
import { loadSample } from '../samples.ts';
import { chooseScenario, type ScenarioOptions } from './choose-scenario.ts';

const assets = join(import.meta.dirname, '..', '..', 'assets');
const folder = mkdtempSync(join(tmpdir(), 'ballast-events-'));
afterAll(() => rmSync(folder, { recursive: true }));

let exposure: Exposure;
let client: Client;
beforeAll(() => {
  const { accounts, observation } = loadSample(assets);
  const { positions } = valuePositions(observation, accounts, { manualEthUsd: null });
  exposure = buildExposure(observation, positions);
  const presets = {
    suggestions: SUGGESTED_PRESETS.map((preset) => ({ preset, scenario: suggestScenario(exposure, preset) })),
    replays: loadIncidents(assets).flatMap((incident) =>
      incident.replays.flatMap((replay) => {
        const scenario = replayIncident(exposure, incident, replay);
        return scenario === null ? [] : [{ id: `${incident.id}:${replay.id}`, incident, scenario }];
      }),
    ),
  };
  // As the services answer; no other method is called. `as`: the two answers are of the two methods' types.
  client = {
    call: (method: string) => Promise.resolve(method === 'portfolios.exposure' ? exposure : presets),
  } as unknown as Client;
});

const choose = (options: ScenarioOptions): Promise<Scenario> => chooseScenario(client, 'sample', options);
const operatorOf = (name: string) => exposure.operators.find((operator) => operator.name === name)?.address;
const serviceOf = (name: string) => exposure.services.find((service) => service.name === name)?.id;

describe('--scenario', () => {
  it('takes several services with commas, and “all”', async () => {
    const options = { scenario: 'operator-slash', operator: 'fernhollow nodes', percent: '25' } as const;
    const some = await choose({ ...options, service: 'Millpond Oracle, saffron bridge' });
    expect(some.events).toEqual([
      {
        kind: 'operator-slash',
        operator: operatorOf('Fernhollow Nodes'),
        service: [serviceOf('Millpond Oracle'), serviceOf('Saffron Bridge')],
        wad: 25n * 10n ** 16n,
      },
    ]);
    expect((await choose({ ...options, service: 'ALL' })).events).toMatchObject([{ service: 'all' }]);
  });

  it('takes a service, a client’s operators, a token in all its forms or in one, and days', async () => {
    expect(
      (await choose({ scenario: 'service-compromised', service: 'Greenglass Keys' })).events,
    ).toMatchObject([{ service: serviceOf('Greenglass Keys') }]);
    expect((await choose({ scenario: 'client-bug', operator: 'Tidewick Validation' })).events).toMatchObject([
      { client: null, operators: [operatorOf('Tidewick Validation')] },
    ]);
    const all = await choose({ scenario: 'depeg', token: 'stETH', percent: '7%' });
    expect(all.events).toMatchObject([{ discount: 7n * 10n ** 16n }]);
    const instruments = all.events[0]?.kind === 'depeg' ? all.events[0].instruments : [];
    expect(instruments).toContain('wstETH');
    expect(instruments.some((id) => id.startsWith('eigenlayer:'))).toBe(true);
    const one = await choose({ scenario: 'queue-closed', token: 'wstETH', days: 'open' });
    expect(one.events).toEqual([{ kind: 'queue-closed', instruments: ['wstETH'], days: null }]);
    expect((await choose({ scenario: 'queue-closed', days: '30' })).events).toMatchObject([{ days: 30 }]);
  });

  it('replays an incident by its id, or by that of its replay', async () => {
    const { incident, events } = await choose({ scenario: 'replay', incident: 'kelp-bridge-2026-04' });
    expect(incident?.title).toBe('Kelp bridge, April 2026 (shared by every holder)');
    expect(events).toEqual([{ kind: 'unbacked-supply', instruments: ['rsETH'], share: 18n * 10n ** 16n }]);
    await expect(choose({ scenario: 'replay', incident: 'ezeth-2024-04' })).rejects.toThrow('more than one');
    expect((await choose({ scenario: 'replay', incident: 'ezeth-2024-04:mildest' })).events).toHaveLength(2);
    await expect(choose({ scenario: 'replay', incident: 'none' })).rejects.toThrow('no replay');
    await expect(choose({ scenario: 'replay' })).rejects.toThrow('Choose an incident');
  });

  it.each([
    [{ scenario: 'depeg', operator: 'X' }, '--operator goes with'],
    [{ scenario: 'operator-slash', token: 'stETH' }, '--token goes with'],
    [{ scenario: 'queue-closed', percent: '5' }, '--percent does not go with'],
    [{ scenario: 'queue-closed', days: '0' }, '--days must be'],
    [{ scenario: 'depeg', events: 'x.json' }, 'not both'],
    [{ events: 'x.json', days: '3' }, '--days goes with'],
    [{ scenario: 'bridge-failure' }, 'nothing to act on'],
    [{ scenario: 'depeg', token: 'cbETH' }, 'no token “cbETH”'],
    [{}, 'Say what happens'],
  ] satisfies readonly (readonly [ScenarioOptions, string])[])('refuses %j', async (options, says) => {
    await expect(choose(options)).rejects.toThrow(says);
  });
});

describe('--events', () => {
  let count = 0;
  const write = (content: unknown): string => {
    const path = join(folder, `${(count += 1)}.json`);
    writeFileSync(path, typeof content === 'string' ? content : stringifyForPeople(content));
    return path;
  };

  it('reads names and percentages as a person writes them', async () => {
    const scenario = await choose({
      events: write({
        events: [
          {
            kind: 'operator-slash',
            operator: 'Fernhollow Nodes',
            service: ['Millpond Oracle'],
            percent: 12.5,
          },
          { kind: 'client-bug', operators: 'all', percent: '5%' },
          { kind: 'contract-failure', dependency: 'Kelp contracts', percent: '20' },
          { kind: 'depeg', token: ['stETH', 'rsETH'], percent: 6 },
          { kind: 'queue-closed', instruments: ['rsETH'], days: null },
        ],
        covers: [{ name: 'Pool', token: 'rsETH', cap: '3 ETH', deductible: '0.5' }],
      }),
    });
    expect(scenario.events.map(({ kind }) => kind)).toEqual([
      'operator-slash',
      'client-bug',
      'contract-failure',
      'depeg',
      'queue-closed',
    ]);
    expect(scenario.events[0]).toMatchObject({
      service: serviceOf('Millpond Oracle'),
      wad: 125n * 10n ** 15n,
    });
    expect(scenario.covers).toEqual([
      {
        name: 'Pool',
        positionIds: [],
        instruments: ['rsETH'],
        capWei: 3n * 10n ** 18n,
        deductibleWei: 5n * 10n ** 17n,
        pooledWei: null,
        hangsOn: null,
      },
    ]);
  });

  it('reads what simulate --json prints of a scenario, to the last digit', async () => {
    for (const preset of SUGGESTED_PRESETS) {
      const scenario = suggestScenario(exposure, preset);
      if (scenario === null) continue;
      expect((await choose({ events: write(scenario) })).events).toEqual(scenario.events);
      expect((await choose({ events: write(scenario.events) })).events).toEqual(scenario.events);
    }
  });

  it.each([
    ['{', 'does not describe a scenario'],
    [{ events: [] }, 'does not describe a scenario'],
    [[{ kind: 'depeg', token: 'stETH', percent: 5, discont: 1 }], 'does not describe a scenario'],
    [[{ kind: 'depeg', token: 'stETH', percent: 0 }], 'does not describe a scenario'],
    [[{ kind: 'depeg', token: 'stETH' }], 'does not describe a scenario'],
    [[{ kind: 'service-compromised', service: 'Nobody', percent: 5 }], 'no service “Nobody”'],
    [[{ kind: 'service-compromised', service: 'test '.repeat(11) + 'junk', percent: 5 }], 'seed phrase'],
  ])('refuses %j', async (content, says) => {
    await expect(choose({ events: write(content) })).rejects.toThrow(says);
  });

  it('tells a file that is not there from one that says nothing', async () => {
    await expect(choose({ events: join(folder, 'none.json') })).rejects.toThrow('could not be read');
  });
});

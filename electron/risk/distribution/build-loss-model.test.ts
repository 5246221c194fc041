import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { buildExposure } from '../../../shared/domain/build-exposure.ts';
import type { Exposure } from '../../../shared/domain/exposure.ts';
import { hazardsSchema } from '../../../shared/domain/hazards.ts';
import { PARAMETER_SETS } from '../../../shared/domain/loss-distribution.ts';
import { valuePositions } from '../../../shared/domain/value-positions.ts';
import { WAD } from '../../../shared/domain/units.ts';
import { loadSample } from '../../samples.ts';
import {
  makeAllocation,
  makeExposure,
  makeOperator,
  makePosition,
  makeServices,
  OPERATOR,
  plainLeg,
  pooledLeg,
  STRATEGY,
  wei,
} from '../testing/make-exposure.ts';
import { exposureArbitrary } from '../testing/random-exposure.ts';
import { buildLossModel, type LossModelOptions } from './build-loss-model.ts';
import { expectedShares } from './testing/expected-shares.ts';
import type { LossModel } from './loss-model.ts';

const assets = join(import.meta.dirname, '..', '..', '..', 'assets');
const hazards = hazardsSchema.parse(
  JSON.parse(readFileSync(join(assets, 'hazards', 'hazards.json'), 'utf8')),
);
const ONE_YEAR: LossModelOptions = { horizonYears: 1 };

function exposeSample(): Exposure {
  const { accounts, observation } = loadSample(assets);
  return buildExposure(observation, valuePositions(observation, accounts, { manualEthUsd: null }).positions);
}

it('charges weETH of the sample with what its backing says, recomputed by hand', () => {
  const built = buildLossModel(exposeSample(), hazards, 'base', ONE_YEAR);
  const shares = expectedShares(built, 'sample-treasury:weETH:held');
  const atLeastOne = (rate: number): number => 1 - Math.exp(-rate);
  const sum = (prefix: string): number =>
    [...shares].reduce((total, [id, share]) => (id.startsWith(prefix) ? total + share : total), 0);

  // 30% with Fernhollow (0.4 + 0.2 allocated), 25% with Ombrelle (0.5 + 0.1), 10% with Tidewick (0.45 + 0.1 of 0.95),
  // 15% out of sight and taken as allocated in full, 20% free.
  const reach = 0.3 * 0.6 + 0.25 * 0.6 + 0.1 * (0.55 / 0.95) + 0.15;
  // Points 5% at 0.5, 30% at 0.9, all at 0.99; and 5%, 50%, all.
  const faultMean = 0.5 * 0.025 + 0.4 * 0.175 + 0.09 * 0.65 + 0.01;
  const wideMean = 0.5 * 0.025 + 0.4 * 0.275 + 0.09 * 0.75 + 0.01;
  expect(sum('avs_operator_fault:')).toBeCloseTo(atLeastOne(0.005319) * faultMean * reach, 12);
  expect(sum('avs_service_wide:')).toBeCloseTo(atLeastOne(0.03125) * wideMean * reach, 12);

  const contractMean =
    0.25 * 0.003325 +
    0.25 * 0.037425 +
    0.25 * 0.1741 +
    0.15 * 0.4235 +
    0.05 * 0.6455 +
    0.04 * 0.817 +
    0.01 * 0.91;
  for (const contract of ['etherfi', 'eigenlayer']) {
    const found = shares.get(`contract_exploit_issuer:contract:${contract}`);
    expect(found).toBeCloseTo(atLeastOne(0.03214) * contractMean, 12);
  }

  // All of it is staked: 65% with named operators, the rest with a mixed set.
  const isolatedMean = 0.5 * 0.001 + 0.45 * 0.006 + 0.05 * 0.01;
  const fleetMean = 0.5 * 0.0025 + 0.45 * 0.0525 + 0.04 * 0.3 + 0.01 * 0.5;
  expect(sum('operator_fault:')).toBeCloseTo(atLeastOne(0.01667) * fleetMean * isolatedMean * 0.65, 12);
  expect(sum('eth_validator_isolated:')).toBeCloseTo(4.671e-5 * isolatedMean, 12);
  const livenessMean = 0.5 * 2.5e-5 + 0.45 * 1.25e-4 + 0.05 * 2e-4;
  const slashingMean = 0.5 * 0.005 + 0.45 * 0.055 + 0.05 * 0.1;
  expect(sum('client_bug_liveness:')).toBeCloseTo(atLeastOne(1.074) * livenessMean * 0.2, 12);
  expect(sum('client_bug_slashing:')).toBeCloseTo(atLeastOne(0.03806) * slashingMean * 0.2, 12);

  // Nothing else, and the sources' own figures say the same.
  const named = 2 * atLeastOne(0.03214) * contractMean;
  const classes = ['avs_', 'operator_fault:', 'eth_validator_isolated:', 'client_bug_'];
  expect([...shares.values()].reduce((a, b) => a + b, 0)).toBeCloseTo(
    classes.reduce((total, prefix) => total + sum(prefix), named),
    14,
  );
});

it('adds up to the sources’ own expected losses', () => {
  const built = buildLossModel(exposeSample(), hazards, 'stressed', ONE_YEAR);
  const total = built.model.positions.reduce((sum, { value }, index) => {
    const shares = expectedShares(built, built.positionIds[index]!);
    return sum + value * [...shares.values()].reduce((a, b) => a + b, 0);
  }, 0);
  expect(built.sources.reduce((sum, { expectedLoss }) => sum + expectedLoss, 0)).toBeCloseTo(total, 9);
});

it('loses more in each harsher set, and over a longer horizon', () => {
  const lossOf = (set: (typeof PARAMETER_SETS)[number], horizonYears: number): number =>
    buildLossModel(exposeSample(), hazards, set, { horizonYears }).sources.reduce(
      (sum, { expectedLoss }) => sum + expectedLoss,
      0,
    );
  expect(lossOf('calm', 1)).toBeLessThan(lossOf('base', 1));
  expect(lossOf('base', 1)).toBeLessThan(lossOf('stressed', 1));
  expect(lossOf('base', 0.25)).toBeLessThan(lossOf('base', 1));
});

it('says what is left out, and what is in by assumption', () => {
  const exposure = exposeSample();
  const unknown = makePosition('unknown', [], { bookWei: null, label: 'EIGEN' });
  const odd = makePosition('odd', [plainLeg('free', 1n)], { bookWei: wei(2n) });
  const built = buildLossModel(
    { ...exposure, positions: [...exposure.positions, unknown, odd] },
    hazards,
    'base',
    {
      ...ONE_YEAR,
      edits: { sources: { 'avs_service_wide:gone': { ratePerYear: 1 } } },
    },
  );
  expect(built.leftOut.map(({ reason, id }) => [reason, id])).toEqual([
    ['unvalued', 'unknown'],
    ['contradiction', 'odd'],
    ['unborrowed', 'oracle:renzo'],
    ['unborrowed', 'oracle:kelp'],
    ['no-withdrawal-keys', 'operator_key_or_api_compromise'],
    ['market-apart', 'market_discount_open'],
    ['edit-unused', 'avs_service_wide:gone'],
  ]);
  expect(built.assumptions.map(({ label }) => label)).toEqual(['ether.fi', 'Renzo', 'Puffer', 'Kelp']);
  // 15% of 48.4 weETH at its rate.
  expect(built.assumptions[0]!.amount).toBeCloseTo(7.874196, 6);
});

it('leaves hidden stake out where asked, with its amount named', () => {
  const built = buildLossModel(exposeSample(), hazards, 'base', { ...ONE_YEAR, hidden: 'leave-out' });
  expect(built.sources.filter(({ isAssumed }) => isAssumed)).toEqual([]);
  expect(built.assumptions).toEqual([]);
  const hidden = built.leftOut.filter(({ reason }) => reason === 'hidden');
  expect(hidden.map(({ label, amount }) => [label, amount?.toFixed(2)])).toEqual([
    ['ether.fi', '7.87'],
    ['Renzo', '10.08'],
    ['Puffer', '4.30'],
    ['Kelp', '9.33'],
  ]);
});

function highestTake({ sources, positions }: LossModel): number {
  const taken = positions.map(() => 0);
  for (const { id, strikes } of sources) {
    if (!id.startsWith('avs_operator_fault:')) continue;
    for (const { hits } of strikes) for (const { position, share } of hits) taken[position]! += share;
  }
  return Math.max(0, ...taken);
}

it('never lets the services of all operators together take more than the stake, to the last bit', () => {
  fc.assert(
    fc.property(exposureArbitrary, fc.constantFrom(...PARAMETER_SETS), (exposure, set) => {
      const { model, sources } = buildLossModel(exposure, hazards, set, { ...ONE_YEAR, includeMarket: true });
      expect(highestTake(model)).toBeLessThanOrEqual(1);
      expect(new Set(model.sources.map(({ id }) => id)).size).toBe(model.sources.length);
      expect(sources.map(({ sourceId }) => sourceId)).toEqual(model.sources.map(({ id }) => id));
      for (const { probability, strikes } of model.sources) {
        expect(probability).toBeGreaterThanOrEqual(0);
        expect(probability).toBeLessThanOrEqual(1);
        for (const { chance, severity, hits } of strikes) {
          expect(chance).toBeLessThanOrEqual(1);
          expect(severity.every((level) => level >= 0 && level <= 1)).toBe(true);
          expect(hits.every(({ share }) => share > 0 && share <= 1)).toBe(true);
        }
      }
      expect(model.rho).toBeGreaterThanOrEqual(0);
      expect(model.rho).toBeLessThan(1);
    }),
    { numRuns: 60 },
  );
});

it('takes exactly all of a stake whose services were allocated all of it', () => {
  const exposure = makeExposure({
    operators: [makeOperator([makeAllocation('s1', WAD / 3n), makeAllocation('s2', WAD - WAD / 3n)])],
    services: makeServices('s1', 's2'),
    positions: [makePosition('p', [pooledLeg(WAD)])],
  });
  expect(highestTake(buildLossModel(exposure, hazards, 'base', ONE_YEAR).model)).toBeCloseTo(1, 15);
});

const small = makeExposure({
  operators: [makeOperator([makeAllocation('s1', WAD / 2n), makeAllocation('s2', WAD / 2n)])],
  services: makeServices('s1', 's2'),
  dependencies: [{ id: 'contract:a', kind: 'contract', name: 'A' }],
  positions: [
    makePosition('p', [pooledLeg(10n * WAD)], {
      instrumentId: 'ezETH',
      symbol: 'ezETH',
      dependsOn: ['contract:a'],
    }),
  ],
});
const FAULT = `avs_operator_fault:${OPERATOR}`;

it('keeps the rate of each operator and service, whatever the chance that both slash', () => {
  for (const residual of [0, 0.3, 0.9, 1]) {
    const { model } = buildLossModel(small, hazards, 'base', {
      ...ONE_YEAR,
      edits: { classes: { avs_operator_fault: { residual } } },
    });
    const { probability, strikes, isOnFactor, isSeverityCommon } = model.sources.find(
      ({ id }) => id === FAULT,
    )!;
    expect(strikes.map(({ serviceId }) => serviceId)).toEqual(['s1', 's2']);
    for (const { chance } of strikes) expect(probability * chance).toBeCloseTo(1 - Math.exp(-0.005319), 14);
    expect(isOnFactor).toBe(true);
    expect(isSeverityCommon).toBe(false);
  }
});

it('lets layers multiply and separate allocations add up', () => {
  const { model } = buildLossModel(small, hazards, 'base', ONE_YEAR);
  const combineOf = (id: string): unknown[] =>
    model.sources.find((source) => source.id === id)!.strikes.map(({ combine }) => combine);
  expect(combineOf(FAULT)).toEqual(['adds', 'adds']);
  expect(combineOf('avs_service_wide:s1')).toEqual(['adds']);
  expect(combineOf('contract_exploit_issuer:contract:a')).toEqual(['multiplies']);
  expect(combineOf('client_bug_slashing:ethereum')).toEqual(['multiplies']);
});

it('takes the user’s numbers: of the source before the class before the file', () => {
  const { sources } = buildLossModel(small, hazards, 'base', {
    ...ONE_YEAR,
    edits: {
      classes: { avs_service_wide: { ratePerYear: 0.5, severity: [[0.5, 0.25]] } },
      sources: { 'avs_service_wide:s2': { ratePerYear: 0.1 } },
    },
  });
  const wide = sources.filter((source) => source.class === 'avs_service_wide');
  expect(
    wide.map(({ ratePerYear, severityMean, isEdited, from, rateStatus }) => [
      ratePerYear,
      severityMean,
      isEdited,
      from,
      rateStatus,
    ]),
  ).toEqual([
    [0.5, 0.25, true, null, 'judgement'],
    [0.1, 0.25, true, null, 'judgement'],
  ]);
});

it('takes recovery off the losses it applies to, and off no slashing', () => {
  const gross = buildLossModel(small, hazards, 'base', ONE_YEAR).sources;
  const net = buildLossModel(small, hazards, 'base', { ...ONE_YEAR, isRecoveryCounted: true }).sources;
  for (const [index, { class: id, expectedLoss }] of gross.entries()) {
    const kept = id === 'contract_exploit_issuer' ? 0.6 : 1;
    expect(net[index]!.expectedLoss).toBeCloseTo(expectedLoss * kept, 12);
  }
});

it('adds market discounts only where asked, with closed redemption by its own class', () => {
  const market = (options: Partial<LossModelOptions>): string[] =>
    buildLossModel(small, hazards, 'base', { ...ONE_YEAR, ...options }).sources.flatMap(({ sourceId }) =>
      sourceId.startsWith('market_') ? [sourceId] : [],
    );
  expect(market({})).toEqual([]);
  expect(market({ includeMarket: true })).toEqual(['market_discount_open:market']);
  expect(market({ includeMarket: true, redemptionShut: ['ezETH'] })).toEqual([
    'market_discount_closed:market',
  ]);
});

it('scales a pool that covers others too, and lets it hang on what it stands on', () => {
  const cover = {
    name: 'pool',
    positionIds: ['p'],
    instruments: [],
    capWei: wei(8n * WAD),
    deductibleWei: wei(4n * WAD),
    pooledWei: wei(40n * WAD),
    hangsOn: { kind: 'operator', operator: OPERATOR, strategy: STRATEGY },
  } as const;
  const { model } = buildLossModel(small, hazards, 'base', {
    ...ONE_YEAR,
    covers: [{ ...cover, positionIds: [...cover.positionIds], instruments: [] }],
  });
  expect(model.covers).toEqual([
    {
      id: 'cover:0',
      positions: [0],
      deductible: 1,
      cap: 2,
      hangsOn: [
        // Two services, each with chance 0.5, half the stake and a mean severity of 15.1%.
        { sourceId: FAULT, share: expect.closeTo(0.5 * 0.151, 12) as number },
        { sourceId: 'avs_service_wide:s1', share: expect.closeTo(0.5 * 0.2, 12) as number },
        { sourceId: 'avs_service_wide:s2', share: expect.closeTo(0.5 * 0.2, 12) as number },
      ],
    },
  ]);
});

it('has a model of nothing, and of zero and of enormous values', () => {
  expect(buildLossModel(makeExposure({}), hazards, 'base', ONE_YEAR).model).toEqual({
    positions: [],
    sources: [],
    rho: 0,
    covers: [],
    contagion: null,
  });
  for (const value of [0n, 1n, 10n ** 48n]) {
    const { model } = buildLossModel(
      { ...small, positions: [makePosition('p', [pooledLeg(value)])] },
      hazards,
      'base',
      ONE_YEAR,
    );
    expect(model.positions[0]!.value).toBeCloseTo(Number(value) / 1e18, 6);
    expect(model.sources.every(({ probability }) => probability >= 0)).toBe(true);
  }
});

it.each<[Partial<LossModelOptions>, string]>([
  [{ horizonYears: 0 }, 'The horizon of 0 years'],
  [{ horizonYears: Number.NaN }, 'The horizon of NaN years'],
  [{ horizonYears: 31 }, 'The horizon of 31 years'],
  [
    { edits: { classes: { bridge_failure: { ratePerYear: Number.NaN } } } },
    'The rate of bridge_failure is NaN',
  ],
  [{ edits: { sources: { x: { ratePerYear: -1 } } } }, 'The rate of x is -1'],
  [
    { edits: { classes: { operator_fault: { residual: 1.5 } } } },
    'The residual correlation of operator_fault is 1.5',
  ],
  [{ edits: { sources: { x: { severity: [[0.5, 2]] } } } }, 'A severity has the share 2'],
  [{ edits: { classes: { nonsense: {} } as never } }, 'There is no hazard class nonsense'],
  [{ severityLevels: 0 }, 'levels'],
])('refuses options that mean nothing: %j', (options, message) => {
  expect(() => buildLossModel(small, hazards, 'base', { ...ONE_YEAR, ...options })).toThrow(message);
});

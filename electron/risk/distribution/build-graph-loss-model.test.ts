import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { hazardsSchema } from '../../../shared/domain/hazards.ts';
import type { RestakingGraph } from '../../../shared/domain/restaking-graph.ts';
import { parseGraph } from '../graph/parse-graph.ts';
import {
  makeDependency,
  makeEdge,
  makeGraph,
  makeOperator,
  makePool,
  makePosition,
  makeService,
  toFree,
  toOperator,
  toPool,
} from '../graph/testing/make-graph.ts';
import { buildGraphLossModel, type BuiltLossModel } from './build-loss-model.ts';
import type { Hit, RiskSource } from './loss-model.ts';

const hazards = hazardsSchema.parse(
  JSON.parse(readFileSync(new URL('../../../assets/hazards/hazards.json', import.meta.url), 'utf8')),
);

function build(parts: Partial<RestakingGraph>): BuiltLossModel {
  return buildGraphLossModel(makeGraph(parts), hazards, 'base', { horizonYears: 1 });
}

function sourceOf({ model }: BuiltLossModel, id: string): RiskSource {
  const found = model.sources.find((source) => source.id === id);
  if (found === undefined)
    throw new Error(`no source ${id} among ${model.sources.map((source) => source.id).join()}`);
  return found;
}

function hitsOf(built: BuiltLossModel, id: string): Hit[][] {
  return sourceOf(built, id).strikes.map(({ hits }) => [...hits]);
}

const SHARED: Partial<RestakingGraph> = {
  positions: [makePosition('p', 10n, [toOperator('a', 5n), toFree(5n)])],
  operators: [makeOperator('a', 100n), makeOperator('b', 50n)],
  services: [
    makeService('s', { threshold: { num: 1n, den: 3n } }),
    makeService('t', { threshold: { num: 1n, den: 2n } }),
    makeService('u'),
  ],
  edges: [
    makeEdge('a', 's', 100n, 'shared'),
    makeEdge('a', 't', 100n, 'shared'),
    makeEdge('b', 's', 50n, 'shared'),
    makeEdge('b', 'u', 50n, 'shared'),
  ],
};

it('keeps a stake that services share apart from the rest of its position', () => {
  const built = build(SHARED);
  // Services together can take the stake, 5 of 10, and never more.
  expect(built.model.positions.map(({ token, value }) => [token, value])).toEqual([
    ['P', 5],
    ['P', 5],
  ]);
  expect(built.positionIds).toEqual(['p', 'p']);
  expect(new Set(built.model.positions.map(({ id }) => id)).size).toBe(2);
  expect(hitsOf(built, 'avs_operator_fault:a')).toEqual([
    [{ position: 0, share: 1 }],
    [{ position: 0, share: 1 }],
  ]);
});

it('lets services take shares of what the others left, or of everything where they earmark it first', () => {
  const combineOf = (built: BuiltLossModel): unknown[] =>
    sourceOf(built, 'avs_operator_fault:a').strikes.map(({ combine }) => combine);
  expect(combineOf(build(SHARED))).toEqual(['multiplies', 'multiplies']);
  const earmarking = makeOperator('a', 100n, { stakes: [{ vault: null, amount: 100n, earmarks: true }] });
  expect(combineOf(build({ ...SHARED, operators: [earmarking, makeOperator('b', 50n)] }))).toEqual([
    'adds',
    'adds',
  ]);
});

it('lists the edges by which faults spread, of operators without a position too', () => {
  const { model } = build(SHARED);
  expect(model.contagion).toEqual({
    serviceCount: 2,
    edges: [
      { sourceId: 'avs_operator_fault:a', service: 0, stake: 100, threshold: 1 / 3 },
      { sourceId: 'avs_operator_fault:a', service: 1, stake: 100, threshold: 1 / 2 },
      { sourceId: 'avs_operator_fault:b', service: 0, stake: 50, threshold: 1 / 3 },
    ],
  });
  const ids = new Set(model.sources.map(({ id }) => id));
  expect(model.contagion!.edges.every(({ sourceId }) => ids.has(sourceId))).toBe(true);
});

it('lets nothing spread over unique allocations', () => {
  const edges = [makeEdge('a', 's', 60n), makeEdge('a', 't', 40n)];
  const built = build({ ...SHARED, edges });
  expect(built.model.contagion).toBeNull();
  expect(built.model.positions).toHaveLength(1);
  // Half of the position, 60% and 40% of which is allocated.
  expect(hitsOf(built, 'avs_operator_fault:a')).toEqual([
    [{ position: 0, share: expect.closeTo(0.3, 15) as number }],
    [{ position: 0, share: expect.closeTo(0.2, 15) as number }],
  ]);
});

it('takes at most the stake by an elastic allocation above it', () => {
  const built = build({ ...SHARED, edges: [makeEdge('a', 's', 180n, 'elastic')] });
  expect(hitsOf(built, 'avs_operator_fault:a')).toEqual([[{ position: 0, share: 1 }]]);
});

it('charges an equivocating finality provider once, with the fee of the transaction', () => {
  const built = build({
    // 500,000 sat lose 500 and a fee of 100,000: 20.1%, not 0.1%.
    positions: [
      makePosition('p', 500_000n, [toOperator('f', 500_000n)]),
      makePosition('dust', 1000n, [toOperator('f', 1000n)]),
    ],
    operators: [makeOperator('f', 10n ** 9n, { kind: 'finality-provider', slashFee: 100_000n })],
    services: [makeService('bsn1'), makeService('bsn2')],
    edges: [makeEdge('f', 'bsn1', 10n ** 9n, 'shared'), makeEdge('f', 'bsn2', 10n ** 9n, 'shared')],
  });
  expect(built.model.sources.map(({ id }) => id)).toEqual(['babylon_fp_equivocation:f']);
  const { strikes } = sourceOf(built, 'babylon_fp_equivocation:f');
  const lost = strikes.reduce((sum, { chance, severity, hits }) => {
    const hit = hits.find(({ position }) => position === 0)!;
    return sum + chance * severity[0]! * hit.share;
  }, 0);
  expect(lost).toBeCloseTo(0.201, 12);
  // A fee above the output takes the output.
  expect(strikes[1]!.hits[1]).toEqual({ position: 1, share: 1 });
  expect(built.model.contagion).toBeNull();
});

const RESTING: Partial<RestakingGraph> = {
  positions: [makePosition('p', 100n, [toPool('w', 60n), toFree(40n)], ['custodian'])],
  pools: [makePool('w', 60n, [toFree(60n)], { dependsOn: ['bridge', 'oracle', 'key'] })],
  dependencies: [
    makeDependency('custodian', 'custodian'),
    makeDependency('bridge', 'bridge'),
    makeDependency('oracle', 'oracle'),
    makeDependency('key', 'governance'),
    makeDependency('unused', 'contract'),
  ],
};

it('lets each dependency fail at the rate of its kind, on what rests on it', () => {
  const built = build(RESTING);
  expect(built.model.sources.map(({ id }) => id)).toEqual([
    'custodian_other:custodian',
    'bridge_failure:bridge',
  ]);
  expect(hitsOf(built, 'custodian_other:custodian')).toEqual([[{ position: 0, share: 1 }]]);
  expect(hitsOf(built, 'bridge_failure:bridge')).toEqual([
    [{ position: 0, share: expect.closeTo(0.6, 15) as number }],
  ]);
  expect(built.leftOut.map(({ reason, id }) => [reason, id])).toEqual([
    ['unborrowed', 'oracle'],
    ['no-evidence', 'key'],
    ['no-withdrawal-keys', 'operator_key_or_api_compromise'],
    ['market-apart', 'market_discount_open'],
  ]);
});

it('lets a dependency fail as the file says where it says so', () => {
  const built = build({
    ...RESTING,
    dependencies: [
      makeDependency('custodian', 'custodian', { hazard: 'custodian_regulated' }),
      makeDependency('bridge', 'bridge'),
      makeDependency('oracle', 'oracle', { hazard: 'oracle_failure_lst' }),
      makeDependency('key', 'governance', { hazard: 'operator_key_or_api_compromise' }),
    ],
  });
  expect(built.model.sources.map(({ id }) => id)).toEqual([
    'custodian_regulated:custodian',
    'bridge_failure:bridge',
    'oracle_failure_lst:oracle',
    'operator_key_or_api_compromise:key',
  ]);
});

it('lets a bug strike all of what runs a named client, and its share of what does not say', () => {
  const built = build({
    positions: [
      makePosition('p', 10n, [toOperator('a', 10n, ['va'])]),
      makePosition('q', 10n, [toFree(10n, ['mixed'])]),
      makePosition('r', 10n, [toFree(10n, ['vb'])]),
    ],
    operators: [makeOperator('a', 10n, { dependsOn: ['prysm'] }), makeOperator('b', 10n)],
    dependencies: [
      makeDependency('prysm', 'client'),
      makeDependency('va', 'validators', { operator: 'a' }),
      makeDependency('vb', 'validators', { operator: 'b' }),
      makeDependency('mixed', 'validators'),
    ],
  });
  expect(hitsOf(built, 'client_bug_slashing:prysm')).toEqual([[{ position: 0, share: 1 }]]);
  expect(sourceOf(built, 'client_bug_slashing:prysm').probability).toBeCloseTo(
    1 - Math.exp(-0.03806 * 0.2),
    14,
  );
  const any = sourceOf(built, 'client_bug_slashing:ethereum');
  expect(any.probability).toBeCloseTo(1 - Math.exp(-0.03806), 14);
  expect(any.strikes.map(({ operatorId, chance, hits }) => [operatorId, chance, hits])).toEqual([
    ['b', 0.2, [{ position: 2, share: 1 }]],
    [null, 1, [{ position: 1, share: 0.2 }]],
  ]);
});

it('keeps the mean of single slashings whatever the number of validators', () => {
  for (const staked of [1n, 32n, 3_200_000n]) {
    const built = build({
      positions: [makePosition('p', staked, [toFree(staked, ['mixed'])])],
      dependencies: [makeDependency('mixed', 'validators')],
    });
    const { probability, strikes } = sourceOf(built, 'eth_validator_isolated:ethereum');
    expect(probability * strikes[0]!.hits[0]!.share).toBeCloseTo(4.671e-5, 8);
    // At least one of one, one, and a hundred thousand validators.
    const count = Math.max(1, Number(staked) / 32);
    expect(probability).toBeCloseTo(1 - Math.exp(-4.671e-5 * count), 12);
  }
});

it('lets a cover hang on the events of what it stands on, and says where it hangs on nothing here', () => {
  const built = build({
    ...SHARED,
    covers: [
      {
        id: 'c',
        name: 'Pool',
        beneficiaries: ['p'],
        deductible: 1n,
        cap: 4n,
        hangsOn: [
          { kind: 'operator', id: 'a', share: { num: 1n, den: 4n } },
          { kind: 'service', id: 'u', share: { num: 1n, den: 1n } },
        ],
      },
    ],
  });
  expect(built.model.covers).toEqual([
    {
      id: 'c',
      positions: [0, 1],
      deductible: 1,
      cap: 4,
      hangsOn: [{ sourceId: 'avs_operator_fault:a', share: 0.25 }],
    },
  ]);
  expect(built.leftOut[0]).toEqual({ reason: 'cover-hangs-outside', id: 'u', label: 'Pool', amount: null });
});

it('refuses positions that have more with an operator than its stake', () => {
  expect(() =>
    build({ ...SHARED, operators: [makeOperator('a', 4n), makeOperator('b', 50n)], edges: [] }),
  ).toThrow('The positions have more with operator a than its whole stake');
});

it('can be stopped', () => {
  const graph = makeGraph(SHARED);
  const hooks = { isCancelled: () => true };
  expect(() => buildGraphLossModel(graph, hazards, 'base', { horizonYears: 1 }, hooks)).toThrow('Cancelled');
});

const FILE = {
  schema: 'ballast-graph/1',
  unit: 'BTC',
  decimals: 8,
  positions: [
    {
      id: 'p',
      name: 'Cold wallet',
      token: 'LBTC',
      value: '150000000',
      parts: [{ to: 'pool', pool: 'LBTC', amount: '150000000' }],
    },
  ],
  pools: [
    {
      id: 'LBTC',
      kind: 'token',
      name: 'Lombard BTC',
      total: '1000000000000',
      parts: [{ to: 'operator', operator: 'fp', amount: '900000000000' }],
      dependsOn: ['consortium'],
    },
  ],
  operators: [
    {
      id: 'fp',
      name: 'Provider',
      kind: 'finality-provider',
      stakes: [{ amount: '2000000000000' }],
      slashFee: '100000',
    },
  ],
  services: [{ id: 'bbn', name: 'Babylon Genesis', threshold: '1/3', profit: '5' }],
  edges: [{ operator: 'fp', service: 'bbn', mode: 'shared', allocation: '2000000000000' }],
  dependencies: [{ id: 'consortium', kind: 'custodian', name: 'Consortium' }],
};

it('reads a network file and builds its model', () => {
  const graph = parseGraph(JSON.stringify(FILE));
  expect(graph.services[0]!.threshold).toEqual({ num: 1n, den: 3n });
  const built = buildGraphLossModel(graph, hazards, 'base', { horizonYears: 1 });
  expect(built.model.sources.map(({ id }) => id)).toEqual([
    'babylon_fp_equivocation:fp',
    'avs_operator_fault:hidden:token LBTC',
    'avs_service_wide:hidden:token LBTC',
    'custodian_other:consortium',
  ]);
  expect(built.assumptions).toEqual([
    { kind: 'hidden-with-one-operator', label: 'token LBTC', amount: 0.15 },
  ]);
});

it.each<[string, string, string]>([
  ['text that is no JSON', '{', 'is not JSON'],
  ['another schema', JSON.stringify({ ...FILE, schema: 'x' }), 'does not have the form of one'],
  ['an unknown field', JSON.stringify({ ...FILE, extra: 1 }), 'does not have the form of one'],
  [
    'an amount that is a JSON number',
    JSON.stringify({ ...FILE, operators: [{ ...FILE.operators[0], slashFee: 0.1 }] }),
    'does not have the form of one',
  ],
  [
    'a cycle',
    JSON.stringify({
      ...FILE,
      pools: [{ ...FILE.pools[0], parts: [{ to: 'pool', pool: 'LBTC', amount: '1' }] }],
    }),
    'token LBTC -> token LBTC',
  ],
])('refuses %s', (_, text, message) => {
  expect(() => parseGraph(text)).toThrow(message);
});

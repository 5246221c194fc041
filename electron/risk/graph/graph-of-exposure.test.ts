import fc from 'fast-check';
import { expect, it } from 'vitest';
import { BEACON_CHAIN_STRATEGY } from '../../../shared/domain/address.ts';
import type { Exposure, Leg } from '../../../shared/domain/exposure.ts';
import { WAD } from '../../../shared/domain/units.ts';
import {
  BLOCK,
  makeAllocation,
  makeExposure,
  makeOperator,
  makePosition,
  makeServices,
  OPERATOR,
  ownLeg,
  plainLeg,
  pooledLeg,
  STRATEGY,
  wei,
} from '../testing/make-exposure.ts';
import { exposureArbitrary } from '../testing/random-exposure.ts';
import { flattenGraph } from './flatten-graph.ts';
import { graphOfExposure } from './graph-of-exposure.ts';

function stakeIn(strategy: string, parts: Partial<Exposure> = {}): Exposure {
  const operator = makeOperator([]);
  return makeExposure({
    operators: [
      { ...operator, strategies: [{ ...operator.strategies[0]!, strategy: strategy as typeof STRATEGY }] },
    ],
    positions: [
      makePosition('p', [pooledLeg(60n, { strategy: strategy as typeof STRATEGY })], {
        instrumentId: 'ezETH',
        symbol: 'ezETH',
      }),
    ],
    ...parts,
  });
}

it('allocates the stake by magnitude, as the service can slash it at the block', () => {
  const graph = graphOfExposure(
    makeExposure({
      operators: [
        makeOperator(
          [
            makeAllocation('s1', WAD / 4n),
            makeAllocation('s2', WAD / 10n, { pendingDiff: WAD / 10n, effectBlock: BLOCK }),
            makeAllocation('s3', WAD / 10n, { isSlashable: false }),
          ],
          { maxMagnitude: (WAD * 8n) / 10n },
        ),
      ],
      services: makeServices('s1', 's2', 's3'),
      positions: [
        makePosition('p', [ownLeg(100n), plainLeg('free', 5n)]),
        makePosition('q', [pooledLeg(33n)]),
      ],
    }),
  );
  expect(graph.operators[0]!.stakes).toEqual([{ vault: STRATEGY, amount: 133n, earmarks: false }]);
  // 133 x 0.25 / 0.8 = 41.56; the pending allocation is due: 133 x 0.2 / 0.8 = 33.25
  expect(graph.edges.map(({ service, allocation, mode }) => [service, allocation, mode])).toEqual([
    ['s1', 41n, 'unique'],
    ['s2', 33n, 'unique'],
  ]);
});

it('hides a stake whose magnitudes are unread, or contradict themselves, behind its operator', () => {
  const unread = makeExposure({
    operators: [makeOperator([], { strategies: [], unreadStrategies: [STRATEGY] })],
    positions: [makePosition('p', [pooledLeg(7n)])],
  });
  const broken = makeExposure({
    operators: [makeOperator([makeAllocation('s1', WAD), makeAllocation('s2', WAD)])],
    services: makeServices('s1', 's2'),
    positions: [makePosition('p', [pooledLeg(7n)])],
  });
  for (const exposure of [unread, broken]) {
    const graph = graphOfExposure(exposure);
    expect(graph.edges).toEqual([]);
    expect(graph.positions[0]!.parts).toEqual([
      expect.objectContaining({ to: 'hidden', behind: `Operator (${OPERATOR})`, amount: 7n }),
    ]);
  }
});

it('lets native ETH rest on its operator’s validators, and everything else on a mixed set', () => {
  const native = graphOfExposure(stakeIn(BEACON_CHAIN_STRATEGY));
  expect(native.positions[0]!.parts[0]!.dependsOn).toEqual([`validators:${OPERATOR}`]);
  expect(native.dependencies).toEqual([
    {
      id: `validators:${OPERATOR}`,
      kind: 'validators',
      name: 'Validators of Operator',
      hazard: null,
      operator: OPERATOR,
    },
  ]);
  const mixed = graphOfExposure(stakeIn(STRATEGY, { strategies: [{ address: STRATEGY, name: 'stETH' }] }));
  // A strategy that holds stETH rests on Lido, though ezETH does not say so.
  expect(mixed.positions[0]!.parts[0]!.dependsOn).toEqual(['contract:lido', 'validators:mixed']);
  expect(mixed.dependencies.map(({ id, name, operator }) => [id, name, operator])).toEqual([
    ['contract:lido', 'Lido contracts', null],
    ['validators:mixed', 'Mixed validators', null],
  ]);
});

it('lets plain ETH rest on nothing', () => {
  const graph = graphOfExposure(makeExposure({ positions: [makePosition('p', [plainLeg('free', 3n)])] }));
  expect(flattenGraph(graph)[0]!.parts).toEqual([{ place: { kind: 'free' }, amount: 3n, layers: [] }]);
});

it('hides all tokens of an issuer behind it together', () => {
  const hold = (id: string): Exposure['positions'][number] =>
    makePosition(id, [plainLeg('hidden', 4n)], { instrumentId: id, symbol: id });
  const graph = graphOfExposure(makeExposure({ positions: [hold('eETH'), hold('weETH'), hold('unheard')] }));
  expect(
    flattenGraph(graph).map(({ parts }) =>
      parts[0]!.place.kind === 'hidden' ? parts[0]!.place.behind : null,
    ),
  ).toEqual(['ether.fi', 'ether.fi', 'unheard']);
});

it('does not value a position that contradicts itself', () => {
  const graph = graphOfExposure(
    makeExposure({ positions: [makePosition('p', [plainLeg('free', 3n)], { bookWei: wei(4n) })] }),
  );
  expect(graph.positions[0]).toMatchObject({ value: null, parts: [] });
});

it('describes every exposure the engine accepts as a graph it accepts, with every wei in its place', () => {
  fc.assert(
    fc.property(exposureArbitrary, (exposure) => {
      const flat = flattenGraph(graphOfExposure(exposure));
      const legs = new Map(exposure.positions.map((position) => [position.id, position.legs]));
      for (const { id, parts } of flat) {
        const at = (kind: string): bigint =>
          parts.reduce((sum, { place, amount }) => (place.kind === kind ? sum + amount : sum), 0n);
        const own = legs.get(id)!;
        const of = (...kinds: string[]): bigint =>
          own.reduce((sum, leg) => (kinds.includes(leg.kind) ? sum + leg.bookWei : sum), 0n);
        expect(at('free')).toBe(of('free'));
        expect(at('hidden')).toBe(of('hidden'));
        expect(at('operator')).toBe(of('shares', 'pooled', 'provider'));
      }
    }),
  );
});

function providerLeg(provider: string, bookWei: bigint, lossSat: bigint | null): Leg {
  return {
    kind: 'provider',
    bookWei: wei(bookWei),
    provider,
    name: null,
    slash: lossSat === null ? null : { lossSat, ofSat: 100_000_000n },
  };
}

it('stands stakes with Babylon with their finality provider, whose slashing costs a fee beside the share', () => {
  const babylon = { instrumentId: 'babylon:stake', symbol: 'BTC in Babylon' };
  const graph = graphOfExposure(
    makeExposure({
      operators: [],
      positions: [
        // A thousandth of 1 BTC and a fee of 0.001 BTC; 30 ETH are 1 BTC.
        makePosition('p', [providerLeg('ab'.repeat(32), 30_000n, 200_000n)], babylon),
        makePosition('q', [providerLeg('ab'.repeat(32), 60_000n, 150_000n)], babylon),
        makePosition('r', [providerLeg('cd'.repeat(32), 30_000n, null)], babylon),
      ],
    }),
  );
  expect(graph.operators).toMatchObject([
    { id: 'ab'.repeat(32), kind: 'finality-provider', stakes: [{ amount: 90_000n }], slashFee: 30n },
    { id: 'cd'.repeat(32), kind: 'finality-provider', stakes: [{ amount: 30_000n }], slashFee: 0n },
  ]);
  expect(graph.edges).toEqual([]);
  expect(graph.positions.flatMap(({ parts }) => parts.flatMap(({ dependsOn }) => dependsOn))).toEqual([]);
});

it.each([
  ['ETH', 'ETH', false],
  ['WETH', 'WETH', false],
  ['BTC', 'BTC', false],
  ['WBTC', 'WBTC', false],
  ['EIGEN', 'EIGEN', false],
  ['eigenlayer:0x1', 'EIGEN in EigenLayer', false],
  ['symbiotic:0x1', 'WBTC in Symbiotic', false],
  ['eigenlayer:0x1', 'ETH in EigenLayer', true],
  ['eigenlayer:0x1', 'stETH in EigenLayer', true],
  ['rETH', 'rETH', true],
  ['weETH', 'weETH', true],
  ['eigenlayer:0x1', 'something in EigenLayer', true],
])('rests %s (%s) on validators: %s', (instrumentId, symbol, isStaked) => {
  const position = makePosition('p', [plainLeg('free', 5n)], { instrumentId, symbol });
  const [described] = graphOfExposure(makeExposure({ positions: [position] })).positions;
  expect(described?.parts[0]?.dependsOn).toEqual(isStaked ? ['validators:mixed'] : []);
});

it('hides bitcoin behind its issuer apart from its ether, with finality providers', () => {
  const hidden = (instrumentId: string) =>
    makePosition(instrumentId, [plainLeg('hidden', 5n)], { instrumentId, symbol: instrumentId });
  const graph = graphOfExposure(makeExposure({ positions: [hidden('weETH'), hidden('eBTC')] }));
  expect(flattenGraph(graph).map(({ parts }) => parts[0]?.place)).toEqual([
    { kind: 'hidden', behind: 'ether.fi' },
    { kind: 'hidden', behind: 'ether.fi (bitcoin)', standsWith: 'finality-provider' },
  ]);
});

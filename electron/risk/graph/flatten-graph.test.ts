import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { GraphPart, RestakingGraph } from '../../../shared/domain/restaking-graph.ts';
import { flattenGraph } from './flatten-graph.ts';
import {
  makeDependency,
  makeGraph,
  makeOperator,
  makePool,
  makePosition,
  toFree,
  toHidden,
  toOperator,
  toPool,
} from './testing/make-graph.ts';

it('follows a token through its vault to operators, with the layers on the way', () => {
  const graph = makeGraph({
    positions: [makePosition('p', 1000n, [toPool('w', 1000n)], ['bridge'])],
    pools: [
      makePool('w', 300n, [toPool('v', 200n, ['oracle']), toFree(100n)], { dependsOn: ['issuer'] }),
      makePool('v', 10n, [toOperator('a', 7n), toOperator('b', 3n)], {
        kind: 'vault',
        dependsOn: ['vault', 'bridge'],
      }),
    ],
    operators: [makeOperator('a', 7n, { dependsOn: ['client'] }), makeOperator('b', 3n)],
    dependencies: ['bridge', 'oracle', 'issuer', 'vault', 'client'].map((id) => makeDependency(id)),
  });
  // 1000 x 200 / 300 = 666.67: 666 to the vault, 334 free; 666 x 7 / 10 = 466.2: 466 and 200.
  expect(flattenGraph(graph)).toEqual([
    {
      id: 'p',
      value: 1000n,
      parts: [
        {
          place: { kind: 'operator', operator: 'a', vault: null },
          amount: 466n,
          layers: ['bridge', 'issuer', 'oracle', 'vault', 'client'],
        },
        {
          place: { kind: 'operator', operator: 'b', vault: null },
          amount: 200n,
          layers: ['bridge', 'issuer', 'oracle', 'vault'],
        },
        { place: { kind: 'free' }, amount: 334n, layers: ['bridge', 'issuer'] },
      ],
    },
  ]);
});

it('adds up what arrives at one place by the same layers, and keeps apart what does not', () => {
  const graph = makeGraph({
    positions: [makePosition('p', 12n, [toPool('w', 4n), toOperator('a', 4n), toOperator('a', 4n, ['c'])])],
    pools: [makePool('w', 1n, [toOperator('a', 1n)])],
    operators: [makeOperator('a', 12n)],
    dependencies: [makeDependency('c')],
  });
  expect(flattenGraph(graph)[0]!.parts.map(({ amount, layers }) => [amount, layers])).toEqual([
    [8n, []],
    [4n, ['c']],
  ]);
});

it('counts what no part names as hidden, behind the pool or the token', () => {
  const graph = makeGraph({
    positions: [makePosition('p', 10n, [toPool('w', 6n)]), makePosition('q', 3n)],
    pools: [makePool('w', 3n, [toFree(1n)])],
  });
  expect(flattenGraph(graph).map(({ parts }) => parts.map(({ place, amount }) => [place, amount]))).toEqual([
    [
      [{ kind: 'free' }, 2n],
      [{ kind: 'hidden', behind: 'token w' }, 4n],
      [{ kind: 'hidden', behind: 'P' }, 4n],
    ],
    [[{ kind: 'hidden', behind: 'Q' }, 3n]],
  ]);
});

it('leaves out positions without a value and has no parts for one worth nothing', () => {
  const graph = makeGraph({ positions: [makePosition('p', null), makePosition('q', 0n, [toFree(0n)])] });
  expect(flattenGraph(graph)).toEqual([{ id: 'q', value: 0n, parts: [] }]);
});

const amount = fc.oneof(fc.bigInt({ min: 0n, max: 20n }), fc.bigInt({ min: 0n, max: 10n ** 30n }));

/** Pools that stand in later ones only, so that there is no cycle. */
const graphArbitrary: fc.Arbitrary<RestakingGraph> = fc
  .array(fc.array(fc.tuple(fc.nat(7), amount), { maxLength: 5 }), { minLength: 1, maxLength: 6 })
  .chain((rows) =>
    fc.array(fc.tuple(fc.nat(rows.length - 1), amount), { minLength: 1, maxLength: 4 }).map((holdings) => {
      const pools = rows.map((row, index) => {
        const parts = row.map(([kind, value]) => makePart(kind, value, index, rows.length));
        return makePool(
          `w${index}`,
          parts.reduce((sum, part) => sum + part.amount, 1n),
          parts,
          {
            dependsOn: [`d${index % 3}`],
          },
        );
      });
      return makeGraph({
        positions: holdings.map(([pool, value], index) =>
          makePosition(`p${index}`, value, [toPool(`w${pool}`, value)]),
        ),
        pools,
        operators: [makeOperator('a', 1n), makeOperator('b', 1n, { dependsOn: ['d2'] })],
        dependencies: [0, 1, 2].map((n) => makeDependency(`d${n}`)),
      });
    }),
  );

function makePart(kind: number, value: bigint, index: number, count: number): GraphPart {
  if (kind === 0) return toFree(value);
  if (kind === 1) return toHidden('issuer', value);
  if (kind <= 3) return toOperator(kind === 2 ? 'a' : 'b', value, ['d1']);
  return index + 1 < count ? toPool(`w${index + 1 + (kind % (count - index - 1))}`, value) : toFree(value);
}

it('neither loses nor makes a unit, whatever the network', () => {
  fc.assert(
    fc.property(graphArbitrary, (graph) => {
      for (const { value, parts } of flattenGraph(graph)) {
        expect(parts.reduce((sum, part) => sum + part.amount, 0n)).toBe(value);
        expect(parts.every((part) => part.amount > 0n)).toBe(true);
        expect(parts.every(({ layers }) => new Set(layers).size === layers.length)).toBe(true);
      }
    }),
  );
});

it('refuses a labyrinth instead of walking it for ever, and can be stopped on the way', () => {
  // Each pool stands twice in the next: 2^40 paths, each with its own layer.
  const pools = Array.from({ length: 40 }, (_, n) =>
    makePool(
      `w${n}`,
      2n,
      n === 0 ? [toFree(2n)] : [toPool(`w${n - 1}`, 1n, ['d0']), toPool(`w${n - 1}`, 1n, ['d1'])],
    ),
  );
  const value = 10n ** 30n;
  const graph = makeGraph({
    positions: [makePosition('p', value, [toPool('w39', value)])],
    pools,
    dependencies: [makeDependency('d0'), makeDependency('d1')],
  });
  expect(() => flattenGraph(graph)).toThrow('Position p leads through too many pools');
  let asked = 0;
  expect(() => flattenGraph(graph, { isCancelled: () => ++asked > 3 })).toThrow('Cancelled');
});

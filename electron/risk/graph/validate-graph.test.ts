import { expect, it } from 'vitest';
import { AppError } from '../../../shared/contract/errors.ts';
import type { RestakingGraph } from '../../../shared/domain/restaking-graph.ts';
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
} from './testing/make-graph.ts';
import { validateGraph } from './validate-graph.ts';

function refusalOf(graph: RestakingGraph): AppError {
  try {
    validateGraph(graph);
  } catch (thrown) {
    if (thrown instanceof AppError) return thrown;
    throw thrown;
  }
  throw new Error('The graph was accepted.');
}

const STAKED = { operators: [makeOperator('a', 100n)], services: [makeService('s'), makeService('t')] };
// as: what JavaScript, or a careless cast, may pass
const wrong = (value: unknown): bigint => value as bigint;

it('accepts an empty network, and one with zero stakes', () => {
  validateGraph(makeGraph({}));
  validateGraph(
    makeGraph({
      positions: [makePosition('p', 0n, [toOperator('a', 0n)]), makePosition('q', null)],
      operators: [makeOperator('a', 0n)],
      services: [makeService('s')],
      edges: [makeEdge('a', 's', 0n)],
    }),
  );
});

it.each<[string, Partial<RestakingGraph>, string]>([
  [
    'a position twice',
    { positions: [makePosition('p', 1n), makePosition('p', 1n)] },
    'position p is listed twice',
  ],
  ['a pool twice', { pools: [makePool('w', 1n, []), makePool('w', 1n, [])] }, 'pool w is listed twice'],
  [
    'an operator twice',
    { operators: [makeOperator('a', 1n), makeOperator('a', 1n)] },
    'operator a is listed twice',
  ],
  ['a service twice', { services: [makeService('s'), makeService('s')] }, 'service s is listed twice'],
  [
    'a dependency twice',
    { dependencies: [makeDependency('c'), makeDependency('c')] },
    'dependency c is listed twice',
  ],
  [
    'a stake twice',
    {
      operators: [
        makeOperator('a', 1n, {
          stakes: [
            { vault: 'v', amount: 1n, earmarks: false },
            { vault: 'v', amount: 2n, earmarks: false },
          ],
        }),
      ],
    },
    'the stake of operator a in v is listed twice',
  ],
  ['an edge twice', { ...STAKED, edges: [makeEdge('a', 's', 1n), makeEdge('a', 's', 2n)] }, 'listed twice'],
  ['an unknown operator', { ...STAKED, edges: [makeEdge('b', 's', 1n)] }, 'unknown operator b'],
  ['an unknown service', { ...STAKED, edges: [makeEdge('a', 'u', 1n)] }, 'unknown service u'],
  [
    'an unknown stake',
    { ...STAKED, edges: [{ ...makeEdge('a', 's', 1n), vault: 'v' }] },
    'a stake that operator a in v does not have',
  ],
  ['an unknown pool', { positions: [makePosition('p', 1n, [toPool('w', 1n)])] }, 'unknown pool w'],
  ['an unknown dependency', { positions: [makePosition('p', 1n, [], ['c'])] }, 'depends on the unknown c'],
  [
    'an unknown dependency of a part',
    { positions: [makePosition('p', 1n, [toFree(1n, ['c'])])] },
    'a part of position p depends on the unknown c',
  ],
  [
    'an operator nobody knows',
    { positions: [makePosition('p', 1n, [toOperator('z', 1n)])] },
    'stands with the unknown operator z',
  ],
  [
    'validators of an unknown operator',
    { dependencies: [makeDependency('v', 'validators', { operator: 'z' })] },
    'unknown operator z',
  ],
  [
    'unique allocations above the stake',
    { ...STAKED, edges: [makeEdge('a', 's', 60n), makeEdge('a', 't', 41n)] },
    'operator a allocates 101 to services that share nothing, more than its stake of 100',
  ],
  [
    'a shared allocation above the stake',
    { ...STAKED, edges: [makeEdge('a', 's', 101n, 'shared')] },
    'operator a allocates 101 to service s, more than its stake of 100',
  ],
  [
    'one stake in two modes',
    { ...STAKED, edges: [makeEdge('a', 's', 1n, 'shared'), makeEdge('a', 't', 1n, 'unique')] },
    'held in shared and in unique mode',
  ],
  ['a stake below zero', { operators: [makeOperator('a', -1n)] }, 'the stake of operator a is below zero'],
  [
    'a stake that is NaN',
    { operators: [makeOperator('a', wrong(Number.NaN))] },
    'is NaN, not a whole number',
  ],
  [
    'a value that is a number',
    { positions: [makePosition('p', wrong(12.5))] },
    'is 12.5, not a whole number',
  ],
  [
    'an allocation that is missing',
    { ...STAKED, edges: [makeEdge('a', 's', wrong(undefined))] },
    'is undefined, not a whole number',
  ],
  [
    'a profit below zero',
    { services: [makeService('s', { profit: -1n })] },
    'the profit of service s is below zero',
  ],
  [
    'a threshold of zero',
    { services: [makeService('s', { threshold: { num: 0n, den: 3n } })] },
    'the threshold of service s is 0/3, not above 0 and at most 1',
  ],
  [
    'a threshold above one',
    { services: [makeService('s', { threshold: { num: 4n, den: 3n } })] },
    'the threshold of service s is 4/3',
  ],
  [
    'a threshold over zero',
    { services: [makeService('s', { threshold: { num: 1n, den: 0n } })] },
    'the threshold of service s is 1/0',
  ],
  [
    'parts above the whole position',
    { positions: [makePosition('p', 10n, [toFree(6n), toFree(5n)])] },
    'the parts of position p sum to 11, more than its 10',
  ],
  [
    'parts above the whole token',
    { pools: [makePool('w', 10n, [toFree(11n)])] },
    'the parts of token w sum to 11, more than its 10',
  ],
  [
    'value in an empty pool',
    { positions: [makePosition('p', 1n, [toPool('w', 1n)])], pools: [makePool('w', 0n, [])] },
    'stands in pool w, which is empty',
  ],
  [
    'parts without a value',
    { positions: [makePosition('p', null, [toFree(1n)])] },
    'position p has no known value, but parts',
  ],
  [
    'a token in itself',
    { pools: [makePool('A', 1n, [toPool('A', 1n)])] },
    'leads back to itself: token A -> token A',
  ],
  [
    'a token in a vault in the token',
    {
      pools: [
        makePool('A', 2n, [toFree(1n), toPool('B', 1n)]),
        makePool('B', 1n, [toPool('A', 1n)], { kind: 'vault' }),
      ],
    },
    'leads back to itself: token A -> vault B -> token A',
  ],
  [
    'a cover of nobody known',
    { covers: [{ id: 'c', name: 'c', beneficiaries: ['p'], deductible: 0n, cap: 1n, hangsOn: [] }] },
    'cover c covers the unknown position p',
  ],
  [
    'a cover that hangs on more than itself',
    {
      ...STAKED,
      positions: [makePosition('p', 1n)],
      covers: [
        {
          id: 'c',
          name: 'c',
          beneficiaries: ['p'],
          deductible: -1n,
          cap: 1n,
          hangsOn: [{ kind: 'operator', id: 'a', share: { num: 3n, den: 2n } }],
        },
      ],
    },
    'the share of cover c that hangs on operator a is not from 0 to 1',
  ],
])('refuses %s', (_, parts, message) => {
  const refusal = refusalOf(makeGraph(parts));
  expect(refusal.code).toBe('scenario-invalid');
  expect(refusal.detail).toContain(message);
  expect(refusal.help).toBeDefined();
});

it('lets elastic allocations exceed the stake', () => {
  validateGraph(
    makeGraph({ ...STAKED, edges: [makeEdge('a', 's', 80n, 'elastic'), makeEdge('a', 't', 80n, 'elastic')] }),
  );
});

it('lets shared allocations reach the stake each', () => {
  validateGraph(
    makeGraph({ ...STAKED, edges: [makeEdge('a', 's', 100n, 'shared'), makeEdge('a', 't', 100n, 'shared')] }),
  );
});

it('names the first problem in the message and all of them in the detail', () => {
  const refusal = refusalOf(
    makeGraph({
      positions: [makePosition('p', -1n), makePosition('p', 1n)],
      services: [makeService('s', { profit: -2n })],
    }),
  );
  expect(refusal.message).toBe('The network contradicts itself: position p is listed twice.');
  expect(refusal.detail).toBe(
    'position p is listed twice; the profit of service s is below zero; the value of position p is below zero',
  );
});

it('lists fifty problems and counts the rest', () => {
  const refusal = refusalOf(
    makeGraph({ operators: Array.from({ length: 80 }, (_, n) => makeOperator(`o${n}`, -1n)) }),
  );
  expect(refusal.detail?.split('; ')).toHaveLength(51);
  expect(refusal.detail).toContain('and 30 more');
});

it('does not take two stakes for one because their ids run together', () => {
  validateGraph(
    makeGraph({
      operators: [
        makeOperator('a', 1n, { stakes: [{ vault: 'b:c', amount: 5n, earmarks: false }] }),
        makeOperator('a:b', 1n, { stakes: [{ vault: 'c', amount: 5n, earmarks: false }] }),
      ],
      services: [makeService('s')],
      edges: [
        { ...makeEdge('a', 's', 4n), vault: 'b:c' },
        { ...makeEdge('a:b', 's', 4n), vault: 'c' },
      ],
    }),
  );
});

it('finds a cycle at the end of a chain of 30,000 pools, and refuses the chain alone', () => {
  const chain = Array.from({ length: 30_000 }, (_, n) =>
    makePool(`w${n}`, 1n, n === 0 ? [] : [toPool(`w${n - 1}`, 1n)]),
  );
  expect(refusalOf(makeGraph({ pools: chain })).message).toContain('a chain of 30000 pools');
  const [first, ...rest] = chain;
  const closed = [{ ...first!, parts: [toPool('w2', 1n)] }, ...rest];
  expect(refusalOf(makeGraph({ pools: closed })).message).toContain(
    'token w0 -> token w2 -> token w1 -> token w0',
  );
  const ring = [{ ...first!, parts: [toPool('w29999', 1n)] }, ...rest];
  expect(refusalOf(makeGraph({ pools: ring })).message).toContain(
    'token w29996 -> token w29995 -> 29993 more -> token w1 -> token w0',
  );
});

import { expect, it } from 'vitest';
import type { GraphEdge } from '../../../shared/domain/restaking-graph.ts';
import { buildElasticNetwork } from '../security/elastic-network.ts';
import { buildSecurityNetwork } from '../security/restaking-network.ts';
import { securityOfGraph, type GraphSecurity } from './security-of-graph.ts';
import { makeEdge, makeGraph, makeOperator, makeService } from './testing/make-graph.ts';

const HALF = { num: 1n, den: 2n };

function assess(...edges: GraphEdge[]): GraphSecurity {
  return securityOfGraph(
    makeGraph({
      operators: [makeOperator('a', 100n), makeOperator('b', 50n)],
      services: [
        makeService('s', { threshold: HALF, profit: 7n }),
        makeService('t', { threshold: HALF, profit: 9n }),
        makeService('u', { threshold: HALF }),
      ],
      edges,
    }),
  );
}

it('takes collateral that is shared in full as the network of the theory', () => {
  const { network, unknownServices } = assess(
    makeEdge('a', 's', 100n, 'shared'),
    makeEdge('b', 's', 50n, 'shared'),
    makeEdge('b', 'u', 50n, 'shared'),
  );
  expect(unknownServices).toEqual(['u']);
  if (network.kind !== 'shared') throw new Error(network.kind);
  const { validators, services, edges } = buildSecurityNetwork(network.input);
  expect(validators.map(({ stake }) => stake.num)).toEqual([100n, 50n]);
  expect(services.map(({ id, profit, threshold }) => [id, profit.num, threshold])).toEqual([['s', 7n, HALF]]);
  expect(edges).toHaveLength(2);
});

it('takes it as elastic where an allocation is less than the stake, and none as more than it', () => {
  const { network } = assess(
    makeEdge('a', 's', 100n, 'shared'),
    makeEdge('a', 't', 30n, 'shared'),
    makeEdge('b', 's', 80n, 'elastic'),
  );
  if (network.kind !== 'elastic') throw new Error(network.kind);
  const { allocations } = buildElasticNetwork(network.input);
  expect(allocations.map(({ serviceId, amount }) => [serviceId, amount.num])).toEqual([
    ['s', 100n],
    ['t', 30n],
    ['s', 50n],
  ]);
});

it('has nothing to say of unique allocations', () => {
  expect(assess(makeEdge('a', 's', 50n), makeEdge('b', 't', 50n))).toEqual({
    network: { kind: 'none' },
    unknownServices: [],
  });
});

import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { FlowLink, FlowNode } from '../../../shared/domain/exposure.ts';
import type { Wei } from '../../../shared/domain/units.ts';
import { countTallestColumn, foldFlows } from './foldFlows.ts';

type Flows = { nodes: FlowNode[]; links: FlowLink[] };

/** Positions to tokens to operators, with every amount placed at random; conserved by construction. */
const flowsArbitrary: fc.Arbitrary<Flows> = fc
  .array(fc.tuple(fc.nat(40), fc.nat(8), fc.nat(20), fc.bigInt(0n, 10n ** 24n)), { maxLength: 80 })
  .map((paths) => {
    const nodes = new Map<string, FlowNode>();
    const links = new Map<string, FlowLink>();
    const add = (id: string, kind: FlowNode['kind'], depth: number, wei: bigint): void => {
      const valueWei = ((nodes.get(id)?.valueWei ?? 0n) + wei) as Wei;
      nodes.set(id, { id, kind, name: id, depth, valueWei });
    };
    const link = (from: string, to: string, wei: bigint): void => {
      const key = `${from} ${to}`;
      links.set(key, { from, to, valueWei: ((links.get(key)?.valueWei ?? 0n) + wei) as Wei });
    };
    for (const [position, token, operator, wei] of paths) {
      const last = operator === 0 ? 'hidden' : `o${operator}`;
      add(`p${position}`, 'position', 0, wei);
      add(`t${token}`, 'token', 1, wei);
      add(last, operator === 0 ? 'hidden' : 'operator', 2, wei);
      link(`p${position}`, `t${token}`, wei);
      link(`t${token}`, last, wei);
    }
    return { nodes: [...nodes.values()], links: [...links.values()] };
  });

function sumWhere(links: readonly FlowLink[], isWanted: (link: FlowLink) => boolean): bigint {
  return links.filter(isWanted).reduce((sum, { valueWei }) => sum + valueWei, 0n);
}

it('conserves every flow: no wei is lost or made by folding', () => {
  fc.assert(
    fc.property(flowsArbitrary, fc.integer({ min: 2, max: 12 }), (flows, limit) => {
      const folded = foldFlows(flows, limit);
      for (const node of folded.nodes) {
        const inward = sumWhere(folded.links, (link) => link.to === node.id);
        const outward = sumWhere(folded.links, (link) => link.from === node.id);
        if (node.depth > 0) expect(inward).toBe(node.valueWei);
        if (node.depth < 2) expect(outward).toBe(node.valueWei);
      }
      const total = flows.nodes
        .filter(({ depth }) => depth === 0)
        .reduce((sum, node) => sum + node.valueWei, 0n);
      for (const depth of [0, 1, 2]) {
        const column = folded.nodes.filter((node) => node.depth === depth);
        expect(column.reduce((sum, node) => sum + node.valueWei, 0n)).toBe(total);
      }
    }),
  );
});

it('keeps a column to the limit and draws the smallest as one, saying how many they are', () => {
  const nodes = [1n, 5n, 3n, 2n].map((wei, index): FlowNode => ({
    id: `p${index}`,
    kind: 'position',
    name: `Position ${index}`,
    depth: 0,
    valueWei: wei as Wei,
  }));
  const folded = foldFlows({ nodes, links: [] }, 3);
  expect(folded.nodes.map(({ id, valueWei, count }) => [id, valueWei, count])).toEqual([
    ['p1', 5n, 1],
    ['p2', 3n, 1],
    ['rest:0:position', 3n, 2],
  ]);
  expect(countTallestColumn(folded)).toBe(3);
});

it('never folds what is not visible or not slashable into something else', () => {
  const ends = (['free', 'hidden', 'unallocated'] as const).map((kind): FlowNode => ({
    id: kind,
    kind,
    name: kind,
    depth: 2,
    valueWei: 1n as Wei,
  }));
  const operators = Array.from({ length: 9 }, (_, index): FlowNode => ({
    id: `o${index}`,
    kind: 'operator',
    name: `o${index}`,
    depth: 2,
    valueWei: 100n as Wei,
  }));
  const ids = foldFlows({ nodes: [...ends, ...operators], links: [] }, 2).nodes.map(({ id }) => id);
  expect(ids).toEqual(expect.arrayContaining(['free', 'hidden', 'unallocated']));
});

import { describe, expect, it } from 'vitest';
import { sumOf } from '../../../shared/domain/units.ts';
import { ALDER, BRIDGE, makeExposure, RELAY } from '../testing/makeExposure.ts';
import { findPositionNode, findSelection, listDrawnAs, traceFlow } from './selection.ts';

const exposure = makeExposure();

function listParts(id: string): readonly (readonly [string, bigint])[] {
  return (
    findSelection(exposure, id)?.parts.map(({ positionId, valueWei }) => [positionId, valueWei] as const) ??
    []
  );
}

describe('a chosen part of the look-through', () => {
  it('is made of the parts of positions that flow through it, largest first', () => {
    expect(listParts('token:weETH')).toEqual([['a', 1000n]]);
    expect(listParts(`operator:${ALDER}`)).toEqual([['a', 600n]]);
    expect(listParts(`service:${RELAY}`)).toEqual([['a', 180n], ['b', 100n]]); // prettier-ignore
    expect(listParts(`service:${BRIDGE}`)).toEqual([['a', 300n]]);
    expect(listParts('unallocated')).toEqual([['b', 400n], ['a', 120n]]); // prettier-ignore
    expect(listParts('hidden')).toEqual([['a', 400n]]);
    expect(listParts('free')).toEqual([['c', 70n]]);
    expect(listParts('contract:core')).toEqual([['a', 1000n], ['b', 500n]]); // prettier-ignore
  });

  it('is worth what its parts are worth, for every node of the drawing', () => {
    for (const { id, valueWei } of exposure.nodes) {
      expect([id, sumOf(listParts(id).map(([, value]) => value))]).toEqual([id, valueWei]);
    }
  });

  it('says what one fault costs where something there can fail, and nothing where nothing can', () => {
    expect(findSelection(exposure, `operator:${ALDER}`)?.worstLossWei).toBe(480n);
    expect(findSelection(exposure, 'contract:core')?.worstLossWei).toBe(1500n);
    expect(findSelection(exposure, 'free')?.worstLossWei).toBeNull();
  });

  it('lists with which operators a token stands, and with how much', () => {
    expect(findSelection(exposure, 'token:weETH')?.operators).toMatchObject([
      { id: `operator:${ALDER}`, valueWei: 600n },
    ]);
    expect(findSelection(exposure, `operator:${ALDER}`)?.operators).toEqual([]);
  });

  it('is gone where the exposure no longer has it', () => {
    expect(findSelection(exposure, 'token:gone')).toBeNull();
    expect(findPositionNode(exposure, 'gone')).toBeNull();
  });

  it('is drawn as its node, or as the positions that rest on it', () => {
    const operator = findSelection(exposure, `operator:${ALDER}`);
    const contract = findSelection(exposure, 'contract:core');
    expect(operator && listDrawnAs(exposure, operator).map(({ id }) => id)).toEqual([`operator:${ALDER}`]);
    expect(contract && listDrawnAs(exposure, contract).map(({ id }) => id)).toEqual([
      'position:a',
      'position:b',
    ]);
  });
});

describe('tracing a flow', () => {
  const links = [
    { from: 'a', to: 't1' },
    { from: 'b', to: 't1' },
    { from: 'c', to: 't2' },
    { from: 't1', to: 'operator:1' },
    { from: 't2', to: 'operator:1' },
    { from: 'operator:1', to: 's1' },
    { from: 'operator:1', to: 's2' },
  ];

  it('follows value to where it came from and where it goes, and not to its neighbours', () => {
    expect([...traceFlow(links, ['t1'])].toSorted()).toEqual(['a', 'b', 'operator:1', 't1']);
    expect([...traceFlow(links, ['s1'])].toSorted()).toEqual(['a', 'b', 'c', 'operator:1', 's1', 't1', 't2']);
    expect([...traceFlow(links, ['a'])].toSorted()).toEqual(['a', 'operator:1', 't1']);
  });

  it('goes beyond an operator only where nothing else stands with it', () => {
    expect([...traceFlow(links, ['t1', 't2'])].toSorted()).toContain('s1');
    const alone = links.filter(({ from }) => from !== 't2');
    expect([...traceFlow(alone, ['t1'])]).toEqual(expect.arrayContaining(['operator:1', 's1', 's2']));
  });

  it('starts from several nodes at once, and from none', () => {
    expect([...traceFlow(links, ['a', 'c'])].toSorted()).toEqual([
      'a',
      'c',
      'operator:1',
      's1',
      's2',
      't1',
      't2',
    ]);
    expect(traceFlow(links, []).size).toBe(0);
  });
});

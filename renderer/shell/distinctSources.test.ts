import { describe, expect, it } from 'vitest';
import { computeFigure, ETH_UNIT, readFigure, type Figure } from '../../shared/domain/figure.ts';
import { listDistinctSources } from './distinctSources.ts';

const head = { name: 'figure.name.rate', subject: 'weETH', unit: ETH_UNIT };

function read(call: string): Figure {
  return readFigure(head, 1n, { kind: 'sample', asOf: 0, contract: 'weETH', call });
}

describe('the sources of a figure', () => {
  it('stand once each, in the order in which the figure rests on them', () => {
    const inputs = [read('getRate()'), read('balanceOf(0x1)'), read('getRate()')];
    const sum = computeFigure(head, 'sum', inputs, (...values) => values.reduce((a, b) => a + b, 0n));
    const calls = listDistinctSources(sum).map((source) => (source.kind === 'sample' ? source.call : ''));
    expect(calls).toEqual(['getRate()', 'balanceOf(0x1)']);
  });
});

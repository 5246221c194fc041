import { describe, expect, it } from 'vitest';
import {
  computeFigure,
  ETH_UNIT,
  figureSchema,
  oldestTimeOf,
  readFigure,
  sourcesOf,
  sumFigures,
  unknownFigure,
  type Figure,
} from './figure.ts';
import { timeOfSource, type Source } from './source.ts';

const head = { name: 'figure.name.amount', subject: 'ETH', unit: ETH_UNIT };
const chain = (time: number): Source => ({
  kind: 'chain',
  chainId: 1,
  network: 'Test',
  endpoint: 'localhost',
  block: { number: 1n, hash: '0x', time },
  contract: 'C',
  address: '0x',
  call: 'f()',
  readAt: 0,
});
const definition: Source = { kind: 'definition', why: 'figure.why.eth' };
const add = (...values: bigint[]): bigint => values.reduce((a, b) => a + b, 0n);

function known(value: bigint, source: Source = definition): Figure {
  return readFigure(head, value, source);
}

function missing(code: 'no-rate' | 'no-price'): Figure {
  return unknownFigure(head, { code });
}

describe('a computed figure', () => {
  it('keeps its inputs, and is unknown with the reason of the first that is', () => {
    const inputs = [known(1n), missing('no-rate'), missing('no-price')];
    const figure = computeFigure(head, 'sum', inputs, add);
    expect(figure).toMatchObject({ value: null, reason: { code: 'no-rate' }, basis: { inputs } });
  });

  it('names the input where that gives no reason itself', () => {
    const { reason: _, ...silent } = missing('no-rate');
    expect(computeFigure(head, 'sum', [silent], add).reason).toEqual({
      code: 'input-unknown',
      detail: 'ETH',
    });
  });

  it('is an estimate where an input is one', () => {
    const estimate = { ...known(2n), isEstimate: true };
    expect(computeFigure(head, 'sum', [known(1n), estimate], add)).toMatchObject({
      value: 3n,
      isEstimate: true,
    });
    expect(computeFigure(head, 'sum', [known(1n)], add).isEstimate).toBeUndefined();
  });

  it('never takes a zero for an unknown', () => {
    expect(computeFigure(head, 'sum', [known(0n)], add).value).toBe(0n);
  });
});

describe('a total', () => {
  it('adds what is known and counts what is left out', () => {
    const { figure, unknownCount } = sumFigures(head, [known(1n), missing('no-rate'), known(2n)]);
    expect(figure.value).toBe(3n);
    expect(unknownCount).toBe(1);
    expect(figure.basis).toMatchObject({ formula: 'sum', inputs: [{ value: 1n }, { value: 2n }] });
  });

  it('of nothing is zero, and of unknowns alone unknown, for the reason most of them have', () => {
    expect(sumFigures(head, []).figure.value).toBe(0n);
    const { figure } = sumFigures(head, [missing('no-rate'), missing('no-price'), missing('no-price')]);
    expect(figure).toMatchObject({ value: null, reason: { code: 'no-price' } });
    const { reason: _, ...silent } = missing('no-rate');
    expect(sumFigures(head, [silent]).figure.reason).toEqual({ code: 'input-unknown' });
  });
});

describe('sources', () => {
  it('are found through any depth, and the oldest gives the age', () => {
    const inner = computeFigure(head, 'sum', [known(1n, chain(200)), known(1n)], add);
    const outer = computeFigure(head, 'sum', [inner, known(1n, chain(100))], add);
    expect(sourcesOf(outer)).toEqual([chain(200), definition, chain(100)]);
    expect(oldestTimeOf(outer)).toBe(100_000);
  });

  it('that never age give no age', () => {
    expect(oldestTimeOf(known(1n))).toBeNull();
    expect(sourcesOf(missing('no-rate'))).toEqual([]);
    expect(timeOfSource({ kind: 'user', what: '', enteredAt: 7 })).toBe(7);
    expect(timeOfSource({ kind: 'sample', asOf: 8, contract: '', call: '' })).toBe(8);
  });
});

it('passes its schema at any depth', () => {
  const figure = computeFigure(head, 'sum', [computeFigure(head, 'sum', [known(1n, chain(1))], add)], add);
  expect(figureSchema.parse(figure)).toEqual(figure);
  expect(
    figureSchema.safeParse({ ...figure, basis: { kind: 'computed', formula: 'magic', inputs: [] } }).success,
  ).toBe(false);
});

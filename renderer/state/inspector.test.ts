import { beforeEach, describe, expect, it } from 'vitest';
import { ETH_UNIT, unknownFigure, type Figure } from '../../shared/domain/figure.ts';
import { useInspector } from './inspector.ts';

function figure(name: string): Figure {
  return unknownFigure({ name, subject: 'weETH', unit: ETH_UNIT }, { code: 'no-rate' });
}

const [book, rate, amount] = [figure('bookEth'), figure('rate'), figure('amount')];
const { open, push, back, goTo, close } = useInspector.getState();
const namesOf = () => useInspector.getState().stack.map(({ name }) => name);

describe('the inspector', () => {
  beforeEach(close);

  it('follows inputs, and goes back the way it came', () => {
    open(book);
    push(rate);
    push(amount);
    expect(namesOf()).toEqual(['bookEth', 'rate', 'amount']);
    back();
    expect(namesOf()).toEqual(['bookEth', 'rate']);
    goTo(0);
    expect(namesOf()).toEqual(['bookEth']);
    back();
    expect(namesOf()).toEqual([]);
  });

  it('begins a new way with a figure picked on the page', () => {
    open(book);
    push(rate);
    open(amount);
    expect(namesOf()).toEqual(['amount']);
  });
});

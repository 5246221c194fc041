/** The prices behind a dollar figure. */
import type { Figure } from './figure.ts';

/** The first of that name; null where the figure rests on none. A total has one price: the same for every part of it. */
export function findPrice(
  figure: Figure,
  name: 'figure.name.ethPrice' | 'figure.name.btcPrice',
): Figure | null {
  if (figure.name === name) return figure;
  if (figure.basis.kind !== 'computed') return null;
  for (const input of figure.basis.inputs) {
    const found = findPrice(input, name);
    if (found) return found;
  }
  return null;
}

export function findEthPrice(figure: Figure): Figure | null {
  return findPrice(figure, 'figure.name.ethPrice');
}

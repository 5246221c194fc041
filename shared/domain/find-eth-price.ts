/** The price of one ETH behind a dollar figure. */
import type { Figure } from './figure.ts';

/** Null where the figure rests on no price. A total has one price: the same for every part of it. */
export function findEthPrice(figure: Figure): Figure | null {
  if (figure.name === 'figure.name.ethPrice') return figure;
  if (figure.basis.kind !== 'computed') return null;
  for (const input of figure.basis.inputs) {
    const found = findEthPrice(input);
    if (found) return found;
  }
  return null;
}

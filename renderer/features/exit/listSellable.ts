/** What can be sold on a market. Pure. */
import type { Position } from '../../../shared/domain/position.ts';

export interface Sellable {
  readonly instrumentId: string;
  readonly symbol: string;
}

/** Tokens that are held as such, by name. Shares in a contract trade nowhere, and ETH is money already. */
export function listSellable(positions: readonly Position[]): readonly Sellable[] {
  const found = new Map<string, Sellable>();
  for (const { state, instrument } of positions) {
    if (state !== 'held' || instrument.id === 'ETH') continue;
    found.set(instrument.id, { instrumentId: instrument.id, symbol: instrument.symbol });
  }
  return [...found.values()].toSorted((a, b) => a.symbol.localeCompare(b.symbol));
}

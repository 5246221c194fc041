/** Of which assets the market knows: ETH, BTC, every token of the catalogue, and whatever else was imported. */
import type { Catalog, ProtocolKind } from '../catalog.ts';
import type { MarketAsset } from '../market.ts';

/**
 * Tokens of which one is one unit of the underlying: balances that move instead of a rate (stETH, eETH), and claims
 * minted one for one.
 */
const ONE_TO_ONE = new Set(['stETH', 'eETH', 'uniBTC', 'SolvBTC', 'pumpBTC']);

const UNDERLYING: Readonly<Record<ProtocolKind, 'ETH' | 'BTC' | null>> = {
  'restaking-platform': null,
  lrt: 'ETH',
  lst: 'ETH',
  'btc-staking': 'BTC',
  'btc-lrt': 'BTC',
  'btc-wrapper': 'BTC',
};

const BASES: readonly MarketAsset[] = [
  { asset: 'ETH', name: 'Ether', underlying: null, isOneToOne: false },
  { asset: 'BTC', name: 'Bitcoin', underlying: null, isOneToOne: false },
];

/** `extra` are symbols with stored prices. */
export function listMarketAssets(catalog: Catalog, extra: readonly string[]): MarketAsset[] {
  const assets = new Map(BASES.map((asset) => [asset.asset, asset]));
  for (const { products } of catalog.protocols) {
    for (const { symbol, name, kind } of products) {
      if (symbol === null || assets.has(symbol)) continue;
      const underlying = UNDERLYING[kind];
      assets.set(symbol, { asset: symbol, name, underlying, isOneToOne: ONE_TO_ONE.has(symbol) });
    }
  }
  for (const symbol of extra) {
    if (!assets.has(symbol))
      assets.set(symbol, { asset: symbol, name: symbol, underlying: null, isOneToOne: false });
  }
  return [...assets.values()];
}

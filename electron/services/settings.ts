/** Settings: checked one by one before they are kept. */
import { encode } from '../../shared/contract/codec.ts';
import { AppError } from '../../shared/contract/errors.ts';
import type { MethodParsed } from '../../shared/contract/methods.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../shared/contract/settings.ts';
import { SAMPLE_PORTFOLIO_ID } from '../../shared/domain/account.ts';
import type { Quote } from '../../shared/domain/market.ts';
import type { Store } from '../store/store.ts';
import type { Changes } from './changes.ts';
import type { Networks } from './networks.ts';
import type { ChainReader, NodeProbe } from './readers.ts';
import { refuseSecret } from './typed-text.ts';
import type { EditName, UndoStack } from './undo.ts';

/** Ten million dollars per ETH, 8 decimals: above it somebody forgot a decimal point. */
const MAX_PRICE = 10n ** 15n;

/** What the market page is made with. */
const MARKET_KEYS = [
  'manualEthUsd',
  'manualPrices',
  'allowedHosts',
  'priceOrder',
  'disagreementShare',
  'depegShare',
] as const satisfies readonly (keyof Settings)[];

type Update = MethodParsed<'settings.update'>;
/** What an edit may take back. How the screen looks is not one of them. */
type Undoable = Pick<Settings, 'rpcUrls' | 'manualEthUsd' | 'manualPrices'>;

interface TypedPrice {
  readonly quote: Quote;
  readonly value: bigint;
}

export interface SettingsService {
  get(): Settings;
  /**
   * Changes the settings given; the map of node URLs is replaced as a whole, and an empty URL leaves its list.
   * @throws AppError bad-url, secret-refused, bad-price, not-found for a network; nothing is changed then
   */
  update(update: Update): Settings;
  /** A price typed by the user; null takes it away. Dollars of ETH are `manualEthUsd`. @throws AppError bad-price */
  setPrice(asset: string, price: TypedPrice | null): Settings;
  /** @throws AppError bad-url, secret-refused, wrong-chain, node-* */
  testNode(networkId: string, url: string): Promise<NodeProbe>;
}

interface Parts {
  readonly store: Store;
  readonly networks: Networks;
  readonly chain: ChainReader;
  readonly changes: Changes;
  readonly undo: UndoStack;
  readonly now: () => number;
  readonly signal: AbortSignal;
}

export function createSettings(parts: Parts): SettingsService {
  const { store, networks, chain, changes, undo, now, signal } = parts;

  function readUrl(text: string): string {
    refuseSecret(text, 'url');
    return chain.parseUrl(text);
  }

  function readUrls(typed: Readonly<Record<string, readonly string[]>>): Record<string, string[]> {
    const urls: Record<string, string[]> = {};
    for (const [networkId, texts] of Object.entries(typed)) {
      const entered = texts.filter((text) => text.trim() !== '');
      if (entered.length === 0) continue;
      networks.get(networkId);
      urls[networkId] = [...new Set(entered.map(readUrl))];
    }
    return urls;
  }

  function readPrice(typed: Settings['manualEthUsd']): Settings['manualEthUsd'] {
    if (typed === null) return null;
    if (typed.price <= 0n) {
      throw new AppError('bad-price', 'A price is above zero.', { help: 'Enter dollars for one ETH.' });
    }
    if (typed.price > MAX_PRICE) {
      throw new AppError('bad-price', 'This price is too high to be the price of one ETH.', {
        help: 'Enter dollars for one ETH, with a point before the cents.',
      });
    }
    // The age of a figure is for this side to say.
    return { price: typed.price, enteredAt: now() };
  }

  function write(values: Partial<Settings>): void {
    store.settings.write(values);
    changes.tellSettings();
    if (values.manualEthUsd !== undefined) changes.tellFigures(null);
    if (MARKET_KEYS.some((key) => values[key] !== undefined)) changes.tellMarket();
  }

  /** The price, without the time it was entered: entering the same again is no edit. */
  function isSamePrice(a: Settings['manualEthUsd'], b: Settings['manualEthUsd']): boolean {
    return a?.price === b?.price;
  }

  function nameEdit(before: Undoable, after: Partial<Undoable>): EditName {
    if (after.rpcUrls === undefined) return { key: 'edits.setPrice', params: {} };
    if (after.manualEthUsd !== undefined || after.manualPrices !== undefined)
      return { key: 'edits.setSettings', params: {} };
    const ids = new Set([...Object.keys(before.rpcUrls), ...Object.keys(after.rpcUrls)]);
    const changed = [...ids].filter((id) => encode(before.rpcUrls[id]) !== encode(after.rpcUrls?.[id]));
    const name = changed.length === 1 ? networks.list().find(({ id }) => id === changed[0])?.name : undefined;
    return name === undefined
      ? { key: 'edits.setNodes', params: {} }
      : { key: 'edits.setNode', params: { name } };
  }

  function pushEdit(before: Settings, after: Partial<Undoable>): void {
    const earlier: Partial<Settings> = {
      ...(after.rpcUrls === undefined ? {} : { rpcUrls: before.rpcUrls }),
      ...(after.manualEthUsd === undefined ? {} : { manualEthUsd: before.manualEthUsd }),
      ...(after.manualPrices === undefined ? {} : { manualPrices: before.manualPrices }),
    };
    undo.push({
      name: nameEdit(before, after),
      undo: () => write(earlier),
      redo: () => write(after),
    });
  }

  /** Null for a portfolio that is not there: a setting holds no text of which nobody knows what it is. */
  function findKnown(portfolioId: string | null): string | null {
    if (portfolioId === null || portfolioId === SAMPLE_PORTFOLIO_ID) return portfolioId;
    return store.portfolios.find(portfolioId) === null ? null : portfolioId;
  }

  function get(): Settings {
    const settings = store.settings.read();
    return { ...settings, lastPortfolio: findKnown(settings.lastPortfolio) };
  }

  /** Prices of other assets keep the time they were entered unless they are other prices now. */
  function readPrices(
    typed: Settings['manualPrices'],
    before: Settings['manualPrices'],
  ): Settings['manualPrices'] {
    return Object.fromEntries(
      Object.entries(typed).map(([asset, { quote, price }]) => {
        const kept = before[asset];
        const isSame = kept?.quote === quote && kept.price === price;
        return [asset, { quote, price, enteredAt: isSame ? kept.enteredAt : now() }];
      }),
    );
  }

  function update(typed: Update): Settings {
    const { rpcUrls: typedUrls, manualEthUsd: typedPrice, manualPrices: typedPrices, lastPortfolio } = typed;
    const { theme, hideAmounts, allowedHosts, priceOrder, disagreementShare, depegShare } = typed;
    const before = store.settings.read();
    const urls = typedUrls && readUrls(typedUrls);
    const price = typedPrice === undefined ? undefined : readPrice(typedPrice);
    const prices = typedPrices && readPrices(typedPrices, before.manualPrices);
    const edited: Partial<Undoable> = {
      ...(urls === undefined || encode(urls) === encode(before.rpcUrls) ? {} : { rpcUrls: urls }),
      ...(price === undefined || isSamePrice(price, before.manualEthUsd) ? {} : { manualEthUsd: price }),
      ...(prices === undefined || encode(prices) === encode(before.manualPrices)
        ? {}
        : { manualPrices: prices }),
    };
    write({
      ...edited,
      ...(theme === undefined ? {} : { theme }),
      ...(hideAmounts === undefined ? {} : { hideAmounts }),
      ...(lastPortfolio === undefined ? {} : { lastPortfolio: findKnown(lastPortfolio) }),
      ...(allowedHosts === undefined ? {} : { allowedHosts: [...new Set(allowedHosts)] }),
      // Every source once: one that was left out stands last.
      ...(priceOrder === undefined
        ? {}
        : { priceOrder: [...new Set([...priceOrder, ...DEFAULT_SETTINGS.priceOrder])] }),
      ...(disagreementShare === undefined ? {} : { disagreementShare }),
      ...(depegShare === undefined ? {} : { depegShare }),
    });
    if (Object.keys(edited).length > 0) pushEdit(before, edited);
    return get();
  }

  return {
    get,
    update,
    setPrice(asset, price) {
      const enteredAt = now();
      const { [asset]: _, ...others } = store.settings.read().manualPrices;
      if (price === null) {
        return update({ manualPrices: others, ...(asset === 'ETH' ? { manualEthUsd: null } : {}) });
      }
      const { quote, value } = price;
      return asset === 'ETH' && quote === 'USD'
        ? update({ manualEthUsd: { price: value, enteredAt } })
        : update({ manualPrices: { ...others, [asset]: { quote, price: value, enteredAt } } });
    },
    async testNode(networkId, url) {
      return chain.probe({ network: networks.get(networkId), rpcUrl: readUrl(url), signal });
    },
  };
}
